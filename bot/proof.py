"""Judges a model by the proof: messages that nobody trained on, a few of each topic (data/topics/<id>/proof.yml)."""

from datetime import datetime, timezone

from rasa.core.agent import Agent

from bot.channels.door import escape_intent
from bot.choice import Record
from bot.content import DATA, read_said_keys, read_topics, read_yaml

# In data/proof.yml: messages with alarming words that are no emergency, whatever else they are.
NO_EMERGENCY = "no_emergency"


def read_proof() -> list[tuple[str, str]]:
    """Return (intent, message) of the whole proof."""
    by_intent = {path.parent.name: read_yaml(path) for path in sorted(DATA.glob("topics/*/proof.yml"))}
    return [(intent, text) for intent, texts in (by_intent | read_yaml(DATA / "proof.yml")).items() for text in texts]


async def judge(agent: Agent, fingerprint: str, program: str) -> Record:
    """Let a model understand the proof. What Rasa is not sure of counts by its likeliest intent."""
    topics = read_topics()
    emergencies = {topic.id for topic in topics if topic.signal}
    said = [(intent, await _understand(agent, text)) for intent, text in read_proof()]
    asked = [(intent, answer) for intent, answer in said if intent != NO_EMERGENCY]
    urgent = [answer for intent, answer in asked if intent in emergencies]
    return Record(
        fingerprint=fingerprint,
        program=program,
        at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        topics=tuple(topic.id for topic in topics),
        said=tuple(read_said_keys()),
        messages=len(asked),
        right=sum(intent == answer for intent, answer in asked),
        emergencies=len(urgent),
        emergencies_seen=sum(answer in emergencies for answer in urgent),
        false_alarms=sum(answer in emergencies for intent, answer in said if intent == NO_EMERGENCY),
        wrong_topics=tuple(sorted({intent for intent, answer in asked if intent != answer})),
    )


async def _understand(agent: Agent, text: str) -> str:
    parsed = await agent.parse_message(escape_intent(text))
    ranking = [row["name"] for row in parsed["intent_ranking"] if row["name"] != "nlu_fallback"]
    return ranking[0] if ranking else ""
