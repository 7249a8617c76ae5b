"""The rule of a route for the staff: who may come here. A test holds every route to a rule or to the public list."""

from typing import Any

from fastapi import Depends
from starlette.requests import Request

from api.web.origin import check_origin
from api.web.sessions import find_signed_in
from referral.errors import NotAllowed, NotSignedIn, PasswordIsOneTime
from referral.models.grant import Role
from referral.staff.service import SignedIn


class Rule:
    """A dependency that returns who is signed in.

    Raises `CrossSite` (a request that another site made), `NotSignedIn`, `PasswordIsOneTime` (unless `one_time`: the
    pages where it is changed) or `NotAllowed` (without the role anywhere; whether it holds for this library or
    municipality, the route asks with `referral.staff.reach.may`).
    """

    def __init__(self, role: Role | None, *, one_time: bool) -> None:
        self.role = role
        self.one_time = one_time

    def __call__(self, request: Request) -> SignedIn:
        check_origin(request)
        signed_in = find_signed_in(request)
        if signed_in is None:
            raise NotSignedIn("nobody is signed in")
        request.state.signed_in = signed_in  # for the page that refuses
        request.state.person = signed_in.person_id  # for the log
        if signed_in.is_one_time and not self.one_time:
            raise PasswordIsOneTime("the one-time password has to be changed first")
        if self.role and not signed_in.has(self.role):
            raise NotAllowed(f"not {self.role} anywhere")
        return signed_in


def require(role: Role | None = None, *, one_time: bool = False) -> Any:
    """Return the rule as FastAPI wants it.

    A route says `signed_in: Annotated[SignedIn, require(Role.EDITOR)]`.
    """
    return Depends(Rule(role, one_time=one_time))
