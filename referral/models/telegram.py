"""What is kept of Telegram: which chat has which conversation, and which updates were answered. No name, no number.

A chat is known by a keyed hash only; its own id comes with each update and is not kept, but for who agreed to be asked
once, some days later, whether it helped.
"""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH


class TelegramChat(Base):
    """`id` is the hash. `conversation_id` has no reference: a conversation may go before its chat does."""

    __tablename__ = "telegram_chat"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    language: Mapped[str] = mapped_column(String(10))
    used_at: Mapped[datetime] = mapped_column(index=True)


class TelegramUpdate(Base):
    """An update of Telegram that was begun with: `sent` of the messages of its answer left, all when `is_done`."""

    __tablename__ = "telegram_update"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sent: Mapped[int] = mapped_column(default=0)
    is_done: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(index=True)


class TelegramFollowUp(Base):
    """Somebody agreed to be asked once whether a card helped. `id` is the hash of the chat; `sealed` its id, encrypted.

    `slip` is the key of the page of the referral. It is asked once: `sent_at` is written before it leaves.
    """

    __tablename__ = "telegram_follow_up"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str] = mapped_column(String(300))
    slip: Mapped[str] = mapped_column(String(ID_LENGTH))
    language: Mapped[str] = mapped_column(String(10))
    agreed_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
