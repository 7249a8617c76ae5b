"""Which services somebody may edit: those of the libraries, providers and municipalities of their grants. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from referral.models.grant import Role, ScopeKind
from referral.places.table import Municipality
from referral.staff.scopes import COUNTRY, Permission


@dataclass(frozen=True, slots=True)
class Reach:
    """`municipalities` are codes (GMxxxx), `organizations` ids; with `is_all` nothing is out of reach."""

    is_all: bool = False
    municipalities: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()


def find_reach(permissions: Iterable[Permission], municipalities: Iterable[Municipality]) -> Reach:
    """Return how far an editor reaches; a manager may do whatever can be granted there."""
    scopes = {held.scope for held in permissions if held.role in (Role.EDITOR, Role.MANAGER)}
    if COUNTRY in scopes:
        return Reach(is_all=True)
    provinces = {scope.id for scope in scopes if scope.kind is ScopeKind.PROVINCE}
    named = {scope.id for scope in scopes if scope.kind is ScopeKind.MUNICIPALITY}
    return Reach(
        municipalities=frozenset(named | {one.code for one in municipalities if one.province in provinces}),
        organizations=frozenset(scope.id for scope in scopes if scope.kind in (ScopeKind.LIBRARY, ScopeKind.PROVIDER)),
    )
