"""What can go wrong, each with a stable code that the edges translate once.

OmDeHoekError
├── InvalidInput            the caller sent something we cannot read           invalid_input
│   ├── TextTooLong         a message over the limit                           text_too_long
│   ├── WeakPassword        a password that is too easy; carries why           weak_password
│   ├── InvalidContent      a file under data/ breaks its own rules            invalid_content
│   ├── PlanRefused         what a source says of the directory is wrong       plan_refused
│   ├── MistypedCode        a code whose check character says no               mistyped_code
│   └── UnreadableValue     what somebody typed for a field of the directory   unreadable_value
├── NotFound                no such thing                                      not_found
│   ├── UnknownTopic                                                           unknown_topic
│   ├── UnknownPlace                                                           unknown_place
│   ├── UnknownConversation                                                    unknown_conversation
│   ├── UnknownPerson       nobody of the staff                                unknown_person
│   ├── UnknownService      nothing in the directory has this id               unknown_service
│   ├── UnknownCode         a code that is nobody's, or is over                unknown_code
│   ├── LinkExpired         a partner's link that does not work any more       link_expired
│   ├── UnknownLibrary      no library of this id has a chat here              unknown_library
│   ├── UnknownScope        a library, place or provider that does not exist   unknown_scope
│   └── UnknownButton       a button that this conversation never showed       unknown_button
├── AmbiguousPlace          a place name that exists more than once            ambiguous_place
├── IllegalTransition       a referral cannot go from this status to that      illegal_transition
├── NotSignedIn             nobody is signed in, or not any more               not_signed_in
├── NotAllowed              signed in, without the grant for this              not_allowed
│   ├── PasswordIsOneTime   a one-time password has to be changed first        password_is_one_time
│   └── CrossSite           a request that another site made in our name       cross_site
├── EmailTaken              somebody of the staff has this address already     email_taken
├── LastManager             nobody would be left to manage the country         last_manager
├── AlreadyDecided          a proposal that somebody decided on before         already_decided
├── PlanOutdated            the directory changed after the plan was made      plan_outdated
├── UndoRefused             a change that cannot be undone; carries why        undo_refused
├── PartnerGone             a partner that was chosen is not offered any more  partner_gone
├── PracticeMixed           a form of work that is sent in practice, or the other way around   practice_mixed
├── RecordChanged           somebody else changed it since it was on the screen   record_changed
├── TooLateToUndo           a registration can be taken back for ten minutes   too_late_to_undo
├── TurnIsRunning           another message of this conversation is being answered   turn_is_running
├── TooManyRequests         over a limit; carries when to come back            too_many_requests
│   └── Overloaded          more asks than can be answered now                 overloaded
└── Unavailable             a part that we need is down                        unavailable
    ├── DatabaseUnavailable                                                    database_unavailable
    ├── AddressesUnavailable  the address service is down or makes no sense    addresses_unavailable
    ├── MailUnavailable       the mail server is down or refuses               mail_unavailable
    ├── AssistantUnavailable  Rasa or the action server is down or too slow    assistant_unavailable
    └── IdentityUnavailable   the identity provider is down or makes no sense  identity_unavailable
"""

from collections.abc import Sequence
from datetime import datetime


class OmDeHoekError(Exception):
    """The root: `code` is stable, the message is English and for the log; it never holds what a citizen typed."""

    code = "error"


class InvalidInput(OmDeHoekError):
    code = "invalid_input"


class TextTooLong(InvalidInput):
    code = "text_too_long"


class WeakPassword(InvalidInput):
    """A password that is too easy; `reason`: `too_short`, `too_long`, `too_easy`, `like_email` or `not_new`."""

    code = "weak_password"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class InvalidContent(InvalidInput):
    code = "invalid_content"


class PlanRefused(InvalidInput):
    code = "plan_refused"


class UnreadableValue(InvalidInput):
    code = "unreadable_value"


class MistypedCode(InvalidInput):
    code = "mistyped_code"


class NotFound(OmDeHoekError):
    code = "not_found"


class UnknownTopic(NotFound):
    code = "unknown_topic"


class UnknownPlace(NotFound):
    code = "unknown_place"


class UnknownConversation(NotFound):
    code = "unknown_conversation"


class UnknownPerson(NotFound):
    code = "unknown_person"


class UnknownService(NotFound):
    code = "unknown_service"


class UnknownCode(NotFound):
    code = "unknown_code"


class LinkExpired(NotFound):
    code = "link_expired"


class UnknownScope(NotFound):
    code = "unknown_scope"


class UnknownLibrary(NotFound):
    code = "unknown_library"


class UnknownButton(NotFound):
    code = "unknown_button"


class AmbiguousPlace(OmDeHoekError):
    """The name exists more than once; `choices` are `"Place (Municipality)"`, for buttons."""

    code = "ambiguous_place"

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(f"{len(choices)} places bear this name")
        self.choices = tuple(choices)


class IllegalTransition(OmDeHoekError):
    code = "illegal_transition"


class NotSignedIn(OmDeHoekError):
    code = "not_signed_in"


class NotAllowed(OmDeHoekError):
    code = "not_allowed"


class PasswordIsOneTime(NotAllowed):
    code = "password_is_one_time"


class CrossSite(NotAllowed):
    code = "cross_site"


class EmailTaken(OmDeHoekError):
    code = "email_taken"


class LastManager(OmDeHoekError):
    code = "last_manager"


class AlreadyDecided(OmDeHoekError):
    code = "already_decided"


class PlanOutdated(OmDeHoekError):
    code = "plan_outdated"


class UndoRefused(OmDeHoekError):
    """A change cannot be undone; `reason`: `unknown`, `nothing`, or `newer` (who changed the same later, and when)."""

    code = "undo_refused"

    def __init__(self, reason: str, *, by: str = "", moment: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.by = by
        self.moment = moment


class PartnerGone(OmDeHoekError):
    code = "partner_gone"


class PracticeMixed(OmDeHoekError):
    code = "practice_mixed"


class RecordChanged(OmDeHoekError):
    code = "record_changed"


class TooLateToUndo(OmDeHoekError):
    code = "too_late_to_undo"


class TurnIsRunning(OmDeHoekError):
    code = "turn_is_running"


class TooManyRequests(OmDeHoekError):
    """Over a limit; `retry_after` is in seconds."""

    code = "too_many_requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"over the limit, again in {retry_after} s")
        self.retry_after = retry_after


class Overloaded(TooManyRequests):
    """More asks than can be answered now; nobody did anything wrong."""

    code = "overloaded"


class Unavailable(OmDeHoekError):
    code = "unavailable"


class DatabaseUnavailable(Unavailable):
    code = "database_unavailable"


class AddressesUnavailable(Unavailable):
    code = "addresses_unavailable"


class MailUnavailable(Unavailable):
    code = "mail_unavailable"


class AssistantUnavailable(Unavailable):
    code = "assistant_unavailable"


class IdentityUnavailable(Unavailable):
    code = "identity_unavailable"
