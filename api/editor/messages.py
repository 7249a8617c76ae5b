"""What is told beside a field: what cannot be read, and what the quality rules find. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.editor.fields import GROUPS
from referral.editing.form import PLACE, ServiceForm
from referral.editing.trial import Trial
from referral.exchange.problems import Problem
from referral.exchange.report import Words, make_problem_line, make_sentence
from referral.exchange.sheet.reference import Reference
from referral.exchange.sheet.words import fold
from referral.quality.findings import Severity
from referral.quality.words import QualityWords, say_finding

# The column of the form for a column of the directory.
COLUMNS = {
    "organization.name": "organization",
    "organization.website": "website",
    "service.name": "name",
    "service.description": "description",
    "service.translations": "description_en",
    "service.eligibility_description": "audience",
    "service.application_process": "how",
    "service.alert": "alert",
    "service.status": "status",
    "service.url": "website",
    "service.email": "email",
    "service.assured_date": "assured_date",
    "service.check_due": "check_due",
    "attribute.taxonomy_term_id": "kinds",
    "cost_option.amount": "cost",
    "cost_option.amount_description": "cost",
    "language.code": "languages",
    "phone.number": "phone",
    "required_document.document": "bring",
    "service_area.extent": "area",
    "hours_exception.opening_hours": "changes",
    "hours_exception.end_date": "changes",
    "schedule.opening_hours": "hours",
    "location.name": "location",
    "location.latitude": "latitude",
    "location.longitude": "longitude",
    "address.address_1": "street",
    "address.postal_code": "postcode",
    "address.city": "city",
    "address.municipality": "municipality",
    "accessibility.wheelchair": "wheelchair",
}


@dataclass(frozen=True, slots=True)
class Message:
    """`field` is the name of a field of the form, empty where it is about the whole."""

    field: str
    label: str
    severity: Severity
    text: str


def list_messages(
    trial: Trial, form: ServiceForm, *, reference: Reference, words: Words, quality: QualityWords
) -> list[Message]:
    """Return the messages, the gravest first, each once."""
    messages = [*_tell_problems(trial, form, reference, words)]
    by_location = {place["location_id"]: number for number, place in enumerate(form.places)}
    for finding in trial.findings:
        field, label = _place(finding.field, by_location.get(finding.location_id or "", 0), reference)
        messages.append(Message(field, label, finding.severity, say_finding(finding, quality)))
    severities = list(Severity)
    return sorted(dict.fromkeys(messages), key=lambda message: severities.index(message.severity))


def _tell_problems(trial: Trial, form: ServiceForm, reference: Reference, words: Words) -> Iterator[Message]:
    rows = {reference.words.say_row(number): number - 1 for number in range(1, len(form.places) + 1)}
    for problem in trial.problems:
        field, label = _place(problem.field, rows.get(problem.path, 0), reference)
        severity = Severity.ERROR if problem.blocks else Severity.WARNING
        bare = Problem(problem.code, values=problem.values, blocks=problem.blocks)
        yield Message(field, label, severity, make_sentence(make_problem_line(bare), words))


def _place(said: str, place: int, reference: Reference) -> tuple[str, str]:
    """Return the name and label of the field that a column of the directory, or a header, stands for."""
    column = COLUMNS.get(said) or reference.words.column_ids.get(fold(said), "")
    if column in PLACE:
        return f"place.{place}.{column}", reference.words.headers[column]
    if any(column in group for group in GROUPS.values()):
        return f"service.{column}", reference.words.headers[column]
    return "", ""
