"""From a word of somebody outside to the directory, over HTTP."""

import re
from datetime import timedelta
from html import unescape

import pytest

from referral.clock import to_local
from referral.proposals.links import load_key, make_token
from tests.api.account.colleague import read_hidden, read_note, read_target
from tests.api.proposals.conftest import DESK, ELSEWHERE, IDO, ZWOLLE
from tests.clock import TUESDAY, set_clock

REPORT = f"/klopt-niet/{IDO}"
PROPOSALS = "/redactie/voorstellen"


def list_keys(page):
    return [unescape(key) for key in re.findall(r'<option value="([^"]+)"', page)]


def report(visitor, remark="Zij zijn op maandag dicht.", value="di en do 10-12", kind="hours:"):
    key = next(key for key in list_keys(visitor.get(REPORT).text) if key.startswith(kind))
    return visitor.post(REPORT, {"fact": key, "remark": remark, "value": value})


def find_form(page):
    """Return the path and the hidden fields of the first proposal on the page."""
    path = re.search(r'action="(/redactie/voorstellen/[^"]+)"', page).group(1)
    return path, dict(read_hidden(page))


def test_a_citizen_reports_and_an_editor_takes_it_over(visitor, editor):
    assert read_target(report(visitor)) == f"{REPORT}?lang=nl&done=sent"
    page = editor.get(PROPOSALS).text
    assert "di en do 10-12" in page
    assert "Zij zijn op maandag dicht." in page
    path, hidden = find_form(page)
    answer = editor.post(path, {**hidden, "act": "accept", "value": "di en do 10-12"})
    assert read_target(answer) == f"{PROPOSALS}?done=accepted"
    assert read_note(editor.get(read_target(answer)).text) == "Overgenomen. Het staat nu in de gids."
    assert "di,do 10:00-12:00" in unescape(visitor.get(REPORT).text)
    assert "Edith" in editor.get(f"{PROPOSALS}/dienst/{IDO}").text


def test_what_is_refused_has_a_reason(visitor, editor):
    report(visitor)
    path, hidden = find_form(editor.get(PROPOSALS).text)
    answer = editor.post(path, {**hidden, "act": "refuse", "reason": ""})
    assert (answer.status_code, read_note(answer.text)) == (400, "Schrijf kort op waarom u het afwijst.")
    assert read_target(editor.post(path, {"act": "refuse", "reason": "Gebeld, het klopt."})).endswith("done=refused")
    assert "Gebeld, het klopt." in editor.get(f"{PROPOSALS}/dienst/{IDO}").text


def test_hours_that_are_not_understood_stay_on_the_page_to_mend(visitor, editor):
    report(visitor)
    path, hidden = find_form(editor.get(PROPOSALS).text)
    answer = editor.post(path, {**hidden, "act": "accept", "value": "als de zon schijnt"})
    assert answer.status_code == 400
    assert 'value="als de zon schijnt"' in answer.text


def test_who_decides_on_what_changed_meanwhile_is_told(visitor, editor):
    report(visitor, value="ma 9-10")
    report(visitor, value="vr 9-10")
    page = editor.get(PROPOSALS).text
    forms = re.findall(r'action="(/redactie/voorstellen/[^"]+)"', page)
    seen = read_hidden(page)[0][1]
    editor.post(forms[0], {"seen": seen, "act": "accept", "value": "ma 9-10"})
    answer = editor.post(forms[1], {"seen": seen, "act": "accept", "value": "vr 9-10"})
    assert (answer.status_code, read_note(answer.text)) == (
        409,
        "Dit is intussen veranderd. Kijk nog een keer en beslis dan.",
    )
    assert "Dit is intussen veranderd. Toen het voorstel kwam, stond er:" in answer.text
    path, hidden = find_form(answer.text)
    assert editor.post(path, {**hidden, "act": "accept", "value": "vr 9-10"}).status_code == 303


