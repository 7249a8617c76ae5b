"""The card that a citizen sees: what the directory knows, in words, and no number that nobody verified."""

from dataclasses import replace
from datetime import datetime

import pytest

from api.chat.card import MAX_BRING, make_card_view, make_phone_view
from api.web.service_words import describe_phone_hours, describe_service_hours, list_bring
from api.web.words import load_words
from referral.catalogue.plain import measure_plainness
from referral.clock import AMSTERDAM
from referral.directory.card import PhoneLine
from referral.directory.service import get_service
from referral.models.columns import Evidence
from referral.models.phone import Phone
from referral.referring.facts import get_referral_facts
from referral.referring.knowledge import load_knowledge
from referral.referring.service import Ask, refer_citizen
from referral.settings import ROOT
from tests.clock import TUESDAY

WORDS = load_words(ROOT / "data")
WEDNESDAY = datetime(2026, 11, 25, 10, 15, tzinfo=AMSTERDAM)


@pytest.fixture
def get_facts(example_session):
    def run(topic, place):
        knowledge = load_knowledge()
        ask = Ask(turn_id="t-1", topic=topic, place=place, library_id="bieb", visit_id=None, language="nl")
        result = refer_citizen(example_session, ask, knowledge, TUESDAY)
        return get_referral_facts(example_session, result.referral_id, knowledge=knowledge, language="nl", now=TUESDAY)

    return run


def view(facts, language="nl"):
    return make_card_view(facts, TUESDAY, words=WORDS, language=language)


def list_lines(card):
    return {line.heading: line.text for line in card.lines}


def test_a_card_has_everything_that_a_citizen_needs(get_facts):
    facts = get_facts("digid", "Zwolle")
    card = view(facts)
    assert card.code == facts.code
    assert card.slip == f"/briefje/{facts.slip_key}"
    assert card.name == "Informatiepunt Digitale Overheid Centrum (voorbeeld)"
    assert card.organisation == "Bibliotheek Zwolle (voorbeeld)"
    assert card.does.startswith("Helpt u met vragen")
    lines = list_lines(card)
    assert lines["Adres"].startswith("Voorbeeldplein 1, 8011 ZZ Zwolle (0,1 km)")
    assert lines["Open"] == "Nu open, tot 12.30 uur."
    assert lines["Kosten"] == "Gratis"
    assert [phone.number for phone in card.phones] == ["038 000 01 01"]
    assert (card.bring_heading, len(card.bring)) == ("Neem mee", 2)
    assert {"Past bij uw vraag", "Is er voor mensen uit Zwolle", "Nu open"} <= set(card.reasons)
    assert (card.warning, card.is_example) == (None, True)


def test_a_card_is_in_the_language_of_the_citizen(get_facts):
    card = view(get_facts("digid", "Zwolle"), "en")
    assert card.does.startswith("Helps you")
    assert list_lines(card)["Address"].endswith("(0.1 km)")
    assert list_lines(card)["Open"].startswith("Open now")
    assert "your phone with the DigiD app" in card.bring


def test_what_is_not_known_has_no_line(get_facts):
    card = view(get_facts("aow_pensioen", "Assen"))
    assert "Adres" not in list_lines(card)
    assert list_lines(card)["Open"] == WORDS.texts["nl"]["hours_unknown"]


@pytest.mark.parametrize("topic", ["studie", "rijbewijs"])
def test_an_unverified_number_is_not_on_a_card(get_facts, topic):
    card = view(get_facts(topic, "Assen"))
    assert card.phones == []
    assert card.website


def test_no_card_of_the_directory_has_a_number_that_nobody_verified(example_session):
    for phone in example_session.query(Phone).filter(Phone.evidence == Evidence.UNVERIFIED):
        if phone.service_id:
            card = get_service(example_session, phone.service_id, now=TUESDAY)
            assert phone.number not in [line.number for line in card.phones]


def test_a_partner_that_was_long_not_checked_is_shown_with_a_warning(get_facts):
    facts = get_facts("digid", "Zwolle")
    late = replace(facts, service=replace(facts.service, is_check_overdue=True, alert={"nl": "De lift is stuk."}))
    assert view(late).warning == f"De lift is stuk. {WORDS.texts['nl']['card_overdue']}"


def test_what_to_bring_is_what_the_partner_asks_or_else_what_the_topic_says(get_facts):
    facts = get_facts("digid", "Zwolle")
    assert list_bring(facts, "nl")[1] == "uw telefoon met de DigiD-app"
    bare = replace(facts, service=replace(facts.service, required_documents=()))
    assert list_bring(bare, "nl") == [paragraph.text for paragraph in facts.topic_card.bring]
    many = replace(facts, service=replace(facts.service, required_documents=({"nl": "een brief"},) * 9))
    assert len(list_bring(many, "nl")) == 9
    assert len(view(many).bring) == MAX_BRING


