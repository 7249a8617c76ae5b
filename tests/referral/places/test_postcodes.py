"""Postcode files in the three forms that we know, and broken ones, which are never half loaded."""

import os

import pytest

from referral.errors import InvalidContent
from referral.places.postcodes import load_postcodes
from referral.settings import ROOT

REFERENCE = ROOT.parent / "shared" / "places" / "pc4_nl.csv"
DUMP = (
    "NL\t8011\tZwolle\tOverijssel\t15\tZwolle\t0193\t\t\t52.5116\t6.0921\t6\n"
    "NL\t9711\tGroningen\tGroningen\t04\tGroningen\t0014\t\t\t53.2172\t6.5667\t6\n"
)
FULL_DUMP = (
    "NL\t8011 AA\tZwolle\tOverijssel\t15\tZwolle\t0193\t\t\t52.5101\t6.0901\t6\n"
    "NL\t8011 AB\tZwolle\tOverijssel\t15\tZwolle\t0193\t\t\t52.5102\t6.0902\t6\n"
)
HEADER = (
    "country code,postal code,place name,admin name1,admin code1,admin name2,admin code2,latitude,longitude,accuracy"
)
CSV = f"{HEADER}\nNL,8011,Zwolle,Overijssel,15,Zwolle,0193,52.5116,6.0921,6\n"
PC4_HEADER = "pc4,woonplaats,gemeentecode,gemeente,provincie,lat,lon,bron,spread_km,flag"
PC4 = f"{PC4_HEADER}\n8011,Zwolle,GM0193,Zwolle,Overijssel,52.5116,6.0921,geonames,0.1,\n"
TWO_PLACES = f"{PC4_HEADER}\n5391,Nuland;Geffen,GM0796;GM0828,'s-Hertogenbosch;Oss,Noord-Brabant,51.73,5.45,x,2,\n"


def write(tmp_path, content):
    file = tmp_path / "postcodes"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize(
    "content", [DUMP, CSV, PC4, FULL_DUMP, "\ufeff" + CSV, CSV.replace("\n", "\r\n"), CSV.rstrip()]
)
def test_every_known_form_is_read(tmp_path, content):
    (area,) = load_postcodes(write(tmp_path, content)).find("8011")
    assert (area.place, area.municipality_codes) == ("Zwolle", ("GM0193",))
    assert (area.lat, area.lon) == pytest.approx((52.51, 6.09), abs=0.01)


def test_places_that_share_a_postcode_are_all_there(tmp_path):
    areas = load_postcodes(write(tmp_path, TWO_PLACES)).find("5391")
    assert [area.place for area in areas] == ["Nuland", "Geffen"]
    assert areas[0].municipality_codes == ("GM0796", "GM0828")


def test_lines_of_other_countries_are_passed_over(tmp_path):
    belgian = "BE\t1000\tBrussel\tBruxelles-Capitale\tBRU\tBrussel\t21\t\t\t50.8466\t4.3517\t4\n"
    table = load_postcodes(write(tmp_path, belgian + DUMP))
    assert table.find("1000") == ()
    assert table.find("8011")


