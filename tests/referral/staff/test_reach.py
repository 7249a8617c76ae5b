"""Country, province, municipality, library: each includes the next; a provider stands aside."""

import pytest

from referral.errors import NotAllowed, UnknownScope
from referral.models.grant import Role
from referral.staff import reach
from referral.staff.scopes import Permission, parse_scope
from referral.staff.service import SignedIn
from tests.clock import TUESDAY
from tests.referral.staff.conftest import add

ZWOLLE = "bibliotheek-zwolle-voorbeeld"
OMMEN = "bibliotheek-ommen-voorbeeld"


def sign_in(*held):
    permissions = tuple(Permission(Role(role), parse_scope(scope)) for role, scope in (one.split(" ") for one in held))
    return SignedIn(
        session_id="s", person_id="p", name="Noor", email="noor@x.nl", permissions=permissions,
        is_one_time=False, has_password=True, last_used_at=TUESDAY,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "enclosing"),
    [
        (f"library:{ZWOLLE}", [f"library:{ZWOLLE}", "municipality:GM0193", "province:Overijssel", "country"]),
        ("municipality:GM0175", ["municipality:GM0175", "province:Overijssel", "country"]),
        ("province:Fryslân", ["province:Fryslân", "country"]),
        ("country", ["country"]),
        (f"provider:{ZWOLLE}", [f"provider:{ZWOLLE}", "country"]),
        ("library:gone", ["library:gone", "country"]),
        ("municipality:GM9999", ["municipality:GM9999", "country"]),
    ],
)
def test_a_scope_lies_in_those_around_it(example_session, scope, enclosing):
    assert [str(one) for one in reach.list_enclosing(example_session, parse_scope(scope))] == enclosing


@pytest.mark.parametrize(
    ("held", "scope", "is_allowed"),
    [
        ("editor country", f"library:{ZWOLLE}", True),
        ("editor province:Overijssel", f"library:{ZWOLLE}", True),
        ("editor municipality:GM0193", f"library:{ZWOLLE}", True),
        (f"editor library:{ZWOLLE}", f"library:{ZWOLLE}", True),
        ("editor country", "provider:juridisch-loket", True),
        ("manager municipality:GM0193", f"library:{ZWOLLE}", True),
        ("editor municipality:GM0175", f"library:{ZWOLLE}", False),
        (f"editor library:{OMMEN}", f"library:{ZWOLLE}", False),
        (f"editor library:{ZWOLLE}", "municipality:GM0193", False),
        ("editor province:Overijssel", "country", False),
        ("editor province:Overijssel", f"provider:{ZWOLLE}", False),
        (f"editor provider:{ZWOLLE}", f"library:{ZWOLLE}", False),
        ("staff country", f"library:{ZWOLLE}", False),
    ],
)
def test_somebody_may_what_was_granted_around_a_scope(example_session, held, scope, is_allowed):
    assert reach.may(example_session, sign_in(held), Role.EDITOR, parse_scope(scope)) is is_allowed


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        (f"library:{ZWOLLE}", "Bibliotheek Zwolle (voorbeeld)"),
        ("municipality:GM0193", "Zwolle"),
        ("province:Overijssel", "Overijssel"),
        ("country", "NL"),
    ],
)
def test_a_scope_that_exists_has_a_name(example_session, scope, name):
    assert reach.find_name(example_session, parse_scope(scope)) == name
    reach.check_scope(example_session, parse_scope(scope))


@pytest.mark.parametrize("scope", ["library:gone", "provider:gone", "municipality:GM9999", "province:Zwolle"])
def test_a_scope_that_does_not_exist_cannot_be_granted(example_session, scope):
    with pytest.raises(UnknownScope):
        reach.check_scope(example_session, parse_scope(scope))


def test_a_manager_gives_grants_within_what_they_manage(example_session):
    every = {str(one.scope) for one in reach.list_scopes(example_session, sign_in("manager country"))}
    assert {"country", "province:Limburg", "municipality:GM0193", f"library:{ZWOLLE}"} <= every
    assert any(one.startswith("provider:") for one in every)
    assert f"provider:{ZWOLLE}" not in every
    local = {str(one.scope) for one in reach.list_scopes(example_session, sign_in("manager municipality:GM0193"))}
    assert local == {"municipality:GM0193", f"library:{ZWOLLE}"}
    assert reach.list_scopes(example_session, sign_in("editor country")) == []


@pytest.mark.parametrize("scope", ["country", "municipality:GM0175", f"provider:{ZWOLLE}"])
def test_a_manager_gives_no_grants_beyond_it(example_session, scope):
    with pytest.raises(NotAllowed):
        reach.check_may_grant(example_session, sign_in("manager municipality:GM0193"), parse_scope(scope))


@pytest.mark.parametrize(
    ("held", "manages", "sees"),
    [
        ([f"staff library:{ZWOLLE}"], True, True),
        ([f"staff library:{ZWOLLE}", "analyst municipality:GM0193"], True, True),
        # Whoever can give this person a new password could manage the country.
        ([f"staff library:{ZWOLLE}", "manager country"], False, True),
        ([f"staff library:{OMMEN}"], False, False),
        ([], False, False),
    ],
)
def test_a_manager_manages_who_may_nothing_beyond_what_they_manage(example_session, held, manages, sees):
    manager = sign_in("manager municipality:GM0193")
    theirs = sign_in(*held).permissions
    assert reach.manages(example_session, manager, theirs) is manages
    assert reach.sees(example_session, manager, theirs) is sees
    person = add(example_session, "bas@x.nl", *theirs)
    if manages:
        reach.check_manages(example_session, manager, person)
    else:
        with pytest.raises(NotAllowed):
            reach.check_manages(example_session, manager, person)


def test_who_may_nothing_is_of_the_managers_of_the_country(example_session):
    assert reach.manages(example_session, sign_in("manager country"), [])
