"""Finds the trained model that runs, and proves that it knows every topic that it should."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain

from bot.choice import MODELS, find_chosen
from bot.content import DATA, ROOT, read_said_keys, read_topics


class ModelLacksTopics(RuntimeError):
    """A model that was trained by the wrong importer, or on other content."""


def fingerprint_content() -> str:
    """Return a digest of everything that training reads: content, configuration and our own components."""
    files = [ROOT / "config.yml", ROOT / "domain.yml", ROOT / "bot" / "requirements.lock"]
    files += sorted(DATA.glob("topics/*/topic.yml")) + sorted(DATA.glob("topics/*/examples.yml"))
    files += sorted((DATA / "dialogue").rglob("*.yml")) + sorted((DATA / "places").rglob("*.yml"))
    files += sorted((DATA / "concepts").glob("*.yml"))
    files += [DATA / "urgent.yml", DATA / "senders.yml", DATA / "near_misses.yml"]
    files += [ROOT / "bot" / "content.py", ROOT / "bot" / "importer.py", *sorted(ROOT.glob("bot/nlu/*.py"))]
    return _digest(files, " ".join(read_said_keys()))


def fingerprint_program() -> str:
    """Return a digest of what has to be the same for a model to run: components, configuration and rules."""
    files = [ROOT / "config.yml", ROOT / "domain.yml", ROOT / "bot" / "requirements.lock"]
    files += [ROOT / "bot" / "content.py", ROOT / "bot" / "importer.py", *sorted(ROOT.glob("bot/nlu/*.py"))]
    return _digest([*files, *sorted((DATA / "dialogue").glob("*.yml"))])


def _digest(files: Iterable[Path], start: str = "") -> str:
    digest = hashlib.sha256(start.encode())
    for path in files:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def locate_trained() -> Path:
    """Return where the model of the present content is or will be."""
    return MODELS / f"{fingerprint_content()}.tar.gz"


def locate_model() -> Path:
    """Return where the model is that runs: the one that was chosen, else that of the present content."""
    chosen = find_chosen(fingerprint_program())
    return MODELS / f"{chosen.fingerprint}.tar.gz" if chosen else locate_trained()


def check_domain(domain: Domain) -> None:
    """Raise `ModelLacksTopics` unless every topic is an intent: a failed importer is only a warning to Rasa.

    Of a model that was chosen, the topics are those that it was trained with.
    """
    chosen = find_chosen(fingerprint_program())
    wanted = set(chosen.topics) if chosen else {topic.id for topic in read_topics()}
    lacking = sorted(wanted - set(domain.intents))
    if lacking:
        raise ModelLacksTopics(f"the model does not know {len(lacking)} topics: {', '.join(lacking[:5])} …")


def check_model(path: Path) -> None:
    check_domain(LocalModelStorage.metadata_from_archive(path).domain)
