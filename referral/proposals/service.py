"""Changes that come from outside: a citizen or a partner proposes, an editor decides, the exchange writes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from referral.clock import to_local
from referral.directory import service as directory
from referral.directory.freshness import HOLDS
from referral.directory.rows import make_child_id
from referral.directory.school_holidays import Region
from referral.directory.spoken.words import HourWords
from referral.errors import AlreadyDecided, InvalidInput, NotFound, PlanOutdated
from referral.exchange.apply import write_value
from referral.exchange.fields import write_fields
from referral.exchange.records import Record
from referral.models.base import make_id
from referral.models.organization import Organization
from referral.models.proposal import Proposal, ProposalStatus, Sender
from referral.models.service import Service
from referral.privacy.prepare import clean, prepare
from referral.proposals import queries
from referral.proposals.facts import Fact, Field, find_fact, get_service, list_facts
from referral.proposals.values import MAX_REMARK, MAX_VALUE, Value, keep_value, read_value, show_value

SOURCE = "proposals"
MAX_LISTED = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A proposal as an editor sees it; `before`, `now` and `written` are values, as they were and as they are."""

    proposal: Proposal
    service: Service
    organization: Organization
    before: Any
    now: Any
    written: Any

    @property
    def is_outdated(self) -> bool:
        """Whether the field was changed after the proposal was made."""
        return self.proposal.status is ProposalStatus.OPEN and bool(self.before != self.now)

    @property
    def seen(self) -> str:
        """Return what an editor saw when they decided: `accept` wants it back."""
        return write_value(self.now)


def list_services(session: Session, organization_id: str) -> Sequence[Service]:
    """Return what a partner still gives, by name."""
    return queries.list_services(session, organization_id)


# ── they propose ──────────────────────────────────────────────────────────────


def report(session: Session, service_id: str, key: str, *, proposed: str, remark: str, now: datetime) -> Proposal:
    """Write what a citizen says, masked. Raises `NotFound`, `TextTooLong`, and `InvalidInput` when nothing is said."""
    fact = find_fact(session, get_service(session, service_id), key)
    kept = keep_value(fact.field, proposed)
    said = prepare(remark, limit=MAX_REMARK).masked if remark.strip() else ""
    if not kept and not said:
        raise InvalidInput("nothing is said")
    return _propose(session, service_id, fact, proposed=kept, remark=said, sender=Sender.CITIZEN, now=now)


def correct(
    session: Session, service: Service, values: Mapping[str, str], *, remark: str, words: HourWords, now: datetime
) -> list[Proposal]:
    """Write what a partner says by its link: each fact that it gave another value, and what it says besides.

    A second visit changes what was proposed and is not decided yet. Raises `TextTooLong`.
    """
    said = clean(remark, limit=MAX_REMARK) if remark.strip() else ""
    proposals = []
    for fact in list_facts(session, service):
        is_other = fact.field is Field.OTHER
        typed = "" if is_other else values.get(fact.key, "").strip()
        value = clean(typed, limit=MAX_VALUE) if typed else ""
        if (value and value != show_value(fact.field, fact.value, words)) or (is_other and said):
            proposals.append(_replace(session, service.id, fact, proposed=value, remark=said, now=now))
    return proposals


def confirm(session: Session, service: Service, *, by: str, now: datetime) -> None:
    """Note that everything still holds: the check date is today, and the next check half a year later."""
    today = to_local(now).date()
    values = {"assured_date": today, "check_due": today + HOLDS}
    write_fields(session, [Record("service", service.id, values)], source=SOURCE, by=by, now=now)


def _replace(session: Session, service_id: str, fact: Fact, *, proposed: str, remark: str, now: datetime) -> Proposal:
    waiting = queries.find_open_of_partner(session, service_id, fact.field, fact.row_id)
    if waiting is None:
        return _propose(session, service_id, fact, proposed=proposed, remark=remark, sender=Sender.PARTNER, now=now)
    waiting.previous, waiting.proposed, waiting.remark = write_value(fact.value), proposed, remark
    waiting.sent_at = now
    return waiting


def _propose(
    session: Session, service_id: str, fact: Fact, *, proposed: str, remark: str, sender: Sender, now: datetime
) -> Proposal:
    proposal = Proposal(
        id=make_id(),
        service_id=service_id,
        field=fact.field,
        resource_type=fact.table,
        resource_id=fact.row_id,
        field_name=fact.column,
        previous=write_value(fact.value),
        proposed=proposed,
        remark=remark,
        sender=sender,
        sent_at=now,
        status=ProposalStatus.OPEN,
        reason="",
    )
    session.add(proposal)
    session.flush()
    return proposal


