"""What the schemas of `/v1` share: camelCase outside, snake_case inside; an unknown key is an error."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema

Id = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,80}$")]
"""An id of the directory: whatever a source calls it, without control characters."""
SearchText = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,80}$")]
Municipality = Annotated[str, StringConstraints(pattern=r"^GM\d{4}$")]
"""A municipality's code (Statistics Netherlands)."""
Day = date | SkipJsonSchema[None]
"""A day that may be unknown; what is unknown is left out of an answer."""
_NUMBER = re.compile(r"\s*[-+]?[\d._]+(e[-+]?\d+)?\s*", re.IGNORECASE)


def _check_written(value: object) -> object:
    """Return a day or moment that is written out (RFC 3339); pydantic would also count seconds from 1970."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        raise ValueError("a day or moment, and no number")
    return value


WrittenDay = Annotated[date, BeforeValidator(_check_written)]
WrittenMoment = Annotated[datetime, BeforeValidator(_check_written)]


class Schema(BaseModel):
    """The base of everything that goes over the wire."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")
