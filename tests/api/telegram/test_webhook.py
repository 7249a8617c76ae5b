"""Updates that Telegram brings: over HTTP to the real bot, confirmed when the answer to the citizen has left."""

import httpx
import pytest

from api.cli.telegram import make_door
from api.telegram.webhook import HEADER, MAX_BODY, make_secret
from referral.errors import InvalidInput
from referral.proposals.links import load_key
from tests.api.telegram.bot_api import NOW, TOKEN
from tests.postgres import find_free_port

ADDRESS = "https://hoek.voorbeeld.nl/telegram"
PERSON = {"id": 1, "is_bot": False, "first_name": "Fatima", "language_code": "nl"}


@pytest.fixture
def port():
    return find_free_port()


@pytest.fixture
def bot(make_bot, bot_api, port):
    made = make_bot(telegram_webhook_url=ADDRESS, telegram_webhook_port=port)
    bot_api.wait_until(lambda: any(method == "setMyCommands" for method, _ in bot_api.calls) and is_up(port))
    return made


def is_up(port):
    try:
        return httpx.get(f"http://127.0.0.1:{port}/").status_code == 404
    except httpx.TransportError:
        return False


@pytest.fixture
def bring(bot, port):
    secret = make_secret(load_key(bot.settings).raw_value)

    def post(content=None, *, said=secret, **update):
        kind = {"content": content} if content is not None else {"json": update}
        headers = {HEADER: said} if said else {}
        return httpx.post(f"http://127.0.0.1:{port}/telegram", headers=headers, timeout=60, **kind).status_code

    return post


def write(text, update_id=500):
    chat = {"id": 1, "type": "private"}
    message = {"message_id": 1, "date": NOW, "chat": chat, "from": PERSON, "text": text}
    return {"update_id": update_id, "message": message}


def test_telegram_is_told_where_to_bring_updates_and_what_to_say(bot, bot_api):
    [told] = [what for method, what in bot_api.calls if method == "setWebhook"]
    assert told["url"] == ADDRESS
    assert told["secret_token"] == make_secret(load_key(bot.settings).raw_value)
    assert not any(method in ("getUpdates", "deleteWebhook") for method, _ in bot_api.calls)


def test_what_telegram_brings_is_answered_once_however_often_it_comes(bot_api, bring):
    assert bring(**write("/help")) == 200
    assert bring(**write("/help")) == 200
    assert len(bot_api.list_texts()) == 1


@pytest.mark.parametrize("said", [None, "", "wrong"])
def test_who_does_not_know_the_secret_is_not_heard(bot_api, bring, said):
    assert bring(said=said, **write("/help")) == 401
    assert bot_api.list_texts() == []


@pytest.mark.parametrize(
    ("content", "status"), [(b"{", 400), (b"[]", 400), (b'{"update_id": "x"}', 400), (b"x" * (MAX_BODY + 1), 413)]
)
def test_what_is_no_update_is_refused_and_the_bot_goes_on(bot_api, bring, content, status):
    assert bring(content) == status
    assert bring(**write("/help")) == 200
    assert len(bot_api.list_texts()) == 1


def test_updates_of_one_chat_are_answered_in_order(bot_api, bring):
    for update_id, text in enumerate(("/help", "/privacy"), start=7):
        assert bring(**write(text, update_id)) == 200
    first, second = bot_api.list_texts()
    assert first.startswith("Ik ben een computer.")
    assert second.startswith("Wij bewaren")


@pytest.mark.parametrize("url", ["http://hoek.voorbeeld.nl/telegram", "https://hoek.voorbeeld.nl/bot"])
def test_an_address_that_cannot_be_right_is_refused_at_the_start(make_settings, url):
    with pytest.raises(InvalidInput, match="OMDEHOEK_TELEGRAM_WEBHOOK_URL"):
        make_door(make_settings(telegram_webhook_url=url, telegram_token=TOKEN))
