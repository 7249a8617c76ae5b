"""The word lists are read once, and a broken file is refused."""

import shutil
from pathlib import Path

import pytest

from referral.errors import InvalidContent
from referral.privacy.words import DATA_DIR, any_of, load_words


def test_every_word_is_lower_case() -> None:
    words = load_words()
    for part in (words.names, words.streets, words.postcodes, words.secrets, words.numbers, words.phones, words.emails):
        for name in type(part).model_fields:
            assert all(word == word.lower() for word in getattr(part, name)), name


def test_a_first_name_is_never_a_small_word() -> None:
    names = load_words().names
    assert not names.first_names & names.never
    assert not names.first_names & names.organisations


def test_the_lists_of_names_have_each_name_once_in_small_letters() -> None:
    for file in ("first.txt", "last.txt"):
        names = (DATA_DIR / "names" / file).read_text(encoding="utf-8").splitlines()
        assert len(names) > 3000
        assert len(names) == len(set(names))
        assert all(name == name.lower().strip() for name in names)


def test_a_missing_list_of_names_is_refused(tmp_path: Path) -> None:
    shutil.copy(DATA_DIR / "privacy.yml", tmp_path)
    with pytest.raises(InvalidContent, match=r"first\.txt"):
        load_words(tmp_path)


def test_an_empty_list_of_names_is_refused(tmp_path: Path) -> None:
    shutil.copy(DATA_DIR / "privacy.yml", tmp_path)
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "first.txt").touch()
    with pytest.raises(InvalidContent, match=r"first\.txt"):
        load_words(tmp_path)


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "privacy.yml").write_text("names: {strong: [ik heet]}", encoding="utf-8")
    with pytest.raises(InvalidContent):
        load_words(tmp_path)


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "privacy.yml").write_text("names: [", encoding="utf-8")
    with pytest.raises(InvalidContent):
        load_words(tmp_path)


def test_the_longest_phrase_is_tried_first() -> None:
    assert any_of(["bsn", "bsn nummer"]).index("nummer") < any_of(["bsn", "bsn nummer"]).rindex("bsn")
