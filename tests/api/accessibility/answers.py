"""What pages answer: to what cannot be, to what was done, and while somebody is busy."""

import re

from playwright.sync_api import Page, expect

from tests.api.accessibility.conftest import sign_in
from tests.api.accessibility.office import BAS
from tests.api.accessibility.stops import Stop
from tests.api.pages.conftest import Visitor
from tests.referral.exchange.sheet.sheets import HEADER, write_csv_bytes

FAULT = ".note.fault"
GOOD = ".note.good"
EMERGENCY = "Ik wil niet meer leven"
ROW = ["Welzijn (voorbeeld)", "Formulierenhulp", "Taalhuis", "Brink 9", "8011 AA", "Zwolle", "038 431 12 34"]


def send(page: Page, button: str) -> None:
    """Press the first button of that name with the browser's own checks off, so that the answer is ours."""
    page.locator("form").evaluate_all("all => all.forEach(form => { form.noValidate = true })")
    page.get_by_role("button", name=button).first.click()


def get_a_card(page: Page) -> None:
    visitor = Visitor(page, "")
    expect(visitor.replies).to_have_count(1)
    visitor.get_card()


def be_in_need(page: Page) -> None:
    visitor = Visitor(page, "")
    expect(visitor.replies).to_have_count(1)
    visitor.say(EMERGENCY)


def ask_to_erase(page: Page) -> None:
    page.get_by_role("button", name="Wis dit gesprek").click()


def report_nothing(page: Page) -> None:
    send(page, "Verstuur")


def correct_nothing(page: Page) -> None:
    page.locator("button[value=correct]").first.click()


def correct_the_hours(page: Page) -> None:
    page.get_by_label("Openingstijden").first.fill("di 9-11.15")
    page.locator("button[value=correct]").first.click()


def sign_in_with_a_wrong_password(page: Page) -> None:
    page.get_by_label("E-mailadres").fill(BAS)
    page.get_by_label("Wachtwoord").fill("geen idee")
    send(page, "Log in")


def type_without_a_session(page: Page) -> None:
    page.locator("main form").evaluate("form => { form.action = '/redactie/ontbreekt' }")
    send(page, "Verstuur")
    expect(page.get_by_label("Wachtwoord")).to_be_visible()


def sign_in_with_what_was_typed(page: Page) -> None:
    page.route("**/repeat.js", lambda route: route.abort())
    type_without_a_session(page)
    sign_in(page)
    expect(page.locator("#repeat")).to_be_visible()
    page.context.clear_cookies()


def give_a_wrong_password(page: Page) -> None:
    page.get_by_label("Wachtwoord van nu").fill("geen idee")
    page.get_by_label("Nieuw wachtwoord").fill("kort")
    send(page, "Verander")


def add_somebody(page: Page, email: str) -> None:
    page.get_by_label("Naam").fill("Cas")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Waar?").select_option("country")
    send(page, "Voeg toe")


def add_who_is_there(page: Page) -> None:
    add_somebody(page, BAS)


def add_who_is_new(page: Page) -> None:
    add_somebody(page, "cas@bibliotheek.example")


def type_a_question(page: Page) -> None:
    page.get_by_role("combobox").fill("ik wil dood door een boete")


def practise(page: Page) -> None:
    page.locator("main form button").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    page.context.clear_cookies(name=re.compile("practice"))


def say_that_it_is_not_for_us(page: Page) -> None:
    page.locator("button[value=not_for_us]").click()


def take_back_what_was_said(page: Page) -> None:
    page.locator("button[value=undo]").click()


def give_a_code_of_nobody(page: Page) -> None:
    page.locator("#code").fill("AAAA")
    page.locator("main form button").click()


def type_nonsense(page: Page) -> None:
    page.get_by_role("combobox").fill("xqzvw")
    with page.expect_navigation():  # what comes while one types shows the same
        page.keyboard.press("Enter")


def move_to(page: Page, place: str) -> None:
    page.get_by_label("Plaats van de bezoeker").fill(place)
    send(page, "Onthoud deze plaats")


def move_to_nowhere(page: Page) -> None:
    move_to(page, "Nergenshuizen")


def move_to_one_of_several(page: Page) -> None:
    move_to(page, "Elst")


def open_the_answers(page: Page) -> None:
    page.locator("summary").click()


def refer_in_a_way_that_is_none(page: Page) -> None:
    page.locator("[name=way]").first.evaluate("way => { way.value = 'by_train' }")
    send(page, "Registreer zonder verwijzing")


def register_and_take_back(page: Page) -> None:
    page.get_by_role("button", name="Registreer zonder verwijzing").click()
    page.get_by_role("button", name="Draai terug").click()


def correct_after_a_colleague(page: Page) -> None:
    page.locator("[name=version]").evaluate("version => { version.value = '99' }")
    send(page, "Bewaar")


def type_hours_that_are_none(page: Page) -> None:
    page.locator("[id='place.0.hours']").fill("soms")


def save_hours_that_are_none(page: Page) -> None:
    type_hours_that_are_none(page)
    send(page, "Opslaan")


def save_nothing(page: Page) -> None:
    send(page, "Opslaan")


def close_backwards(page: Page) -> None:
    page.get_by_label("Eerste dag dicht").fill("2026-12-10")
    page.get_by_label("Laatste dag dicht").fill("2026-12-01")
    send(page, "Sluit")


