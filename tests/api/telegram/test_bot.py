"""The assistant in Telegram: the real python-telegram-bot against a Bot API server on loopback."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from api.cli.telegram import make_door
from api.web.words import load_words
from referral.clock import to_local
from referral.conversations import service as conversations
from referral.errors import NotFound
from referral.models.base import Base
from referral.models.conversation import Conversation
from referral.models.feedback import Feedback
from referral.models.referral import Referral
from referral.models.telegram import TelegramChat, TelegramFollowUp, TelegramUpdate
from referral.models.urgent_count import UrgentCount
from referral.models.visit import Visit
from referral.proposals.links import load_key
from referral.telegram import follow_up
from tests.api.telegram.bot_api import TOKEN
from tests.postgres import find_free_port

EMERGENCY = "Ik wil niet meer leven"
CHAT = 5_550_123_456
LIBRARY_AT = "ido-zwolle-centrum-voorbeeld"


def list_all(bot, what):
    with bot.database.read() as session:
        return session.scalars(select(what)).all()


def get_card(bot_api, chat=1):
    """Choose a topic and name a place; return the text of the card."""
    bot_api.wait_for(bot_api.say("/start", chat))
    bot_api.wait_for(bot_api.press("Overheid en DigiD", chat))
    bot_api.wait_for(bot_api.press("DigiD", chat))
    bot_api.wait_for(bot_api.say("Zwolle", chat))
    return next(one for one in reversed(bot_api.list_texts(chat)) if "<code>" in one)


def test_start_says_who_speaks_and_offers_topics(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start"))
    assert bot_api.read_last().startswith("Hallo. Ik ben een computer.")
    assert "Overheid en DigiD" in bot_api.list_buttons()
    commands = [what["commands"] for method, what in bot_api.calls if method == "setMyCommands"]
    assert [one["command"] for one in commands[0]] == ["opnieuw", "taal", "help", "privacy", "stop"]
    [visit] = list_all(bot, Visit)
    assert visit.channel == "telegram"


def test_buttons_lead_to_a_card_with_its_place_that_is_in_the_journal_once(bot, bot_api):
    card = get_card(bot_api)
    assert "☎" in card
    [venue] = [what for method, what in bot_api.sent if method == "sendVenue"]
    assert venue["title"] in card
    [referral] = list_all(bot, Referral)
    assert referral.shown_at is not None
    assert referral.code in card


def test_after_a_choice_only_what_was_chosen_stays(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start"))
    bot_api.wait_for(bot_api.press("Overheid en DigiD"))
    [edit] = [what for method, what in bot_api.calls if method == "editMessageReplyMarkup"]
    assert [[key["text"] for key in row] for row in edit["reply_markup"]["inline_keyboard"]] == [
        ["✓ Overheid en DigiD"]
    ]


def test_a_question_for_the_place_can_be_answered_with_a_location_that_is_not_kept(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start"))
    bot_api.wait_for(bot_api.press("Overheid en DigiD"))
    bot_api.wait_for(bot_api.press("DigiD"))
    asked = bot_api.sent[-1][1]["reply_markup"]["keyboard"]
    assert asked == [[{"text": "Deel mijn plek", "request_location": True}]]
    bot_api.wait_for(bot_api.say(None, location={"latitude": 52.5162847, "longitude": 6.0830915}))
    [conversation] = list_all(bot, Conversation)
    assert conversation.place.startswith("Zwolle")
    assert any("<code>" in one for one in bot_api.list_texts())
    assert "52.51628" not in read_everything(bot)


def test_the_code_at_a_partner_tells_where_it_hangs(bot, bot_api):
    with bot.database.read() as session:
        location = session.execute(text("select location_id from address where city = 'Zwolle' limit 1")).scalar_one()
    bot_api.wait_for(bot_api.say(f"/start loc_{location}"))
    [visit] = list_all(bot, Visit)
    assert visit.location_id == location
    [conversation] = list_all(bot, Conversation)
    assert conversation.place == "Zwolle"
    for number, payload in enumerate(("loc_nowhere", "loc_", "loc_a\tb", "a" * 64, "<b>"), start=20):
        bot_api.wait_for(bot_api.say(f"/start {payload}", chat=number))
        assert bot_api.read_last(number).startswith("Hallo."), payload
    bot_api.wait_for(bot_api.say("/start poster-2026", chat=3))
    assert {one.campaign for one in list_all(bot, Visit)} == {None, "poster-2026"}


def test_an_emergency_is_all_that_is_said_and_is_counted(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start"))
    number = len(bot_api.sent)
    bot_api.wait_for(bot_api.say(EMERGENCY))
    [(_, said)] = bot_api.sent[number:]
    assert "113" in said["text"]
    assert "reply_markup" not in said
    assert [one.signal for one in list_all(bot, UrgentCount)] == ["zelfdoding"]


def test_an_emergency_is_told_without_a_database(bot, bot_api, monkeypatch):
    bot_api.wait_for(bot_api.say("/start"))
    for path in bot.settings.state_dir.glob("omdehoek.db*"):
        path.rename(path.with_suffix(".away"))
    (bot.settings.state_dir / "omdehoek.db").mkdir()
    bot.door._taken._database.engine.dispose()
    bot_api.say(EMERGENCY)
    bot_api.wait_until(lambda: "113" in bot_api.read_last())


def test_the_same_update_is_answered_once(bot, bot_api):
    update = bot_api.say("/start")
    bot_api.wait_for(update)
    number = len(bot_api.sent)
    bot_api.confirmed = 0
    bot.stop()
    bot.start()  # a new life knows no offset: everything comes again
    bot_api.wait_for(update)
    assert len(bot_api.sent) == number
    assert len(list_all(bot, Visit)) == 1


def test_after_a_crash_in_the_middle_the_rest_is_sent_and_nothing_twice(bot, bot_api):
    get_card(bot_api)
    bot.stop()
    with bot.database.begin() as session:
        last = session.scalars(select(TelegramUpdate).order_by(TelegramUpdate.id.desc())).first()
        sent, last_id = last.sent, last.id
        assert sent >= 3
        last.sent, last.is_done = sent - 1, False
    number, before = len(bot_api.sent), bot_api.sent[-1]
    bot_api.confirmed = 0
    bot.start()
    bot_api.wait_for(last_id)
    assert [one[1].get("text") for one in bot_api.sent[number:]] == [before[1]["text"]]
    assert len(list_all(bot, Referral)) == 1


def test_what_telegram_refuses_for_now_is_sent_again(bot, bot_api):
    bot_api.fail("sendMessage", 429, parameters={"retry_after": 1})
    bot_api.fail("sendMessage", 502)
    bot_api.fail("getUpdates", 500)
    bot_api.wait_for(bot_api.say("/start"))
    assert len(bot_api.list_texts()) == 1


def test_of_somebody_who_blocks_us_nothing_stays(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start"))
    bot_api.fail("sendMessage", 403, description="Forbidden: bot was blocked by the user")
    bot_api.wait_for(bot_api.say("/help"))
    assert list_all(bot, TelegramChat) == []
    assert list_all(bot, Conversation) == []


def test_each_chat_has_a_conversation_of_its_own_and_its_order(bot, bot_api):
    bot.stop()
    for chat in (1, 2, 3):
        bot_api.say("/start", chat)
        last = bot_api.say("/help", chat)
    bot.start()
    bot_api.wait_for(last)
    for chat in (1, 2, 3):
        first, second = bot_api.list_texts(chat)
        assert first.startswith("Hallo")
        assert second.startswith("Ik ben een computer")
    assert len({one.conversation_id for one in list_all(bot, TelegramChat)}) == 3


def test_in_a_group_it_is_silent_unless_it_is_spoken_to(bot, bot_api):
    bot_api.wait_for(bot_api.say("hallo allemaal", chat=-5, kind="group"))
    assert bot_api.list_texts(-5) == []
    bot_api.wait_for(bot_api.say("/help@omdehoek_bot", chat=-5, kind="group"))
    bot_api.wait_for(bot_api.say("@omdehoek_bot ik wil dood", chat=-5, kind="group"))
    assert len(bot_api.list_texts(-5)) == 2


@pytest.mark.parametrize(("name", "code"), [("Polski", "pl"), ("العربية", "ar"), ("English", "en")])
def test_a_language_that_is_chosen_holds_for_all_that_comes(bot, bot_api, name, code):
    words = load_words(bot.settings.data_dir)
    bot_api.wait_for(bot_api.say("/start"))
    bot_api.wait_for(bot_api.say("/taal"))
    bot_api.wait_for(bot_api.press(name))
    [conversation] = list_all(bot, Conversation)
    assert (conversation.language, conversation.is_language_chosen) == (code, True)
    bot_api.wait_for(bot_api.say("/start", language=code))
    assert words.get_text("domain_digitale_overheid", code) in bot_api.list_buttons()


def test_a_language_can_be_chosen_when_the_conversation_is_gone(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start"))
    bot_api.wait_for(bot_api.say("/taal"))
    with bot.database.begin() as session:
        conversations.delete_conversation(session, session.scalars(select(Conversation.id)).one())
    bot_api.wait_for(bot_api.press("Deutsch"))
    [conversation] = list_all(bot, Conversation)
    assert conversation.language == "de"


def test_the_commands(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start", language="en-GB"))
    assert bot_api.read_last().startswith("Hello")
    bot_api.wait_for(bot_api.say("/taal"))
    bot_api.wait_for(bot_api.press("Nederlands"))
    bot_api.wait_for(bot_api.say("/privacy"))
    assert "Na 24 uur wissen wij uw gesprek." in bot_api.read_last()
    [before] = list_all(bot, Conversation)
    bot_api.wait_for(bot_api.say("/opnieuw"))
    [after] = list_all(bot, Conversation)
    assert after.id != before.id
    bot_api.wait_for(bot_api.say("/stop"))
    assert "gewist" in bot_api.read_last()
    assert list_all(bot, Conversation) == []
    assert list_all(bot, TelegramChat) == []


@pytest.mark.parametrize(
    "what",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}]},
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 2}},
    ],
)
def test_what_is_no_text_is_not_read(bot, bot_api, what):
    bot_api.wait_for(bot_api.say(None, **what))
    assert bot_api.read_last().startswith("Ik kan alleen letters lezen.")
    assert not any(method == "getFile" for method, _ in bot_api.calls)


def test_a_message_that_is_too_long_and_a_button_that_is_gone_get_a_clear_answer(bot, bot_api):
    bot_api.wait_for(bot_api.say("/start"))
    bot_api.wait_for(bot_api.say("a" * 4000))
    assert "te lang" in bot_api.read_last()
    bot_api.wait_for(
        bot_api.put(
            callback_query={
                "id": "1",
                "from": {"id": 1, "is_bot": False, "first_name": "F"},
                "chat_instance": "1",
                "data": "b:nothing",
                "message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
            }
        )
    )
    assert len(bot_api.list_texts()) == 3


def test_who_begins_all_the_time_is_held_back(make_bot, bot_api):
    bot = make_bot(conversations_per_hour=2)
    for _ in range(3):
        bot_api.wait_for(bot_api.say("/start"))
    assert "sneller dan ik kan" in bot_api.read_last()
    assert len(list_all(bot, Visit)) == 2


def test_one_tap_says_whether_it_helped(bot, bot_api):
    get_card(bot_api)
    bot_api.wait_for(bot_api.press("Dit hielp"))
    assert bot_api.read_last() == "Dank u wel."
    [said] = list_all(bot, Feedback)
    assert said.helped == "yes"


# ── one question some days later ──────────────────────────────────────────────

AGREE = "Vraag over 5 dagen of het hielp"
QUESTION = "U vroeg mij laatst waar u hulp kunt krijgen. Bent u geholpen?"


def agree(bot, bot_api, chat=CHAT):
    get_card(bot_api, chat)
    bot_api.wait_for(bot_api.press(AGREE, chat))
    assert "/stop" in bot_api.read_last(chat)


def pass_days(bot, days, hour=10):
    local = to_local(bot.now) + timedelta(days)
    bot.now = local.replace(hour=hour, minute=0)


def list_questions(bot_api, chat=CHAT):
    return [one for one in bot_api.list_texts(chat) if one == QUESTION]


def test_who_agrees_is_asked_once_by_day_and_the_answer_is_in_the_journal(bot, bot_api):
    agree(bot, bot_api)
    pass_days(bot, 4)
    bot_api.wait_for(bot_api.say("/help"))
    assert list_questions(bot_api) == []
    pass_days(bot, 1, hour=21)
    bot_api.wait_for(bot_api.say("/help"))
    assert list_questions(bot_api) == []
    pass_days(bot, 1)
    bot_api.wait_until(lambda: list_questions(bot_api))
    assert bot_api.list_buttons(CHAT) == ["Ja", "Een beetje", "Nee"]
    pass_days(bot, 1)
    bot_api.wait_for(bot_api.press("Een beetje", CHAT))
    assert bot_api.read_last(CHAT) == "Dank u wel."
    assert len(list_questions(bot_api)) == 1
    [said] = list_all(bot, Feedback)
    assert said.helped == "partly"
    assert list_all(bot, TelegramFollowUp) == []


def test_the_chat_of_who_agrees_is_kept_so_that_only_we_can_read_it(bot, bot_api):
    agree(bot, bot_api)
    assert str(CHAT) not in read_everything(bot)
    [kept] = list_all(bot, TelegramFollowUp)
    secret = load_key(bot.settings).raw_value
    assert follow_up.unseal(kept.sealed, secret) == CHAT
    with pytest.raises(NotFound):
        follow_up.unseal(kept.sealed, b"another key")


def test_who_stops_is_not_asked(bot, bot_api):
    agree(bot, bot_api)
    bot_api.wait_for(bot_api.say("/stop", CHAT))
    assert list_all(bot, TelegramFollowUp) == []


def test_who_blocked_us_since_is_forgotten(bot, bot_api):
    agree(bot, bot_api)
    bot_api.fail("sendMessage", 403)
    pass_days(bot, 6)
    bot_api.wait_until(lambda: not list_all(bot, TelegramFollowUp))


def test_a_question_that_may_have_arrived_is_not_asked_again(bot, bot_api):
    agree(bot, bot_api)
    bot_api.fail("sendMessage", 502)
    pass_days(bot, 6)
    bot_api.wait_until(lambda: any(one.sent_at for one in list_all(bot, TelegramFollowUp)))
    bot_api.wait_for(bot_api.say("/help", CHAT))
    assert list_questions(bot_api) == []


def test_in_a_group_nobody_is_asked_later(bot, bot_api):
    group = {"chat": -CHAT, "kind": "supergroup"}
    bot_api.wait_for(bot_api.say("@omdehoek_bot /start", **group))
    bot_api.wait_for(bot_api.press("Overheid en DigiD", -CHAT))
    bot_api.wait_for(bot_api.press("DigiD", -CHAT))
    bot_api.wait_for(bot_api.say("@omdehoek_bot Zwolle", **group))
    every = list_labels(bot_api)
    assert "Dit hielp" in every
    assert AGREE not in every


def test_it_can_be_turned_off(make_bot, bot_api):
    make_bot(telegram_follow_up_days=0)
    get_card(bot_api)
    every = list_labels(bot_api)
    assert "Dit hielp" in every
    assert not any("of het hielp" in label for label in every)


def list_labels(bot_api):
    markups = [what.get("reply_markup") or {} for _, what in bot_api.sent]
    return [key["text"] for markup in markups for row in markup.get("inline_keyboard", []) for key in row]


def test_nothing_in_the_database_tells_which_chat_it_was(bot, bot_api):
    get_card(bot_api, chat=CHAT)
    everything = read_everything(bot)
    assert str(CHAT) not in everything
    assert "Fatima" not in everything
    assert TOKEN not in everything


def read_everything(bot):
    with bot.database.read() as session:
        return " ".join(
            str(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table)).all()
        )


def test_one_that_was_sealed_with_another_key_does_not_keep_the_others_from_being_asked(bot, bot_api):
    agree(bot, bot_api)
    with bot.database.begin() as session:
        kept = session.scalars(select(TelegramFollowUp)).one()
        follow_up.agree(
            session,
            "a chat of before",
            sealed=follow_up.seal(1, b"another key"),
            slip=kept.slip,
            language="nl",
            now=kept.agreed_at - timedelta(minutes=1),
            days=5,
        )
    pass_days(bot, 6)
    bot_api.wait_until(lambda: list_questions(bot_api, CHAT))


def test_a_question_that_certainly_did_not_leave_is_asked_another_time(bot, bot_api):
    agree(bot, bot_api)
    pass_days(bot, 6, hour=22)
    nowhere = bot.settings.model_copy(update={"telegram_api_url": f"http://127.0.0.1:{find_free_port()}"})
    by_day = bot.now.replace(hour=10)
    asker = make_door(nowhere, clock=lambda: by_day)._asker
    assert asyncio.run(asker._ask_next()) is False
    [kept] = list_all(bot, TelegramFollowUp)
    assert kept.sent_at is None
    bot.now = by_day
    bot_api.wait_until(lambda: list_questions(bot_api))
