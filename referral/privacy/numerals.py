"""The number words of Dutch from 0 to 99 (and the digits of English), as they are dictated in numbers and dates."""

from functools import cache

_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_TEENS = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


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


@cache
def year_pattern() -> str:
    """Return a regular expression for a year in words: "negentien achtenvijftig", "tweeduizendvijf"."""
    below_hundred = f"(?:{'|'.join(sorted(spoken_digits(), key=len, reverse=True))})"
    rest = rf"\s?(?:en\s?)?{below_hundred}"
    return rf"(?:(?:negentien|achttien)(?:\s?honderd)?{rest}|tweeduizend(?:{rest})?|twintig\s{below_hundred})(?!\w)"