def give_a_file(page: Page, name: str, *rows: list[str]) -> None:
    content = write_csv_bytes([HEADER, *rows])
    page.locator("#file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    send(page, "Laat zien wat er verandert")


def give_a_picture(page: Page) -> None:
    give_a_file(page, "gids.png")


def give_a_new_service(page: Page) -> None:
    give_a_file(page, "gids.csv", ROW)


def give_a_row_that_is_wrong(page: Page) -> None:
    give_a_file(page, "gids.csv", [*ROW[:1], "Anders", *ROW[2:6], "12"])


def accept_hours_that_are_none(page: Page) -> None:
    section = page.get_by_role("region", name="Openingstijden: Informatiepunt Digitale Overheid Centrum (voorbeeld)")
    section.get_by_label("Wat wilt u in de gids zetten?").fill("soms")
    section.get_by_role("button", name="Neem over").click()


def rewrite_to_nothing(page: Page) -> None:
    page.get_by_role("button", name="Gebruik mijn tekst").last.click()


def confirm_for_nowhere(page: Page) -> None:
    send(page, "Leg vast")


CHAT, REPORT, SERVICE = "/", "/klopt-niet/{service}", "/redactie/dienst/{service}"
ANSWERS = [
    Stop(CHAT, ".card", "citizen", act=get_a_card),
    Stop("/?lang=en", ".urgent", "citizen", act=be_in_need),
    Stop(CHAT, "dialog[open]", "citizen", act=ask_to_erase),
    Stop("/zoek", "#topic", "citizen"),
    Stop("/zoek?topic=digid&place=Nergenshuizen", "[aria-invalid]", "citizen"),
    Stop("/zoek?topic=digid&place=Elst&lang=en", "#place-problem a", "citizen"),
    Stop("/partner/nobody", ".results-title", "citizen"),
    Stop("/partner/jongerenpunt-geld-zwolle-voorbeeld", ".card-warning", "citizen"),
    Stop(REPORT, FAULT, "citizen", act=report_nothing),
    Stop(f"{REPORT}?done=sent&lang=en", GOOD, "citizen"),
    Stop("/klopt-niet/nobody", "main p a", "citizen"),
    Stop("/p/{correct}", FAULT, "citizen", act=correct_nothing),
    Stop("/p/{correct}", GOOD, "citizen", act=correct_the_hours),
    Stop("/p", FAULT, "citizen", act=give_a_code_of_nobody),
    Stop("/p/{code}", GOOD, "citizen", act=say_that_it_is_not_for_us),
    Stop("/p/{code}", "#reason", "citizen", act=take_back_what_was_said),
    Stop("/briefje/nobody", "main p a", "citizen"),
    Stop("/p/nonsense", "main p", "citizen"),
    Stop("/account/sign-in", FAULT, "citizen", act=sign_in_with_a_wrong_password),
    Stop(REPORT, GOOD, "citizen", act=type_without_a_session),
    Stop(REPORT, "#repeat button", "citizen", act=sign_in_with_what_was_typed),
    Stop("/account?done=sessions", GOOD),
    Stop("/account/password", FAULT, act=give_a_wrong_password),
    Stop("/account/people", FAULT, act=add_who_is_there),
    Stop("/account/people", ".secret", act=add_who_is_new),
    Stop("/desk", "[role=option]", act=type_a_question),
    Stop("/desk", "#found p", act=type_nonsense),
    Stop("/desk", FAULT, act=move_to_nowhere),
    Stop("/desk", ".actions button", act=move_to_one_of_several),
    Stop("/desk/oefenen", ".practice", act=practise),
    Stop("/desk?visit={visit}", "main p a"),
    Stop("/desk/topics/digid", "#organisation", act=open_the_answers),
    Stop("/desk/topics/digid", FAULT, act=refer_in_a_way_that_is_none),
    Stop("/desk/topics/nonsense", FAULT),
    Stop("/desk/topics/boete", "#back", act=register_and_take_back),
    Stop("/desk/questions/{question}", "#stored", act=correct_after_a_colleague),
    Stop("/desk/day?done=corrected", GOOD),
    Stop("/netwerk?place=Nergenshuizen", ".wrong"),
    Stop("/netwerk?place=Elst", "main .actions a"),
    Stop("/redactie?q=xqzvw", "main [role=status]"),
    Stop("/redactie?blad=2", "main nav a"),
    Stop(SERVICE, "[aria-invalid]", act=type_hours_that_are_none),
    Stop(SERVICE, FAULT, act=save_hours_that_are_none),
    Stop("/redactie/nieuw?organisatie=nieuw", FAULT, act=save_nothing),
    Stop(f"{SERVICE}/dicht", FAULT, act=close_backwards),
    Stop("/redactie/bestand", FAULT, act=give_a_picture),
    Stop("/redactie/bestand", ".report + form", act=give_a_new_service),
    Stop("/redactie/bestand", ".report .error", act=give_a_row_that_is_wrong),
    Stop("/redactie/voorstellen", FAULT, act=accept_hours_that_are_none),
    Stop("/redactie/teksten/digid", FAULT, act=rewrite_to_nothing),
    Stop("/redactie/ontbreekt", FAULT, act=confirm_for_nowhere),
]
