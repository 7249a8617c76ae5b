"""The journal that benchmarks are measured on hangs together, and is the same in any database."""

from datetime import date

from sqlalchemy import text

from benchmarks.journal import TABLES, fill, name_libraries

TOPICS, MUNICIPALITIES = ("boete", "digid", "huurtoeslag"), tuple(f"GM{number:04}" for number in range(300))
COUNT = 2_000
# What points to what: no database checks it while the rows are made.
POINTERS = {
    "question": ("visit_id", "visit"),
    "referral": ("question_id", "question"),
    "referral_event": ("referral_id", "referral"),
    "gap": ("question_id", "question"),
}


def ask(session, statement):
    return session.execute(text(statement)).all()


def test_everything_belongs_to_something_and_is_the_same_everywhere(database):
    made = list(fill(database, COUNT, topics=TOPICS, municipalities=MUNICIPALITIES, organisations=("cjib", "duo")))
    assert made == [COUNT]
    with database.read() as session:
        for table, (column, other) in POINTERS.items():
            lost = f"SELECT COUNT(*) FROM {table} WHERE {column} NOT IN (SELECT id FROM {other})"  # noqa: S608
            assert ask(session, lost) == [(0,)]
        counts = {table: ask(session, f"SELECT COUNT(*) FROM {table}")[0][0] for table in TABLES}  # noqa: S608
        assert (counts["question"], counts["visit"]) == (COUNT, COUNT * 9 // 10)
        assert all(counts.values())
        assert {one for (one,) in ask(session, "SELECT DISTINCT library_id FROM question")} <= set(name_libraries())
        ((day, library, topic),) = ask(session, "SELECT day, library_id, topic FROM question WHERE id = 'q0'")
        assert (date.fromisoformat(str(day)), library, topic) == (date(2026, 5, 28), "bibliotheek-4", "digid")
