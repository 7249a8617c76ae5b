"""Which organization, service and location a row speaks of: by its ids, else by its names. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from referral.directory.rows import make_child_id
from referral.exchange.records import LOCATION, ORGANIZATION
from referral.exchange.sheet.rows import SheetRow
from referral.exchange.sheet.words import fold

_NAMESPACE = "sheet"
# What a row says of its location, beside the address by which it is known.
_OF_LOCATION = (LOCATION, "municipality", "latitude", "longitude", "wheelchair")


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row with the ids that it has or gets; `organization_id` is empty where the row names none."""

    row: SheetRow
    organization_id: str
    service_id: str


@dataclass(slots=True)
class Identities:
    """Gives ids. The same names always get the same ids, so the same sheet twice is the same services.

    `organizations` are those of the directory by folded name, where only one bears it; ids in the sheet go before them.
    """

    organizations: Mapping[str, str]
    _named: dict[str, str] = field(default_factory=dict)
    _addresses: dict[tuple[str, ...], str] = field(default_factory=dict)

    def learn(self, rows: Iterable[SheetRow]) -> None:
        """Remember the ids that stand in some rows, for rows that have the same names without them."""
        for row in rows:
            organization_id = row.cells.get("organization_id")
            if organization_id and (name := fold(row.cells.get("organization", ""))):
                self._named.setdefault(name, organization_id)
        for row in rows:
            if location_id := row.cells.get("location_id"):
                self._addresses.setdefault(self._make_address(row), location_id)

    def name(self, row: SheetRow) -> NamedRow | None:
        """Return the row with its ids; None for a row that has neither an id nor the names to make one."""
        service_id, name = row.cells.get("service_id", ""), fold(row.cells.get("name", ""))
        organization_id = self._find_organization(row)
        if not service_id and name and organization_id:
            service_id = make_child_id(_NAMESPACE, "service", organization_id, name)
        return NamedRow(row, organization_id, service_id) if service_id else None

    def find_location(self, row: SheetRow) -> str | None:
        """Return the id of the row's location; None for a row without a street."""
        if location_id := row.cells.get("location_id"):
            return location_id
        if not row.cells.get("street"):
            return None
        address = self._make_address(row)
        return self._addresses.get(address) or make_child_id(_NAMESPACE, "location", *address)

    def share(self, rows: Sequence[SheetRow]) -> Iterator[SheetRow]:
        """Yield the rows; what one says of a location holds for the others there that leave the cell empty."""
        told: dict[str, dict[str, str]] = {}
        for row in rows:
            if location_id := self.find_location(row):
                for column in _OF_LOCATION:
                    if text := row.cells.get(column):
                        told.setdefault(location_id, {}).setdefault(column, text)
        for row in rows:
            said = told.get(self.find_location(row) or "", {})
            filled = {column: text for column, text in said.items() if row.cells.get(column) == ""}
            yield replace(row, cells={**row.cells, **filled}) if filled else row

    def _find_organization(self, row: SheetRow) -> str:
        if organization_id := row.cells.get("organization_id"):
            return organization_id
        name = fold(row.cells.get("organization", ""))
        if not name:
            return ""
        made = make_child_id(_NAMESPACE, ORGANIZATION, name)
        return self._named.get(name) or self.organizations.get(name) or made

    def _make_address(self, row: SheetRow) -> tuple[str, ...]:
        words = (row.cells.get(column, "") for column in ("street", "postcode", "city"))
        return (self._find_organization(row), *(fold(word).replace(" ", "") for word in words))
