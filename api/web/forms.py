"""Reads a form as browsers send it (application/x-www-form-urlencoded)."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.requests import Request

from referral.errors import InvalidInput

MEDIA_TYPE = "application/x-www-form-urlencoded"
MAX_FIELDS = 500


class Fields:
    """The fields of a form, in their order; a name may come more than once."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs

    def get(self, name: str) -> str:
        """Return the first value of a field; empty when it was not sent."""
        return next((value for known, value in self.pairs if known == name), "")

    def list(self, name: str) -> list[str]:
        return [value for known, value in self.pairs if known == name]


async def read_fields(request: Request) -> Fields:
    """Return what was typed; raise `InvalidInput` when it is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
        raise InvalidInput("no form")
    try:
        text = (await request.body()).decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as error:
        raise InvalidInput("a form that cannot be read") from error
    if any("\0" in name + value for name, value in pairs):
        raise InvalidInput("a NUL, which no database takes")
    return Fields(pairs)


TheFields = Annotated[Fields, Depends(read_fields)]
