"""Tells in which language a message is, or that it cannot be told.

lingua, restricted to the languages that we speak (nl, en) or only recognise; restricted to five it is right for 95 % of
short Dutch messages (TRAPS.md). Dutch is what people here write with many errors, so another language must be clearly
ahead of it.
"""

from functools import cache

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

SPOKEN = ("nl", "en")
RECOGNISED = ("tr", "ar", "pl", "uk", "de")
# One or two Latin words say too little ("help", "ja", "brief cjib").
MIN_WORDS = 3
MIN_CONFIDENCE = 0.4
LEAD_OVER_DUTCH = 1.3
# Longer texts are one language all the same, and need not be read to the end.
MAX_CHARACTERS = 500


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of one of our languages, or None when the message is too short or mixed to tell."""
    confidences = _load_detector().compute_language_confidence_values(text[:MAX_CHARACTERS])
    best, share = confidences[0].language, confidences[0].value
    if share == 0.0:
        return None
    if best not in (Language.ARABIC, Language.UKRAINIAN) and len(text.split()) < MIN_WORDS:
        return None
    dutch = next(found.value for found in confidences if found.language == Language.DUTCH)
    if best != Language.DUTCH and (share < MIN_CONFIDENCE or share < LEAD_OVER_DUTCH * dutch):
        return None
    return best.iso_code_639_1.name.lower()


@cache
def _load_detector() -> LanguageDetector:
    codes = [IsoCode639_1.from_str(code.upper()) for code in SPOKEN + RECOGNISED]
    languages = [Language.from_iso_code_639_1(code) for code in codes]
    return LanguageDetectorBuilder.from_languages(*languages).build()
