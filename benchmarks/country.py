"""Makes a country: a directory of any size in the real municipalities, everything in it invented, the same every time.

Services lie where people live: a municipality has as many as its share of the population of its places. Hours, areas,
phones, languages, costs and doors differ as they do in the example directory.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from referral.directory.rows import make_term_id
from referral.models.accessibility import Accessibility
from referral.models.address import Address
from referral.models.attribute import Attribute
from referral.models.base import Base
from referral.models.columns import AttendingType, Evidence, Status, Wheelchair
from referral.models.cost_option import CostOption
from referral.models.hours_exception import HoursException
from referral.models.language import Language
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.schedule import Schedule
from referral.models.service import Service
from referral.models.service_area import ServiceArea
from referral.models.service_at_location import ServiceAtLocation
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS
from referral.places.coordinates import read_locations
from referral.places.spelling import fold
from referral.places.table import PlaceTable

SEED = 20261122
TODAY = date(2026, 11, 24)
LOCATIONS_PER_SERVICE = 25 / 30
SERVICES_PER_ORGANIZATION = 6
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Mo,We", "Tu,Th", "Mo-Th", "Mo-Fr", "Mo-Fr", "Tu,Fr")
SUFFIXES = ("", "", "", "; SH off", "; PH off", "; Sa 10:00-13:00", "; Th 18:30-20:30")
LANGUAGES = ("en", "en", "en", "ar", "tr", "pl", "uk", "ti", "fa", "so")

Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality with its share of the population, and where its centre is (degrees)."""

    code: str
    people: int
    point: tuple[float, float]


def list_towns(places: PlaceTable) -> list[Town]:
    located = read_locations()
    towns = []
    for municipality in places.municipalities:
        people = sum(
            located[fold(name), municipality.province].population
            for name in municipality.places
            if (fold(name), municipality.province) in located
        )
        whole = places.find_whole(municipality.code)
        if whole and whole.point:
            towns.append(Town(municipality.code, people + 1000, whole.point))
    return towns


def fill(session: Session, towns: list[Town], *, services: int, kinds: list[str], groups: list[str]) -> None:
    """Write a country of so many services; the taxonomies are there already."""
    country = _Country(random.Random(SEED), towns, kinds, groups)  # noqa: S311  (no secret)
    for table, rows in country.make(services).items():
        session.execute(insert(table), rows)


class _Country:
    def __init__(self, chance: random.Random, towns: list[Town], kinds: list[str], groups: list[str]) -> None:
        self.chance = chance
        self.towns = towns
        self.kinds = kinds
        self.groups = groups
        self.rows: Rows = defaultdict(list)

    def make(self, services: int) -> Rows:
        weights = [town.people for town in self.towns]
        by_town: dict[Town, int] = defaultdict(int)
        for town in self.chance.choices(self.towns, weights, k=services):
            by_town[town] += 1
        for table in (Organization, Location, Service, ServiceAtLocation):  # parents before children
            self.rows[table] = []
        for town, count in by_town.items():
            self._make_town(town, count)
        return self.rows

    def _make_town(self, town: Town, services: int) -> None:
        organizations = [
            self._add(Organization, name=f"Organisatie {n}", municipality=town.code, school_region="noord")
            for n in range(services // SERVICES_PER_ORGANIZATION + 1)
        ]
        for organization in organizations:
            christmas = {"start_date": date(2026, 12, 24), "end_date": date(2027, 1, 2)}
            self._add(HoursException, organization_id=organization, reason="Kerst", **christmas)
            self._add_phone(organization_id=organization)
        count = max(1, round(services * LOCATIONS_PER_SERVICE))
        locations = [self._make_location(town, self.chance.choice(organizations)) for _ in range(count)]
        for number in range(services):
            self._make_service(town, self.chance.choice(organizations), locations[number % count])

    def _make_location(self, town: Town, organization: str) -> str:
        latitude, longitude = (degrees + self.chance.gauss(0, 0.02) for degrees in town.point)
        status = Status.MOVED if self.chance.random() < 0.02 else Status.ACTIVE
        location = self._add(
            Location, organization_id=organization, latitude=latitude, longitude=longitude, status=status
        )
        self._add(
            Address,
            location_id=location,
            address_1="Straat 1",
            city="Plaats",
            postal_code="1234 AB",
            municipality=town.code,
        )
        wheelchair = self.chance.choice([Wheelchair.YES] * 6 + [Wheelchair.LIMITED, Wheelchair.NO, None])
        self._add(Accessibility, location_id=location, wheelchair=wheelchair)
        self._add_hours(location_id=location)
        return location

    def _make_service(self, town: Town, organization: str, location: str) -> None:
        chance = self.chance
        assured = TODAY - timedelta(days=chance.randrange(400))
        service = self._add(
            Service,
            organization_id=organization,
            name=f"Dienst {chance.randrange(10_000)}",
            status=chance.choice([Status.ACTIVE] * 18 + [Status.DEFUNCT, Status.TEMPORARILY_CLOSED]),
            by_appointment=chance.random() < 0.25,
            assured_date=assured,
            check_due=assured + timedelta(days=183),
        )
        for kind in {chance.choice(self.kinds) for _ in range(chance.choice((1, 1, 1, 2)))}:
            self._add_term(service, PARTNER_KINDS, kind)
        if chance.random() < 0.15:
            self._add_term(service, TARGET_GROUPS, chance.choice(self.groups))
        others = chance.sample(self.towns, chance.choice((0, 0, 0, 2)))
        for code in {town.code, *(other.code for other in others)}:
            self._add(ServiceArea, service_id=service, extent=code)
        for code in {chance.choice(LANGUAGES) for _ in range(chance.choice((0, 1, 1, 3)))}:
            self._add(Language, service_id=service, code=code)
        amount = chance.choice((Decimal(0), Decimal(0), Decimal(0), Decimal("7.50"), None))
        self._add(CostOption, service_id=service, amount=amount)
        self._add_phone(service_id=service)
        if chance.random() < 0.95:
            self._add(ServiceAtLocation, service_id=service, location_id=location)
            if chance.random() < 0.7:
                self._add_hours(service_id=service)
        else:
            self._add_hours(service_id=service, attending_type=AttendingType.PHONE)

    def _add_term(self, service: str, taxonomy: str, code: str) -> None:
        term = make_term_id(taxonomy, code)
        self._add(Attribute, link_entity="service", link_id=service, taxonomy_term_id=term)

    def _add_hours(self, **fields: Any) -> None:
        opens = self.chance.randrange(8 * 4, 14 * 4)
        closes = opens + self.chance.randrange(6, 22)
        times = "-".join(f"{quarters // 4:02}:{quarters % 4 * 15:02}" for quarters in (opens, closes))
        text = f"{self.chance.choice(DAYS)} {times}{self.chance.choice(SUFFIXES)}"
        self._add(Schedule, **({"attending_type": AttendingType.IN_PERSON} | fields), opening_hours=text)

    def _add_phone(self, **fields: Any) -> None:
        self._add(Phone, **fields, number="038 000 00 00", evidence=Evidence.OFFICIAL)

    def _add(self, table: type[Base], **fields: Any) -> str:
        """Add a row and return its id. Every row of a table has the same fields, so they are written at one go."""
        row_id = f"{table.__tablename__}-{len(self.rows[table]):06}"
        self.rows[table].append({"id": row_id} | self._list_empty_owners(table) | fields)
        return row_id

    @staticmethod
    def _list_empty_owners(table: type[Base]) -> dict[str, None]:
        owners = ("service_id", "location_id", "organization_id")
        return {owner: None for owner in owners if owner in table.__table__.columns}