def test_an_editor_of_elsewhere_neither_sees_nor_decides_and_the_desk_not_at_all(visitor, editor, sign_in):
    report(visitor)
    path, hidden = find_form(editor.get(PROPOSALS).text)
    other = sign_in(ELSEWHERE)
    assert "di en do 10-12" not in other.get(PROPOSALS).text
    assert other.post(path, {**hidden, "act": "accept", "value": "di 10-12"}).status_code == 403
    assert other.get(f"{PROPOSALS}/dienst/{IDO}").status_code == 403
    assert sign_in(DESK).get(PROPOSALS).status_code == 403


def test_what_an_editor_typed_survives_the_end_of_the_session(visitor, editor):
    report(visitor)
    path, hidden = find_form(editor.get(PROPOSALS).text)
    editor.cookies.clear()
    page = editor.post(path, {**hidden, "act": "accept", "value": "do 14-16"})
    assert page.status_code == 401
    carried = dict(read_hidden(page.text))
    assert (carried["carried_path"], carried["carried.value"], carried["carried.act"]) == (path, "do 14-16", "accept")


# ── the citizen's form ────────────────────────────────────────────────────────


def test_the_form_is_in_the_language_of_the_citizen(visitor):
    english = visitor.get(f"{REPORT}?lang=en").text
    assert '<html lang="en">' in english
    assert "Is something wrong?" in english
    assert '<html lang="nl">' in visitor.get(f"{REPORT}?lang=tlh").text


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"remark": " ", "value": ""}, 400), ({"remark": "a " * 600, "value": ""}, 413)],
)
def test_what_cannot_be_kept_is_told_and_stays_on_the_page(visitor, fields, status):
    answer = report(visitor, **fields)
    assert answer.status_code == status
    assert read_note(answer.text)


def test_nobody_reports_too_often_and_another_site_not_at_all(visitor, door):
    statuses = [report(visitor).status_code for _ in range(door.settings.reports_per_hour + 1)]
    assert statuses == [303] * door.settings.reports_per_hour + [429]
    assert visitor.post(REPORT, {"fact": "x"}, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_of_a_service_that_does_not_exist_nothing_can_be_said(visitor):
    assert visitor.get("/klopt-niet/geen").status_code == 404
    assert visitor.post("/klopt-niet/geen", {"fact": "hours:", "remark": "dicht"}).status_code == 404


# ── the partner's page ────────────────────────────────────────────────────────


def find_service_form(page, service_id=IDO):
    """Return the fields of the form of one service as the browser would send them, unchanged."""
    form = next(one for one in page.split("<form") if f'/{service_id}"' in one)
    fields = re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form)
    fields += re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    return {unescape(name): unescape(value) for name, value in fields}


def test_a_partner_that_confirms_moves_the_check_date(visitor, link):
    page = visitor.get(link).text
    fields = find_service_form(page)
    assert len(fields) >= 6
    answer = visitor.post(f"{link}/{IDO}", {**fields, "act": "confirm"})
    assert read_target(answer) == f"{link}?done=confirmed"
    shown = visitor.get(read_target(answer)).text
    assert read_note(shown) == "Dank u wel. Wij hebben opgeschreven dat het nog klopt."
    assert "Voor het laatst nagekeken: 24 november 2026" in shown


def test_what_a_partner_corrects_waits_for_the_editor_also_when_it_pressed_confirm(visitor, link, editor):
    fields = find_service_form(visitor.get(link).text)
    key = next(key for key in fields if key.startswith("phone:"))
    answer = visitor.post(f"{link}/{IDO}", {**fields, key: "038 202 12 00", "act": "confirm"})
    assert read_target(answer) == f"{link}?done=corrected"
    page = editor.get(PROPOSALS).text
    assert "Van de partner zelf" in page
    assert "038 202 12 00" in page


def test_a_correction_without_a_change_is_told(visitor, link):
    fields = find_service_form(visitor.get(link).text)
    answer = visitor.post(f"{link}/{IDO}", {**fields, "act": "correct"})
    assert answer.status_code == 400
    assert read_note(answer.text).startswith("U heeft niets veranderd.")


