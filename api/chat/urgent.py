"""Emergencies: found before Rasa, shown first and counted after, whatever is down (DESIGN §2.1, §6)."""

import logging
from datetime import datetime

from api.chat.schemas import Reply, UrgentView
from referral.clock import to_local
from referral.conversations import service as conversations
from referral.conversations.service import make_turn_key
from referral.db import Database
from referral.errors import Unavailable
from referral.handover import service as handover
from referral.journal.service import count_urgent
from referral.journal.spool import SpooledUrgent, UrgentSpool
from referral.language.detect import detect_language
from referral.language.registry import DUTCH, choose_whole, get_direction
from referral.urgency.detector import Detection, Detector
from referral.urgency.quick_exit import QuickExit
from referral.urgency.signals import Signal

logger = logging.getLogger(__name__)
HIGHEST = "P0"


class UrgentDesk:
    """Needs no database and no Rasa to answer."""

    def __init__(
        self,
        detector: Detector,
        *,
        database: Database,
        spool: UrgentSpool,
        library_id: str,
        quick_exit: QuickExit,
    ) -> None:
        self._detector = detector
        self._database = database
        self._spool = spool
        self._library_id = library_id
        self.quick_exit = quick_exit

    def detect(self, text: str) -> Detection | None:
        """Return the urgent signal in a raw text; the text stays in memory."""
        return self._detector.detect(text)

    def get_signal(self, signal_id: str) -> Signal:
        return self._detector.signals[signal_id]

    def get_safety_line(self, text: str) -> str | None:
        """Return the line with the three numbers when the message is in a language that we only recognise."""
        return self._detector.lines.get(detect_language(text) or "")

    def make_view(self, signal: Signal, language: str) -> UrgentView:
        """Return the fixed text, in Dutch where a language has none (it has those of level P0)."""
        language = language if language in signal.first else DUTCH
        return UrgentView(
            signal=signal.id,
            level=signal.level,
            text=signal.first[language],
            tip=signal.tip.get(language) if signal.tip else None,
            language=language,
            direction=get_direction(language),
        )

    def make_reply(
        self, signal: Signal, *, conversation_id: str, turn_id: str, text: str, phrases: str | None = None
    ) -> Reply:
        """Return the fixed text as the whole reply, in the language of the message where there is one.

        `phrases` is the language of the phrase that found the signal; it tells where the message is too short to.
        What is around the text is in Dutch or English.
        """
        heard = detect_language(text) or phrases
        language = heard if heard and heard in signal.first else DUTCH
        return Reply(
            conversation_id=conversation_id,
            turn_id=turn_id,
            language=choose_whole(language),
            urgent=self.make_view(signal, language),
            safety_line=self._detector.lines.get(heard or ""),
            quick_exit=self.quick_exit.is_wanted(signal=signal.id, topic=signal.topic),
        )

    def record(self, signal: Signal, *, conversation_id: str, turn_id: str, now: datetime) -> None:
        """Count the signal after its text was sent, drop any open question and tell staff who have the conversation.

        Spool it when the database fails.
        """
        count_id, day = make_turn_key(conversation_id, turn_id), to_local(now).date()
        try:
            with self._database.begin() as session:
                count_urgent(session, count_id=count_id, library_id=self._library_id, signal=signal.id, day=day)
                conversations.drop_question(session, conversation_id)
                handover.note_signal(session, conversation_id, turn_id=turn_id, signal=signal.id, now=now)
        except Unavailable as error:
            logger.error("an urgent signal goes to the spool: %s", error.code)
            self._put_in_spool(SpooledUrgent(count_id, day.isoformat(), self._library_id, signal.id))

    def _put_in_spool(self, line: SpooledUrgent) -> None:
        """Lose the count when the disk fails too: an error here would cut the citizen's connection."""
        try:
            self._spool.append(line)
        except OSError as error:
            logger.critical("an urgent signal could not be counted: %s", type(error).__name__)
