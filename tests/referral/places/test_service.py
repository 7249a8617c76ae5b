"""What people type when they are asked where they live, and which place that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import AmbiguousPlace, UnknownPlace
from referral.places.postcodes import load_postcodes
from referral.places.service import resolve_place
from referral.places.table import load_places
from referral.settings import ROOT

TABLE = load_places(ROOT / "data")

POSTCODES = """\
country code,postal code,place name,admin name1,admin code1,admin name2,admin code2,latitude,longitude
NL,8011,Zwolle,Overijssel,15,Zwolle,0193,52.5116,6.0921
NL,6661,Elst,Gelderland,03,Overbetuwe,1734,51.9192,5.8500
NL,5391,Nuland,Noord-Brabant,06,'s-Hertogenbosch,0796,51.7233,5.4317
NL,5391,Geffen,Noord-Brabant,06,Oss,0828,51.7383,5.4625
NL,1462,Middenbeemster,Noord-Holland,07,Beemster,0370,52.5490,4.9131
NL,8888,Nergenshuizen,Overijssel,15,Zwolle,0193,52.5000,6.1000
NL,1724,Oudkarspel,Noord-Holland,07,Schagen,0441,52.7160,4.8060
NL,1724,Oudkarspel,Noord-Holland,07,Dijk en Waard,1980,52.7160,4.8060
NL,2324,Amersfoort,Utrecht,09,Amersfoort,0307,52.1451,4.4731
NL,2324,Leiden,Zuid-Holland,11,Leiden,0546,52.1451,4.4731
NL,2325,Amersfoort,Utrecht,09,Amersfoort,0307,52.1451,4.4731
NL,2325,Zwolle,Overijssel,15,Zwolle,0193,52.1451,4.4731
NL,9216,Oudega,Fryslân,02,Smallingerland,0090,53.1200,5.9900
NL,9217,Oudega,Fryslân,02,Smallingerland,0090,53.1300,6.0100
NL,9218,Oudega,Fryslân,02,Smallingerland,0090,51.3000,4.0000
NL,7693,Nergenshuizen,Overijssel,15,Hardenberg,0160,52.5200,6.6500
NL,7693,Sibculo,Overijssel,15,Twenterand,1700,52.5200,6.6500
"""


@pytest.fixture(scope="module")
def postcodes(tmp_path_factory):
    file = tmp_path_factory.mktemp("postcodes") / "nl.csv"
    file.write_text(POSTCODES, encoding="utf-8")
    return load_postcodes(file)


@pytest.mark.parametrize(
    ("typed", "place", "code"),
    [
        ("Zwolle", "Zwolle", "GM0193"),
        ("  zwolle ", "Zwolle", "GM0193"),
        ("ZWOLLE", "Zwolle", "GM0193"),
        ("gemeente Best", "Best", "GM0753"),
        ("Westland", "Westland", "GM1783"),
        ("sudwest fryslan", "Súdwest-Fryslân", "GM1900"),
        ("den haag", "'s-Gravenhage", "GM0518"),
        ("Den Bosch", "'s-Hertogenbosch", "GM0796"),
        ("s Hertogenbosch", "'s-Hertogenbosch", "GM0796"),
        ("Ljouwert", "Leeuwarden", "GM0080"),
        ("Leidsche Rijn", "Utrecht", "GM0344"),
        ("Kollumerzwaag", "Kollumersweach", "GM1970"),
        ("Capelle a/d IJssel", "Capelle aan den IJssel", "GM0502"),
        ("Alphen aan de Rijn", "Alphen aan den Rijn", "GM0484"),
        ("St. Annaparochie", "Sint Annaparochie", "GM1949"),
        ("Nykerk", "Nijkerk", "GM0267"),
        ("Loppersum", "Loppersum", "GM1979"),
    ],
)
def test_a_place_is_found_as_people_type_it(typed, place, code):
    found = resolve_place(typed, TABLE, None)
    assert (found.name, found.municipality_code) == (place, code)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Zwole", "Zwolle"),
        ("Amsterdan", "Amsterdam"),
        ("leeuwaarden", "Leeuwarden"),
        ("Eindhofen", "Eindhoven"),
        ("Apeldorn", "Apeldoorn"),
        ("den hag", "'s-Gravenhage"),
        ("bergen op zom", "Bergen op Zoom"),
        ("Capele aan den Ijsel", "Capelle aan den IJssel"),
        ("Winterswyck", "Winterswijk"),
        ("Kulemborg", "Culemborg"),
        ("Zutfen", "Zutphen"),
        ("Fenray", "Venray"),
        ("Heythuizen", "Heythuysen"),
    ],
)
def test_a_misspelled_name_is_understood(typed, place):
    assert resolve_place(typed, TABLE, None).name == place


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("Elst (Rhenen)", "Rhenen"),
        ("Elst (Overbetuwe)", "Overbetuwe"),
        ("Elst, gemeente Rhenen", "Rhenen"),
        ("elst utrecht", "Rhenen"),
        ("Hengelo Gld", "Bronckhorst"),
        ("Hengelo (Bronckhorst)", "Bronckhorst"),
        ("Haren Gn", "Groningen"),
        ("Bergen NH", "Bergen (NH.)"),
        ("Bergen (L.)", "Bergen (L.)"),
        ("Bergen Limburg", "Bergen (L.)"),
        ("Zeeland (Maashorst)", "Maashorst"),
        ("Heechterp, Leeuwarden", "Leeuwarden"),
        ("Schalkwijk, Haarlem", "Haarlem"),
    ],
)
def test_a_name_with_its_municipality_province_or_town_behind_it_is_told_apart(typed, municipality):
    assert resolve_place(typed, TABLE, None).municipality_name == municipality


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [("Hengelo", "Hengelo"), ("Beek", "Beek"), ("Laren", "Laren"), ("Rijswijk", "Rijswijk"), ("Altena", "Altena")],
)
def test_the_place_that_gives_its_municipality_its_name_is_meant_before_villages_elsewhere(typed, municipality):
    assert resolve_place(typed, TABLE, None).municipality_name == municipality


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("Elst", ("Elst (Overbetuwe)", "Elst (Rhenen)")),
        ("Bergen", ("Bergen (L.)", "Bergen (NH.)")),
        ("Haren", ("Haren (Groningen)", "Haren (Oss)")),
        ("nes", ("Nes (Ameland)", "Nes (Heerenveen)", "Nes (Noardeast-Fryslân)")),
        (
            "Krimpen",
            ("Krimpen aan de Lek (Krimpenerwaard)", "Krimpen aan den IJssel (Krimpen aan den IJssel)"),
        ),
        (
            "Alphen",
            (
                "Alphen (Alphen-Chaam)",
                "Alphen (West Maas en Waal)",
                "Alphen aan den Rijn (Alphen aan den Rijn)",
            ),
        ),
    ],
)
def test_a_name_that_several_places_bear_is_asked(typed, choices):
    with pytest.raises(AmbiguousPlace) as caught:
        resolve_place(typed, TABLE, None)
    assert caught.value.choices == choices


def test_every_choice_that_is_offered_is_understood_when_it_comes_back():
    for name in TABLE.names:
        try:
            resolve_place(name, TABLE, None)
        except AmbiguousPlace as asked:
            for choice in asked.choices:
                assert resolve_place(choice, TABLE, None).label.startswith(choice)
        except UnknownPlace:
            assert name in TABLE.regions


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "?", "geen idee", "Nederland", "Zeeland", "Twente", "Atlantis", "Xxxxxxx", "12", "01234", "80111"],
)
def test_what_is_no_place_is_unknown(typed):
    with pytest.raises(UnknownPlace):
        resolve_place(typed, TABLE, None)


def test_the_error_never_holds_what_was_typed():
    with pytest.raises(UnknownPlace) as caught:
        resolve_place("Jansen uit Verweggistan", TABLE, None)
    assert "Jansen" not in str(caught.value)


@pytest.mark.parametrize("typed", ["8011", "8011 PK", "8011pk", " 8011 "])
def test_a_postcode_is_looked_up_in_the_file(typed, postcodes):
    place = resolve_place(typed, TABLE, postcodes)
    assert (place.name, place.municipality_code) == ("Zwolle", "GM0193")
    assert place.point == (52.5116, 6.0921)


@pytest.mark.parametrize("typed", ["8011", "8011 PK", "1234"])
def test_without_a_file_a_municipality_is_never_guessed_from_digits(typed):
    with pytest.raises(UnknownPlace):
        resolve_place(typed, TABLE, None)


def test_a_postcode_tells_which_village_of_that_name_it_is(postcodes):
    assert resolve_place("6661", TABLE, postcodes).municipality_name == "Overbetuwe"


def test_a_postcode_in_two_municipalities_is_asked(postcodes):
    with pytest.raises(AmbiguousPlace) as caught:
        resolve_place("5391", TABLE, postcodes)
    assert caught.value.choices == ("5391 Geffen (Oss)", "5391 Nuland (Den Bosch)")
    chosen = resolve_place(caught.value.choices[0], TABLE, postcodes)
    assert (chosen.name, chosen.municipality_name, chosen.point) == ("Geffen", "Oss", (51.7383, 5.4625))


@pytest.mark.parametrize(
    ("digits", "place", "municipality"),
    [("1724", "Oudkarspel", "Dijk en Waard"), ("2324", "Leiden", "Leiden")],
    ids=["a place in a municipality where it does not lie", "a place at the other end of the country"],
)
def test_a_mistake_in_the_file_is_passed_over_where_the_truth_stands_beside_it(digits, place, municipality, postcodes):
    found = resolve_place(digits, TABLE, postcodes)
    assert (found.name, found.municipality_name) == (place, municipality)


@pytest.mark.parametrize(
    ("digits", "choices"),
    [
        ("2325", ("2325 Amersfoort (Amersfoort)", "2325 Zwolle (Zwolle)")),
        ("7693", ("7693 Hardenberg (Hardenberg)", "7693 Twenterand (Twenterand)")),
    ],
    ids=["all of them are far", "a hamlet that we do not know is no mistake"],
)
def test_what_nothing_better_stands_beside_is_asked(digits, choices, postcodes):
    with pytest.raises(AmbiguousPlace) as caught:
        resolve_place(digits, TABLE, postcodes)
    assert caught.value.choices == choices


def test_a_village_without_coordinates_of_its_own_lies_amid_its_postcodes(postcodes):
    assert resolve_place("Oudega (Smallingerland)", TABLE, None).point is None
    assert resolve_place("Oudega (Smallingerland)", TABLE, postcodes).point == (53.12, 5.99)


def test_a_village_of_which_the_file_knows_nothing_has_no_point(postcodes):
    assert resolve_place("Sibculo (Hardenberg)", TABLE, postcodes).point is None


def test_a_place_with_coordinates_of_its_own_keeps_them(postcodes):
    assert resolve_place("Leiden", TABLE, postcodes) == resolve_place("Leiden", TABLE, None)


def test_a_postcode_before_a_name_tells_where_it_is_and_which_one(postcodes):
    assert resolve_place("8011 PK Zwolle", TABLE, postcodes).point == (52.5116, 6.0921)
    assert resolve_place("6661 Elst", TABLE, postcodes).municipality_name == "Overbetuwe"


def test_a_postcode_of_somewhere_else_leaves_the_name_as_it_is(postcodes):
    assert resolve_place("8011 Ommen", TABLE, postcodes) == resolve_place("Ommen", TABLE, None)


def test_a_postcode_of_a_municipality_that_merged_since_is_of_the_present_one(postcodes):
    place = resolve_place("1462", TABLE, postcodes)
    assert (place.name, place.municipality_name) == ("Middenbeemster", "Purmerend")


def test_a_postcode_of_a_hamlet_that_we_do_not_know_is_its_municipality(postcodes):
    assert resolve_place("8888", TABLE, postcodes).name == "Zwolle"


def test_a_postcode_that_the_file_does_not_hold_is_unknown(postcodes):
    with pytest.raises(UnknownPlace):
        resolve_place("9999", TABLE, postcodes)


def test_a_name_beside_a_postcode_is_enough_without_a_file():
    assert resolve_place("8011 PK Zwolle", TABLE, None).name == "Zwolle"


@given(st.text(max_size=60))
def test_any_text_is_a_place_a_question_or_unknown(text):
    choices: tuple[str, ...] = ()
    municipality = None
    try:
        municipality = resolve_place(text, TABLE, None).municipality_code
    except AmbiguousPlace as asked:
        choices = asked.choices
    except UnknownPlace:
        return
    assert len(choices) > 1 or TABLE.find_municipality(municipality)
