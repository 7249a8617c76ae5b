"""`omdehoek waaier`: one file with everything."""

from tests.api.waaier.reading import read_text


def test_the_waaier_is_written(omdehoek, tmp_path):
    told = omdehoek(
        "waaier", "--out", tmp_path / "w.pdf", "--paper", "a5", OMDEHOEK_PUBLIC_URL="https://hulp.example.nl"
    )
    assert told.code == 0
    assert "cards" in told.out
    text = read_text((tmp_path / "w.pdf").read_bytes())
    assert "Informatiewaaier" in text
    assert "https://hulp.example.nl" in text


def test_a_folder_that_is_not_there_and_an_unknown_paper_are_told(omdehoek, tmp_path):
    assert omdehoek("waaier", "--out", tmp_path / "no" / "w.pdf").code == 2
    assert omdehoek("waaier", "--out", tmp_path / "w.pdf", "--paper", "a3").code == 2
