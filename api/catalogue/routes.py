"""The catalogue over HTTP, for everybody, read only: what a question may be about, who may help, and places."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.catalogue.schemas import (
    Groups,
    GroupView,
    Kinds,
    KindView,
    ParagraphView,
    PlaceQuery,
    Places,
    PlaceView,
    Topic,
    TopicCard,
    Topics,
    TopicSummary,
)
from api.web.dependencies import TheSession, limit_reading
from api.web.schemas import Id
from api.web.state import TheSettings
from referral.catalogue import topics as catalogue
from referral.catalogue.service import LANGUAGES
from referral.catalogue.topics import PARTS
from referral.overlay.cards import get_card
from referral.places.service import find_places
from referral.referring.knowledge import Knowledge, load_knowledge

router = APIRouter(prefix="/v1", tags=["catalogue"], dependencies=[Depends(limit_reading)])

TheKnowledge = Annotated[Knowledge, Depends(load_knowledge)]


@router.get("/topics")
def list_topics(knowledge: TheKnowledge) -> Topics:
    """List all topics."""
    return Topics(items=[TopicSummary(**_describe(topic)) for topic in knowledge.catalogue.topics.values()])


@router.get("/topics/{topicId}", response_model_exclude_none=True)
def get_topic(
    topic_id: Annotated[Id, Path(alias="topicId")], knowledge: TheKnowledge, session: TheSession, settings: TheSettings
) -> Topic:
    """Return a topic with its card in every language, in the library's own words; what only staff need is left out."""
    topic = knowledge.catalogue.get_topic(topic_id)
    cards = {
        language: _view_card(
            get_card(session, knowledge.catalogue, topic_id, language=language, library_id=settings.library)
        )
        for language in LANGUAGES
    }
    return Topic(**_describe(topic), cards=cards)


def _describe(topic: catalogue.Topic) -> dict[str, object]:
    return {
        "id": topic.id,
        "domain": topic.domain,
        "label": topic.label,
        "kinds": topic.partners,
        "national": topic.national,
        "is_emergency": topic.is_emergency,
    }


def _view_card(card: catalogue.Card) -> TopicCard:
    parts = {part: [_view_paragraph(paragraph) for paragraph in card.get_part(part)] for part in PARTS}
    return TopicCard(title=card.title, recognise=card.recognise, **parts)


def _view_paragraph(paragraph: catalogue.Paragraph) -> ParagraphView:
    return ParagraphView(
        id=paragraph.id,
        text=paragraph.text,
        source=paragraph.source,
        read_on=paragraph.date,
        evidence=paragraph.evidence,
    )


@router.get("/partner-kinds")
def list_partner_kinds(knowledge: TheKnowledge) -> Kinds:
    """List the kinds of local partner."""
    kinds = knowledge.catalogue.partner_kinds.values()
    return Kinds(
        items=[
            KindView(id=kind.id, label={"nl": kind.label}, does={"nl": kind.does}, everywhere=kind.everywhere)
            for kind in kinds
        ]
    )


@router.get("/target-groups")
def list_target_groups(knowledge: TheKnowledge) -> Groups:
    """List the groups that a service may be for in particular."""
    groups = knowledge.catalogue.target_groups.values()
    return Groups(items=[GroupView(id=group.id, label=group.label, about={"nl": group.about}) for group in groups])


@router.get("/places", response_model_exclude_none=True)
def list_places(query: Annotated[PlaceQuery, Query()], knowledge: TheKnowledge) -> Places:
    """Return the places that a name or postcode may mean: one, several, or none."""
    found = find_places(query.q, knowledge.places, knowledge.postcodes)
    return Places(
        items=[
            PlaceView(
                name=place.name,
                label=place.label,
                municipality=place.municipality_code,
                municipality_name=place.municipality_name,
                province=place.province,
                latitude=place.lat,
                longitude=place.lon,
            )
            for place in found
        ]
    )
