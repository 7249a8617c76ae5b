"""The project's own table: whole, without doubles, and right by the reference file where there is one."""

import csv
import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from referral.errors import InvalidContent
from referral.places.spelling import fold
from referral.places.table import load_places
from referral.settings import ROOT

DATA = ROOT / "data"
REFERENCE = ROOT.parent / "shared" / "places"
# What the reference file puts behind a name to tell it from others: "Haren Gn", "Rijswijk (NB)".
SUFFIX = re.compile(r" (?:\(.*\)|gn|gld|ov|fr|dr|nh|zh|lb|nb|l|u|ut|z|ac|ca|gem\.? .*)$", re.IGNORECASE)


@pytest.fixture(scope="module")
def table():
    return load_places(DATA)


def copy_data(tmp_path, change_municipalities=str, change_names=str):
    """A copy of data/places/ with a change in the text of a file."""
    folder = tmp_path / "places"
    folder.mkdir()
    for name, change in (("municipalities.yml", change_municipalities), ("names.yml", change_names)):
        text = (DATA / "places" / name).read_text(encoding="utf-8")
        changed = change(text)
        (folder / name).write_text(changed, encoding="utf-8")
    return tmp_path


def test_there_are_the_342_municipalities_of_2025(table):
    assert len(table.municipalities) == 342
    assert len({municipality.code for municipality in table.municipalities}) == 342
    provinces = Counter(municipality.province for municipality in table.municipalities)
    assert provinces == {
        "Groningen": 10,
        "Fryslân": 18,
        "Drenthe": 12,
        "Overijssel": 25,
        "Flevoland": 6,
        "Gelderland": 51,
        "Utrecht": 26,
        "Noord-Holland": 44,
        "Zuid-Holland": 50,
        "Zeeland": 13,
        "Noord-Brabant": 56,
        "Limburg": 31,
    }


def test_every_municipality_is_a_place_that_can_be_found_by_its_code(table):
    for municipality in table.municipalities:
        whole = table.find_whole(municipality.code)
        assert (whole.name, whole.municipality_name) == (municipality.name, municipality.name)
    assert table.find_whole("GM9999") is None


def test_nearly_every_municipality_has_coordinates(table):
    """GeoNames has the others by another name or not at all; a referral there is ranked without distance."""
    without = {one.name for one in table.municipalities if table.find_whole(one.code).point is None}
    assert without == {
        "West Maas en Waal",
        "Vlieland",
        "Doesburg",
        "Oostzaan",
        "Hardinxveld-Giessendam",
        "Etten-Leur",
        "Landgraaf",
    }


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("'s-Gravenhage", "Den Haag (Den Haag)"),
        ("'s-Hertogenbosch", "Den Bosch (Den Bosch)"),
        ("Nuland", "Nuland (Den Bosch)"),
        ("Zwolle", "Zwolle (Zwolle)"),
    ],
)
def test_people_read_the_names_that_they_use(table, name, label):
    assert {place.label for place in table.find(fold(name)) if place.name == name} == {label}


def test_a_shown_name_that_would_not_be_understood_is_refused(tmp_path):
    data = copy_data(tmp_path, change_names=lambda text: text.replace('": Den Bosch\n\n', '": Het Bos\n\n'))
    with pytest.raises(InvalidContent, match="shown: Het Bos is no alias of 's-Hertogenbosch"):
        load_places(data)


@pytest.mark.parametrize(
    ("name", "province", "point"),
    [
        ("Zwolle", "Overijssel", (52.51, 6.09)),
        ("Hengelo", "Overijssel", (52.27, 6.79)),
        ("Hengelo", "Gelderland", (52.05, 6.31)),
        ("'s-Gravenhage", "Zuid-Holland", (52.08, 4.30)),
        ("Het Hogeland", "Groningen", (53.33, 6.60)),
    ],
)
def test_a_place_lies_where_its_province_is(table, name, province, point):
    (place,) = (one for one in table.find(fold(name)) if one.province == province)
    assert place.point == pytest.approx(point, abs=0.05)


