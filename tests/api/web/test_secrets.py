"""Nothing by which somebody comes in stands in a log, at whatever level: passwords, sessions, codes, links, tokens."""

import logging
import re

import pytest

from referral.proposals.links import Use, load_key, make_token
from referral.settings import Settings
from referral.staff import people
from tests.api.account.colleague import PASSWORD, Colleague, add_person
from tests.api.partner.conftest import refer
from tests.clock import TUESDAY

NEW_PASSWORD = "zeven groene fietsen buiten"  # noqa: S105  (of nobody real)
WRONG = "verkeerd-geraden-woord"
SECRETS = {
    "oidc_client_secret": "oidc-geheim-1",
    "smtp_url": "smtps://post:mail-geheim-2@mail.example:465",
    "events_secret": "whsec_Z2VoZWltLTMzMzMzMzMzMzMzMzMzMw==",
    "telegram_token": "12345:telegram-geheim-4",
}


OURS = ("api", "referral", "actions")
BROWSER = ("httpx", "httpcore")  # the test asks with it, and the library logs each address


@pytest.fixture
def all_logs(caplog):
    """What anybody logs when everything is set to DEBUG; a logger that keeps its own level, keeps it."""
    caplog.set_level(logging.DEBUG)
    for name in [name for name in logging.root.manager.loggerDict if name.startswith(OURS)]:
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def find_leaks(logs, secrets):
    said = "\n".join(one.getMessage() for one in logs.records if not one.name.startswith(BROWSER))
    return [secret for secret in secrets if secret in said]


def test_what_lets_somebody_in_is_in_no_log(make_door, all_logs, tuesday):
    door = make_door(**SECRETS)
    secrets = [PASSWORD, NEW_PASSWORD, WRONG, *SECRETS.values(), "mail-geheim-2"]
    person_id = add_person(door, "noor@x.nl", "manager country")
    noor = Colleague(door)
    noor.sign_in("noor@x.nl", WRONG)
    noor.sign_in("noor@x.nl")
    secrets.append(noor.token)
    noor.post("/account/password", {"current": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD})
    secrets.append(noor.token)
    noor.post("/account/sign-out")
    with door.database.begin() as session:
        one_time = people.reset_password(session, people.get_person(session, person_id), TUESDAY)
    secrets.append(one_time)
    noor.sign_in("noor@x.nl", one_time)
    secrets.append(noor.token)

    referral = refer(door.database)
    token = make_token(load_key(door.settings), referral.id, now=TUESDAY, days=30, use=Use.REPLY)
    partner = Colleague(door)
    assert partner.get(f"/verwijzing/{token}").status_code == 200
    assert partner.get(f"/p/{referral.code}").status_code == 200
    partner.post("/p", {"code": referral.code})
    partner.post(f"/verwijzing/{token}", {"act": "helped"})
    secrets += [token, token.rpartition(".")[2], referral.code]

    conversation_id, _ = door.open()
    door.say(conversation_id, "mijn bsn is 111222333 en ik snap digid niet")
    secrets += ["111222333", conversation_id]
    assert None not in secrets
    assert all_logs.records  # something was listened to
    assert find_leaks(all_logs, secrets) == []


def test_a_secret_in_a_log_is_found(all_logs):
    logging.getLogger("api.somewhere").debug("%s comes in", WRONG)
    assert find_leaks(all_logs, [WRONG]) == [WRONG]


def test_settings_that_are_secret_do_not_show_when_they_are_printed():
    shown = repr(Settings(**SECRETS, link_key="link-geheim-5"))
    assert not [secret for secret in (*SECRETS.values(), "link-geheim-5", "mail-geheim-2") if secret in shown]
    assert re.search(r"\*{5,}", shown)
