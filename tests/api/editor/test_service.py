"""Editors find a service, change it, see what others did, and take it back; over HTTP, without scripts."""

import pytest

from api.editor.fields import GROUPS, HIDDEN
from referral.clock import read_clock
from referral.directory.service import get_service
from referral.editing.form import PLACE, list_columns
from referral.exchange.sheet.reference import load_reference
from referral.settings import ROOT
from tests.api.account.colleague import add_person, read_hidden, read_note, read_target
from tests.api.account.conftest import MANAGER
from tests.api.editor.conftest import EDITOR, IDO, PAGE, change, get_value, read_form, sign_in


def save(colleague, **texts):
    return colleague.post(PAGE, change(read_form(colleague.get(PAGE)), **texts))


def test_every_column_of_the_sheet_is_in_the_form(noor):
    reference = load_reference(ROOT / "data")
    shown = [column for group in GROUPS.values() for column in group]
    assert sorted([*shown, "organization_id"]) == sorted(list_columns(reference))
    save(noor, service__groups="ouderen")
    names = {name for name, _ in read_form(noor.get(PAGE))}
    assert names >= {f"service.{column}" for column in shown} | {f"place.0.{column}" for column in PLACE}
    assert set(HIDDEN) <= {*PLACE, *list_columns(reference)}


def test_what_is_saved_is_what_a_citizen_gets(noor, door):
    answer = save(noor, place__0__hours="di en do 10-12", service__cost="gratis")
    assert read_target(answer) == f"{PAGE}?done=saved"
    assert read_note(noor.get(read_target(answer)).text) == "Opgeslagen."
    with door.database.read() as session:
        card = get_service(session, IDO, now=read_clock())
    assert card.opening_hours == ("Tu,Th 10:00-12:00",)
    assert card.today.open_now


def test_a_service_for_some_groups_says_so_to_citizens_and_to_the_checks(noor, door):
    chosen = [("service.groups", "mensen die weinig Nederlands spreken"), ("service.groups", "jongeren")]
    pairs = change(read_form(noor.get(PAGE)), "check", service__audience="")
    assert "Is dit voor iedereen?" in noor.post(PAGE, pairs).text
    assert "Is dit voor iedereen?" not in noor.post(PAGE, [*pairs, *chosen]).text
    assert noor.post(PAGE, [*pairs[:-1], *chosen, ("action", "save")]).status_code == 303
    with door.database.read() as session:
        card = get_service(session, IDO, now=read_clock())
    assert card.target_groups == ("anderstaligen", "jongeren")
    shown = [value for name, value in read_form(noor.get(PAGE)) if name == "service.groups"]
    assert sorted(shown) == ["jongeren", "mensen die weinig Nederlands spreken"]
    assert "Erbij: soort hulp of doelgroep jongeren." in noor.get(f"{PAGE}/geschiedenis").text


def test_saving_what_nobody_changed_changes_nothing(noor):
    before = read_form(noor.get(PAGE))
    assert save(noor).status_code == 303
    assert read_form(noor.get(PAGE)) == before


def test_what_cannot_be_read_stays_in_the_form_and_is_told_at_its_field(noor):
    answer = save(noor, place__0__hours="soms even", service__description="Nieuw & beter")
    assert answer.status_code == 400
    pairs = read_form(answer)
    assert get_value(pairs, "place.0.hours") == "soms even"
    assert get_value(pairs, "service.description") == "Nieuw & beter"
    assert 'href="#place.0.hours"' in answer.text
    assert 'aria-describedby="place.0.hours-hint place.0.hours-told" aria-invalid="true"' in answer.text
    assert save(noor).status_code == 303


@pytest.mark.parametrize("action", ["check", "fragment"])
def test_checking_shows_findings_and_days_and_saves_nothing(noor, action):
    before = read_form(noor.get(PAGE))
    typed = change(before, action, place__0__hours="wo 13-15", service__cost="")
    answer = noor.post(PAGE, typed)
    assert answer.status_code == 200
    assert "Vul in wat het kost." in answer.text
    assert "woensdag 25 november" in answer.text
    assert "13.00–15.00" in answer.text
    assert ("<html" in answer.text) is (action == "check")
    assert read_form(noor.get(PAGE)) == before


