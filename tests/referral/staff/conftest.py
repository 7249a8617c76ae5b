"""Somebody of the staff, with a password."""

import pytest

from referral.staff import people
from referral.staff.service import hash_password
from tests.clock import TUESDAY

EMAIL = "noor@bibliotheek.example"
PASSWORD = "vier losse woorden hier"  # noqa: S105  (of nobody real)


def add(session, email=EMAIL, *permissions, password=PASSWORD):
    """Add somebody; the hash is made directly, for strength is not what these tests are about."""
    person = people.add_person(session, "Noor de Wit", email, now=TUESDAY)
    person.password_hash = hash_password(password)
    for permission in permissions:
        people.add_grant(session, person, permission)
    return person


@pytest.fixture
def person_id(database):
    with database.begin() as session:
        return add(session).id
