"""The directory over HTTP: what is listed, what is not, and what a service tells."""

from datetime import datetime

import pytest

from referral.clock import AMSTERDAM
from referral.models.phone import Phone
from tests.api.door import read_problem
from tests.clock import set_clock

IDO = "ido-zwolle-centrum-voorbeeld"
LOOKED_FOR = "wheelchair=true arrival=walk_in evening=true when=now".split()
WISHES = ["language=tr", "free=true", "targetGroup=ouderen", *LOOKED_FOR]


def get(door, path):
    answer = door.ask("GET", path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def list_ids(door, filters):
    page = get(door, f"/v1/services?pageSize=100&{filters}")
    assert page["totalItems"] == len(page["items"])
    return [item["id"] for item in page["items"]]


def test_services_are_listed_by_name(door):
    names = [item["name"] for item in get(door, "/v1/services?pageSize=100")["items"]]
    assert len(names) > 50
    assert names == sorted(names)


def test_what_is_closed_or_stopped_is_not_listed_but_can_be_found(door):
    assert "burenhulp-ommen-voorbeeld" not in list_ids(door, "municipality=GM0175")
    service = get(door, "/v1/services/burenhulp-ommen-voorbeeld")
    assert (service["status"], service["isOffered"]) == ("defunct", False)


@pytest.mark.parametrize(
    "filters", ["municipality=GM0175", "place=Ommen", "place=gemeente%20Ommen", "place=Beerzerveld"]
)
def test_a_place_narrows_to_what_serves_it_and_the_whole_country(door, filters):
    items = get(door, f"/v1/services?pageSize=100&{filters}")["items"]
    assert all({"GM0175", "NL"} & set(item["serves"]) for item in items)
    assert {"ido-ommen-voorbeeld", "nationaal-digid"} <= {item["id"] for item in items}


def test_a_kind_narrows_and_two_kinds_are_either(door):
    ido, taalhuis = (set(list_ids(door, f"municipality=GM0175&kind={kind}")) for kind in ("ido", "taalhuis"))
    assert ido == {"ido-ommen-voorbeeld"}
    assert set(list_ids(door, "municipality=GM0175&kind=ido&kind=taalhuis")) == ido | taalhuis > ido


def test_a_topic_is_its_kinds_of_partner_and_its_national_organisations(door):
    topic = get(door, "/v1/topics/huurtoeslag")
    items = get(door, "/v1/services?municipality=GM0193&topic=huurtoeslag")["items"]
    national = {f"nationaal-{organisation}" for organisation in topic["national"]}
    assert national <= {item["id"] for item in items}
    assert all(set(item["kinds"]) & set(topic["kinds"]) for item in items if item["id"] not in national)


@pytest.mark.parametrize("words", ["digitale overheid", "DIGITALE", "overheid ommen", "%64igitale"])
def test_every_word_is_looked_for_in_name_description_and_organization(door, words):
    assert "ido-ommen-voorbeeld" in list_ids(door, f"q={words}")


@pytest.mark.parametrize("words", ["%25", "_", "overheid xyzzy", "'; drop table service"])
def test_signs_that_mean_something_to_a_database_are_words_here(door, words):
    assert list_ids(door, f"q={words}") == []


def test_a_language_narrows_to_where_it_is_spoken(door):
    items = get(door, "/v1/services?pageSize=100&language=pl")["items"]
    assert items
    assert all("pl" in item["languages"] for item in items)


def test_an_organization_narrows_to_its_own_services(door):
    items = get(door, "/v1/services?organization=gemeente-ommen-voorbeeld")["items"]
    assert len(items) > 1
    assert {item["organization"]["id"] for item in items} == {"gemeente-ommen-voorbeeld"}


@pytest.mark.parametrize(
    ("moment", "is_listed"),
    [
        (datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM), True),  # Tuesday
        (datetime(2026, 11, 24, 12, 45, tzinfo=AMSTERDAM), False),  # lunch
        (datetime(2026, 11, 22, 10, 15, tzinfo=AMSTERDAM), False),  # Sunday
        (datetime(2026, 12, 25, 10, 15, tzinfo=AMSTERDAM), False),  # Christmas
    ],
)
def test_open_now_is_open_at_this_moment(door, moment, is_listed):
    with set_clock(moment):
        items = get(door, "/v1/services?when=now&place=Zwolle&pageSize=100")["items"]
    assert (IDO in {item["id"] for item in items}) is is_listed
    for item in items:
        places = [place["hours"] for place in item["locations"]] or [item["phoneHours"]]
        assert all(hours["openNow"] for hours in places), item["id"]


