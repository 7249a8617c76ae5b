"""Reads a table of messages, with what must be masked between `[TYPE:…]`, and `¶` for a line end."""

import re
from pathlib import Path

import yaml

from referral.privacy.mask import Span

_MARK = re.compile(r"\[([A-Z_]+):([^\]]+)\]")


def read_messages(block: str, table: str = "messages.yml") -> list[tuple[str, tuple[Span, ...]]]:
    """Return each message of a block of a table as its text and the spans that must be found in it."""
    lines = yaml.safe_load(Path(__file__).with_name(table).read_text(encoding="utf-8"))[block]
    joined = lines if isinstance(lines, str) else "".join(lines.values())
    return [_read_line(line.replace("¶", "\n")) for line in joined.splitlines() if line.strip()]


def _read_line(line: str) -> tuple[str, tuple[Span, ...]]:
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], tuple(spans)
