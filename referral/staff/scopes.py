"""Where a grant holds: a library, a municipality, a province, a provider or the country. Pure.

    country ⊇ province ⊇ municipality ⊇ library

A provider stands beside this chain: only the country and a grant for the provider itself include it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from referral.errors import InvalidInput
from referral.models.grant import Role, ScopeKind
from referral.models.service_area import WHOLE_COUNTRY


@dataclass(frozen=True, slots=True)
class Scope:
    """`id` is an organization's id, a municipality's code (GMxxxx), a province's name, or `NL`."""

    kind: ScopeKind
    id: str

    def __str__(self) -> str:
        """Return `library:some-id`, or `country`; `parse_scope` reads it back."""
        return self.kind if self == COUNTRY else f"{self.kind}:{self.id}"


COUNTRY = Scope(ScopeKind.COUNTRY, WHOLE_COUNTRY)


@dataclass(frozen=True, slots=True)
class Permission:
    """A grant without its person."""

    role: Role
    scope: Scope


def parse_scope(text: str) -> Scope:
    """Return the scope that a text like `municipality:GM0193` or `country` stands for, or raise `InvalidInput`."""
    if text == str(COUNTRY):
        return COUNTRY
    kind, _, scope_id = text.partition(":")
    if not scope_id or kind not in set(ScopeKind) - {ScopeKind.COUNTRY}:
        raise InvalidInput("no scope; write it as country, or as library:ID, municipality:GM0193, province:NAME")
    return Scope(ScopeKind(kind), scope_id)


def allows(permissions: Iterable[Permission], role: Role, enclosing: Collection[Scope]) -> bool:
    """Return whether one of the permissions holds for a scope, given with all that enclose it.

    A manager may do whatever can be granted there, for they could grant it to themselves.
    """
    return any(held.role in (role, Role.MANAGER) and held.scope in enclosing for held in permissions)