def test_the_second_is_told_what_changed_and_nothing_is_lost(noor, bas):
    opened = read_form(bas.get(PAGE))
    save(noor, place__0__hours="di 10-12", service__description="Van Noor.")
    answer = bas.post(PAGE, change(opened, service__description="Van Bas.", service__how="Bel eerst."))
    assert answer.status_code == 409
    assert "Intussen heeft iemand anders" in read_note(answer.text)
    assert "De ander schreef: Van Noor." in answer.text
    pairs = read_form(answer)
    assert get_value(pairs, "place.0.hours") == "di 10:00-12:00"
    assert get_value(pairs, "service.description") == "Van Bas."
    assert get_value(pairs, "service.how") == "Bel eerst."
    assert bas.post(PAGE, change(pairs)).status_code == 303
    now = read_form(noor.get(PAGE))
    assert [get_value(now, f"service.{name}") for name in ("description", "how")] == ["Van Bas.", "Bel eerst."]


def test_the_same_form_twice_is_saved_once(noor):
    typed = change(read_form(noor.get(PAGE)), service__how="Bel eerst.")
    assert noor.post(PAGE, typed).status_code == 303
    assert noor.post(PAGE, typed).status_code == 303
    assert noor.get(f"{PAGE}/geschiedenis").text.count("/terug") == 1


def test_history_tells_in_words_and_undo_takes_it_back(noor):
    before = read_form(noor.get(PAGE))
    save(noor, place__0__hours="di 10-12")
    page = noor.get(f"{PAGE}/geschiedenis").text
    assert "was di 09:30-11:30; schoolvakanties gesloten, wordt di 10:00-12:00" in page
    action = page.split('action="')[2].split('"')[0]
    assert read_target(noor.post(action)) == f"{PAGE}?done=undone"
    shown = [pair for pair in read_form(noor.get(PAGE)) if pair[0] != "version"]
    assert shown == [pair for pair in before if pair[0] != "version"]


def test_an_undo_that_cannot_be_says_why(noor, bas):
    save(noor, place__0__hours="di 10-12")
    action = noor.get(f"{PAGE}/geschiedenis").text.split('action="')[2].split('"')[0]
    save(bas, place__0__hours="di 10-13")
    answer = noor.post(action)
    assert answer.status_code == 409
    assert "Bas heeft op 24 november 2026" in read_note(answer.text)


def test_one_click_says_that_it_was_checked(noor):
    assert read_target(noor.post(f"{PAGE}/gecontroleerd")) == f"{PAGE}?done=checked"
    pairs = read_form(noor.get(PAGE))
    assert get_value(pairs, "service.assured_date") == "24-11-2026"
    assert get_value(pairs, "service.check_due") == "24-05-2027"


def test_a_closure_from_day_to_day(noor):
    noor.post(f"{PAGE}/dicht", {"start": "2026-11-30", "end": "2026-12-04", "reason": "verbouwing"})
    assert get_value(read_form(noor.get(PAGE)), "service.changes") == "30-11-2026 t/m 04-12-2026 gesloten (verbouwing)"
    assert "dicht (verbouwing)" in " ".join(noor.get(PAGE).text.split())


@pytest.mark.parametrize(
    ("start", "end"), [("2026-12-04", "2026-11-30"), ("2026-12-04", ""), ("", "2026-12-04"), ("morgen", "2026-12-04")]
)
def test_days_that_make_no_closure_are_asked_again(noor, start, end):
    answer = noor.post(f"{PAGE}/dicht", {"start": start, "end": end, "reason": "x"})
    assert answer.status_code == 400
    assert "Vul twee dagen in" in read_note(answer.text)


def test_closed_until_somebody_opens_it_and_gone_for_good(noor):
    for path, status in (("dicht", "tijdelijk dicht"), ("open", "open"), ("gestopt", "gestopt")):
        assert noor.post(f"{PAGE}/{path}").status_code == 303
        assert get_value(read_form(noor.get(PAGE)), "service.status") == status


def test_a_new_service_of_an_organization_that_is_there(noor):
    page = noor.get("/redactie/nieuw?organisatie=bibliotheek-ommen-voorbeeld")
    pairs = change(read_form(page), service__name="Formulierenhulp", service__description="Hulp met formulieren.")
    action = page.text.split('class="editing" id="service" method="post" action="')[1].split('"')[0]
    answer = noor.post(action, [*pairs, ("service.kinds", "Taalhuis")])
    assert read_target(answer) == f"{action}?done=saved"
    assert "Formulierenhulp" in noor.get("/redactie?q=formulierenhulp").text


