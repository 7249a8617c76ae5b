"""The directory goes out as a sheet and comes back: nothing changes; into an empty directory: the same sheet again."""

import io

import pytest

from referral.exchange.apply import apply_plan
from referral.exchange.plan import Action, make_plan
from referral.exchange.sheet.known import list_all
from referral.exchange.sheet.read import read_file
from referral.exchange.sheet.write import write_csv, write_xlsx
from tests.referral.exchange.batches import NOW, dump


def export(database, reference, path):
    with database.read() as session:
        if path.suffix == ".csv":
            with path.open("w", encoding="utf-8", newline="") as stream:
                return write_csv(list_all(session, reference), reference.words, stream)
        return write_xlsx(list_all(session, reference), reference.words, path)


def read(database, reference, path):
    with database.read() as session:
        return make_plan(session, read_file(session, path, "blad", reference))


@pytest.mark.parametrize("name", ["gids.csv", "gids.xlsx"])
def test_what_goes_out_and_comes_back_changes_nothing(example, reference, tmp_path, name):
    path = tmp_path / name
    assert export(example, reference, path) > 40
    plan = read(example, reference, path)
    assert plan.problems == ()
    assert plan.is_empty
    assert {step.action for step in plan.steps} == {Action.UNCHANGED}
