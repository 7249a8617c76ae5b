"""Mail goes to a real SMTP server, and what goes wrong there is one error."""

import pytest

from referral.errors import InvalidInput, MailUnavailable
from referral.mail import is_mail_on, send_mail
from referral.settings import Settings
from tests.postgres import find_free_port
from tests.smtp import MailServer


@pytest.fixture
def server():
    made = MailServer()
    yield made
    made.close()


def make_settings(url):
    return Settings(smtp_url=url, mail_from="gids@bibliotheek.example")


def test_a_letter_arrives_as_it_was_written(server):
    text = "Beste collega,\n\n.begint met een punt\nGroet uit Súdwest-Fryslân\n"
    send_mail(make_settings(server.url), "post@partner.example", "Kloppen uw gegevens nog?", text)
    (letter,) = server.letters
    assert (letter["To"], letter["From"]) == ("post@partner.example", "gids@bibliotheek.example")
    assert letter["Subject"] == "Kloppen uw gegevens nog?"
    assert letter.get_content().splitlines() == text.splitlines()


def test_a_server_that_is_down_or_refuses_is_told(server):
    server.refuses = True
    for url in (server.url, f"smtp://127.0.0.1:{find_free_port()}"):
        with pytest.raises(MailUnavailable):
            send_mail(make_settings(url), "post@partner.example", "s", "t")
    assert server.letters == []


def test_nobody_adds_headers(server):
    with pytest.raises(InvalidInput):
        send_mail(make_settings(server.url), "a@b.nl\nBcc: c@d.nl", "s", "t")
    assert server.letters == []


def test_without_a_server_mail_is_off():
    assert not is_mail_on(Settings(smtp_url=""))
    assert is_mail_on(make_settings("smtp://mail"))
