"""Whose exact figures somebody may read."""

from referral.models.grant import Role, ScopeKind
from referral.staff.scopes import COUNTRY, Scope
from referral.staff.service import SignedIn


def list_own(signed_in: SignedIn, library_id: str) -> frozenset[str]:
    """Return the libraries of which somebody reads figures exactly: those they have a grant for.

    Who may read all of the country runs this assistant, so that its own library `library_id` is theirs, too.
    """
    libraries = {held.scope for held in signed_in.permissions if held.scope.kind is ScopeKind.LIBRARY}
    own = {scope.id for scope in libraries if signed_in.may(Role.ANALYST, (scope,))}
    if signed_in.may(Role.ANALYST, (Scope(ScopeKind.LIBRARY, library_id), COUNTRY)):
        own.add(library_id)
    return frozenset(own)
