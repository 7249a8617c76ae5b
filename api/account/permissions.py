"""Permissions and scopes as pages show them and forms send them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.web.forms import Fields
from referral.errors import InvalidInput
from referral.models.grant import Role, ScopeKind
from referral.staff import reach
from referral.staff.scopes import Permission, parse_scope


@dataclass(frozen=True, slots=True)
class NamedPermission:
    """`scope` is what a form sends (`library:some-id`), `name` what people call it."""

    role: Role
    kind: ScopeKind
    scope: str
    name: str


def name_permissions(session: Session, permissions: Iterable[Permission]) -> list[NamedPermission]:
    """Return permissions with the names of their scopes; one that is gone is called by its id."""
    return [
        NamedPermission(
            held.role, held.scope.kind, str(held.scope), reach.find_name(session, held.scope) or held.scope.id
        )
        for held in permissions
    ]


def read_permission(fields: Fields) -> Permission:
    """Return what a form asks for; raise `InvalidInput` when it is no role or no scope."""
    try:
        role = Role(fields.get("role"))
    except ValueError as error:
        raise InvalidInput("no role") from error
    return Permission(role, parse_scope(fields.get("scope")))
