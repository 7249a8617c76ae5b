"""HSDS `service`: what a citizen can be referred to."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.models.base import Base
from referral.models.columns import Extra, Id, Source, Status, Translations, WebAddress, one_of, refer_to

if TYPE_CHECKING:
    from referral.models.cost_option import CostOption
    from referral.models.language import Language
    from referral.models.organization import Organization
    from referral.models.phone import Phone
    from referral.models.required_document import RequiredDocument
    from referral.models.schedule import Schedule
    from referral.models.service_area import ServiceArea
    from referral.models.service_at_location import ServiceAtLocation


class Service(Base):
    """HSDS 3.1 service, without the fields that HSDS itself calls deprecated (`fees`, `licenses`).

    Ours: `by_appointment`, `check_due` (when the facts must be checked again), `is_example` (never counts), and
    `translations` of description, alert, application_process and fees_description.
    """

    __tablename__ = "service"
    __table_args__ = (Index(None, "status"), Index(None, "check_due"))

    id: Mapped[Id]
    organization_id: Mapped[str] = refer_to("organization")
    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str | None] = mapped_column(WebAddress)
    email: Mapped[str | None] = mapped_column(Text)
    status: Mapped[Status] = mapped_column(one_of(Status, "status"), default=Status.ACTIVE)
    interpretation_services: Mapped[str | None] = mapped_column(Text)
    application_process: Mapped[str | None] = mapped_column(Text)
    fees_description: Mapped[str | None] = mapped_column(Text)
    wait_time: Mapped[str | None] = mapped_column(Text)
    accreditations: Mapped[str | None] = mapped_column(Text)
    eligibility_description: Mapped[str | None] = mapped_column(Text)
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    assured_date: Mapped[date | None]
    assurer_email: Mapped[str | None] = mapped_column(Text)
    alert: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[datetime | None]

    by_appointment: Mapped[bool] = mapped_column(default=False)
    check_due: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    translations: Mapped[Translations]
    source: Mapped[Source]
    extra: Mapped[Extra]

    organization: Mapped["Organization"] = relationship(back_populates="services", lazy="raise")
    service_at_locations: Mapped[list["ServiceAtLocation"]] = relationship(back_populates="service", lazy="raise")
    phones: Mapped[list["Phone"]] = relationship(lazy="raise", viewonly=True, order_by="Phone.id")
    schedules: Mapped[list["Schedule"]] = relationship(lazy="raise", viewonly=True, order_by="Schedule.id")
    languages: Mapped[list["Language"]] = relationship(lazy="raise", viewonly=True, order_by="Language.id")
    cost_options: Mapped[list["CostOption"]] = relationship(lazy="raise", viewonly=True, order_by="CostOption.id")
    required_documents: Mapped[list["RequiredDocument"]] = relationship(
        lazy="raise", viewonly=True, order_by="RequiredDocument.position"
    )
    service_areas: Mapped[list["ServiceArea"]] = relationship(
        lazy="raise", viewonly=True, order_by="ServiceArea.extent"
    )