def test_a_reason_without_words_is_not_shown(get_facts):
    facts = replace(get_facts("digid", "Zwolle"), reasons=("not_verified", "near", "no_such_reason"))
    assert view(facts).reasons == ["Dichtbij"]


# ── hours ─────────────────────────────────────────────────────────────────────


def test_hours_to_come_by_and_hours_to_call_are_not_mixed_up(example_session):
    # Wednesday 14:00: the desk is open, the phone is answered until 12:30.
    now = WEDNESDAY.replace(hour=14, minute=0)
    service = get_service(example_session, "schuldhulp-zwolle-voorbeeld", now=now)
    assert describe_service_hours(service, now, words=WORDS, language="nl").startswith("Nu open, tot 17.00 uur.")
    called = describe_phone_hours(service, now, words=WORDS, language="nl")
    assert called.startswith("Nu dicht. Weer open op donderdag 26 november van 9.00 tot 12.30 uur.")


def test_a_partner_by_phone_only_shows_the_hours_to_call(example_session):
    service = get_service(example_session, "sociaal-loket-zwolle-voorbeeld", now=TUESDAY)
    assert describe_service_hours(service, TUESDAY, words=WORDS, language="nl") == "Nu open, tot 12.00 uur."


def test_without_any_hours_an_appointment_is_said_or_that_we_do_not_know(example_session):
    service = replace(get_service(example_session, "nationaal-svb", now=TUESDAY), today=None, phone_today=None)
    for by_appointment, key in ((True, "hours_appointment"), (False, "hours_unknown")):
        said = describe_service_hours(
            replace(service, by_appointment=by_appointment), TUESDAY, words=WORDS, language="nl"
        )
        assert said == WORDS.texts["nl"][key]


# ── numbers and distances ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "call"),
    [
        # Short numbers and information numbers cannot be dialled with +31.
        ("112", "tel:112"),
        ("113", "tel:113"),
        ("1400", "tel:1400"),
        ("14 038", "tel:14038"),
        ("0800 8020", "tel:08008020"),
        ("0800 023 44 44", "tel:08000234444"),
        ("0900 8844", "tel:09008844"),
        ("088 123 65 55", "tel:+31-88-123-6555"),
        ("030 264 90 10", "tel:+31-30-264-9010"),
        ("06 12 34 56 78", "tel:+31-6-12345678"),
        ("+31 38 421 72 78", "tel:+31-38-421-7278"),
        ("(038) 421-72 78", "tel:+31-38-421-7278"),
        # The invented numbers of the example directory.
        ("038 000 05 00", "tel:+31-38-000-0500"),
        ("0529 00 02 20", "tel:+31-529-000-220"),
        # No number at all: dialled as it stands.
        ("038 1", "tel:0381"),
    ],
)
def test_a_number_is_shown_as_it_is_read_and_dialled_as_it_must_be(number, call):
    shown = make_phone_view(PhoneLine(number, "", Evidence.OFFICIAL))
    assert (shown.number, shown.call, shown.note) == (number, call, None)


def test_every_number_of_the_directory_can_be_dialled(example_session):
    numbers = {phone.number for phone in example_session.query(Phone)}
    assert len(numbers) > 50
    for number in numbers:
        call = make_phone_view(PhoneLine(number, "", Evidence.OFFICIAL)).call
        digits = "".join(c for c in number if c.isdigit())
        assert call.removeprefix("tel:").replace("+31-", "0").replace("-", "") == digits


def test_a_note_goes_with_its_number():
    assert make_phone_view(PhoneLine("112", "Dag en nacht", Evidence.OFFICIAL)).note == "Dag en nacht"


def test_a_card_in_steps_says_one_thing_at_a_time(get_facts):
    facts = get_facts("digid", "Zwolle")
    card = view(facts)
    assert card.steps[1] == f"U gaat naar {card.name}. Het adres is Voorbeeldplein 1, 8011 ZZ Zwolle."
    assert card.steps[-1].startswith(f"U laat uw code zien: {card.code}.")
    assert view(facts, "en").steps[1].startswith("You go to ")


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"by_appointment": True}, "U belt eerst 038 000 01 01."),
        ({"by_appointment": True, "phones": ()}, "U maakt eerst een afspraak."),
        ({"address_lines": ()}, "U belt 038 000 01 01."),
        ({"address_lines": (), "phones": (), "website": "https://voorbeeld.nl"}, "U gaat naar deze website: https"),
    ],
)
def test_the_first_step_is_what_can_be_done(get_facts, changes, first):
    facts = get_facts("digid", "Zwolle")
    steps = view(replace(facts, service=replace(facts.service, **changes))).steps
    assert steps[0].startswith(first)


def test_each_step_is_plain():
    for language in ("nl", "en"):
        texts = [text for key, text in WORDS.texts[language].items() if key.startswith("step_")]
        assert texts
        assert measure_plainness(texts).is_plain
