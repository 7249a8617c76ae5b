"""Fills the directory from files: the national organisations of the catalogue, and the example directory.

Loading is done at every start, so it must not undo what people have done since. An organization whose entry in the
file is the same as when it was loaded is left alone; a changed entry is written anew, and a phone number that a library
has confirmed stays confirmed. Nothing is deleted that a referral may point to: what has left the file becomes
`defunct`. What changes leaves rows in `metadata`. Nothing here commits.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from referral.catalogue.service import read_target_groups
from referral.catalogue.topics import PartnerKind
from referral.content import parse, read_rows, read_yaml
from referral.directory import load_queries
from referral.directory.compact import CompactFile, CompactOrganization, CompactService
from referral.directory.load_audit import record_changes, take_stock
from referral.directory.national import NATIONAL_PREFIX, NationalOrganisation, make_national
from referral.directory.rows import Origin, make_term_id, write_organization, write_services
from referral.errors import InvalidContent
from referral.models.service_area import WHOLE_COUNTRY
from referral.models.taxonomy_term import NATIONAL_KIND, PARTNER_KINDS, TARGET_GROUPS, TaxonomyTerm

# Part of every digest: raise it when `rows` writes an entry differently, and everything is written anew once.
ROWS_VERSION = 1

Entry = tuple[CompactOrganization, Origin]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many organizations and services the files hold, and how many organizations were written, left or closed."""

    organizations: int
    services: int
    changed: int
    unchanged: int
    withdrawn: int


def load_catalogue(session: Session, data_dir: Path, *, now: datetime) -> Loaded:
    """Load the taxonomies and the national organisations; `now` is aware.

    Raises `InvalidContent` when a file breaks its rules.
    """
    load_terms(session, data_dir)
    path = data_dir / "organisations.yml"
    organisations = [parse(NationalOrganisation, row, path) for row in read_rows(path, "organisations")]
    origin = Origin(municipality=None, province="", areas=(WHOLE_COUNTRY,), is_example=False)
    entries = [(make_national(organisation), origin) for organisation in organisations]
    return _load(session, entries, now, prefix=NATIONAL_PREFIX, is_example=False)


def load_example(session: Session, data_dir: Path, *, now: datetime) -> Loaded:
    """Load every file of `data/example/` as example data, which never counts; `now` is aware.

    Raises `InvalidContent` when a file breaks its rules, or names a kind of partner, a target group or a location
    that does not exist.
    """
    terms = load_terms(session, data_dir)
    paths = sorted((data_dir / "example").glob("*.yml"))
    files = [(path, parse(CompactFile, read_yaml(path), path)) for path in paths]
    _check_ids(files)
    _check_references(files, terms)
    entries = [(entry, _make_origin(file)) for _, file in files for entry in file.organizations]
    return _load(session, entries, now, prefix="", is_example=True)


@dataclass(frozen=True, slots=True)
class Terms:
    """The ids that an entry may name."""

    kinds: frozenset[str]
    groups: frozenset[str]


def load_terms(session: Session, data_dir: Path) -> Terms:
    """Write a taxonomy term for each kind of partner and each target group; return their ids."""
    path = data_dir / "partner_kinds.yml"
    kinds = [parse(PartnerKind, row, path) for row in read_rows(path, "partner_kinds")]
    groups = read_target_groups(data_dir)
    rows = [(PARTNER_KINDS, kind.id, kind.label, kind.does) for kind in kinds]
    rows.append((PARTNER_KINDS, NATIONAL_KIND, "Landelijke organisatie", "helpt mensen in het hele land"))
    rows += [(TARGET_GROUPS, group.id, group.label["nl"], group.about) for group in groups]
    for taxonomy, code, name, description in rows:
        term_id = make_term_id(taxonomy, code)
        session.merge(TaxonomyTerm(id=term_id, code=code, name=name, description=description, taxonomy=taxonomy))
    session.flush()
    return Terms(frozenset(kind.id for kind in kinds), frozenset(group.id for group in groups))


def _make_origin(file: CompactFile) -> Origin:
    return Origin(file.municipality, file.province, areas=(file.municipality,), is_example=True)


def _check_ids(files: Iterable[tuple[Path, CompactFile]]) -> None:
    seen: set[tuple[str, str]] = set()
    for path, file in files:
        for entry in file.organizations:
            ids = [("organization", entry.id)]
            ids += [("location", location.id) for location in entry.locations]
            ids += [("service", service.id) for service in entry.services]
            for what, one in ids:
                if (what, one) in seen:
                    raise InvalidContent(f"{path}: {what} {one} is there twice")
                seen.add((what, one))


def _check_references(files: Sequence[tuple[Path, CompactFile]], terms: Terms) -> None:
    locations = {place.id for _, file in files for entry in file.organizations for place in entry.locations}
    for path, file in files:
        for entry in file.organizations:
            for service in entry.services:
                _check_service(path, service, locations, terms)


def _check_service(path: Path, service: CompactService, locations: set[str], terms: Terms) -> None:
    if unknown := set(service.kinds) - terms.kinds:
        raise InvalidContent(f"{path}: {service.id}: unknown kind of partner {min(unknown)}")
    if unknown := set(service.groups) - terms.groups:
        raise InvalidContent(f"{path}: {service.id}: unknown target group {min(unknown)}")
    if unknown := set(service.at) - locations:
        raise InvalidContent(f"{path}: {service.id}: unknown location {min(unknown)}")
    if unknown := {schedule.at for schedule in service.hours if schedule.at} - set(service.at):
        raise InvalidContent(f"{path}: {service.id}: hours at {min(unknown)}, but it is not given there")


def _load(session: Session, entries: Sequence[Entry], now: datetime, *, prefix: str, is_example: bool) -> Loaded:
    known = load_queries.list_digests(session, prefix=prefix, is_example=is_example)
    digests = {entry.id: _digest(entry, origin) for entry, origin in entries}
    changed = [(entry, origin) for entry, origin in entries if known.get(entry.id) != digests[entry.id]]
    withdrawn = set(known) - set(digests)
    touched = {*withdrawn, *(entry.id for entry, _ in changed)}
    before = take_stock(session, touched)
    # Locations first: a service may be given in the building of an organization further down.
    for entry, origin in changed:
        write_organization(session, entry, origin, digests[entry.id])
    session.flush()
    for entry, origin in changed:
        write_services(session, entry, origin)
    session.flush()
    load_queries.withdraw_organizations(session, withdrawn)
    record_changes(session, before, take_stock(session, touched), now)
    return Loaded(
        organizations=len(entries),
        services=sum(len(entry.services) for entry, _ in entries),
        changed=len(changed),
        unchanged=len(entries) - len(changed),
        withdrawn=len(withdrawn),
    )


def _digest(entry: CompactOrganization, origin: Origin) -> str:
    content = [ROWS_VERSION, entry.model_dump(mode="json"), origin.areas, origin.province, origin.is_example]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
