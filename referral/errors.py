"""What can go wrong, each with a stable code that the edges translate once.

OmDeHoekError
├── InvalidInput            the caller sent something we cannot read           invalid_input
│   ├── TextTooLong         a message over the limit                           text_too_long
│   ├── InvalidContent      a file under data/ breaks its own rules            invalid_content
│   └── PlanRefused         what a source says of the directory is wrong       plan_refused
├── NotFound                no such thing                                      not_found
│   ├── UnknownTopic                                                           unknown_topic
│   ├── UnknownPlace                                                           unknown_place
│   ├── UnknownConversation                                                    unknown_conversation
│   └── UnknownButton       a button that this conversation never showed       unknown_button
├── AmbiguousPlace          a place name that exists more than once            ambiguous_place
├── IllegalTransition       a referral cannot go from this status to that      illegal_transition
├── PlanOutdated            the directory changed after the plan was made      plan_outdated
├── TurnIsRunning           another message of this conversation is being answered   turn_is_running
├── TooManyRequests         over a limit; carries when to come back            too_many_requests
└── Unavailable             a part that we need is down                        unavailable
    ├── DatabaseUnavailable                                                    database_unavailable
    └── AssistantUnavailable  Rasa or the action server is down or too slow    assistant_unavailable
"""

from collections.abc import Sequence


class OmDeHoekError(Exception):
    """The root: `code` is stable, the message is English and for the log; it never holds what a citizen typed."""

    code = "error"


class InvalidInput(OmDeHoekError):
    code = "invalid_input"


class TextTooLong(InvalidInput):
    code = "text_too_long"


class InvalidContent(InvalidInput):
    code = "invalid_content"


class PlanRefused(InvalidInput):
    code = "plan_refused"


class NotFound(OmDeHoekError):
    code = "not_found"


class UnknownTopic(NotFound):
    code = "unknown_topic"


class UnknownPlace(NotFound):
    code = "unknown_place"


class UnknownConversation(NotFound):
    code = "unknown_conversation"


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


class PlanOutdated(OmDeHoekError):
    code = "plan_outdated"


class TurnIsRunning(OmDeHoekError):
    code = "turn_is_running"


class TooManyRequests(OmDeHoekError):
    """Over a limit; `retry_after` is in seconds."""

    code = "too_many_requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"over the limit, again in {retry_after} s")
        self.retry_after = retry_after


class Unavailable(OmDeHoekError):
    code = "unavailable"


class DatabaseUnavailable(Unavailable):
    code = "database_unavailable"


class AssistantUnavailable(Unavailable):
    code = "assistant_unavailable"
