"""Which chat of Telegram has which conversation, and which updates were answered."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from referral.models.telegram import TelegramChat, TelegramUpdate


def hash_chat(chat_id: int, key: bytes) -> str:
    """Return the key of a chat: whoever has the database alone cannot tell which chat it is."""
    return hashlib.blake2b(str(chat_id).encode(), key=key[:64], digest_size=32).hexdigest()


def find_chat(session: Session, chat_key: str) -> TelegramChat | None:
    return session.get(TelegramChat, chat_key)


def keep_chat(session: Session, chat_key: str, *, conversation_id: str, language: str, now: datetime) -> TelegramChat:
    """Write down which conversation a chat has now; the one of before is forgotten."""
    chat = session.get(TelegramChat, chat_key)
    if chat is None:
        chat = TelegramChat(id=chat_key)
        session.add(chat)
    chat.conversation_id, chat.language, chat.used_at = conversation_id, language, now
    session.flush()
    return chat


def forget_chat(session: Session, chat_key: str) -> str | None:
    """Forget a chat; return the conversation that it had."""
    chat = session.get(TelegramChat, chat_key)
    if chat is None:
        return None
    session.delete(chat)
    return chat.conversation_id


def begin_update(session: Session, update_id: int, now: datetime) -> int | None:
    """Return how many messages of the answer to this update have left already; `None` when all have."""
    update = session.get(TelegramUpdate, update_id)
    if update is None:
        update = TelegramUpdate(id=update_id, sent=0, is_done=False, at=now)
        session.add(update)
        session.flush()
    return None if update.is_done else update.sent


def note_sent(session: Session, update_id: int, sent: int) -> None:
    update = session.get(TelegramUpdate, update_id)
    if update is not None:
        update.sent = sent


def finish_update(session: Session, update_id: int) -> None:
    update = session.get(TelegramUpdate, update_id)
    if update is not None:
        update.is_done = True
