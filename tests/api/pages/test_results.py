"""The pages of results without a script: who can help, where, and when this week."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser

import pytest

from api.pages import search
from referral.catalogue.service import load_catalogue
from referral.clock import AMSTERDAM
from referral.models.phone import Phone
from referral.models.service import Service
from referral.settings import ROOT
from tests.clock import set_clock

IDO = "ido-zwolle-centrum-voorbeeld"
ZWOLLE = "/zoek?topic=digid&place=Zwolle"
CHRISTMAS = datetime(2026, 12, 22, 10, 15, tzinfo=AMSTERDAM)


class Page(HTMLParser):
    """Reads a page: its tags with their attributes, and its text without scripts."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self._inside = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._inside.append(tag)

    def handle_data(self, data):
        if self._inside[-1:] not in (["script"], ["title"]):
            self.texts.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.texts))

    def list_all(self, tag, attribute):
        return [values[attribute] for name, values in self.tags if name == tag and attribute in values]


def read(door, path, status=200):
    answer = door.ask("GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    return Page(answer.text)


def read_linked_data(door, path):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', door.ask("GET", path).text)
    return [json.loads(block) for block in blocks]


def list_partners(page):
    return [link.split("?")[0].removeprefix("/partner/") for link in page.list_all("a", "href") if "/partner/" in link]


def list_ticked(page):
    return [values["value"] for tag, values in page.tags if tag == "input" and "checked" in values]


def test_without_a_question_there_is_a_form_with_every_topic_that_is_no_emergency(door):
    page = read(door, "/zoek")
    topics = load_catalogue(ROOT / "data").topics.values()
    assert set(page.list_all("option", "value")) == {""} | {topic.id for topic in topics if not topic.is_emergency}
    assert list_partners(page) == []
    assert read_linked_data(door, "/zoek") == []


def test_every_field_of_the_form_has_a_label(door):
    page = read(door, ZWOLLE)
    labels = set(page.list_all("label", "for"))
    fields = [values for tag, values in page.tags if tag in {"select", "input"} and values.get("type") != "hidden"]
    assert labels == {values["id"] for values in fields}


def test_partners_are_in_the_order_of_the_assistant(door, tuesday):
    matches = door.ask("GET", "/v1/matches?topic=digid&place=Zwolle").json()["items"]
    page = read(door, ZWOLLE)
    assert list_partners(page) == [match["service"]["id"] for match in matches]
    assert list_partners(page)[0] == IDO
    assert "Nu open, tot 12.30 uur." in page.text
    assert "Voorbeeldplein 1, 8011 ZZ Zwolle" in page.text
    assert "Past bij uw vraag" in page.text


@pytest.mark.parametrize("wish", search.WISHES)
def test_what_is_ticked_leaves_out_who_lacks_it_and_says_so(door, tuesday, wish):
    everybody, some = read(door, ZWOLLE), read(door, f"{ZWOLLE}&wish={wish}")
    assert list_ticked(everybody) == []
    assert list_ticked(some) == [wish]
    assert set(list_partners(some)) <= set(list_partners(everybody))
    lost = sum(int(count) for count in re.findall(r"(\d+) adres(?:sen)? val(?:t|len) af: ", some.text))
    assert lost == len(list_partners(everybody)) - len(list_partners(some))


def test_wishes_add_up(door, tuesday):
    page = read(door, f"{ZWOLLE}&wish=evening&wish=wheelchair")
    assert list_partners(page)[0] == "ido-zwolle-stadshagen-voorbeeld"
    assert IDO not in list_partners(page)
    assert "Ook 's avonds open" in page.text
    assert "niet open in de avond." in page.text


def test_a_wish_that_does_not_exist_is_none(door, tuesday):
    page = read(door, f"{ZWOLLE}&wish=gold&wish=%00")
    assert list_ticked(page) == []
    assert list_partners(page) == list_partners(read(door, ZWOLLE))


def test_a_choice_of_places_keeps_what_was_ticked(door):
    page = read(door, "/zoek?topic=digid&place=Elst&wish=evening&wish=free")
    links = [link for link in page.list_all("a", "href") if "Rhenen" in link]
    assert links
    assert all(list_ticked(read(door, link)) == ["free", "evening"] for link in links)


def test_a_kind_of_help_can_be_looked_for_too(door, tuesday):
    page = read(door, "/zoek?kind=taalhuis&place=Ommen")
    assert list_partners(page) == ["taalpunt-ommen-voorbeeld"]
    assert {"name": "kind", "type": "hidden", "value": "taalhuis"} in [values for _, values in page.tags]


def test_a_name_that_several_places_bear_is_asked_with_a_link_for_each(door):
    page = read(door, "/zoek?topic=digid&place=Elst")
    choices = [link for link in page.list_all("a", "href") if "place=Elst" in link and "lang=nl&" in link]
    assert len([link for link in choices if "Rhenen" in link or "Overbetuwe" in link]) == 2
    assert list_partners(page) == []
    for link in choices:
        assert "Elst" in read(door, link).text


@pytest.mark.parametrize("typed", ["Nergenshuizen", "8011", "%00", "<script>", "x" * 500])
def test_a_place_that_nobody_knows_is_asked_again(door, typed):
    page = read(door, f"/zoek?topic=digid&place={typed}")
    assert "true" in page.list_all("input", "aria-invalid")
    assert list_partners(page) == []


def test_where_nobody_is_it_is_said(door, tuesday):
    page = read(door, "/zoek?kind=huurteam&place=Assen")
    assert list_partners(page) == []
    assert "Hier vind ik helaas geen adres voor." in page.text


def test_without_a_place_it_is_whoever_is_there_for_everybody(door, tuesday):
    page = read(door, "/zoek?topic=schulden")
    assert list_partners(page) == ["nationaal-geldfit", "nationaal-nibud"]
    assert "Vul uw plaats in." in page.text


@pytest.mark.parametrize("path", ["/zoek?topic=belasting_op_lucht", "/zoek?kind=%00", "/zoek?topic=&kind="])
def test_a_subject_that_does_not_exist_is_asked_again(door, path):
    assert list_partners(read(door, path)) == []


def test_a_partner_has_the_hours_of_the_coming_week_with_holidays(door):
    with set_clock(CHRISTMAS):
        page = read(door, f"/partner/{IDO}")
    assert page.tags.count(("th", {"scope": "row"})) == 7
    assert "dinsdag 22 december 10.00 – 12.30, 13.00 – 17.00" in page.text
    assert "vrijdag 25 december gesloten" in page.text
    assert "tel:+31-38-000-0101" in page.list_all("a", "href")
    assert "Vijf minuten lopen van het station." in page.text


def test_every_service_of_the_directory_has_a_page_in_both_languages(door, tuesday):
    with door.database.read() as session:
        ids = [service.id for service in session.query(Service)]
        unverified = [phone.number for phone in session.query(Phone).filter_by(evidence="unverified")]
    assert len(ids) > 50
    for service_id in ids:
        for language in ("nl", "en"):
            page = read(door, f"/partner/{service_id}?lang={language}")
            assert page.list_all("html", "lang") == [language]
            assert not any(number in page.text for number in unverified), service_id


def test_a_page_is_in_english_and_leads_to_the_same_page_in_dutch(door, tuesday):
    page = read(door, f"{ZWOLLE}&lang=en")
    assert "Open now, until 12.30." in page.text
    (dutch,) = [link for link in page.list_all("a", "href") if link.endswith("lang=nl")]
    assert list_partners(read(door, dutch)) == list_partners(page)
    assert all("lang=en" in link for link in page.list_all("a", "href") if "/partner/" in link)


@pytest.mark.parametrize(("language", "said"), [("nl", ""), ("en", ' lang="nl"')])
def test_the_way_to_a_partner_is_in_dutch_and_says_so_on_a_page_in_english(door, tuesday, language, said):
    page = door.ask("GET", f"/partner/{IDO}?lang={language}").text
    assert f"<dd{said}>Vijf minuten lopen van het station.</dd>" in page
    assert page.count('lang="nl"') - page.count('hreflang="nl"') == {"nl": 2, "en": 3}[language]


def test_who_has_stopped_is_not_presented_as_open_or_callable(door):
    page = read(door, "/partner/burenhulp-ommen-voorbeeld")
    assert "U kunt hier nu niet terecht." in page.text
    assert "Gestopt in 2025." in page.text
    assert "call" not in page.list_all("a", "class")
    assert page.list_all("table", "class") == []
    assert read_linked_data(door, "/partner/burenhulp-ommen-voorbeeld") == []


@pytest.mark.parametrize(("service_id", "language"), [(IDO, "nl"), (IDO, "en"), ("burenhulp-ommen-voorbeeld", "nl")])
def test_what_is_wrong_with_a_partner_can_be_told_in_the_language_of_the_page(door, service_id, language):
    (link,) = [
        link
        for link in read(door, f"/partner/{service_id}?lang={language}").list_all("a", "href")
        if "klopt-niet" in link
    ]
    assert link == f"/klopt-niet/{service_id}?lang={language}"
    assert read(door, link).list_all("html", "lang") == [language]


@pytest.mark.parametrize("path", ["/partner/gone", f"/partner/{IDO}?location=gone"])
def test_a_partner_that_is_not_there_is_said_and_leads_on(door, path):
    page = read(door, path, status=404)
    assert "Dit adres kennen wij niet." in page.text
    assert "/zoek?lang=nl" in page.list_all("a", "href")


def test_search_engines_read_the_address_and_the_hours(door, tuesday):
    (found,) = read_linked_data(door, f"/partner/{IDO}")
    assert found["@context"] == "https://schema.org"
    assert found["provider"] == {"@type": "LibrarySystem", "name": "Bibliotheek Zwolle (voorbeeld)"}
    location = found["availableChannel"]["serviceLocation"]
    assert location["address"] == "Voorbeeldplein 1, 8011 ZZ Zwolle"
    first = location["openingHoursSpecification"][0]
    assert (first["opens"], first["closes"], first["validFrom"]) == ("10:00", "12:30", "2026-11-24")
    assert first["dayOfWeek"] == "https://schema.org/Tuesday"
    assert found["offers"]["price"] == 0
    (municipality,) = read_linked_data(door, "/partner/gemeenteloket-ommen-voorbeeld")
    assert (municipality["@type"], municipality["provider"]["@type"]) == ("GovernmentService", "GovernmentOrganization")


def test_search_engines_read_the_list_as_it_stands(door, tuesday):
    (found,) = read_linked_data(door, ZWOLLE)
    assert found["@type"] == "ItemList"
    ids = [element["item"]["url"].rsplit("/", 1)[1] for element in found["itemListElement"]]
    assert ids == list_partners(read(door, ZWOLLE))
    assert [element["position"] for element in found["itemListElement"]] == list(range(1, len(ids) + 1))


def test_nothing_that_is_typed_becomes_a_tag(door):
    answer = door.ask("GET", '/zoek?topic=digid&place="><script>alert(1)</script>')
    assert "<script>alert" not in answer.text


def test_an_address_of_a_partner_that_is_no_page_is_no_link(make_door):
    door = make_door()
    with door.database.begin() as session:
        session.get(Service, IDO).url = "javascript:alert(1)"
    assert not any("javascript:" in link for link in read(door, f"/partner/{IDO}").list_all("a", "href"))


@pytest.mark.parametrize("path", [ZWOLLE, f"/partner/{IDO}", "/partner/gone"])
def test_nothing_on_the_pages_needs_a_script_or_a_weaker_policy(door, path):
    page = read(door, path, status=404 if path.endswith("gone") else 200)
    assert all(values.get("type") == "application/ld+json" for tag, values in page.tags if tag == "script")
    assert not any(name == "style" or name.startswith("on") for _, values in page.tags for name in values)
    assert all(link.startswith("/static/") for link in page.list_all("link", "href"))
    assert "print" in page.list_all("link", "media")
