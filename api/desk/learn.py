"""What was not recognised, in the chat and at the desk: staff say what it was about, in one click."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from api.desk.pages import HOME, PRACTICE, AnId, Desk, TheDesk, is_id
from api.web.forms import Fields, TheFields
from api.web.problems import get_status
from api.web.staff_page import explain, go
from referral.catalogue.service import OUT_OF_SCOPE
from referral.catalogue.topics import Topic
from referral.clock import read_clock
from referral.errors import AlreadyDecided, InvalidInput, OmDeHoekError
from referral.learning import service as learning

LEARN = f"{HOME}/niet-begrepen"
router = APIRouter(prefix=LEARN, include_in_schema=False)
MOST_SHOWN = 10
FROM_LIST = "other"


@router.get("")
def show_review(desk: TheDesk, done: str = "") -> Response:
    """Show the oldest questions that nobody has looked at; `done` is the one that was decided on just now.

    What is decided here counts, so nobody comes here who practises.
    """
    if desk.practice:
        return go(PRACTICE)
    return show_list(desk, done=done if is_id(done) else "")


@router.post("/{entry_id}")
def decide(entry_id: AnId, desk: TheDesk, fields: TheFields) -> Response:
    """Keep what staff say that it was about, without the words that they ticked."""
    try:
        with desk.database.begin() as session:
            learning.decide(
                session,
                entry_id,
                read_decision(fields),
                blanked=read_blanked(fields),
                catalogue=desk.knowledge.catalogue,
                library_id=desk.library_id,
                now=read_clock(),
            )
    except (AlreadyDecided, InvalidInput) as error:
        return show_list(desk, error=error)
    return go(f"{LEARN}?done={entry_id}")


@router.post("/{entry_id}/undo")
def undo(entry_id: AnId, desk: TheDesk) -> Response:
    """Put a question back on the list."""
    with desk.database.begin() as session:
        learning.undo(session, entry_id, library_id=desk.library_id)
    return go(LEARN)


def read_decision(fields: Fields) -> str:
    """Return what the button says, or, for the button of the list, what was chosen there."""
    pressed = fields.get("decision")
    return fields.get(FROM_LIST) if pressed == FROM_LIST else pressed


def read_blanked(fields: Fields) -> set[int]:
    """Return the places of the words that were ticked; raise `InvalidInput` for what is no place."""
    ticked = fields.list("blank")
    if not all(place.isdecimal() for place in ticked):
        raise InvalidInput("no place of a word")
    return {int(place) for place in ticked}


def show_list(desk: Desk, *, done: str = "", error: OmDeHoekError | None = None) -> Response:
    """Return the page with the list, the way to take the last decision back, and what went wrong."""
    with desk.database.read() as session:
        review = learning.list_review(session, desk.library_id, MOST_SHOWN)
    return desk.show(
        "learn.html",
        status=get_status(error) if error else HTTPStatus.OK,
        fault=explain(desk.request, error) if error else None,
        rows=[
            (entry, learning.show_words(entry), list_choices(desk, entry.chosen, entry.likely))
            for entry in review.entries
        ],
        total=review.total,
        topics=list_topics(desk),
        out_of_scope=OUT_OF_SCOPE,
        discarded=learning.DISCARDED,
        days=desk.settings.learning_days,
        done=done,
    )


def list_topics(desk: Desk) -> list[Topic]:
    """Return the topics that a question may be about, by their name; of the others nothing is kept."""
    catalogue = desk.knowledge.catalogue
    open_ones = [topic for topic in catalogue.topics.values() if not catalogue.is_sensitive(topic.id)]
    return sorted(open_ones, key=lambda topic: topic.label["nl"].casefold())


def list_choices(desk: Desk, chosen: str | None, likely: list[str]) -> list[Topic]:
    """Return the topics that are one click away: what a colleague opened, and what the triage thought of."""
    known = desk.knowledge.catalogue.topics
    return [known[topic] for topic in dict.fromkeys((chosen or "", *likely)) if topic in known]
