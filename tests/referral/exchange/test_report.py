"""The report of a plan: every line has words, and says what an editor wants to know."""

import ast
from datetime import date
from decimal import Decimal

import pytest

from referral.exchange.problems import Problem
from referral.exchange.records import MODELS
from referral.exchange.report import Kind, list_lines, load_words, make_sentence
from referral.exchange.steps import Action, Change, Double, Ground, Plan, Step
from referral.models.columns import Status
from referral.settings import ROOT

EXCHANGE = ROOT / "referral" / "exchange"


@pytest.fixture(scope="module")
def words():
    return load_words(ROOT / "data")


def make_plan(*steps, problems=(), is_empty=False):
    deletes = () if is_empty else (("phone", "t-1"),)
    return Plan("feed.json", steps, inserts=(), updates=(), deletes=deletes, problems=problems)


def write(plan, words):
    return [make_sentence(line, words) for line in list_lines(plan)]


def test_a_plan_is_told_from_the_total_to_each_field(words):
    changes = (
        Change("service", "s-1", "name", "Taalhuis", "Taalhuis Ommen"),
        Change("service", "s-1", "assured_date", None, date(2026, 11, 1)),
        Change("service", "s-1", "by_appointment", False, True),
        Change("cost_option", "c-1", "amount", Decimal("2.50"), None),
        Change("phone", "t-1", "*", None, {"id": "t-1", "number": "0529 00 01 00"}),
        Change("schedule", "h-1", "*", {"opening_hours": "Fr 14:00-16:00", "name": None}, None),
    )
    double = Double("s-9", "Taalpunt", (Ground.NAME, Ground.DISTANCE))
    plan = make_plan(
        Step(Action.ADDED, "service", "s-2", "Formulierenhulp", "3", doubles=(double,)),
        Step(Action.CHANGED, "service", "s-1", "Taalhuis Ommen", "contents[0]", changes),
        Step(Action.UNCHANGED, "organization", "o-1", "Bibliotheek"),
        Step(
            Action.CLOSED,
            "location",
            "l-1",
            "Dorpshuis",
            changes=(Change("location", "l-1", "status", "", Status.DEFUNCT),),
        ),
        problems=(Problem("page_miscounts", "size", values={"said": "31", "found": 128}, blocks=False),),
    )
    assert write(plan, words) == [
        "Diensten: 1 nieuw, 1 gewijzigd, 0 hetzelfde, 0 sluiten.",
        "Locaties: 0 nieuw, 0 gewijzigd, 0 hetzelfde, 1 sluiten.",
        "Organisaties: 0 nieuw, 0 gewijzigd, 1 hetzelfde, 0 sluiten.",
        "size: De bron telt zelf verkeerd: er staat 31, maar er zijn 128 diensten. Wij nemen wat er is.",
        "regel 3: Nieuw: dienst Formulierenhulp.",
        "Is dit dubbel? Het lijkt op Taalpunt (naam, minder dan 50 meter uit elkaar).",
        "contents[0]: Gewijzigd: dienst Taalhuis Ommen.",
        "naam: was Taalhuis, wordt Taalhuis Ommen.",
        "datum van controle: was leeg, wordt 01-11-2026.",
        "op afspraak: was nee, wordt ja.",
        "bedrag: was 2.50, wordt leeg.",
        "Erbij: telefoonnummer 0529 00 01 00.",
        "Eraf: openingstijden Fr 14:00-16:00.",
        "Sluiten: locatie Dorpshuis. Dit staat niet meer in de bron.",
    ]


def test_a_refused_plan_tells_first_what_keeps_it_out(words):
    told = {"latitude": 6.42, "longitude": 52.52}
    problems = (
        Problem("many_closed", values={"closed": 4, "known": 5}, blocks=False),
        Problem("coordinates_swapped", "14", "location.latitude", told),
        Problem("said_twice", "[2]", "phone.number", {"first": "7"}),
    )
    lines = list(list_lines(make_plan(problems=problems)))
    assert [line.kind for line in lines] == [Kind.SUMMARY, Kind.ERROR, Kind.ERROR, Kind.WARNING]
    assert [make_sentence(line, words) for line in lines[:3]] == [
        "feed.json: er is niets veranderd. Los eerst dit op (2).",
        "regel 14: breedtegraad: Lengtegraad en breedtegraad zijn verwisseld. "
        "Bedoelt u breedtegraad 52.52 en lengtegraad 6.42? Draai ze dan om.",
        "[2]: nummer: Hier staat iets anders dan bij regel 7. Wij houden wat daar staat.",
    ]


def test_that_nothing_changes_is_said(words):
    step = Step(Action.UNCHANGED, "service", "s-1", "Taalhuis")
    assert write(make_plan(step, is_empty=True), words)[0] == "feed.json: er verandert niets."


def test_a_long_value_is_cut_and_braces_are_only_text(words):
    step = Step(Action.CHANGED, "service", "s-1", "{name}", "", (Change("service", "s-1", "alert", "x" * 500, "{0}"),))
    sentences = write(make_plan(step), words)
    assert sentences[1] == "Gewijzigd: dienst {name}."
    assert len(sentences[2]) < 120
    assert sentences[2].endswith("wordt {0}.")


def list_codes():
    """The code of every problem that this package can make."""
    for path in EXCHANGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "") or getattr(getattr(node, "func", None), "attr", "")
            if isinstance(node, ast.Call) and name in ("Problem", "_Unfit", "_tell") and node.args:
                for one in ast.walk(node.args[0]):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str) and "_" in one.value:
                        yield one.value
            if isinstance(node, ast.Call) and name == "_demand" and isinstance(node.args[-1], ast.Constant):
                yield node.args[-1].value


def test_every_problem_has_words(words):
    codes = set(list_codes())
    assert len(codes) > 25
    assert codes - words.problems.keys() == set()


def test_every_table_and_action_and_ground_has_words(words):
    assert MODELS.keys() <= words.tables.keys()
    assert words.steps.keys() == set(Action)
    assert words.grounds.keys() == set(Ground)


def test_every_field_that_has_words_is_a_column(words):
    assert words.fields.keys() <= {column.name for model in MODELS.values() for column in model.__table__.columns}
