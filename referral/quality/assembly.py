"""From rows to entries. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

from referral.directory.assembly import Reach, may_be_shown
from referral.models.address import Address
from referral.models.cost_option import CostOption
from referral.models.location import Location
from referral.models.organization import Organization
from referral.models.phone import Phone
from referral.models.service import Service
from referral.models.taxonomy_term import PARTNER_KINDS, TARGET_GROUPS
from referral.quality.entry import Entry, Number, Site, Spot, Text
from referral.quality.queries import Rows

# Columns of a service that a citizen reads.
TEXTS = ("description", "application_process", "eligibility_description", "alert")


def make_entries(rows: Rows, reach: Iterable[Reach]) -> dict[str, Entry]:
    """Return an entry for each service, by its id."""
    spots = dict(_list_spots(rows))
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for term in rows.terms:
        codes[term.service_id, term.taxonomy].add(term.code)
    costs, phones = _group(rows.costs), _group(rows.phones)
    sites: dict[str, list[Site]] = defaultdict(list)
    for one in reach:
        spot = spots[one.location_id] if one.location_id else None
        sites[one.service_id].append(Site(spot, one.hours, one.phone_hours, one.is_callable))
    return {
        service.id: _make_entry(
            service,
            organization,
            kinds=codes[service.id, PARTNER_KINDS],
            groups=codes[service.id, TARGET_GROUPS],
            costs=costs[service.id],
            phones=phones[service.id],
            sites=sites[service.id],
        )
        for service, organization in rows.services
    }


Part = TypeVar("Part", CostOption, Phone)


def _group(rows: Iterable[Part]) -> dict[str, list[Part]]:
    groups: dict[str, list[Part]] = defaultdict(list)
    for row in rows:
        groups[row.service_id or ""].append(row)
    return groups


def _make_entry(
    service: Service,
    organization: Organization,
    *,
    kinds: Iterable[str],
    groups: Iterable[str],
    costs: Iterable[CostOption],
    phones: Iterable[Phone],
    sites: Iterable[Site],
) -> Entry:
    says_for_whom = (service.eligibility_description, service.minimum_age, service.maximum_age)
    return Entry(
        service_id=service.id,
        name=service.name,
        organization_id=organization.id,
        organization_name=organization.name,
        status=service.status,
        kinds=frozenset(kinds),
        has_target_group=any(groups) or any(said not in (None, "") for said in says_for_whom),
        has_cost=bool(service.fees_description) or any(map(_says_something, costs)),
        texts=tuple(_list_texts(service)),
        numbers=tuple(Number(phone.number, may_be_shown(phone)) for phone in phones),
        url=service.url or "",
        website=organization.website or "",
        email=service.email or "",
        by_appointment=service.by_appointment,
        sites=tuple(sites),
        assured_date=service.assured_date,
        check_due=service.check_due,
        is_example=service.is_example,
    )


def _says_something(cost: CostOption) -> bool:
    return cost.amount is not None or bool(cost.amount_description)


def _list_texts(service: Service) -> Iterator[Text]:
    english = service.translations.get("en", {})
    for column in TEXTS:
        if dutch := getattr(service, column):
            yield Text(column, dutch, english.get(column, ""))


def _list_spots(rows: Rows) -> Iterator[tuple[str, Spot]]:
    addresses = {address.location_id: address for address in reversed(rows.addresses)}  # the first of each
    for location in rows.locations:
        yield location.id, _make_spot(location, addresses.get(location.id))


def _make_spot(location: Location, address: Address | None) -> Spot:
    return Spot(
        location_id=location.id,
        name=location.name or "",
        street=address.address_1 if address else "",
        postcode=address.postal_code if address else "",
        city=address.city if address else "",
        municipality=address.municipality if address else None,
        latitude=location.latitude,
        longitude=location.longitude,
    )
