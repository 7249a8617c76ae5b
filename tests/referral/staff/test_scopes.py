"""A grant holds for its scope and what lies in it; a manager may what can be granted there."""

import pytest

from referral.errors import InvalidInput
from referral.models.grant import Role, ScopeKind
from referral.staff.scopes import COUNTRY, Permission, Scope, allows, parse_scope

LIBRARY = Scope(ScopeKind.LIBRARY, "bieb")
PROVINCE = Scope(ScopeKind.PROVINCE, "Overijssel")
AROUND = (LIBRARY, Scope(ScopeKind.MUNICIPALITY, "GM0193"), PROVINCE, COUNTRY)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("country", COUNTRY),
        ("library:bieb", LIBRARY),
        ("province:Overijssel", PROVINCE),
        ("municipality:GM0193", Scope(ScopeKind.MUNICIPALITY, "GM0193")),
        ("provider:a:b", Scope(ScopeKind.PROVIDER, "a:b")),
    ],
)
def test_a_scope_is_read_as_it_is_written(text, scope):
    assert parse_scope(text) == scope
    assert str(scope) == text


@pytest.mark.parametrize(
    "text", ["", "library", "library:", ":bieb", "planet:earth", "country:NL", "Country", "COUNTRY:"]
)
def test_what_is_no_scope_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_scope(text)


@pytest.mark.parametrize("scope", AROUND)
def test_a_grant_holds_for_everything_inside_its_scope(scope):
    assert allows([Permission(Role.EDITOR, scope)], Role.EDITOR, AROUND)


@pytest.mark.parametrize(
    "permissions",
    [
        [],
        [Permission(Role.STAFF, LIBRARY)],
        [Permission(Role.ANALYST, COUNTRY)],
        [Permission(Role.EDITOR, Scope(ScopeKind.LIBRARY, "other"))],
        [Permission(Role.EDITOR, Scope(ScopeKind.PROVIDER, "bieb"))],
        [Permission(Role.EDITOR, Scope(ScopeKind.PROVINCE, "Utrecht"))],
    ],
)
def test_another_role_or_another_scope_is_not_enough(permissions):
    assert not allows(permissions, Role.EDITOR, AROUND)


@pytest.mark.parametrize("role", Role)
def test_a_manager_may_everything_there_and_nobody_else_may_manage(role):
    assert allows([Permission(Role.MANAGER, PROVINCE)], role, AROUND)
    assert allows([Permission(role, PROVINCE)], Role.MANAGER, AROUND) is (role is Role.MANAGER)


def test_a_grant_for_something_small_says_nothing_of_what_is_around_it():
    assert not allows([Permission(Role.STAFF, LIBRARY)], Role.STAFF, AROUND[1:])