def test_a_name_that_two_villages_of_one_province_share_gets_no_coordinates(table):
    oudega = table.find("oudega")
    assert len(oudega) == 3
    assert {place.province for place in oudega} == {"Fryslân"}
    assert all(place.point is None for place in oudega)


@pytest.mark.parametrize("typed", ["sgravenhage", "den haag", "s gravenhage", "the hague", "scheveningen"])
def test_the_hague_is_found_by_all_its_names(table, typed):
    assert [place.name for place in table.find(typed)] == ["'s-Gravenhage"]


def test_the_table_agrees_with_the_reference_file(table, capsys):
    if not REFERENCE.is_dir():
        message = "the reference file is not here (../shared/places)"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    pairs = read_pairs(REFERENCE / "pc4_nl.csv")
    homes = {name: {place.municipality_code for place in table.find(name)} for name in table.names | table.aliases}
    right = {(place, code) for place, code in pairs if code in homes.get(fold(place), homes.get(strip(place), set()))}
    share = len(right) / len(pairs)
    with capsys.disabled():
        sys.stdout.write(f"\nplaces with the right municipality: {len(right)} of {len(pairs)} = {share:.1%}\n")
    assert share >= 0.97


def test_codes_and_names_of_municipalities_are_those_of_the_reference_file(table):
    if not REFERENCE.is_dir():
        message = "the reference file is not here (../shared/places)"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    with (REFERENCE / "gemeenten.csv").open(encoding="utf-8", newline="") as file:
        official = {row["GemeentecodeGM"]: (row["Gemeentenaam"], row["Provincienaam"]) for row in csv.DictReader(file)}
    ours = {one.code: (one.name, one.province) for one in table.municipalities}
    assert ours.keys() == official.keys()
    for code, (name, province) in ours.items():
        assert name in (official[code][0], re.sub(r" \([^)]*\)$", "", official[code][0]))
        assert province == official[code][1]


def test_a_municipality_that_is_there_twice_is_named(tmp_path):
    data = copy_data(tmp_path, lambda text: text.replace("GM0193", "GM0034"))
    with pytest.raises(InvalidContent, match="GM0034 is there 2 times"):
        load_places(data)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("province: Overijssel, places: [Haerst", "province: Twente, places: [Haerst", "there is no province Twente"),
        ("places: [Haerst, Wijthmen", "places: [Haerst, Haerst", "GM0193: haerst is there twice"),
        ("{code: GM0193, ", "{code: 193, ", "code"),
        ("{code: GM0193, name", "{code: GM0193, nam", "nam"),
        ("places: [Haerst, Wijthmen, Windesheim, Zwolle]}", "places: []}", "places"),
        ("municipalities:", "municipalities: [", "is no YAML"),
    ],
)
def test_a_broken_table_is_refused_with_what_is_wrong(tmp_path, old, new, message):
    data = copy_data(tmp_path, lambda text: text.replace(old, new))
    with pytest.raises(InvalidContent, match=message):
        load_places(data)


def test_an_alias_of_a_place_that_does_not_exist_is_refused(tmp_path):
    data = copy_data(tmp_path, change_names=lambda text: text.replace("Mokum: Amsterdam", "Mokum: Amsterdamn"))
    with pytest.raises(InvalidContent, match="Mokum: there is no Amsterdamn"):
        load_places(data)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InvalidContent, match=r"municipalities\.yml: cannot be read"):
        load_places(tmp_path)


def test_every_ordinary_word_and_large_place_is_a_name_of_the_table(table):
    names = yaml.safe_load((DATA / "places" / "names.yml").read_text(encoding="utf-8"))
    listed = [*names["ordinary_words"].split(), *names["small_words"], *names["large"]]
    assert [name for name in listed if not table.find(fold(name))] == []
    assert [name for name, times in Counter(listed[: -len(names["large"])]).items() if times > 1] == []


def read_pairs(path: Path) -> set[tuple[str, str]]:
    """Places with the code of their municipality; a line with several municipalities does not say which is whose."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if ";" not in row["gemeentecode"]]
    return {(place, row["gemeentecode"]) for row in rows for place in row["woonplaats"].split(";")}


def strip(name: str) -> str:
    return fold(SUFFIX.sub("", name))
