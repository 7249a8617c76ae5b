"""`omdehoek staff`: accounts from the command line, and the first one at the first start."""

import re

import pytest

from api.cli.run import show_first_manager
from referral.clock import read_clock
from referral.db import Database
from referral.settings import get_settings
from referral.staff import people
from referral.staff import service as staff

NOOR = "noor@bibliotheek.example"
ZWOLLE = "library:bibliotheek-zwolle-voorbeeld"


def sign_in(email, password):
    database = Database(get_settings().get_database_url())
    with database.begin() as session:
        entry = staff.sign_in(session, email, password, now=read_clock())
    database.dispose()
    return entry


def read_password(out):
    return re.search(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}", out).group()


def test_somebody_who_is_added_signs_in_with_the_password_that_is_shown(omdehoek):
    ended = omdehoek("staff", "add", "Noor de Wit", NOOR, "staff", ZWOLLE)
    assert ended.code == 0
    assert sign_in(NOOR, read_password(ended.out))
    listed = omdehoek("staff", "list").out
    assert listed == f"{NOOR}  Noor de Wit  staff {ZWOLLE}\n"
    assert "password" not in listed


def test_a_grant_is_added_to_what_somebody_had(omdehoek):
    omdehoek("staff", "add", "Noor", NOOR, "staff", ZWOLLE)
    assert omdehoek("staff", "grant", NOOR.upper(), "editor", "municipality:GM0193").code == 0
    assert f"editor municipality:GM0193, staff {ZWOLLE}" in omdehoek("staff", "list").out


def test_a_reset_lets_somebody_in_who_was_locked_or_blocked(omdehoek):
    old = read_password(omdehoek("staff", "add", "Noor", NOOR, "staff", ZWOLLE).out)
    database = Database(get_settings().get_database_url())
    with database.begin() as session:
        people.block(session, people.get_by_email(session, NOOR), read_clock())
    database.dispose()
    assert "(blocked)" in omdehoek("staff", "list").out
    new = read_password(omdehoek("staff", "reset", NOOR).out)
    assert sign_in(NOOR, old) is None
    assert sign_in(NOOR, new)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "Noor", "geen adres", "staff", "country"], 2, "invalid_input: no e-mail address"),
        (["add", "Noor", "a@x.nl", "staff", "library:gone"], 2, "unknown_scope: "),
        (["add", "Noor", "a@x.nl", "staff", "planet"], 2, "invalid_input: no scope"),
        (["grant", "niemand@x.nl", "staff", "country"], 2, "unknown_person: "),
        (["reset", "niemand@x.nl"], 2, "unknown_person: "),
        (["add", "Noor", "a@x.nl", "king", "country"], 2, "king"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(omdehoek, arguments, code, said):
    ended = omdehoek("staff", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert omdehoek("staff", "list").out == ""


def test_an_address_that_is_taken_is_said(omdehoek):
    omdehoek("staff", "add", "Noor", NOOR, "staff", ZWOLLE)
    ended = omdehoek("staff", "add", "Bas", NOOR, "staff", ZWOLLE)
    assert ended.code == 1
    assert ended.err.startswith("email_taken: ")


def test_the_first_start_shows_a_password_once(omdehoek, capsys):
    omdehoek("staff", "list")  # makes the database ready, as the start does
    settings = get_settings()
    show_first_manager(settings)
    out = capsys.readouterr().out
    assert settings.first_manager in out
    assert sign_in(settings.first_manager, read_password(out))
    assert omdehoek("staff", "list").out.split("  ")[::2] == [settings.first_manager, "manager country\n"]
    show_first_manager(settings)
    assert capsys.readouterr().out == ""
