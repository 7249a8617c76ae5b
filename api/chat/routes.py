"""The chat over HTTP: open a conversation, say something, find it back, erase it."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Path, Query, Request, status

from api.chat.gateway import Gateway
from api.chat.person import PersonDesk
from api.chat.schemas import Conversation, HelpedRequest, LanguageRequest, PersonNews, Reply, StartRequest, TurnRequest
from api.chat.start import Reception
from api.web.dependencies import TheLimits, get_address
from api.web.embedding import check_site
from api.web.state import TheSettings

router = APIRouter(prefix="/v1/conversations", tags=["chat"])

ConversationId = Annotated[str, Path(alias="conversationId", max_length=64)]


def get_gateway(request: Request) -> Gateway:
    gateway: Gateway = request.app.state.gateway
    return gateway


def get_reception(request: Request) -> Reception:
    reception: Reception = request.app.state.reception
    return reception


def get_person_desk(request: Request) -> PersonDesk:
    person: PersonDesk = request.app.state.person
    return person


TheGateway = Annotated[Gateway, Depends(get_gateway)]
TheReception = Annotated[Reception, Depends(get_reception)]
ThePersonDesk = Annotated[PersonDesk, Depends(get_person_desk)]


@router.post("", status_code=status.HTTP_201_CREATED)
def open_conversation(
    wanted: StartRequest,
    request: Request,
    reception: TheReception,
    limits: TheLimits,
    settings: TheSettings,
) -> Conversation:
    """Open a conversation; the first reply says that this is a computer and what it keeps.

    A page of another site may do so where the library has named that site.
    """
    check_site(request, wanted.library or settings.library)
    limits.check_conversation(get_address(request))
    return reception.open(wanted)


@router.post("/{conversationId}/messages")
def say(
    conversation_id: ConversationId,
    turn: TurnRequest,
    background: BackgroundTasks,
    gateway: TheGateway,
    limits: TheLimits,
) -> Reply:
    """Say something, or press a button. An emergency gets its text before anything else is looked at."""
    if emergency := gateway.find_emergency(conversation_id, turn):
        signal, reply = emergency
        background.add_task(gateway.record_emergency, conversation_id, turn.turn_id, signal)
        return reply
    limits.check_turn(conversation_id)
    with limits.turns.take():
        return gateway.answer(conversation_id, turn)


@router.put("/{conversationId}/language")
def change_language(
    conversation_id: ConversationId, wanted: LanguageRequest, gateway: TheGateway, limits: TheLimits
) -> Reply:
    """Choose the language of the assistant; it stays until another is chosen here."""
    limits.check_turn(conversation_id)
    return gateway.change_language(conversation_id, wanted)


@router.get("/{conversationId}")
def get_conversation(conversation_id: ConversationId, reception: TheReception) -> Conversation:
    """Return the replies so far, for a page that was reloaded."""
    return reception.find_back(conversation_id)


@router.post("/{conversationId}/helped", status_code=status.HTTP_204_NO_CONTENT)
def note_helped(
    conversation_id: ConversationId, said: HelpedRequest, reception: TheReception, limits: TheLimits
) -> None:
    """Say whether a card helped; the last answer holds."""
    limits.check_slip(said.slip)
    reception.note_helped(conversation_id, said)


@router.delete("/{conversationId}", status_code=status.HTTP_204_NO_CONTENT)
def erase_conversation(conversation_id: ConversationId, reception: TheReception) -> None:
    """Erase everything that was said."""
    reception.erase(conversation_id)


@router.get("/{conversationId}/person")
def get_person(
    conversation_id: ConversationId,
    person: ThePersonDesk,
    limits: TheLimits,
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> PersonNews:
    """Return how it stands with a person of the library, and what they said after a number. Ask every 3 seconds."""
    limits.check_news(conversation_id)
    return person.find_news(conversation_id, after)


@router.delete("/{conversationId}/person", status_code=status.HTTP_204_NO_CONTENT)
def leave_person(conversation_id: ConversationId, person: ThePersonDesk) -> None:
    """Stop waiting for a person, or talking to one: the assistant is back."""
    person.leave(conversation_id)
