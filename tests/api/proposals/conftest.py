"""A door with editors and a partner's link, on a Tuesday morning."""

import pytest

from referral.proposals.links import load_key, make_token
from tests.api.account.colleague import Colleague, add_person
from tests.api.pages.conftest import chromium  # noqa: F401  (a fixture)
from tests.clock import TUESDAY

ZWOLLE = "bibliotheek-zwolle-voorbeeld"
OMMEN = "bibliotheek-ommen-voorbeeld"
EDITOR = "edith@bibliotheek.example"
ELSEWHERE = "otto@bibliotheek.example"
DESK = "noor@bibliotheek.example"
IDO = "ido-zwolle-centrum-voorbeeld"


@pytest.fixture
def door(make_door, tuesday):
    """A door where an editor of Zwolle, one of Ommen and a colleague of the desk have an account."""
    made = make_door(sign_ins_per_minute=1_000)
    add_person(made, EDITOR, f"editor library:{ZWOLLE}")
    add_person(made, ELSEWHERE, f"editor library:{OMMEN}")
    add_person(made, DESK, f"staff library:{ZWOLLE}")
    return made


@pytest.fixture
def sign_in(door):
    def sign_in(email):
        colleague = Colleague(door)
        assert colleague.sign_in(email).status_code == 303
        return colleague

    return sign_in


@pytest.fixture
def editor(sign_in):
    return sign_in(EDITOR)


@pytest.fixture
def visitor(door):
    """A browser of nobody in particular."""
    return Colleague(door)


@pytest.fixture
def link(door):
    """The path of the page of the library in Zwolle."""
    return f"/p/{make_token(load_key(door.settings), ZWOLLE, now=TUESDAY, days=30)}"
