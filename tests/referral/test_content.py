import pytest

from referral.content import read_yaml
from referral.errors import InvalidContent


def write(folder, text):
    path = folder / "texts.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_yaml_is_read_with_what_it_merges(tmp_path):
    path = write(tmp_path, "base: &base {greet: Hallo, bye: Dag}\nown: {<<: *base, bye: Tot ziens}\n")
    assert read_yaml(path)["own"] == {"greet": "Hallo", "bye": "Tot ziens"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("greet: Hallo\nbye: Dag\ngreet: Goedendag\n", "'greet' stands here twice"),
        ("texts:\n  greet: Hallo\n  greet: Goedendag\n", "line 2"),
        ("greet: [", "is no YAML"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_name(tmp_path, text, named):
    with pytest.raises(InvalidContent, match=named) as caught:
        read_yaml(write(tmp_path, text))
    assert "texts.yml" in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InvalidContent, match=r"gone\.yml"):
        read_yaml(tmp_path / "gone.yml")
