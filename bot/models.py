"""Finds the trained model that belongs to the content as it is now, and proves that a model knows every topic."""

import hashlib
from pathlib import Path

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain

from bot.content import DATA, ROOT, read_said_keys, read_topics

MODELS = ROOT / "bot" / "models"


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
    digest = hashlib.sha256(" ".join(read_said_keys()).encode())
    for path in files:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def locate_model() -> Path:
    """Return where the model of the present content is or will be."""
    return MODELS / f"{fingerprint_content()}.tar.gz"


def check_domain(domain: Domain) -> None:
    """Raise `ModelLacksTopics` unless every topic is an intent: a failed importer is only a warning to Rasa."""
    lacking = sorted({topic.id for topic in read_topics()} - set(domain.intents))
    if lacking:
        raise ModelLacksTopics(f"the model does not know {len(lacking)} topics: {', '.join(lacking[:5])} …")


def check_model(path: Path) -> None:
    check_domain(LocalModelStorage.metadata_from_archive(path).domain)