def test_a_service_tells_where_it_is_and_what_opens_this_week(door, tuesday):
    service = get(door, f"/v1/services/{IDO}")
    (location,) = service["locations"]
    assert location["addressLines"] == ["Voorbeeldplein 1", "8011 ZZ Zwolle"]
    assert location["hours"]["openNow"] is True
    assert location["hours"]["openUntil"] == "2026-11-24T12:30:00+01:00"
    assert [day["day"] for day in location["week"]][:2] == ["2026-11-24", "2026-11-25"]
    assert len(location["week"]) == 7
    assert location["phones"] == [{"number": "038 000 01 01", "call": "tel:+31-38-000-0101", "evidence": "official"}]
    assert service["isFree"] is True
    assert set(service["description"]) == {"nl", "en"}
    assert service["assuredDate"] == "2026-10-12"


def test_what_is_not_known_is_left_out(door):
    def list_nulls(value):
        if isinstance(value, dict):
            return [key for key, item in value.items() if item is None or list_nulls(item)]
        return [item for item in value if list_nulls(item)] if isinstance(value, list) else []

    for path in ("/v1/services?pageSize=100", f"/v1/services/{IDO}", "/v1/organizations", "/v1/locations"):
        assert list_nulls(get(door, path)) == []


def test_no_unverified_number_is_told_anywhere(door):
    with door.database.read() as session:
        unverified = [phone.number for phone in session.query(Phone).filter_by(evidence="unverified")]
    assert unverified
    pages = [get(door, f"/v1/services/{service_id}") for service_id in list_ids(door, "")]
    pages += get(door, "/v1/organizations?pageSize=100")["items"]
    told = {phone["number"] for page in pages for phone in page["phones"]}
    assert told
    assert told.isdisjoint(unverified)


def test_an_organization_tells_who_it_is(door):
    organization = get(door, "/v1/organizations/gemeente-ommen-voorbeeld")
    assert organization["isGovernment"] is True
    assert organization["municipality"] == "GM0175"
    assert [phone["number"] for phone in organization["phones"]] == ["0529 00 02 00"]


def test_locations_are_of_a_municipality_or_an_organization(door):
    (town_hall,) = get(door, "/v1/locations?organization=gemeente-ommen-voorbeeld")["items"]
    assert town_hall["id"] in {item["id"] for item in get(door, "/v1/locations?municipality=GM0175")["items"]}
    assert town_hall == get(door, f"/v1/locations/{town_hall['id']}")
    assert (town_hall["street"], town_hall["postcode"], town_hall["city"]) == ("Fictiemarkt 1", "7731 ZX", "Ommen")


def test_matches_are_in_the_order_of_the_assistant_with_the_reasons(door, tuesday):
    matches = get(door, "/v1/matches?topic=digid&place=Zwolle")
    best = matches["items"][0]
    assert (best["service"]["id"], best["scope"]) == (IDO, "local")
    assert best["locationId"] == "bibliotheek-zwolle-voorbeeld-centrum"
    assert {"right_kind", "open_now", "near"} <= {reason["code"] for reason in best["reasons"]}
    assert matches["items"][-1]["scope"] == "national"
    assert "gap" not in matches


def test_where_nobody_is_the_gap_is_told(door, tuesday):
    matches = get(door, "/v1/matches?topic=digid&place=Assen")
    assert matches["gap"] == {"kind": "not_in_directory", "partnerKind": "ido"}
    assert {match["scope"] for match in matches["items"]} == {"national"}


def test_without_a_place_only_the_whole_country_is_offered(door):
    assert {match["scope"] for match in get(door, "/v1/matches?topic=schulden")["items"]} == {"national"}


@pytest.mark.parametrize("wish", WISHES)
def test_the_list_holds_who_meets_a_wish_and_nobody_whom_the_match_leaves_out(door, tuesday, wish):
    everybody, some = (
        {match["service"]["id"] for match in get(door, f"/v1/matches?topic=digid&place=Zwolle{more}")["items"]}
        for more in ("", f"&{wish}")
    )
    listed = set(list_ids(door, f"topic=digid&place=Zwolle&{wish}"))
    assert some <= listed
    assert listed.isdisjoint(everybody - some)


