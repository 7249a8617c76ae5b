"""Reads the files under `data/`: YAML by libyaml, ten times faster than the reader in pure Python; lists of words."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from referral.errors import InvalidContent

Shape = TypeVar("Shape", bound=BaseModel)


class UniqueKeys(yaml.CSafeLoader):
    """The reader of the library, which would keep the last of two values under one key and not say so."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if len(set(map(str, keys))) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise yaml.MarkedYAMLError(problem=f"the key {twice!r} stands here twice", problem_mark=node.start_mark)
        read: dict[Any, Any] = super().construct_mapping(node, deep)
        return read


def read_yaml(path: Path) -> Any:
    """Read a YAML file; raise `InvalidContent` with its name when it is missing, broken or has a key twice."""
    try:
        return UniqueKeys(path.read_text(encoding="utf-8")).get_single_data()
    except OSError as error:
        raise InvalidContent(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidContent(f"{path}: is no YAML: {error}") from error


def read_rows(path: Path, key: str) -> list[Any]:
    """Read the list that a YAML file holds under `key`; raise `InvalidContent` when there is none."""
    content = read_yaml(path)
    rows = content.get(key) if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise InvalidContent(f"{path}: no list {key!r}")
    return rows


def read_lines(path: Path) -> frozenset[str]:
    """Read a text file with one word a line; raise `InvalidContent` with its name when it is missing or empty."""
    try:
        lines = frozenset(path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidContent(f"{path}: cannot be read: {error}") from error
    if not lines:
        raise InvalidContent(f"{path}: no words")
    return lines


def parse(shape: type[Shape], content: Any, path: Path) -> Shape:
    """Check content against its shape; raise `InvalidContent` with the file, the field and what is wrong."""
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidContent(f"{path}: {where}: {first['msg']}") from error
