"""TEMPORARY."""

from typing import Any

PostcodeTable = Any


def load_postcodes(path): ...
