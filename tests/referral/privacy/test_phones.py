"""Which phone numbers everybody may read."""

from pathlib import Path

import pytest

from referral.privacy.mask import mask
from referral.privacy.phones import load_public_numbers

ORGANISATIONS = """organisations:
- {id: loket, name: Loket, phone: "088 765 43 21"}
- {id: site, name: Alleen een site}
"""


def test_the_numbers_of_organisations_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "organisations.yml"
    file.write_text(ORGANISATIONS, encoding="utf-8")
    assert load_public_numbers(file) == {"0887654321"}


@pytest.mark.parametrize("number", sorted(load_public_numbers()))
def test_every_number_of_the_catalogue_stays_however_it_is_written(number: str) -> None:
    written = [number, f"{number[:4]}-{number[4:]}", " ".join((number[:3], number[3:6], number[6:]))]
    if len(number) == 10:
        written += [f"+31{number[1:]}", f"+31 (0){number[1:3]} {number[3:]}", f"0031{number[1:]}"]
    for form in written:
        assert mask(f"bel {form} voor hulp").spans == ()


@pytest.mark.parametrize("number", ["0612984533", "0881236556", "0302649011"])
def test_a_number_that_is_nobodys_counter_is_masked(number: str) -> None:
    assert mask(f"bel {number} voor hulp").masked == "bel TELEFOON voor hulp"