def test_a_link_that_is_over_or_not_ours_opens_nothing(visitor, link, door):
    with set_clock(TUESDAY + timedelta(days=31)):
        assert visitor.get(link).status_code == 410
        assert visitor.post(f"{link}/{IDO}", {"act": "confirm"}).status_code == 410
    assert visitor.get("/p/on.zin").status_code == 410
    gone = make_token(load_key(door.settings), "weg", now=TUESDAY, days=30)
    assert visitor.get(f"/p/{gone}").status_code == 410


def test_a_partner_has_only_its_own_services(visitor, link):
    assert visitor.post(f"{link}/wijkteam-west-zwolle-voorbeeld", {"act": "confirm"}).status_code == 404


def test_the_link_of_the_list_is_the_partners_page(editor, visitor, door):
    later = TUESDAY + timedelta(days=200)
    with set_clock(later):
        editor.sign_in("edith@bibliotheek.example")
        page = editor.get("/redactie/nakijken").text
        assert "Bibliotheek Zwolle (voorbeeld)" in page
        assert "Bibliotheek Ommen" not in page
        paths = re.findall(r'href="http://library(/p/[^"]+)"', page)
        assert visitor.get(paths[0]).status_code == 200
    assert to_local(later).date() > to_local(TUESDAY).date()


# ── the overlays ──────────────────────────────────────────────────────────────


def test_own_words_are_said_by_the_chat(editor, door):
    path = "/redactie/teksten/digid"
    place = {"part": "bring", "paragraph": "id-bewijs"}
    answer = editor.post(path, {**place, "act": "rewrite", "text_nl": "Uw rijbewijs mag ook", "text_en": ""})
    assert read_target(answer) == f"{path}?done=rewrite"
    assert "Uw rijbewijs mag ook" in editor.get(path).text
    assert "1 aangepast" in editor.get("/redactie/teksten").text
    assert editor.post(path, {**place, "act": "rewrite", "text_nl": ""}).status_code == 400
    assert read_target(editor.post(path, {**place, "act": "restore"})) == f"{path}?done=restore"
    assert "Uw rijbewijs mag ook" not in editor.get(path).text


def test_a_number_is_confirmed_by_who_keeps_it(editor, sign_in):
    page = editor.get("/redactie/telefoonnummers").text
    path = re.search(r'action="(/redactie/telefoonnummers/[^"]+)"', page).group(1)
    assert sign_in(ELSEWHERE).post(path, {"act": "confirm"}).status_code == 403
    assert read_target(editor.post(path, {"act": "confirm"})).endswith("done=confirmed")
    assert "Bevestigd door Edith op 24 november 2026." in editor.get("/redactie/telefoonnummers").text
    assert read_target(editor.post(path, {"act": "withdraw"})).endswith("done=withdrawn")


def test_help_that_does_not_exist_is_told_of_ones_own_municipality_only(editor):
    path = "/redactie/ontbreekt"
    fields = {"municipality": "GM0193", "kind": "voedselbank", "act": "confirm"}
    assert read_target(editor.post(path, fields)) == f"{path}?done=confirmed"
    assert "Zwolle: Voedselbank" in editor.get(path).text
    assert editor.post(path, {**fields, "municipality": "GM0014"}).status_code == 403
    assert editor.post(path, {**fields, "municipality": "GM9999"}).status_code == 404
    assert editor.post(path, {**fields, "kind": "ido"}).status_code == 400
    assert read_target(editor.post(path, {**fields, "act": "withdraw"})) == f"{path}?done=withdrawn"
    assert "Zwolle: Voedselbank" not in editor.get(path).text


@pytest.mark.parametrize("path", ["/redactie/teksten", "/redactie/teksten/digid"])
def test_the_texts_of_a_library_are_its_own_editors(sign_in, path):
    assert sign_in(ELSEWHERE).get(path).status_code == 403
    assert ZWOLLE not in sign_in(ELSEWHERE).get(path).text
