"""Rules about what a service is: kinds and the topics that follow from them, for whom, cost, and plain words."""

from collections.abc import Iterator

from referral.catalogue.plain import MAX_AVERAGE_WORDS, MAX_SENTENCE_WORDS, measure_plainness
from referral.catalogue.service import Catalogue
from referral.models.taxonomy_term import NATIONAL_KIND
from referral.quality.entry import Entry, Text
from referral.quality.findings import Code, Finding, Told

_KINDS = "attribute.taxonomy_term_id"


def find_in_subject(entry: Entry, catalogue: Catalogue) -> Iterator[Finding]:
    yield from _find_in_kinds(entry, catalogue)
    if not entry.has_target_group:
        yield Finding(Code.NO_TARGET_GROUP, "service.eligibility_description")
    if not entry.has_cost:
        yield Finding(Code.NO_COST, "cost_option.amount")
    if not entry.get_text("description"):
        yield Finding(Code.NO_DESCRIPTION, "service.description")
    for text in entry.texts:
        yield from _find_in_text(text)


def _find_in_kinds(entry: Entry, catalogue: Catalogue) -> Iterator[Finding]:
    if not entry.kinds:
        yield Finding(Code.NO_KINDS, _KINDS)
        return
    unknown = sorted(entry.kinds - set(catalogue.partner_kinds) - {NATIONAL_KIND})
    for kind in unknown:
        yield Finding(Code.KIND_UNKNOWN, _KINDS, {"kind": kind})
    is_asked_for = any(entry.kinds & set(topic.partners) for topic in catalogue.topics.values())
    if not unknown and not is_asked_for and NATIONAL_KIND not in entry.kinds:
        yield Finding(Code.NO_TOPICS, _KINDS)


def _find_in_text(text: Text) -> Iterator[Finding]:
    field = f"service.{text.column}"
    plainness = measure_plainness([text.nl])
    if plainness.longest_words > MAX_SENTENCE_WORDS:
        told: dict[str, Told] = {
            "sentence": plainness.longest,
            "words": plainness.longest_words,
            "most": MAX_SENTENCE_WORDS,
        }
        yield Finding(Code.LONG_SENTENCE, field, told)
    elif plainness.average_words > MAX_AVERAGE_WORDS:
        yield Finding(Code.LONG_SENTENCES, field, {"words": round(plainness.average_words), "most": MAX_AVERAGE_WORDS})
    if plainness.officialese:
        yield Finding(Code.OFFICIALESE, field, {"words": ", ".join(plainness.officialese)})
    if text.nl and not text.en:
        yield Finding(Code.NO_ENGLISH, field, {"text": text.nl})
