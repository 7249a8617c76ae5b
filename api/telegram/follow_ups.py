"""Whether it helped, asked once after some days of who agreed to it; knows nothing of Telegram's own objects."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.chat.start import Reception
from api.telegram.render import Part, render_follow_up
from api.web.words import Words
from referral.db import Database
from referral.errors import LinkExpired, NotFound
from referral.feedback import slips
from referral.telegram import follow_up


@dataclass(frozen=True, slots=True)
class Due:
    """Whom to ask: the hash of the chat, the chat itself, and the question."""

    chat_key: str
    chat_id: int
    question: Part


class FollowUps:
    """`secret` seals the ids of chats; `days` is how long after the card somebody is asked, 0: never."""

    def __init__(
        self,
        database: Database,
        reception: Reception,
        *,
        words: Words,
        secret: bytes,
        days: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._reception = reception
        self._words = words
        self._secret = secret
        self.days = days
        self._clock = clock

    def agree(self, chat_key: str, chat_id: int, *, slip: str, language: str) -> None:
        """Keep the chat, encrypted, to ask about this referral; raise `LinkExpired` when there is none (any more)."""
        now = self._clock()
        with self._database.begin() as session:
            self._reception.find_referral(session, slip, now)
            sealed = follow_up.seal(chat_id, self._secret)
            follow_up.agree(session, chat_key, sealed=sealed, slip=slip, language=language, now=now, days=self.days)

    def take_answer(self, chat_key: str, *, slip: str, helped: str, turn_id: str) -> str | None:
        """Write down whether it helped and return the language of who was asked; from then on nothing is kept.

        `None`: nothing is asked (any more). Raises `InvalidInput` for what is no answer.
        """
        now = self._clock()
        try:
            with self._database.begin() as session:
                language = follow_up.take_answer(session, chat_key, slip)
                if language is not None:
                    referral = self._reception.find_referral(session, slip, now)
                    slips.answer(session, referral, helped=helped, turn_id=turn_id, now=now)
                return language
        except LinkExpired:
            return None

    def claim(self) -> Due | None:
        """Return whom to ask now, noted as asked; `None` when there is nobody, or it is night."""
        while True:
            with self._database.begin() as session:
                claimed = follow_up.claim(session, self._clock())
            if claimed is None:
                return None
            try:
                chat_id = follow_up.unseal(claimed.sealed, self._secret)
            except NotFound:  # sealed with a key that we had before: nobody can be reached by it
                self.forget(claimed.id)
                continue
            return Due(claimed.id, chat_id, render_follow_up(claimed.slip, self._words, claimed.language))

    def give_back(self, chat_key: str) -> None:
        """Have somebody asked another time: the question certainly did not leave."""
        with self._database.begin() as session:
            follow_up.give_back(session, chat_key)

    def forget(self, chat_key: str) -> None:
        with self._database.begin() as session:
            follow_up.forget(session, chat_key)
