"""Colleagues at their browsers, in front of a door with the example directory."""

import pytest

from tests.api.account.colleague import Colleague, add_person
from tests.api.account.provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.api.pages.conftest import chromium  # noqa: F401  (a fixture)

ZWOLLE = "bibliotheek-zwolle-voorbeeld"
OMMEN = "bibliotheek-ommen-voorbeeld"
NOOR = "noor@bibliotheek.example"
MANAGER = "mira@bibliotheek.example"


@pytest.fixture
def door(make_door):
    """A door where a colleague of the desk and a manager of the country have an account."""
    made = make_door(sign_ins_per_minute=1_000)
    add_person(made, NOOR, f"staff library:{ZWOLLE}")
    add_person(made, MANAGER, "manager country")
    return made


@pytest.fixture
def noor(door):
    """Signed in, of the desk in Zwolle."""
    colleague = Colleague(door)
    assert colleague.sign_in(NOOR).status_code == 303
    return colleague


@pytest.fixture
def manager(door):
    """Signed in, manager of the country."""
    colleague = Colleague(door)
    assert colleague.sign_in(MANAGER).status_code == 303
    return colleague


@pytest.fixture(scope="session")
def _provider():
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def provider(_provider):
    _provider.forget()
    return _provider


@pytest.fixture
def oidc_settings(provider):
    """The settings that make a door use the provider."""
    return {
        "oidc_issuer": provider.issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
        "sign_ins_per_minute": 1_000,
    }
