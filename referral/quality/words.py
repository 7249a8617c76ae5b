"""The sentence of a finding, from `data/quality.yml`."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from referral.content import parse, read_yaml
from referral.quality.findings import Code, Finding, Severity, Told


class QualityWords(BaseModel):
    """The file, section by section."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    severities: dict[Severity, str]
    findings: dict[Code, str]
    report: dict[str, str]


@lru_cache(maxsize=4)
def load_quality_words(data_dir: Path) -> QualityWords:
    """Read the file once. Raises `InvalidContent`."""
    path = data_dir / "quality.yml"
    return parse(QualityWords, read_yaml(path), path)


def say_finding(finding: Finding, words: QualityWords) -> str:
    return words.findings[finding.code].format(**{name: _tell(value) for name, value in finding.values.items()})


def _tell(value: Told) -> str:
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)