# ── an editor decides ─────────────────────────────────────────────────────────


def list_open(session: Session) -> list[Told]:
    """Return what waits for a decision, the newest first."""
    return [
        _tell(session, *row) for row in queries.list_proposals(session, status=ProposalStatus.OPEN, limit=MAX_LISTED)
    ]


def list_of_service(session: Session, service_id: str) -> list[Told]:
    """Return everything that was proposed for a service, the newest first."""
    return [_tell(session, *row) for row in queries.list_proposals(session, service_id=service_id, limit=MAX_LISTED)]


def get_told(session: Session, proposal_id: str) -> Told:
    """Return a proposal with what it is about, or raise `NotFound`."""
    proposal = queries.find_proposal(session, proposal_id)
    if proposal is None:
        raise NotFound("no such proposal")
    service = get_service(session, proposal.service_id)
    return _tell(session, proposal, service, session.get_one(Organization, service.organization_id))


def accept(session: Session, told: Told, text: str, *, seen: str, words: HourWords, by: str, now: datetime) -> None:
    """Write `text` (as proposed, or as the editor changed it) in the directory, with an audit row.

    `seen` is `Told.seen` of the page on which the editor decided. A proposal of `OTHER` writes nothing by itself: the
    editor has seen to it. Raises `AlreadyDecided`, `UnreadableValue`, `PlanRefused`, and `PlanOutdated` when the field
    has changed since the editor saw it.
    """
    proposal = _check_open(told)
    if proposal.field != Field.OTHER:
        if seen != told.seen:
            raise PlanOutdated("the field has changed since it was shown")
        value = read_value(Field(proposal.field), text, words)
        write_fields(session, _list_records(told, value, by, now), source=SOURCE, by=by, now=now)
        proposal.written = write_value(value.written)
    _decide(proposal, ProposalStatus.ACCEPTED, by=by, now=now)


def refuse(told: Told, reason: str, *, by: str, now: datetime) -> None:
    """Leave the directory as it is. Raises `AlreadyDecided`, and `InvalidInput` without a reason."""
    proposal = _check_open(told)
    proposal.reason = clean(reason, limit=MAX_REMARK)
    _decide(proposal, ProposalStatus.REFUSED, by=by, now=now)


def _tell(session: Session, proposal: Proposal, service: Service, organization: Organization) -> Told:
    before = json.loads(proposal.previous)
    now = before
    if proposal.field_name and proposal.resource_id:
        now = queries.find_value(session, proposal.resource_type, proposal.resource_id, proposal.field_name)
    written = json.loads(proposal.written) if proposal.written else None
    return Told(proposal, service, organization, before, now, written)


def _check_open(told: Told) -> Proposal:
    if told.proposal.status is not ProposalStatus.OPEN:
        raise AlreadyDecided("somebody has decided on it")
    return told.proposal


def _decide(proposal: Proposal, status: ProposalStatus, *, by: str, now: datetime) -> None:
    proposal.status, proposal.decided_by, proposal.decided_at = status, by, now


def _list_records(told: Told, value: Value, by: str, now: datetime) -> Iterator[Record]:
    """Yield the rows that a value changes: that of the fact, and what hours say besides."""
    proposal, service_id = told.proposal, told.service.id
    owner = {"service_id": service_id} if proposal.resource_id is None else {}
    row_id = proposal.resource_id or make_child_id(service_id, proposal.resource_type, proposal.id)
    # Another number is unconfirmed; this one is on the editor's word.
    word = {"assured_date": to_local(now).date(), "assurer_name": by} if proposal.field == Field.PHONE else {}
    yield Record(proposal.resource_type, row_id, {**owner, **word, proposal.field_name: value.written})
    if value.by_appointment:
        yield Record("service", service_id, {"by_appointment": True})
    region = told.organization.school_region
    for name in value.closed_in:
        for start, end in directory.get_school_holidays().list_named(name, Region(region) if region else None):
            closed = {"service_id": service_id, "start_date": start, "end_date": end, "reason": name}
            yield Record(
                "hours_exception", make_child_id(service_id, "change", start.isoformat(), end.isoformat()), closed
            )
