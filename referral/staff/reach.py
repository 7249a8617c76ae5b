"""How far a grant reaches: what lies in what, which scopes there are, and who may manage whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from referral.directory import service as directory
from referral.errors import NotAllowed, UnknownScope
from referral.models.grant import Role, ScopeKind
from referral.models.organization import Organization
from referral.models.person import Person
from referral.places.table import PlaceTable, load_places
from referral.settings import get_settings
from referral.staff.people import list_permissions
from referral.staff.scopes import COUNTRY, Permission, Scope
from referral.staff.service import SignedIn

LIBRARY_KIND = "bibliotheek"  # of `data/partner_kinds.yml`
ORGANIZATIONS = (ScopeKind.LIBRARY, ScopeKind.PROVIDER)


@dataclass(frozen=True, slots=True)
class NamedScope:
    scope: Scope
    name: str


def get_places() -> PlaceTable:
    return load_places(get_settings().data_dir)


def list_enclosing(session: Session, scope: Scope) -> tuple[Scope, ...]:
    """Return the scope and every scope around it, from small to large; of an unknown one only the country is known."""
    around = [scope]
    if scope.kind is ScopeKind.LIBRARY:
        library = directory.find_organization(session, scope.id)
        if library and library.municipality:
            around.append(Scope(ScopeKind.MUNICIPALITY, library.municipality))
    if around[-1].kind is ScopeKind.MUNICIPALITY and (found := get_places().find_municipality(around[-1].id)):
        around.append(Scope(ScopeKind.PROVINCE, found.province))
    return tuple(dict.fromkeys((*around, COUNTRY)))


def may(session: Session, signed_in: SignedIn, role: Role, scope: Scope) -> bool:
    """Return whether somebody has this role for a scope."""
    return signed_in.may(role, list_enclosing(session, scope))


def keeps(session: Session, signed_in: SignedIn, organization: Organization) -> bool:
    """Return whether somebody keeps what the directory says of an organization.

    The editor of a library keeps the partners in its municipality; of the library whose assistant this is, also those
    of the whole country.
    """
    scopes = [Scope(kind, organization.id) for kind in ORGANIZATIONS]
    if organization.municipality is None:
        scopes.append(Scope(ScopeKind.LIBRARY, get_settings().library))
    else:
        scopes.append(Scope(ScopeKind.MUNICIPALITY, organization.municipality))
    if any(may(session, signed_in, Role.EDITOR, scope) for scope in scopes):
        return True
    return organization.municipality in _list_homes(session, signed_in)


def list_edited_municipalities(session: Session, signed_in: SignedIn) -> set[str]:
    """Return the codes of the municipalities of which somebody keeps the directory."""
    codes = {one.code for one in get_places().municipalities}
    by_grant = {code for code in codes if may(session, signed_in, Role.EDITOR, Scope(ScopeKind.MUNICIPALITY, code))}
    return by_grant | (codes & _list_homes(session, signed_in))


def _list_homes(session: Session, signed_in: SignedIn) -> set[str]:
    """Return the municipalities of the libraries of which somebody is an editor by a grant for the library itself."""
    held = {one.scope for one in signed_in.permissions if one.scope.kind is ScopeKind.LIBRARY}
    edited = [scope for scope in held if signed_in.may(Role.EDITOR, (scope,))]
    libraries = [directory.find_organization(session, scope.id) for scope in edited]
    return {library.municipality for library in libraries if library and library.municipality}


def check_scope(session: Session, scope: Scope) -> None:
    """Raise `UnknownScope` when there is no such library, municipality, province or provider."""
    if find_name(session, scope) is None:
        raise UnknownScope(f"there is no {scope.kind} of that name")


def find_name(session: Session, scope: Scope) -> str | None:
    """Return what people call a scope (the country: its code), or `None` when it does not exist."""
    if scope.kind in ORGANIZATIONS:
        organization = directory.find_organization(session, scope.id)
        return organization.name if organization else None
    if scope.kind is ScopeKind.MUNICIPALITY:
        municipality = get_places().find_municipality(scope.id)
        return municipality.name if municipality else None
    if scope.kind is ScopeKind.PROVINCE:
        return scope.id if scope.id in list_provinces() else None
    return scope.id if scope == COUNTRY else None


def list_provinces() -> list[str]:
    return sorted({municipality.province for municipality in get_places().municipalities})


def list_scopes(session: Session, signed_in: SignedIn) -> list[NamedScope]:
    """Return every scope that somebody manages, from large to small and by name."""
    organizations = directory.list_organizations(session)
    libraries = directory.list_givers(session, LIBRARY_KIND)
    municipalities = sorted(get_places().municipalities, key=lambda one: one.name)
    everything = [
        NamedScope(COUNTRY, COUNTRY.id),
        *(NamedScope(Scope(ScopeKind.PROVINCE, name), name) for name in list_provinces()),
        *(NamedScope(Scope(ScopeKind.MUNICIPALITY, one.code), one.name) for one in municipalities),
        *(NamedScope(Scope(ScopeKind.LIBRARY, one.id), one.name) for one in organizations if one.id in libraries),
        *(NamedScope(Scope(ScopeKind.PROVIDER, one.id), one.name) for one in organizations if one.id not in libraries),
    ]
    return [named for named in everything if may(session, signed_in, Role.MANAGER, named.scope)]


# ── who may manage whom ───────────────────────────────────────────────────────


def check_may_grant(session: Session, signed_in: SignedIn, scope: Scope) -> None:
    """Raise `NotAllowed` when somebody does not manage this scope."""
    if not may(session, signed_in, Role.MANAGER, scope):
        raise NotAllowed("not a manager of this scope")


def check_manages(session: Session, signed_in: SignedIn, person: Person) -> None:
    """Raise `NotAllowed` unless somebody manages all that this person may do.

    Part of it is not enough: who can give somebody a new password can do whatever they may do.
    """
    if not manages(session, signed_in, list_permissions(session, person.id)):
        raise NotAllowed("not a manager of this person")


def manages(session: Session, signed_in: SignedIn, permissions: Iterable[Permission]) -> bool:
    """Return whether somebody manages all of these; who has none is of the country's managers."""
    scopes = {held.scope for held in permissions} or {COUNTRY}
    return all(may(session, signed_in, Role.MANAGER, scope) for scope in scopes)


def sees(session: Session, signed_in: SignedIn, permissions: Iterable[Permission]) -> bool:
    """Return whether a manager may know that somebody with these permissions has an account."""
    scopes = {held.scope for held in permissions} or {COUNTRY}
    return any(may(session, signed_in, Role.MANAGER, scope) for scope in scopes)
