"""The timeline to the hundred-thousandth question tells the month of each milestone, and how far the next one is."""

import re
from datetime import UTC, date, datetime, timedelta

from api.reports.milestones import Milestone, find_milestones
from referral.reports.dimensions import Dimension, Groups
from referral.reports.filters import Filters, Period
from referral.reports.service import Reporter
from tests.api.reports.lives import LIBRARY, live
from tests.clock import TUESDAY

PAGE = "/reports/milestones"
MARCH = datetime(2026, 3, 10, 10, tzinfo=UTC)


def find(door, own=(LIBRARY,)):
    with door.database.read() as session:
        reporter = Reporter(session, Groups({}), own=frozenset(own), today=TUESDAY.date())
        today = TUESDAY.date()
        filters = Filters(Period(today - timedelta(days=1), today), {Dimension.LIBRARY: frozenset({LIBRARY})})
        return find_milestones(reporter, filters)


def test_each_milestone_stands_at_the_month_that_reached_it(door):
    live(door.database, MARCH, times=40, prefix="march")  # 80 questions
    live(door.database, TUESDAY, times=12)
    timeline = find(door)
    assert timeline.passed == (Milestone(1, date(2026, 3, 1)), Milestone(100, date(2026, 11, 1)))
    assert (timeline.ahead, timeline.total) == (1_000, 104)


def test_nothing_was_asked_yet(door, ans):
    assert find(door, own=()).passed == ()


def test_the_page_and_the_picture_tell_the_same(door, ans):
    live(door.database, MARCH, times=40, prefix="march")
    page = ans.get(PAGE)
    assert "104 vragen" in page.text
    assert "Nog 896 tot de 1.000e vraag." in page.text
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td>', page.text)
    assert rows == [("1", "maart 2026"), ("100", "november 2026")]
    drawn = ans.get(f"{PAGE}/picture").text
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    assert {"1", "100", "maart 2026", "november 2026", "104 vragen", "Nog 896 tot de 1.000e vraag."} <= set(texts)
    assert ans.get(f"{PAGE}/picture?file=png").content.startswith(b"\x89PNG")


def test_without_questions_there_is_a_page_and_no_picture(piet, door):
    page = piet.get(f"{PAGE}?library=nergens")
    assert page.status_code == 200
    assert "Er is nog niets gevraagd." in page.text
    assert piet.get(f"{PAGE}/picture?library=nergens").status_code == 404
