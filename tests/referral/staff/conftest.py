"""Somebody of the staff, with a password."""

from functools import cache

import pytest

from referral.staff import people
from referral.staff.passwords import hash_password
from tests.clock import TUESDAY

EMAIL = "noor@bibliotheek.example"
PASSWORD = "vier losse woorden hier"  # noqa: S105  (of nobody real)

hash_once = cache(hash_password)  # a hash takes a tenth of a second, on purpose


def add(session, email=EMAIL, *permissions, password=PASSWORD):
    """Add somebody with a password of their own."""
    person = people.add_person(session, "Noor de Wit", email, now=TUESDAY)
    person.password_hash = hash_once(password)
    for permission in permissions:
        people.add_grant(session, person, permission)
    return person


@pytest.fixture
def person_id(database):
    with database.begin() as session:
        return add(session).id
