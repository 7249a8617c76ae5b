"""What a report shows equals a recount of the journal in SQL of its own, whatever has happened and was tallied."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from referral.errors import InvalidInput
from referral.reports.dimensions import UNKNOWN, Dimension, Groups
from referral.reports.filters import Filters, Period
from referral.reports.service import Reporter, list_months
from referral.reports.waits import RANGES, find_range
from referral.tallies import service as tallies
from tests.referral.journal.conftest import NOW
from tests.referral.tallies.histories import ANSWERED, Life, histories

FIRST = NOW.date()
# Days in the midst of a month and firsts of one; so many days more, some of which end a month.
STARTS = (FIRST.replace(day=1), FIRST, FIRST + timedelta(days=1), FIRST + timedelta(days=2), FIRST + timedelta(days=8))
LENGTHS = (0, 1, 3, 29, 60, 90)
LIBRARIES = ("noord", "zuid")
GROUPS = Groups(
    {
        Dimension.PROVINCE: {"GM0193": "Overijssel", "GM0148": "Overijssel"},
        Dimension.DOMAIN: {"schulden": "geld", "boete": "geld", "digid": "digitale_overheid"},
        Dimension.GOVERNMENT: {"cjib": "yes"},
        Dimension.SIZE: {"noord": "small"},
    }
)
ANSWERS = {
    Dimension.LIBRARY: "q.library_id",
    Dimension.MUNICIPALITY: "q.municipality",
    Dimension.CHANNEL: "v.channel",
    Dimension.CAMPAIGN: "v.campaign",
    Dimension.KIND: "q.kind",
    Dimension.TOPIC: "q.topic",
    Dimension.ORGANISATION: "q.organisation",
    Dimension.CAUSE: "q.cause",
    Dimension.RESOLVED: "q.resolved",
}
DERIVED = {
    Dimension.PROVINCE: ("q.municipality", Dimension.PROVINCE),
    Dimension.DOMAIN: ("q.topic", Dimension.DOMAIN),
    Dimension.GOVERNMENT: ("q.organisation", Dimension.GOVERNMENT),
    Dimension.SIZE: ("q.library_id", Dimension.SIZE),
}
values = {
    Dimension.LIBRARY: ["noord", "zuid"],
    Dimension.MUNICIPALITY: ["GM0193", UNKNOWN],
    Dimension.CHANNEL: ["web", "desk", UNKNOWN],
    Dimension.CAMPAIGN: ["folder", UNKNOWN],
    Dimension.KIND: ["anders"],
    Dimension.TOPIC: ["schulden", "digid", UNKNOWN],
    Dimension.ORGANISATION: ["cjib", UNKNOWN],
    Dimension.CAUSE: ["money", UNKNOWN],
    Dimension.RESOLVED: ["yes"],
    Dimension.PROVINCE: ["Overijssel", UNKNOWN],
    Dimension.DOMAIN: ["geld", UNKNOWN],
    Dimension.GOVERNMENT: ["yes", UNKNOWN],
    Dimension.SIZE: ["small", UNKNOWN],
}
wishes = st.dictionaries(st.sampled_from(list(values)), st.none(), max_size=3).flatmap(
    lambda chosen: st.fixed_dictionaries({one: st.sets(st.sampled_from(values[one]), min_size=1) for one in chosen})
)


def recount(session, wanted, first, last, told):
    """Count questions in one SQL that knows nothing of tallies; groups are applied to each row."""
    columns = {**ANSWERS, **{one: column for one, (column, _) in DERIVED.items()}}
    details = ", ".join(
        f"{column} AS a{number}"
        if column == "q.library_id"
        else f"CASE WHEN q.day_only THEN NULL ELSE {column} END AS a{number}"
        for number, column in enumerate(columns.values())
    )
    statement = f"""
        SELECT {details} FROM question q LEFT JOIN visit v ON v.id = q.visit_id
        WHERE q.practice_id IS NULL AND NOT q.is_withdrawn AND q.day BETWEEN :first AND :last
    """  # noqa: S608
    counted = Counter()
    for row in session.execute(text(statement), {"first": first, "last": last}):
        answers = dict(zip(columns, row, strict=True))
        answers = {one: GROUPS.find(one, answer) for one, answer in answers.items()}
        if all(answers[one] in wanted[one] for one in wanted):
            counted[answers[told]] += 1
    return dict(counted)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    history=histories,
    wanted=wishes,
    told=st.sampled_from([*ANSWERS, *DERIVED]),
    span=st.tuples(st.sampled_from(STARTS), st.sampled_from(LENGTHS)),
    tallied=st.none() | st.integers(0, ANSWERED),
)
def test_what_is_shown_equals_a_recount_in_sql(database, services, history, wanted, told, span, tallied):  # noqa: PLR0917
    life = Life(database)
    life.begin()
    for visit in history:
        life.visit(visit)
    if tallied is not None:
        life.answer(tallied)
        tallies.tally_all(database, NOW + timedelta(days=tallied, hours=2))
    life.answer(ANSWERED)
    first, length = span
    period = Period(first, first + timedelta(days=length))
    wanted = {**wanted, Dimension.LIBRARY: wanted.get(Dimension.LIBRARY, set(LIBRARIES))}
    filters = Filters(period, {one: frozenset(values) for one, values in wanted.items()})
    with database.read() as session:
        reporter = Reporter(session, GROUPS, own=frozenset(LIBRARIES), today=FIRST)
        expected = recount(session, wanted, period.first, period.last, told)
        table = reporter.split(told, filters)
        assert {line.value: line.count for line in table.lines} == expected
        assert table.total.count == sum(expected.values()) == reporter.count_totals(filters).questions
        assert sum(line.count for line in reporter.count_months(filters).lines) == sum(expected.values())


def ask(times, *, library_id="noord", topic="schulden", referral=None, day=0, **answers):
    question = {"topic": topic, "is_sensitive": False, "municipality": None, "organisation": None, "kind": "anders"}
    question |= {"cause": None, "resolved": None, "gap": None, "is_withdrawn": False, "referral": referral, **answers}
    visit = {"day": day, "library_id": library_id, "channel": "web", "campaign": None, "is_practice": False}
    return [{**visit, "questions": [question]}] * times


def refer_to(answer, *, service_id="spreekuur", after=3, helped=None):
    return {
        "service_id": service_id,
        "is_example": False,
        "is_shown": True,
        "is_taken_up": answer is not None,
        "answer": answer,
        "answered_after": after,
        "helped": helped,
    }


@pytest.fixture
def report(database, services):
    """A function that lives a history and gives the reporter of somebody of library `noord`."""
    opened = []

    def report(*visits, own=("noord",)):
        life = Life(database)
        life.begin()
        for visit in visits:
            life.visit(visit)
        life.answer(40)
        tallies.tally_all(database, NOW + timedelta(days=50))
        reading = database.read()
        opened.append(reading)
        return Reporter(reading.__enter__(), GROUPS, own=frozenset(own), today=FIRST + timedelta(days=90))

    yield report
    for reading in opened:
        reading.__exit__(None, None, None)


SUMMED = "library_id municipality topic organisation"
EVERYTHING = Filters(Period(FIRST, FIRST + timedelta(days=60)))
OWN = EVERYTHING.narrow(Dimension.LIBRARY, "noord")


def test_the_headline_tells_offered_from_taken_up(report):
    reporter = report(
        *ask(2, referral=refer_to("helped")), *ask(3, referral=refer_to(None)), *ask(1, gap="none_exists")
    )
    totals = reporter.count_totals(OWN)
    assert (totals.questions, totals.offered, totals.taken_up, totals.helped, totals.gaps) == (6, 5, 2, 2, 1)
    assert totals.emergencies == 0


def test_the_outcome_of_a_question_is_a_filter_for_referrals_too(report):
    reporter = report(*ask(2, referral=refer_to("helped")), *ask(3, referral=refer_to(None)))
    helped = OWN.narrow(Dimension.OUTCOME, "helped")
    assert (reporter.count_totals(helped).questions, reporter.count_totals(helped).offered) == (2, 2)


def test_a_flow_goes_from_topic_to_partner_to_outcome_and_chains_from_partner_to_partner(report):
    reporter = report(*ask(2, referral=refer_to("forwarded")), *ask(1, referral=refer_to("no_show")))
    flow = {link.values: link.count for link in reporter.count_flow(OWN)}
    assert flow == {
        ("schulden", "spreekuur", "not_helped"): 3,
        ("schulden", "tweede", "silent"): 2,
    }
    assert [(link.values, link.count) for link in reporter.count_chains(OWN)] == [(("spreekuur", "tweede"), 2)]


def test_topics_of_one_visit_are_asked_together(report):
    (visit,) = ask(1)
    other = {**visit["questions"][0], "topic": "digid"}
    reporter = report(*[{**visit, "questions": [visit["questions"][0], other]}] * 3)
    assert [(link.values, link.count) for link in reporter.count_pairs(OWN)] == [(("digid", "schulden"), 3)]


def test_gaps_are_told_by_kind(report):
    reporter = report(*ask(2, gap="none_exists"), *ask(1, gap="not_in_directory"))
    found = [(link.values[0], link.count) for link in reporter.count_gaps(OWN)]
    assert found == [("none_exists", 2), ("not_in_directory", 1)]


def test_waiting_is_told_in_days_when_ten_have_answered(report):
    fast, slow = refer_to("helped", after=1), refer_to("helped", after=9)
    reporter = report(*ask(7, referral=fast), *ask(4, referral=slow), *ask(2, referral=refer_to(None)))
    (wait,) = reporter.count_waits(OWN).services
    assert (wait.answered, wait.silent, wait.median, wait.most) == (11, 2, 1, 9)
    assert dict(zip(RANGES, wait.ranges, strict=True)) == {
        "within_1": 7,
        "within_3": 0,
        "within_7": 0,
        "within_14": 4,
        "within_30": 0,
        "longer": 0,
    }
    (wait,) = report(*ask(9, referral=fast)).count_waits(OWN).services
    assert (wait.answered, wait.median) == (9, None)


def test_waiting_of_all_partners_together_is_told_too(report):
    near, far = refer_to("helped", after=1), refer_to("helped", service_id="tweede", after=9)
    waits = report(*ask(6, referral=near), *ask(5, referral=far)).count_waits(OWN)
    assert [wait.median for wait in waits.services] == [None, None]
    assert (waits.total.answered, waits.total.median, waits.total.most, sum(waits.total.ranges)) == (11, 1, 9, 11)


def test_waiting_elsewhere_is_rounded_in_every_range(report):
    waits = report(*ask(13, library_id="zuid", referral=refer_to("helped", after=4))).count_waits(EVERYTHING)
    (wait,) = waits.services
    assert wait.answered in (10, 15)
    assert dict(zip(RANGES, wait.ranges, strict=True)) == {**dict.fromkeys(RANGES), "within_7": wait.answered}


@pytest.mark.parametrize(
    ("days", "range_"), [(0, "within_1"), (1, "within_1"), (2, "within_3"), (30, "within_30"), (31, "longer")]
)
def test_days_fall_in_a_range(days, range_):
    assert find_range(days) == range_


def test_a_period_stands_beside_another(report):
    reporter = report(*ask(3), *ask(2, day=3, topic="digid"))
    later = Filters(Period(FIRST + timedelta(days=3), FIRST + timedelta(days=5)), OWN.wanted)
    table = reporter.split(Dimension.TOPIC, later, against=OWN.move(Period(FIRST, FIRST)))
    assert [(line.value, line.count, line.against) for line in table.lines] == [("digid", 2, 0), ("schulden", 0, 3)]
    assert (table.total.count, table.total.against) == (2, 3)


def test_of_another_library_little_is_hidden_and_much_is_rounded(report):
    reporter = report(*ask(13, library_id="zuid"), *ask(4, library_id="zuid", topic="boete"))
    table = reporter.split(Dimension.TOPIC, EVERYTHING.narrow(Dimension.LIBRARY, "zuid"))
    assert [line.value for line in table.lines] == ["schulden"]
    assert table.lines[0].count in (10, 15)
    assert table.total.count in (15, 20)
    assert not table.is_own
    assert reporter.count_totals(EVERYTHING).emergencies is None


def test_months_are_read_from_the_narrowest_sums_that_have_what_is_asked(report, database):
    reporter = report(*ask(3), *ask(2, day=3, topic="digid"))
    year = OWN.move(Period(date(2026, 1, 1), date(2026, 12, 31)))
    by_topic, by_kind = (reporter.split(one, year).total.count for one in (Dimension.TOPIC, Dimension.KIND))
    assert (by_topic, by_kind) == (5, 5)
    reporter.session.rollback()
    with database.begin() as session:
        session.execute(text("UPDATE tally_month SET count = 7 * count WHERE rollup = :name"), {"name": SUMMED})
        session.execute(text("UPDATE tally SET count = 11 * count"))
    later = Reporter(reporter.session, GROUPS, own=reporter.own, today=reporter.today)
    assert later.split(Dimension.TOPIC, year).total.count == 35
    assert later.split(Dimension.KIND, year).total.count == 5
    assert later.split(Dimension.CAUSE, year.narrow(Dimension.ORGANISATION, UNKNOWN)).total.count == 55


def test_what_was_counted_is_not_counted_again(report, database):
    reporter = report(*ask(3), *ask(2, topic="digid"))
    table = reporter.split(Dimension.TOPIC, OWN)
    asked = []
    event.listen(database.engine, "after_cursor_execute", lambda *told: asked.append(told[2]))
    domains = {line.value: line.count for line in reporter.split(Dimension.DOMAIN, OWN).lines}
    assert domains == {"geld": 3, "digitale_overheid": 2}
    assert asked == []
    assert reporter.count_totals(OWN).questions == table.total.count == 5


def test_every_month_of_a_period_has_a_line():
    period = Period(FIRST.replace(month=11, day=30), FIRST.replace(year=FIRST.year + 1, month=2, day=1))
    months = list_months(period.first, period.last)
    assert months == ["2026-11", "2026-12", "2027-01", "2027-02"]


def test_several_answers_at_once_are_for_the_own_library_only(report):
    reporter = report(*ask(1))
    several = OWN.narrow(Dimension.TOPIC, "schulden", "boete")
    assert reporter.count_totals(several).questions == 1
    with pytest.raises(InvalidInput, match="topic: one answer at a time"):
        reporter.count_totals(several.narrow(Dimension.LIBRARY, "zuid"))


def test_others_see_whole_months_that_are_over(report):
    reporter = report(*ask(1))
    fitted = reporter.fit(EVERYTHING.narrow(Dimension.LIBRARY, "zuid"))
    assert (fitted.period.first, fitted.period.last) == (date(2026, 1, 1), date(2027, 1, 31))
    assert reporter.fit(OWN) == OWN
