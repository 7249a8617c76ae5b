"""A file comes in through the browser: told first, done after, all of it or nothing, within somebody's reach."""

import re

import pytest

from api.web.bodies import MAX_UPLOAD_BYTES
from tests.api.account.colleague import add_person, read_hidden, read_note, read_target
from tests.api.account.conftest import MANAGER
from tests.api.editor.conftest import PAGE, read_form, sign_in
from tests.referral.exchange.sheet.sheets import HEADER, write_csv_bytes

FILE = "/redactie/bestand"
OMMEN = ["Bibliotheek Ommen (voorbeeld)", "Formulierenhulp", "Taalhuis", "Brink 9", "7731 AA", "Ommen", "0529 43 12 34"]
DALFSEN = ["Welzijn Dalfsen", "Spreekuur", "Taalhuis", "Markt 1", "7721 AB", "Dalfsen", "0529 43 12 34"]


@pytest.fixture
def mira(door):
    add_person(door, MANAGER, "manager country")
    return sign_in(door, MANAGER)


def send(colleague, *rows, name="gids.csv", content=None):
    """Send a file as a browser does."""
    body = write_csv_bytes([HEADER, *rows]) if content is None else content
    head = f'--line\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    headers = {"Content-Type": "multipart/form-data; boundary=line"}
    return colleague._ask("POST", FILE, headers, head + body + b"\r\n--line--\r\n")


def press(colleague, answer):
    """Press the button under the report."""
    action = re.search(rf'action="({FILE}/[^"]+)"', answer.text)[1]
    return colleague.post(action, read_hidden(answer.text))


def find(colleague, text):
    return "/redactie/dienst/" in colleague.get(f"/redactie?q={text}").text


def test_what_would_change_is_told_and_happens_only_after_a_second_look(noor):
    answer = send(noor, OMMEN)
    assert answer.status_code == 200
    assert "Nieuw: dienst Formulierenhulp." in answer.text
    assert not find(noor, "formulierenhulp")
    assert read_target(press(noor, answer)) == f"{FILE}?done=1"
    assert find(noor, "formulierenhulp")
    assert "er verandert niets" in send(noor, OMMEN).text


def test_a_file_with_a_fault_has_no_button(noor):
    answer = send(noor, OMMEN, [*OMMEN[:1], "Anders", *OMMEN[2:6], "12"])
    assert "Verbeter het bestand" in answer.text
    assert f'action="{FILE}/' not in answer.text
    assert "rij 3" in answer.text


def test_what_is_out_of_reach_keeps_the_whole_file_out(noor, mira):
    answer = send(noor, OMMEN, DALFSEN)
    assert "De dienst Spreekuur valt buiten uw gebied. U mag die niet wijzigen." in answer.text
    assert f'action="{FILE}/' not in answer.text
    assert not find(mira, "formulierenhulp+ommen")
    assert press(mira, send(mira, OMMEN, DALFSEN)).status_code == 303
    assert find(mira, "spreekuur+dalfsen")


def test_a_directory_that_changed_meanwhile_shows_the_report_anew(noor, mira):
    answer = send(noor, OMMEN)
    press(mira, send(mira, OMMEN))
    again = press(noor, answer)
    assert again.status_code == 409
    assert "Dit is wat het bestand nu zou doen" in read_note(again.text)


def test_a_file_of_somebody_else_cannot_be_applied(noor, bas):
    assert press(bas, send(noor, OMMEN)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("gids.exe", b"MZ", 400, "Dit soort bestand"),
        ("", b"", 400, None),
        ("gids.csv", b"", 200, None),
        ("gids.xlsx", b"PK\x03\x04 broken", 200, None),
        ("../../weg.csv", b"a;b\n", 200, None),
        ("gids.json", b'{"id": ', 200, None),
    ],
)
def test_a_file_that_is_none_changes_nothing_and_is_told(noor, name, content, status, said):
    answer = send(noor, name=name, content=content)
    assert answer.status_code == status
    assert said is None or said in read_note(answer.text)
    assert f'action="{FILE}/' not in answer.text


def test_a_file_over_the_limit_is_refused(noor):
    assert send(noor, content=b"x" * (MAX_UPLOAD_BYTES + 1)).status_code == 413
    answer = send(noor, content=b"x" * 30_500_000)
    assert answer.status_code == 413
    assert "te groot" in read_note(answer.text)


def test_other_forms_keep_their_own_limit(noor):
    typed = [*read_form(noor.get(PAGE)), ("service.how", "x" * 600_000)]
    assert noor.post(PAGE, typed).status_code == 413