def test_a_new_service_of_a_new_organization_begins_with_an_empty_form(noor):
    page = noor.get("/redactie/nieuw?organisatie=nieuw")
    action = page.text.split('class="editing" id="service" method="post" action="')[1].split('"')[0]
    refused = noor.post(action, change(read_form(page)))
    assert "Niet opgeslagen" in read_note(refused.text)
    named = {"service__organization": "Welzijn Ommen", "service__name": "Formulierenhulp"}
    pairs = change(read_form(refused), **named, service__description="Hulp met formulieren.")
    answer = noor.post(action, [*pairs, ("service.kinds", "Taalhuis")])
    assert read_target(answer) == f"{action}?done=saved"
    assert "Welzijn Ommen" in noor.get("/redactie?q=formulierenhulp").text


def test_a_place_is_added_and_left(noor):
    pairs = read_form(noor.post(PAGE, change(read_form(noor.get(PAGE)), "place")))
    typed = change(
        pairs,
        place__1__street="Brink 9",
        place__1__postcode="7731 AA",
        place__1__city="Ommen",
        place__1__hours="wo 9-12",
    )
    assert noor.post(PAGE, typed).status_code == 303
    both = read_form(noor.get(PAGE))
    streets = {value for name, value in both if name.endswith("street") and name.startswith("place")}
    assert streets == {"Voorbeeldbrink 2", "Brink 9"}
    left = next(name for name, value in both if value == "Brink 9" and name.startswith("place")).split(".")[1]
    assert noor.post(PAGE, [*both, (f"place.{left}.leave", "1"), ("action", "save")]).status_code == 303
    assert "Brink 9" not in noor.get(PAGE).text


def test_an_ended_session_keeps_what_was_typed(noor):
    typed = change(read_form(noor.get(PAGE)), place__0__hours="di 10-12")
    noor.cookies.clear()
    answer = noor.post(PAGE, typed)
    assert answer.status_code == 401
    carried = dict(read_hidden(answer.text))
    assert carried["carried.place.0.hours"] == "di 10-12"
    assert carried["carried_path"] == PAGE
    page = noor.sign_in(EDITOR, **carried)
    assert ("place.0.hours", "di 10-12") in read_hidden(page.text)


# ── who may ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("permission", "status"),
    [
        ("editor municipality:GM0175", 200),
        ("editor library:bibliotheek-ommen-voorbeeld", 200),
        ("manager province:Overijssel", 200),
        ("editor municipality:GM0193", 403),
        ("editor library:bibliotheek-zwolle-voorbeeld", 403),
        ("staff country", 403),
    ],
)
def test_only_editors_whose_grant_covers_the_service_see_and_change_it(door, noor, permission, status):
    add_person(door, MANAGER, permission)
    other = sign_in(door, MANAGER)
    assert other.get(PAGE).status_code == status
    assert other.get(f"{PAGE}/geschiedenis").status_code == status
    typed = change(read_form(noor.get(PAGE)), service__how="Bel eerst.")
    assert other.post(PAGE, typed).status_code == (303 if status == 200 else 403)
    assert other.post(f"{PAGE}/gecontroleerd").status_code == (303 if status == 200 else 403)
    assert (get_value(read_form(noor.get(PAGE)), "service.how") == "Bel eerst.") is (status == 200)


def test_what_does_not_exist_is_said(noor):
    answer = noor.get("/redactie/dienst/weg")
    assert answer.status_code == 404
    assert read_note(answer.text) == "Deze dienst is er niet."


# ── the list ──────────────────────────────────────────────────────────────────


def test_the_list_shows_what_is_within_reach_and_finds(noor):
    page = noor.get("/redactie").text
    assert PAGE in page
    assert "ido-zwolle" not in page
    assert PAGE not in noor.get("/redactie?q=gemeenteloket").text
    assert PAGE in noor.get("/redactie?q=informatiepunt+ommen&soort=ido").text
    assert "Niets gevonden" in noor.get("/redactie?q=zzz").text
    assert "Controle is te laat" in noor.get("/redactie?verlopen=1").text
    assert PAGE not in noor.get("/redactie?verlopen=1").text
