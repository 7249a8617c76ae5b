"""Reads and checks the catalogue once: topics, cards and kinds of partner, as frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from referral.catalogue.topics import Card, Named, PartnerKind, TargetGroup, Topic
from referral.content import parse, read_rows, read_yaml
from referral.errors import InvalidContent, InvalidInput, UnknownTopic

LANGUAGES = ("nl", "en")
OUT_OF_SCOPE = "buiten_bereik"
# For these nothing is kept but day, library and signal (DESIGN §5).
SENSITIVE_TOPICS = frozenset({"mentaal", "medisch"})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the assistant knows, by id."""

    topics: Mapping[str, Topic]
    cards: Mapping[tuple[str, str], Card]
    partner_kinds: Mapping[str, PartnerKind]
    target_groups: Mapping[str, TargetGroup]

    def get_topic(self, topic_id: str) -> Topic:
        """Return the topic or raise `UnknownTopic`."""
        try:
            return self.topics[topic_id]
        except KeyError:
            raise UnknownTopic("no such topic") from None

    def get_card(self, topic_id: str, language: str) -> Card:
        """Return the card in that language, in Dutch where there is none."""
        self.get_topic(topic_id)
        return self.cards.get((topic_id, language)) or self.cards[topic_id, "nl"]

    def is_sensitive(self, topic_id: str) -> bool:
        return topic_id in SENSITIVE_TOPICS or self.get_topic(topic_id).is_emergency

    def check_target_group(self, target_group: str | None) -> None:
        """Raise `InvalidInput` that names the groups when this is none of them."""
        if target_group is not None and target_group not in self.target_groups:
            raise InvalidInput(f"no such group: {target_group!r}; there are {', '.join(self.target_groups)}")

    def list_labels(self, target_groups: Iterable[str]) -> tuple[Mapping[str, str], ...]:
        """Return the label of each group by language; one that has left the file is left out."""
        return tuple(self.target_groups[group].label for group in target_groups if group in self.target_groups)

    def list_domain(self, domain: str) -> list[Topic]:
        return [topic for topic in self.topics.values() if topic.domain == domain]


@cache
def load_catalogue(data_dir: Path) -> Catalogue:
    """Read `data_dir` once a process; raise `InvalidContent` that names the file and what is wrong in it."""
    topics: dict[str, Topic] = {}
    cards: dict[tuple[str, str], Card] = {}
    for path in sorted(data_dir.glob("topics/*/topic.yml")):
        topic = parse(Topic, read_yaml(path), path)
        if topic.id != path.parent.name:
            raise InvalidContent(f"{path}: the id is {topic.id}, the folder is not")
        topics[topic.id] = topic
        for language in LANGUAGES:
            card_path = path.parent / f"card.{language}.yml"
            cards[topic.id, language] = parse(Card, read_yaml(card_path), card_path)
    kinds_path = data_dir / "partner_kinds.yml"
    kinds = [parse(PartnerKind, kind, kinds_path) for kind in read_rows(kinds_path, "partner_kinds")]
    catalogue = Catalogue(
        topics=MappingProxyType(topics),
        cards=MappingProxyType(cards),
        partner_kinds=MappingProxyType({kind.id: kind for kind in kinds}),
        target_groups=MappingProxyType({group.id: group for group in read_target_groups(data_dir)}),
    )
    check_partners(catalogue, data_dir)
    return catalogue


def read_target_groups(data_dir: Path) -> list[TargetGroup]:
    """Return the groups; raise `InvalidContent` when the file is missing, or a group lacks a label in a language."""
    path = data_dir / "target_groups.yml"
    groups = [parse(TargetGroup, row, path) for row in read_rows(path, "target_groups")]
    for group in groups:
        if set(group.label) != set(LANGUAGES):
            raise InvalidContent(f"{path}: {group.id}: a label in {' and '.join(LANGUAGES)} is needed")
    return groups


def check_partners(catalogue: Catalogue, data_dir: Path) -> None:
    """Raise `InvalidContent` when a topic names a kind of partner or an organisation that does not exist."""
    path = data_dir / "organisations.yml"
    organisations = {parse(Named, row, path).id for row in read_rows(path, "organisations")}
    for topic in catalogue.topics.values():
        unknown = set(topic.partners) - set(catalogue.partner_kinds) | set(topic.national) - organisations
        if unknown:
            raise InvalidContent(f"topics/{topic.id}: unknown partner or organisation {sorted(unknown)}")
