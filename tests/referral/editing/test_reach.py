"""Grants become the municipalities and organizations of which somebody keeps the services."""

import pytest

from referral.editing.reach import Reach, find_reach
from referral.models.grant import Role
from referral.places.table import load_places
from referral.settings import ROOT
from referral.staff.scopes import Permission, parse_scope


def reach(*held):
    permissions = [Permission(Role(role), parse_scope(scope)) for role, scope in (one.split(" ") for one in held)]
    return find_reach(permissions, load_places(ROOT / "data").municipalities)


@pytest.mark.parametrize("held", ["editor country", "manager country"])
def test_the_country_is_everything(held):
    assert reach(held) == Reach(is_all=True)


def test_municipalities_libraries_and_providers_add_up():
    found = reach("editor municipality:GM0175", "editor library:l", "manager provider:p")
    assert found == Reach(municipalities=frozenset({"GM0175"}), organizations=frozenset({"l", "p"}))


def test_a_province_is_all_its_municipalities():
    assert {"GM0175", "GM0193"} < reach("editor province:Overijssel").municipalities
    assert "GM0014" not in reach("editor province:Overijssel").municipalities


@pytest.mark.parametrize("held", ["staff country", "analyst country"])
def test_other_roles_edit_nothing(held):
    assert reach(held) == Reach()
