"""Says a referral in steps: one thing to do in each sentence, for who finds a card hard to read."""

from collections.abc import Iterator

from api.web.service_words import list_bring
from api.web.words import Words
from referral.referring.facts import ReferralFacts


def list_steps(facts: ReferralFacts, *, words: Words, language: str) -> list[str]:
    """Return what the citizen does, in order; each step is one or two short sentences."""
    return [words.get_text(key, language, **values) for key, values in _list_steps(facts, words, language)]


def _list_steps(facts: ReferralFacts, words: Words, language: str) -> Iterator[tuple[str, dict[str, str]]]:
    service = facts.service
    number = service.phones[0].number if service.phones else None
    address = ", ".join(service.address_lines)
    if service.by_appointment and number:
        yield "step_call_first", {"number": number}
    elif service.by_appointment:
        yield "step_appointment", {}
    if address:
        if service.hours:
            yield "step_hours", {}
        yield "step_go", {"name": service.name, "address": address}
        if list_bring(facts, language):
            yield "step_bring", {}
        yield "step_code", {"code": facts.code}
    elif number and not service.by_appointment:
        yield "step_call", {"number": number}
        yield "step_tell", {}
    elif service.website:
        yield "step_website", {"website": service.website}
