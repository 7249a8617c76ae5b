"""The empty sheet for an editor: an example row, what each column means, and lists to choose from."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from referral.exchange.sheet.raw import LAST_ROW
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.words import SheetWords
from referral.exchange.sheet.write import add_sheet, make_cell
from referral.models.taxonomy_term import NATIONAL_KIND


def write_template(reference: Reference, path: Path) -> None:
    """Write the workbook: services, explanation, choices. Raises `OSError`."""
    with path.open("wb") as stream:  # before there is a workbook: openpyxl cannot throw one away
        _make_template(reference).save(stream)


def _make_template(reference: Reference) -> Workbook:
    words = reference.words
    book = Workbook(write_only=True)
    services = add_sheet(book, words.sheets.services, [column.header for column in words.columns])
    choices = list_choices(reference)
    for number, column in enumerate(words.columns, start=1):
        if column.id in choices:
            place = list(choices).index(column.id) + 1
            services.data_validations.append(
                _make_validation(words, place, len(choices[column.id]), get_column_letter(number))
            )
    services.append([make_cell(services, column.example) for column in words.columns])
    explanation = add_sheet(book, words.sheets.help, words.help_headers)
    for column in words.columns:
        required = words.answers[column.required][0]
        texts = (column.header, required, column.help, column.example)
        explanation.append([make_cell(explanation, text) for text in texts])
    _add_choices(book, words, choices)
    return book


def list_choices(reference: Reference) -> dict[str, Sequence[str]]:
    """Return the answers of each column that has a closed list, the words that are written."""
    words = reference.words
    yes_or_no = [forms[0] for forms in words.answers.values()]
    return {
        "kinds": [label for kind, label in reference.kinds.items() if kind != NATIONAL_KIND],
        "groups": list(reference.groups.values()),
        "appointment": yes_or_no,
        "wheelchair": [forms[0] for forms in words.wheelchair.values()],
        "status": [forms[0] for forms in words.status.values()],
    }


def _make_validation(words: SheetWords, place: int, count: int, column: str) -> DataValidation:
    """Return a list to choose from that lets other texts through: several kinds stand in one cell."""
    letter = get_column_letter(place)
    source = f"{quote_sheetname(words.sheets.choices)}!${letter}$2:${letter}${count + 1}"
    validation = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    validation.add(f"{column}2:{column}{LAST_ROW}")
    return validation


def _add_choices(book: Workbook, words: SheetWords, choices: dict[str, Sequence[str]]) -> None:
    sheet = add_sheet(book, words.sheets.choices, [words.headers[column] for column in choices])
    for number in range(max(map(len, choices.values()))):
        texts = [values[number] if number < len(values) else "" for values in choices.values()]
        sheet.append([make_cell(sheet, text) for text in texts])
