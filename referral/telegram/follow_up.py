"""One question some days later, for who agreed to it: kept encrypted, asked once by day, gone with the answer."""

import hashlib
from datetime import datetime, time, timedelta

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.errors import NotFound
from referral.models.telegram import TelegramFollowUp

# Nobody is woken up: from nine in the morning up to eight in the evening.
FIRST, LAST = time(9), time(20)
_HEADER = {"alg": "dir", "enc": "A256GCM"}


def seal(chat_id: int, key: bytes) -> str:
    """Return the id of a chat as a JSON Web Encryption (RFC 7516), which only the holder of the key can read."""
    return jwe.encrypt_compact(_HEADER, str(chat_id).encode(), _derive(key))


def unseal(sealed: str, key: bytes) -> int:
    """Return the id; raise `NotFound` when another key sealed it."""
    try:
        plaintext = jwe.decrypt_compact(sealed, _derive(key)).plaintext or b""
        return int(plaintext)
    except (JoseError, ValueError) as error:
        raise NotFound("the chat is sealed with another key") from error


def _derive(key: bytes) -> OctKey:
    """Return a key of 256 bits for this use alone."""
    return OctKey.import_key(hashlib.blake2b(key[:64], digest_size=32, person=b"tg-follow-up").digest())


def agree(
    session: Session, chat_key: str, *, sealed: str, slip: str, language: str, now: datetime, days: int
) -> TelegramFollowUp:
    """Write down that a chat will be asked once; what it agreed to before makes room."""
    forget(session, chat_key)
    agreed = TelegramFollowUp(
        id=chat_key, sealed=sealed, slip=slip, language=language, agreed_at=now, due_at=now + timedelta(days=days)
    )
    session.add(agreed)
    session.flush()
    return agreed


def claim(session: Session, now: datetime) -> TelegramFollowUp | None:
    """Return whom to ask now, noted as asked; `None` when there is nobody, or it is night.

    The caller commits before it sends: after a crash in between somebody is not asked, and never twice.
    """
    if not FIRST <= to_local(now).time() < LAST:
        return None
    due = (
        select(TelegramFollowUp)
        .where(TelegramFollowUp.sent_at.is_(None), TelegramFollowUp.due_at <= now)
        .order_by(TelegramFollowUp.due_at, TelegramFollowUp.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    claimed = session.scalar(due)
    if claimed is not None:
        claimed.sent_at = now
    return claimed


def give_back(session: Session, chat_key: str) -> None:
    """Have somebody asked another time: the question certainly did not leave."""
    claimed = session.get(TelegramFollowUp, chat_key)
    if claimed is not None:
        claimed.sent_at = None


def take_answer(session: Session, chat_key: str, slip: str) -> str | None:
    """Return the language of a chat that was asked about this slip; from now on nothing of it is kept.

    `None`: it was not asked, or has answered.
    """
    asked = session.get(TelegramFollowUp, chat_key)
    if asked is None or asked.slip != slip or asked.sent_at is None:
        return None
    session.delete(asked)
    return asked.language


def forget(session: Session, chat_key: str) -> None:
    """Forget what a chat agreed to."""
    agreed = session.get(TelegramFollowUp, chat_key)
    if agreed is not None:
        session.delete(agreed)
        session.flush()