def test_what_speaks_for_a_service_is_told_in_words(door, tuesday):
    for path in ("/v1/services?pageSize=100&place=Zwolle&free=true", "/v1/matches?topic=digid&place=Zwolle&free=true"):
        items = get(door, path)["items"]
        assert items
        for item in items:
            said = {reason["code"]: reason["text"] for reason in item["reasons"]}
            assert said["free"] == {"nl": "Gratis", "en": "Free"}
            assert all(text["nl"] and text["en"] for text in said.values())
    (own,) = [item for item in get(door, "/v1/services?pageSize=100&place=Zwolle")["items"] if item["id"] == IDO]
    said = {reason["code"]: reason["text"]["nl"] for reason in own["reasons"]}
    assert said["serves_municipality"] == "Is er voor mensen uit Zwolle"


@pytest.mark.parametrize("wish", WISHES)
def test_who_lacks_a_wish_is_left_out_and_counted_or_only_stands_lower(door, tuesday, wish):
    asked = "/v1/matches?topic=digid&place=Zwolle"
    everybody, some, preferred = (get(door, asked + more) for more in ("", f"&{wish}", f"&{wish}&prefer=true"))
    assert everybody["leftOut"] == preferred["leftOut"] == []
    assert sum(left["services"] for left in some["leftOut"]) == len(everybody["items"]) - len(some["items"])
    ids = [{match["service"]["id"] for match in found["items"]} for found in (everybody, preferred, some)]
    assert ids[0] == ids[1] >= ids[2]


def test_a_wish_tells_which_it_was_and_a_service_whether_it_is_met(door, tuesday):
    found = get(door, "/v1/matches?topic=digid&place=Zwolle&language=tr")
    assert [left["wish"] for left in found["leftOut"]] == ["language"]
    assert all("tr" in match["service"]["languages"] for match in found["items"])
    free = get(door, "/v1/matches?topic=digid&place=Zwolle&free=true")["items"]
    assert free
    assert all(match["service"]["isFree"] for match in free)


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/v1/matches?topic=digid&targetGroup=kinderen", (400, "invalid_input")),
        ("/v1/matches?topic=digid&arrival=fly", (400, "invalid_input")),
        ("/v1/matches?topic=digid&when=ever", (400, "invalid_input")),
        ("/v1/services/gone", (404, "not_found")),
        ("/v1/organizations/gone", (404, "not_found")),
        ("/v1/locations/gone", (404, "not_found")),
        ("/v1/services?topic=belasting_op_lucht", (404, "unknown_topic")),
        ("/v1/services?place=Nergenshuizen", (404, "unknown_place")),
        ("/v1/services?postcode=8011", (404, "unknown_place")),  # no postcode file here
        ("/v1/services?place=Elst", (409, "ambiguous_place")),
        ("/v1/matches?topic=digid&place=Elst", (409, "ambiguous_place")),
        *((f"/v1/services?{wish}", (400, "invalid_input")) for wish in LOOKED_FOR),
        ("/v1/services?when=ever&place=Ommen", (400, "invalid_input")),
        ("/v1/services?arrival=fly&place=Ommen", (400, "invalid_input")),
        ("/v1/services?evening=misschien&place=Ommen", (400, "invalid_input")),
        ("/v1/services?targetGroup=kinderen", (400, "invalid_input")),
        ("/v1/services?prefer=true", (400, "invalid_input")),
        ("/v1/services?place=Ommen&municipality=GM0175", (400, "invalid_input")),
        ("/v1/services?kind=ido&topic=digid", (400, "invalid_input")),
        ("/v1/services?colour=blue", (400, "invalid_input")),
        ("/v1/services?municipality=Ommen", (400, "invalid_input")),
        ("/v1/services?postcode=0011", (400, "invalid_input")),
        ("/v1/services?language=Nederlands", (400, "invalid_input")),
        ("/v1/services?q=%00", (400, "invalid_input")),
        ("/v1/services/%00", (400, "invalid_input")),
        ("/v1/services/" + "x" * 81, (400, "invalid_input")),
        ("/v1/matches?place=Ommen", (400, "invalid_input")),
        ("/v1/locations?municipality=", (400, "invalid_input")),
    ],
)
def test_what_cannot_be_answered_is_a_problem(door, path, problem):
    assert read_problem(door.ask("GET", path)) == problem


def test_nothing_can_be_written(door):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert read_problem(door.ask(method, f"/v1/services/{IDO}")) == (405, "method_not_allowed")
