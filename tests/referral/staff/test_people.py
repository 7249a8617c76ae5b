"""Accounts, and what they may do; there is always somebody left who manages."""

import pytest
from sqlalchemy.exc import IntegrityError

from referral.errors import EmailTaken, InvalidInput, LastManager, UnknownPerson
from referral.models.grant import Grant, Role, ScopeKind
from referral.staff import people
from referral.staff.people import MANAGES_ALL
from referral.staff.scopes import Permission, Scope
from tests.clock import TUESDAY
from tests.referral.staff.conftest import EMAIL, add

AT_LIBRARY = Permission(Role.STAFF, Scope(ScopeKind.LIBRARY, "bieb"))


def test_an_account_has_a_tidy_name_and_an_address_in_lower_case(database):
    with database.begin() as session:
        made = people.add_person(session, "  Noor   de Wit ", " Noor@Bibliotheek.Example ", now=TUESDAY)
        assert (made.name, made.email) == ("Noor de Wit", EMAIL)
        assert people.get_by_email(session, "NOOR@bibliotheek.example").id == made.id
        assert made.password_hash is None


@pytest.mark.parametrize("email", ["", "noor", "@x.nl", "noor@", "noor @x.nl", "a@b@c", "x" * 250 + "@x.nl"])
def test_what_is_no_address_is_refused(database, email):
    with database.begin() as session, pytest.raises(InvalidInput):
        people.add_person(session, "Noor", email, now=TUESDAY)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_nobody_is_without_a_name(database, name):
    with database.begin() as session, pytest.raises(InvalidInput):
        people.add_person(session, name, EMAIL, now=TUESDAY)


@pytest.mark.usefixtures("person_id")
def test_one_address_is_one_account(database):
    with database.begin() as session, pytest.raises(EmailTaken):
        people.add_person(session, "Bas", EMAIL.upper(), now=TUESDAY)


def test_who_is_not_there_is_not_found(database):
    with database.begin() as session:
        with pytest.raises(UnknownPerson):
            people.get_person(session, "gone")
        with pytest.raises(UnknownPerson):
            people.get_by_email(session, EMAIL)


# ── grants ────────────────────────────────────────────────────────────────────


def test_a_grant_is_there_once_and_is_gone_when_it_is_withdrawn(database):
    with database.begin() as session:
        person = add(session)
        for _ in range(2):
            people.add_grant(session, person, AT_LIBRARY)
        assert people.list_permissions(session, person.id) == (AT_LIBRARY,)
        assert people.list_all_permissions(session) == {person.id: (AT_LIBRARY,)}
        for _ in range(2):
            people.withdraw_grant(session, person, AT_LIBRARY)
        assert people.list_permissions(session, person.id) == ()


def test_the_database_itself_refuses_a_grant_twice_and_roles_that_do_not_exist(database):
    with database.begin() as session:
        person_id = add(session, EMAIL, AT_LIBRARY).id
    again = {"person_id": person_id, "role": "staff", "scope_kind": "library", "scope_id": "bieb"}
    for values in (again, again | {"role": "king"}, again | {"scope_kind": "planet"}):
        with pytest.raises((IntegrityError, LookupError)), database.begin() as session:
            session.execute(Grant.__table__.insert().values(id="g-2", **values))


def test_the_last_manager_of_the_country_stays(database):
    with database.begin() as session:
        first = add(session, EMAIL, MANAGES_ALL)
        with pytest.raises(LastManager):
            people.withdraw_grant(session, first, MANAGES_ALL)
        with pytest.raises(LastManager):
            people.block(session, first, TUESDAY)
        second = add(session, "bas@bibliotheek.example", MANAGES_ALL)
        people.block(session, second, TUESDAY)
        with pytest.raises(LastManager):  # the other one cannot sign in
            people.withdraw_grant(session, first, MANAGES_ALL)
        people.unblock(second)
        people.withdraw_grant(session, first, MANAGES_ALL)
        people.block(session, first, TUESDAY)
        with pytest.raises(LastManager):
            people.block(session, second, TUESDAY)


# ── the first manager ─────────────────────────────────────────────────────────


def test_where_there_is_nobody_a_manager_is_made_once(database):
    with database.begin() as session:
        password = people.make_first_manager(session, "beheer@bibliotheek.example", TUESDAY)
        person = people.get_by_email(session, "beheer@bibliotheek.example")
        assert people.list_permissions(session, person.id) == (MANAGES_ALL,)
        assert person.one_time_until > TUESDAY
        assert password
    with database.begin() as session:
        assert people.make_first_manager(session, "beheer@bibliotheek.example", TUESDAY) is None
        assert people.make_first_manager(session, "ander@bibliotheek.example", TUESDAY) is None
        assert len(people.list_people(session)) == 1
