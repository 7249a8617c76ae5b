"""Number words as they are dictated: Dutch from 0 to 99, the digits of English, and years in both."""

import re
from functools import cache

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ ,.-]{1,3}")
_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_TEENS = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ENGLISH_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


@cache
def spoken_digits() -> dict[str, str]:
    """Return what each number word writes: `{"nul": "0", "vierendertig": "34", …}`, spelling variants included."""
    spoken = {word: str(number) for number, word in enumerate(_UNITS + _TEENS)}
    for tens, word in enumerate(_TENS, start=2):
        spoken[word] = str(10 * tens)
        for unit in range(1, 10):
            joined = "ën" if _UNITS[unit].endswith("e") else "en"
            for between in {joined, "en"}:
                spoken[f"{_UNITS[unit]}{between}{word}"] = str(10 * tens + unit)
    spoken |= {f"nul{_UNITS[unit]}": f"0{unit}" for unit in range(10)}
    return spoken | {word: str(digit) for digit, word in enumerate(_ENGLISH)} | {"één": "1", "oh": "0"}


def read_spoken(text: str, start: int, *, size: int) -> tuple[str, int]:
    """Read the digits that are dictated from `start` on, up to `size`; return them and where they end in `text`."""
    digits, end = "", start
    for match in _WORD.finditer(text, start):
        more = _to_digits(match.group())
        if not more or len(digits) >= size or (digits and not _GAP.fullmatch(text, end, match.start())):
            break
        digits, end = digits + more, match.end()
    return digits, end


def _to_digits(word: str) -> str:
    return word if word.isdigit() and len(word) <= 4 else spoken_digits().get(word.lower(), "")


@cache
def year_pattern() -> str:
    """Return a regular expression for a year in words: "negentien achtenvijftig", "nineteen ninety"."""
    apart = rf"(?:{'|'.join(_UNITS[1:10])})\s(?:en|ën)\s(?:{'|'.join(_TENS)})"
    below_hundred = f"(?:{apart}|{'|'.join(sorted(spoken_digits(), key=len, reverse=True))})"
    rest = rf"\s?(?:en\s?)?{below_hundred}"
    digit = "|".join(_ENGLISH[1:])
    english = (
        rf"(?:(?:{'|'.join(_ENGLISH_TENS.split())})(?:[ -](?:{digit}))?|{'|'.join(_ENGLISH_TEENS.split())}|{digit})"
    )
    return (
        rf"(?:(?:negentien|achttien)(?:\s?honderd)?{rest}|tweeduizend(?:{rest})?|twintig\s{below_hundred}"
        rf"|(?:nineteen|twenty)[ -]{english}|two\sthousand(?:\s(?:and\s)?{english})?)(?!\w)"
    )
