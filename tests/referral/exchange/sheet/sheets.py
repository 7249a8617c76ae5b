"""Makes the sheets that people send, and reads them."""

import csv
import io

from openpyxl import Workbook

from referral.exchange.apply import apply_plan
from referral.exchange.plan import make_plan
from referral.exchange.sheet.read import read_file
from tests.referral.exchange.batches import NOW

HEADER = ["Naam organisatie", "Naam dienst", "Soort hulp", "Straat en huisnummer", "Postcode", "Plaats", "Telefoon"]
ROW = ["Welzijn Dalfsen", "Formulierenhulp", "formulierenhulp", "Markt 1", "7721 AB", "Dalfsen", "0529 43 12 34"]


def write_csv_bytes(rows, *, delimiter=";", encoding="utf-8"):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def write_book(path, rows, change=None):
    """A workbook as an editor makes it; `change` gets the sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    book.save(path)
    return path


def read(database, reference, path, source="blad"):
    with database.read() as session:
        return make_plan(session, read_file(session, path, source, reference))


def bring_in(database, reference, path, source="blad"):
    with database.begin() as session:
        plan = make_plan(session, read_file(session, path, source, reference))
        apply_plan(session, plan, by="test", now=NOW)
    return plan


def list_codes(plan, *, blocks=None):
    return [problem.code for problem in plan.problems if blocks is None or problem.blocks is blocks]


def get_inserts(plan, table):
    return [record.values for record in plan.inserts if record.table == table]
