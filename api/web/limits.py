"""Keeps anybody from asking too much: moving windows in memory, the caller known by a keyed hash only.

No address is kept or logged: the key is made at start-up and dies with the process (DESIGN §6.2).
"""

import hashlib
import math
import secrets
import time
from typing import NoReturn

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.web.room import PLACES, Room
from referral.errors import TooManyRequests
from referral.settings import Settings


class Limits:
    """The limits of the doors; `check_…` raises `TooManyRequests` with the seconds to wait.

    `turns` and `places`: how many messages, and other requests, there can be at once.

    Each process counts for itself. Of what somebody may guess at (passwords, codes) each allows its share only.
    """

    def __init__(self, settings: Settings) -> None:

        def share(whole: int) -> int:
            return math.ceil(whole / settings.api_processes)

        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._turns = RateLimitItemPerMinute(settings.turns_per_minute)
        self._news = RateLimitItemPerMinute(settings.news_per_minute)
        self._conversations = RateLimitItemPerHour(settings.conversations_per_hour)
        self._sign_ins = RateLimitItemPerMinute(share(settings.sign_ins_per_minute))
        self._readings = RateLimitItemPerMinute(settings.reads_per_minute)
        self._codes = RateLimitItemPerHour(share(settings.codes_per_hour))
        self._all_codes = RateLimitItemPerHour(share(settings.wrong_codes_per_hour))
        self._reports = RateLimitItemPerHour(settings.reports_per_hour)
        self._key = secrets.token_bytes(32)
        self.turns, self.places = Room(settings.turns_at_once), Room(PLACES)

    def check_turn(self, conversation_id: str) -> None:
        self._check(self._turns, "turn", conversation_id)

    def check_news(self, conversation_id: str) -> None:
        self._check(self._news, "news", conversation_id)

    def check_conversation(self, address: str) -> None:
        self._check(self._conversations, "conversation", address)

    def check_sign_in(self, address: str, email: str | None = None) -> None:
        """Hold back who tries many accounts from one address, and who tries one account from many."""
        self._check(self._sign_ins, "sign_in_from", address)
        if email is not None:
            self._check(self._sign_ins, "sign_in_as", email)

    def check_reading(self, address: str) -> None:
        self._check(self._readings, "reading", address)

    def check_report(self, address: str) -> None:
        self._check(self._reports, "report", address)

    def check_partner(self, token: str) -> None:
        self._check(self._turns, "partner", token)

    def check_slip(self, slip_key: str) -> None:
        self._check(self._turns, "slip", slip_key)

    def check_code(self, address: str) -> None:
        """Hold back who guesses codes, from one address or from many; only `note_wrong_code` counts."""
        for limit, who in self._list_guesses(address):
            if not self._limiter.test(limit, "code", who):
                self._refuse(limit, "code", who)

    def note_wrong_code(self, address: str) -> None:
        for limit, who in self._list_guesses(address):
            self._limiter.hit(limit, "code", who)

    def _list_guesses(self, address: str) -> tuple[tuple[RateLimitItem, str], ...]:
        return ((self._codes, self._hash(address)), (self._all_codes, "everybody"))

    def _check(self, limit: RateLimitItem, kind: str, who: str) -> None:
        hashed = self._hash(who)
        if not self._limiter.hit(limit, kind, hashed):
            self._refuse(limit, kind, hashed)

    def _refuse(self, limit: RateLimitItem, kind: str, hashed: str) -> NoReturn:
        reset, _ = self._limiter.get_window_stats(limit, kind, hashed)
        raise TooManyRequests(max(1, int(reset - time.time()) + 1))

    def _hash(self, who: str) -> str:
        return hashlib.blake2b(who.encode(), key=self._key, digest_size=16).hexdigest()
