"""Who of the staff came in and did what, and what was refused: a log line of each (OWASP ASVS 5.0, 16.3).

Told are the number of the request, the method, the pattern of the address, the status and the id of the person; of what
was done also which record it was done to. Never told: what was typed, who tried to sign in and did not, and from where
(no address of a caller is kept, DESIGN §6.2).
"""

from http import HTTPStatus
from time import monotonic

from starlette.types import Scope

from api.web.origin import SAFE_METHODS
from referral.logs import SECURITY

# Of each route and status one line a second: who is refused a thousand times does not push the rest out of the log.
PAUSE = 1.0
REFUSED = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
# Of an address: the records. What opens something by itself, as the key of a slip or a conversation does, is not told.
RECORDS = frozenset(
    {
        "entry_id",
        "library_id",
        "person_id",
        "phone_id",
        "proposal_id",
        "question_id",
        "referral_id",
        "service_id",
        "session_id",
        "topic",
        "topic_id",
    }
)


class Trail:
    """One for each process of the door."""

    def __init__(self) -> None:
        self._last_told: dict[tuple[str, int], float] = {}

    def tell(self, scope: Scope, *, method: str, route: str, status: int) -> None:
        """Tell of a request that was answered, when it is one to tell of.

        `state["person"]` is the id of who is signed in (api/web/access.py), `state["came_in"]` of who just did
        (api/account).
        """
        state = scope["state"]
        person, came_in = state.get("person"), state.get("came_in")
        facts = {"method": method, "route": route, "status": status}
        if came_in:
            SECURITY.info("signed in", extra=facts | {"person": came_in})
        elif status in REFUSED:
            if self._is_due((route, status)):
                SECURITY.warning("refused", extra=facts | ({"person": person} if person else {}))
        elif person and method not in SAFE_METHODS:
            about = {name: value for name, value in scope.get("path_params", {}).items() if name in RECORDS}
            SECURITY.info(
                "done" if status < HTTPStatus.BAD_REQUEST else "not done",
                extra=facts | {"person": person, "about": about},
            )

    def _is_due(self, what: tuple[str, int]) -> bool:
        now = monotonic()
        if now - self._last_told.get(what, -PAUSE) < PAUSE:
            return False
        self._last_told[what] = now
        return True
