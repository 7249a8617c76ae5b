"""A proposal: somebody outside says that a field of the directory is wrong, and perhaps what it should be."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from referral.models.base import Base
from referral.models.columns import ID_LENGTH, Code, Id, one_of, refer_to


class Sender(StrEnum):
    """Who proposed: a citizen (nobody in particular), or the partner itself by its link."""

    CITIZEN = "citizen"
    PARTNER = "partner"


class ProposalStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Proposal(Base):
    """One field of one row. `resource_id` is empty where there is no row yet, `field_name` where no field is meant.

    `previous` and `written` are values as JSON, as in `metadata`; `proposed` is a text as it was typed (of a citizen:
    masked), empty when only `remark` says what is wrong.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "status", "sent_at"),)

    id: Mapped[Id]
    service_id: Mapped[str] = refer_to("service")
    field: Mapped[Code]
    resource_type: Mapped[Code]
    resource_id: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    field_name: Mapped[Code]
    previous: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text, default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[Sender] = mapped_column(one_of(Sender, "sender"))
    sent_at: Mapped[datetime]
    status: Mapped[ProposalStatus] = mapped_column(
        one_of(ProposalStatus, "proposal_status"), default=ProposalStatus.OPEN
    )
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    written: Mapped[str | None] = mapped_column(Text)
