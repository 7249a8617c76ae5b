"""Says why a partner stands where it does, and why others were left out."""

from collections.abc import Iterable

from api.web.words import Words
from referral.directory.card import Words as TextByLanguage
from referral.matching.match import AGAINST, LeftOut


def say_reasons(
    codes: Iterable[str], *, municipality: str | None, groups: Iterable[TextByLanguage], words: Words, language: str
) -> list[str]:
    """Return the reasons in words; a code that is no longer known (the journal keeps them for years) is left out.

    `groups` are the labels of the groups that the service is for.
    """
    values = {"municipality": municipality or "", "groups": ", ".join(label[language] for label in groups)}
    keys = [f"reason_{code}" for code in codes]
    return [words.get_text(key, language, **values) for key in keys if key in words.texts[language]]


def keep_in_favour(codes: Iterable[str]) -> list[str]:
    """Return the reasons that a citizen reads beside a partner: those that do not speak against it."""
    return [code for code in codes if code not in AGAINST]


def say_left_out(left_out: Iterable[LeftOut], *, words: Words, language: str) -> list[str]:
    """Return "3 adressen vallen af: niet gratis." for each wish that left somebody out."""
    return [
        words.get_text(
            "left_out_one" if left.services == 1 else "left_out_more",
            language,
            count=left.services,
            lack=words.get_text(f"lack_{left.wish}", language),
        )
        for left in left_out
    ]
