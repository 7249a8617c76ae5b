"""Four years of questions in all libraries of the country, made by the database itself; past the journal.

Every row is drawn from its number (multiplied and taken modulo 2³¹ - 1), so that any database gets the same ones.
Topics, libraries and partners are as uneven as Zipf's law has them; a library serves two municipalities. Every tenth
question comes in the visit of the one before it; partners answer after some days, and some send people on.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from referral.db import Database
from referral.models.organization import Organization
from referral.models.service import Service

YEARS = 4
LAST = date(2026, 11, 22)
LIBRARIES = 140
SERVICES = 300
AT_ONCE = 500_000
PRIME = 2_147_483_647
# One for each thing that is drawn: so that each says nothing about another.
MULTIPLIERS = {
    name: 48_271**power % PRIME
    for power, name in enumerate(
        "day library topic place desk channel campaign kind named cause help resolved referred service answered status "
        "taken waited forwarded key gap gap_kind".split(),
        start=7,
    )
}
CAUSES = ("letter_unclear", "no_digid", "no_device", "language", "form_too_hard", "money")
# What becomes of a referral that is answered.
STATUSES = ("completed", "completed", "in-progress", "rejected")
GAPS = ("none_exists", "not_in_directory", "closed_too_long")
TABLES = ("visit", "question", "referral", "referral_event", "gap")


def name_libraries() -> list[str]:
    """Return the ids of the libraries, the largest first."""
    return [f"bibliotheek-{number}" for number in range(LIBRARIES)]


def fill(
    database: Database,
    questions: int,
    *,
    topics: Sequence[str],
    municipalities: Sequence[str],
    organisations: Sequence[str],
) -> Iterator[int]:
    """Write the questions with what belongs to them into a database that has none; yield how many there are so far."""
    with database.begin() as session:
        _write_names(session, {"topic": topics, "municipality": municipalities, "organisation": organisations})
    for start in range(0, questions, AT_ONCE):
        end = min(start + AT_ONCE, questions)
        with database.begin() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign key is looked up
            for statement in write_statements(session.get_bind().dialect.name, len(topics), len(organisations)):
                session.execute(text(statement), {"start": start, "end": end})
        yield end
    with database.begin() as session:
        session.execute(text("DROP TABLE drawn_name"))


def _write_names(session: Session, names: dict[str, Sequence[str]]) -> None:
    organizations = [{"id": one, "name": one.title(), "description": ""} for one in ("partners", *name_libraries())]
    session.execute(insert(Organization), organizations)
    services = [f"service-{number}" for number in range(SERVICES)]
    session.execute(insert(Service), [{"id": one, "organization_id": "partners", "name": one} for one in services])
    session.execute(text("CREATE TABLE drawn_name (kind TEXT, number INTEGER, id TEXT, PRIMARY KEY (kind, number))"))
    rows = [
        {"kind": kind, "number": number, "id": one} for kind, ids in names.items() for number, one in enumerate(ids)
    ]
    session.execute(text("INSERT INTO drawn_name VALUES (:kind, :number, :id)"), rows)


def write_statements(dialect: str, topics: int, organisations: int) -> Iterator[str]:
    """Yield the inserts of one run of numbers, `:start` to before `:end`."""
    is_sqlite = dialect == "sqlite"
    ago = f"CAST(floor({YEARS * 365} * power({_draw('day', 'm')}, 1.3)) AS INTEGER)"
    day = f"date('{LAST}', '-' || {ago} || ' days')" if is_sqlite else f"DATE '{LAST}' - {ago}"
    numbers = (
        "WITH RECURSIVE number(n) AS (SELECT :start UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :end)"
        if is_sqlite
        else "WITH number AS (SELECT generate_series(CAST(:start AS bigint), CAST(:end AS bigint) - 1) AS n)"
    )
    empty = "'[]'" if is_sqlite else "CAST('[]' AS json)"
    at = "d.day || ' 10:00:00.000000'" if is_sqlite else "d.day + TIME '10:00'"
    then = (
        "datetime(d.day || ' 15:00:00', '+' || d.waited || ' days') || '.000000'"
        if is_sqlite
        else "d.day + d.waited + TIME '15:00'"
    )
    drawn = f"""
        {numbers}, visited AS (
            SELECT n, CASE WHEN n % 10 = 9 THEN n - 1 ELSE n END AS m FROM number
        ), d AS (
            SELECT n, m, {day} AS day, {_zipf("library", LIBRARIES, "m")} AS library,
                {_zipf("topic", topics)} AS topic, {_draw("place")} AS place, {_draw("desk", "m")} < 0.6 AS at_desk,
                {_draw("referred")} < 0.35 AS is_referred, {_draw("answered")} < 0.5 AS is_answered,
                CAST(floor(40 * power({_draw("waited")}, 3)) AS INTEGER) AS waited
            FROM visited
        )"""
    # `referral` stands twice: some partners send people on, and that is a referral with a parent.
    choose = {
        "visit": f"""
            SELECT 'v' || n, day, CASE WHEN at_desk THEN 'desk' WHEN {_draw("channel")} < 0.7 THEN 'web' ELSE 'telegram'
                END, 'bibliotheek-' || library, 'nl', CASE WHEN {_draw("campaign")} < 0.02 THEN 'poster' END
            FROM d WHERE n = m""",
        "question": f"""
            SELECT 'q' || n, 't' || n, 'v' || m, 'bibliotheek-' || library, day,
                CASE WHEN {_draw("kind")} < 0.7 THEN 'digitale_overheid' ELSE 'anders' END, {_name("topic", "d.topic")},
                CASE WHEN {_draw("named")} < 0.6 THEN {_name("organisation", f"d.topic % {organisations}")} END,
                {_name("municipality", "2 * d.library + CASE WHEN d.place < 0.25 THEN 1 ELSE 0 END")},
                CASE WHEN at_desk AND {_draw("cause")} < 0.7 THEN {_choose("help", CAUSES)} END,
                CASE WHEN at_desk THEN {_choose("help", ("information", "practical", "course"))} END,
                CASE WHEN at_desk THEN {_choose("resolved", ("yes", "yes", "partly", "no"))} END,
                FALSE, at_desk, FALSE, 1, {_whole("key")} / 2
            FROM d""",
        "referral": f"""
            SELECT 'r' || n, 'c' || n, 's' || n, 't' || n, 'q' || n, 'service-' || {_zipf("service", SERVICES)}, 'cold',
                CASE WHEN is_answered THEN {_choose("status", STATUSES)} ELSE 'requested' END, {empty}, FALSE, FALSE,
                {at}, {at}, CASE WHEN {_draw("taken")} < 0.4 THEN {at} END, NULL
            FROM d WHERE is_referred
            UNION ALL
            SELECT 'f' || n, 'd' || n, 'p' || n, 'f' || n, 'q' || n, 'service-' || {_zipf("status", SERVICES)}, 'cold',
                'requested', {empty}, FALSE, FALSE, {at}, {at}, NULL, 'r' || n
            FROM d WHERE is_referred AND is_answered AND {_draw("forwarded")} < 0.1""",
        "referral_event": f"""
            SELECT 'e' || n, 'r' || n, 1, 'partner', 'requested', {_choose("status", STATUSES)}, {then}
            FROM d WHERE is_referred AND is_answered""",
        "gap": f"""
            SELECT 'g' || n, 'g' || n, 'q' || n, {_choose("gap_kind", GAPS)}, 'topic', 'sociaal_raadslieden',
                {_name("municipality", "2 * d.library")}, 'bibliotheek-' || library, day, FALSE
            FROM d WHERE NOT is_referred AND {_draw("gap")} < 0.05""",
    }
    for table in TABLES:
        yield f"INSERT INTO {table} ({COLUMNS[table]}) {drawn} {choose[table]}"


COLUMNS = {
    "visit": "id, day, channel, library_id, language, campaign",
    "question": "id, turn_id, visit_id, library_id, day, kind, topic, organisation, municipality, cause, help_given, "
    "resolved, day_only, is_registered, is_withdrawn, version, rounding_key",
    "referral": "id, code, slip_key, turn_id, question_id, service_id, way, status, matched_because, is_example, "
    "day_only, created_at, shown_at, taken_up_at, parent_id",
    "referral_event": "id, referral_id, sequence, actor, from_status, to_status, at",
    "gap": "id, turn_id, question_id, kind, topic, partner_kind, municipality, library_id, day, is_example",
}


def _whole(name: str, number: str = "n") -> str:
    """Return a number from 0 to before `PRIME` as SQL, always the same for the same row."""
    return f"(({number} + 1) * {MULTIPLIERS[name]} % {PRIME} * 16807 % {PRIME})"


def _draw(name: str, number: str = "n") -> str:
    """Return a number from 0 to below 1 as SQL."""
    return f"(CAST({_whole(name, number)} AS double precision) / {PRIME})"


def _zipf(name: str, count: int, number: str = "n") -> str:
    """Return a number below `count` as SQL, the first far more often than the last."""
    return f"(CAST(floor(power(CAST({count} AS double precision), {_draw(name, number)})) AS INTEGER) - 1)"


def _name(kind: str, number: str) -> str:
    """Return the id of that number as SQL."""
    return f"(SELECT id FROM drawn_name WHERE kind = '{kind}' AND number = {number})"


def _choose(name: str, values: Sequence[str]) -> str:
    """Return one of the values as SQL, each as often."""
    cases = " ".join(f"WHEN {place} THEN '{value}'" for place, value in enumerate(values))
    return f"CASE CAST(floor({_draw(name)} * {len(values)}) AS INTEGER) {cases} END"