def test_digits_that_the_file_does_not_hold_are_nothing(tmp_path):
    assert load_postcodes(write(tmp_path, DUMP)).find("1234") == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (DUMP.replace("9711", "0711"), "line 2: '0711' is no Dutch postcode"),
        (DUMP.replace("9711", "971"), "line 2: '971' is no Dutch postcode"),
        (DUMP.replace("0014", "Gron"), "line 2: 'Gron' is no code of a municipality"),
        (DUMP.replace("6.5667", "65667"), "line 2: 65667 degrees lies outside the Netherlands"),
        (DUMP.replace("53.2172", "6.5667"), "line 2: 6.5667 degrees lies outside"),
        (DUMP.replace("53.2172", "noord"), "line 2: 'noord' is no number of degrees"),
        (DUMP.replace("53.2172", "nan"), "line 2: nan degrees lies outside"),
        (DUMP.replace("\tGroningen\tGroningen\t04", "\t\tGroningen\t04"), "line 2: no name of a place"),
        (CSV.replace("postal code", "zip"), "line 1: no column 'postal code'"),
        (PC4.replace("gemeentecode", "code"), "line 1: no column 'gemeentecode'"),
        (DUMP.replace("NL\t", "BE\t"), "holds no Dutch postcode"),
        (HEADER + "\n", "holds no Dutch postcode"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(tmp_path, content, message):
    with pytest.raises(InvalidContent, match=message):
        load_postcodes(write(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "line 1: the file is empty"),
        ("hallo\n", "line 1: no column"),
        ("<html><body>503 Service Unavailable</body></html>\n", "line 1: no column"),
        (DUMP.encode() + b"NL\t9712\tGron\xff", "line 3: is not UTF-8"),
        (CSV + 'NL,9711,"Groningen', "line 3"),
        (CSV + "NL,9711\n", "line 3: 2 columns instead of 10; is the file cut off?"),
        (b"PK\x03\x04\x14\x00\x00\x00", "line 1"),
    ],
)
def test_what_is_no_postcode_file_is_refused(tmp_path, content, message):
    with pytest.raises(InvalidContent, match=message):
        load_postcodes(write(tmp_path, content))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InvalidContent, match="nowhere: cannot be read"):
        load_postcodes(tmp_path / "nowhere")


def test_a_download_that_was_cut_off_within_a_line_is_never_half_loaded(tmp_path):
    """Cut anywhere before its last three columns, the last line lacks a column or holds half a number."""
    last_line = DUMP.index("NL\t9711")
    for length in range(last_line + 1, DUMP.index("53.2172") + 2):
        with pytest.raises(InvalidContent, match="line 2"):
            load_postcodes(write(tmp_path, DUMP[:length]))


def test_the_whole_country_is_read():
    if not REFERENCE.is_file():
        message = "the reference file is not here (../shared/places)"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    table = load_postcodes(REFERENCE)
    assert len(table.areas) > 4000
    assert table.find("8011")[0].place == "Zwolle"


# ── six characters ────────────────────────────────────────────────────────────

SHARED = FULL_DUMP + FULL_DUMP.replace("8011 A", "8011 B").replace("Zwolle\t0193", "Hattem\t0244").replace("52.", "51.")


def test_a_postcode_of_six_characters_has_its_own_point(tmp_path):
    table = load_postcodes(write(tmp_path, SHARED))
    (area,) = table.find("8011", "ab")
    assert (area.lat, area.lon) == pytest.approx((52.5102, 6.0902), abs=0.00002)


def test_a_postcode_of_six_characters_tells_which_municipality_it_is(tmp_path):
    table = load_postcodes(write(tmp_path, SHARED))
    assert [area.municipality_codes for area in table.find("8011")] == [("GM0193",), ("GM0244",)]
    assert [area.municipality_codes for area in table.find("8011", "BA")] == [("GM0244",)]
    assert table.find("8011", "ZZ") == table.find("8011")


def test_four_digits_lie_in_the_middle_of_their_postcodes(tmp_path):
    (area,) = load_postcodes(write(tmp_path, FULL_DUMP)).find("8011")
    assert (area.lat, area.lon) == pytest.approx((52.51015, 6.09015))


def test_only_a_file_with_letters_says_that_letters_do_not_exist(tmp_path):
    full, short = load_postcodes(write(tmp_path, FULL_DUMP)), load_postcodes(write(tmp_path, DUMP))
    assert [full.knows("8011", "AB"), full.knows("8011", "ab"), full.knows("8011", "ZZ")] == [True, True, False]
    assert short.knows("8011", "ZZ") is None
    assert (full.knows("1234", "AB"), short.knows("1234", "AB")) == (False, False)
    assert (full.count_letters(), short.count_letters()) == (2, 0)
