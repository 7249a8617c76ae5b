"""Somebody who reads the figures of Zwolle, where people came this week."""

import pytest

from tests.api.account.colleague import Colleague, add_person
from tests.api.desk.conftest import door  # noqa: F401  (a fixture)
from tests.api.reports.lives import LIBRARY, OTHER, live
from tests.clock import TUESDAY

ANS, PIET = "ans@x.nl", "piet@x.nl"


@pytest.fixture
def ans(door):  # noqa: F811
    """An analyst of the library, which has 24 questions; the library of Ommen has six."""
    live(door.database, TUESDAY)
    live(door.database, TUESDAY, times=3, library_id=OTHER)
    add_person(door, ANS, f"analyst library:{LIBRARY}")
    colleague = Colleague(door)
    assert colleague.sign_in(ANS).status_code == 303
    return colleague


@pytest.fixture
def piet(door, ans):  # noqa: F811
    """An analyst of the province, who has no library of his own."""
    add_person(door, PIET, "analyst province:Overijssel")
    colleague = Colleague(door)
    assert colleague.sign_in(PIET).status_code == 303
    return colleague
