"""The rows of one service, one for each place where it is given, as records of a batch. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from referral.directory.rows import make_child_id, make_term_id
from referral.directory.school_holidays import Region
from referral.directory.spoken.hours import SpokenHours
from referral.exchange.queries import Row
from referral.exchange.records import (
    ORGANIZATION,
    OWNER_COLUMNS,
    SERVICE,
    SERVICE_AT_LOCATION,
    Batch,
    Record,
)
from referral.exchange.sheet import timetables
from referral.exchange.sheet.cells import (
    is_serial_day,
    read_answer,
    read_area,
    read_cost,
    read_date,
    read_email,
    read_groups,
    read_kinds,
    read_languages,
    read_phones,
    read_url,
    split_list,
)
from referral.exchange.sheet.known import KnownService
from referral.exchange.sheet.news import News
from referral.exchange.sheet.places import find_municipality, list_location
from referral.exchange.sheet.reference import Reference
from referral.models.columns import Evidence, Status
from referral.models.service_area import WHOLE_COUNTRY
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS

CHECK_MONTHS = 6  # the sector checks every service twice a year

_TEXTS = {"how": "application_process", "audience": "eligibility_description", "alert": "alert"}


class ServiceReader:
    """Reads one service into a batch. `rows` are its rows, each with its location; the first speaks for the service."""

    def __init__(
        self,
        batch: Batch,
        service_id: str,
        rows: Sequence[tuple[News, str | None]],
        *,
        organization_id: str,
        known: KnownService | None,
    ) -> None:
        self.batch = batch
        self.id = service_id
        self.rows = rows
        self.news = rows[0][0]
        self.organization_id = organization_id
        self.known = known
        self.reference: Reference = self.news.reference

    def read(self) -> None:
        self._add_heads()
        self._add_parts()
        self._add_places()
        self._add_hours()
        for news, _ in self.rows:
            self.batch.problems += news.problems

    def _add(self, table: str, row_id: str, values: Mapping[str, Any], **initial: Any) -> None:
        self.batch.add(Record(table, row_id, values, self.news.path, initial))

    def _add_heads(self) -> None:
        news = self.news
        place = find_municipality(news) if self.known is None else None
        if self.known is None:
            for column in self.reference.words.columns:
                if column.required and not news.get(column.id) and column.id not in news.row.errors:
                    news.tell("missing", column.id)
        name = {"name": news.get("organization")} if news.says("organization") else {}
        home = {"municipality": place.municipality_code} if place else {}
        self._add(ORGANIZATION, self.organization_id, name, **home)
        self._add(SERVICE, self.id, dict(self._list_values()), organization_id=self.organization_id)

    def _list_values(self) -> Iterator[tuple[str, Any]]:
        news, words = self.news, self.reference.words
        yield "name", news.get("name")
        if news.says("description"):
            yield "description", news.read_text("description") or ""
        if news.says("description_en"):
            yield "translations", self._translate("description", news.get("description_en"))
        if news.says("email"):
            yield "email", news.read("email", read_email)
        if news.says("website"):
            yield "url", news.read("website", read_url)
        for column, field in _TEXTS.items():
            if news.says(column):
                yield field, news.read_text(column)
        if news.says("status"):
            yield "status", news.read("status", lambda text: read_answer(text, words.status)) or Status.ACTIVE
        if news.says("assured_date", "check_due"):
            yield from self._list_dates()

    def _translate(self, field: str, english: str) -> dict[str, dict[str, str]]:
        """Return the translations of the service with this one; an empty text takes it away."""
        known = self.known.translations if self.known else {}
        texts = {name: text for name, text in known.get("en", {}).items() if name != field}
        texts |= {field: english} if english else {}
        others = {language: dict(said) for language, said in known.items() if language != "en"}
        return others | ({"en": texts} if texts else {})

    def _list_dates(self) -> Iterator[tuple[str, date | None]]:
        """Yield the day of the last check, and the next one: six months on where none is named."""
        news = self.news
        days: dict[str, date | None] = {}
        for column in ("assured_date", "check_due"):
            if is_serial_day(news.get(column)):
                news.tell("day_as_number", column, {"value": news.get(column)}, blocks=False)
            days[column] = news.read(column, lambda text: read_date(text, self.reference))
        assured = days["assured_date"]
        if assured and not (days["check_due"] and news.says("check_due")):
            days["check_due"] = add_months(assured, CHECK_MONTHS)
        yield from days.items()

    def _hold(self, table: str) -> None:
        """Say that the sheet holds all rows of a table of this service, except those that it cannot speak of."""
        self.batch.hold_all((SERVICE, self.id), [table])
        self._keep(table, self.known.others.get(table, ()) if self.known else ())

    def _keep(self, table: str, rows: Iterable[Row]) -> None:
        owners = {column for column, _ in OWNER_COLUMNS} | {"link_id", "link_entity", "taxonomy_term_id"}
        for row in rows:
            self._add(table, row["id"], {column: row[column] for column in owners & row.keys()})

    def _add_parts(self) -> None:
        news, reference = self.news, self.reference
        if news.says("kinds", "groups"):
            self._hold("attribute")
            self._add_terms("kinds", PARTNER_KINDS, "kind", read_kinds)
            self._add_terms("groups", TARGET_GROUPS, "group", read_groups)
        if news.says("phone"):
            self._hold("phone")
            self._add_phones()
        if news.says("languages"):
            self._hold("language")
            for code in news.read("languages", lambda text: read_languages(text, reference)) or []:
                self._add("language", make_child_id(self.id, "language", code), {"service_id": self.id, "code": code})
        if news.says("bring"):
            self._hold("required_document")
            for number, document in enumerate(news.read("bring", split_list) or []):
                said = {"service_id": self.id, "document": document, "position": number}
                self._add("required_document", make_child_id(self.id, "document", number), said)
        if news.says("cost"):
            self._hold("cost_option")
            if cost := news.read("cost", lambda text: read_cost(text, reference.words)):
                price = {"service_id": self.id, "amount": cost[0], "amount_description": cost[1]}
                self._add("cost_option", make_child_id(self.id, "cost"), price)
        if news.says("area") or self.known is None:
            self._hold("service_area")
            self._add_areas()

    def _add_terms(self, column: str, taxonomy: str, part: str, reader: Callable[[str, Reference], list[str]]) -> None:
        """Add the terms of a taxonomy that the sheet names; where it says nothing new, those that are there stay."""
        if not self.news.says(column):
            self._keep("attribute", self.known.attributes[column] if self.known else ())
            return
        for code in self.news.read(column, lambda text: reader(text, self.reference)) or []:
            values = {"link_id": self.id, "link_entity": SERVICE, "taxonomy_term_id": make_term_id(taxonomy, code)}
            self._add("attribute", make_child_id(self.id, part, code), values)

    def _add_phones(self) -> None:
        ids = self.known.phone_ids if self.known else {}
        for number, (phone, remark, is_mended) in enumerate(self.news.read("phone", read_phones) or []):
            if is_mended:
                self.news.tell("phone_zero_added", "phone", {"value": phone}, blocks=False)
            values = {"service_id": self.id, "number": phone, "description": remark}
            phone_id = ids.get(phone) or make_child_id(self.id, "phone", number)
            self._add("phone", phone_id, values, evidence=Evidence.THIRD_PARTY)

    def _add_areas(self) -> None:
        """Add the areas that are named, else the municipality of each address."""
        news = self.news
        extents = news.read("area", lambda text: read_area(text, self.reference)) or []
        if not news.get("area"):
            places = [find_municipality(one) for one, _ in self.rows]
            extents = list(dict.fromkeys(place.municipality_code for place in places if place))
            if not extents:
                news.tell("no_area", "area", blocks=False)
        for extent in extents:
            kind = "country" if extent == WHOLE_COUNTRY else "municipality"
            values = {"service_id": self.id, "extent": extent, "extent_type": kind}
            self._add("service_area", make_child_id(self.id, "area", extent), values)

    def _add_places(self) -> None:
        known = {row.location_id: row.place_id for row in self.known.rows} if self.known else {}
        there = [location_id for _, location_id in self.rows]
        for news, location_id in self.rows:
            if location_id is None:
                continue
            for record in list_location(news, location_id, self.organization_id):
                self.batch.add(record)
                if record.table == "address":
                    self.batch.hold_all(("location", location_id), ["address"])
                elif record.table == "accessibility":
                    self.batch.hold_all(("location", location_id), ["accessibility"])
            place_id = self._get_place_id(location_id)
            self._add(SERVICE_AT_LOCATION, place_id, {"service_id": self.id, "location_id": location_id})
        if {*there} - {None} != {*known} - {None} and any("street" in news.row.cells for news, _ in self.rows):
            self._hold(SERVICE_AT_LOCATION)
            # The hours at a place that is left go with it, and are told.
            for left in [place_id for location_id, place_id in known.items() if location_id not in there]:
                if left:
                    self.batch.hold_all((SERVICE_AT_LOCATION, left), ["schedule"])

    def _get_place_id(self, location_id: str) -> str:
        known = {row.location_id: row.place_id for row in self.known.rows} if self.known else {}
        return known.get(location_id) or make_child_id(self.id, "at", location_id)

    def _add_hours(self) -> None:
        """Add hours to the service where all its rows say the same, else to the service at each location."""
        words = self.reference.words
        is_whole = not any(news.get(column) == words.more for news, _ in self.rows for column in timetables.HOURS)
        is_new = is_whole and any(news.says(*timetables.HOURS) for news, _ in self.rows)
        said = [timetables.read_row(news) for news, _ in self.rows] if is_new else []
        if is_new:
            self._hold("schedule")
            places = [self._get_place_id(location_id) for _, location_id in self.rows if location_id]
            for place_id in places:
                self.batch.hold_all((SERVICE_AT_LOCATION, place_id), ["schedule"])
            if all(one == said[0] for one in said) or len(places) < len(self.rows):
                self._add_all(timetables.list_schedules(said[0], timetables.At("service_id", self.id), self.news))
            else:
                for (news, _), one, place_id in zip(self.rows, said, places, strict=True):
                    at = timetables.At("service_at_location_id", place_id)
                    self._add_all(timetables.list_schedules(one, at, news))
        if self.news.says("changes") or any(hours.closed_in for one in said for hours in one.values()):
            self._hold("hours_exception")
            region = self.known.school_region if self.known else None
            self._add_all(timetables.list_changes(self.news, said, self.id, Region(region) if region else None))
        self._add_appointment(said)

    def _add_all(self, records: Iterator[Record]) -> None:
        for record in records:
            self.batch.add(record)

    def _add_appointment(self, said: Sequence[Mapping[str, SpokenHours]]) -> None:
        """Say that it is by appointment: in its own column, or in the words of the hours."""
        news, answers = self.news, self.reference.words.answers
        heard = any(one["hours"].by_appointment for one in said if "hours" in one)
        if news.says("appointment") or heard:
            answer = news.read("appointment", lambda text: read_answer(text, answers))
            values = {"by_appointment": heard if answer is None else answer}
            self._add(SERVICE, self.id, values)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
