"""What may be asked of `/hsds`, by the names of HSDS 3.1's own description (snake_case); other names are ignored."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from api.web.paging import LAST_PAGE
from api.web.schemas import Id, SearchText, WrittenMoment
from referral.directory.search import Window

MOST_PER_PAGE = 500
USUAL_PER_PAGE = 50
# Metres: farther than the Netherlands are long.
FARTHEST = 500_000.0


def _turn_to_utc(moment: datetime) -> datetime:
    """Return the moment in UTC, where one without a zone is."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment before the first or after the last year") from error


class ListQuery(BaseModel):
    """Which part of a list, and in which form; `ndjson` is all of it, one object a line."""

    search: SearchText | None = None
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = USUAL_PER_PAGE
    format: Literal["json", "ndjson"] = "json"

    @property
    def window(self) -> Window:
        return Window(offset=(self.page - 1) * self.per_page, size=self.per_page)


class TaxonomyQuery(ListQuery):
    """The list of taxonomies."""


class TermQuery(ListQuery):
    """Terms of a taxonomy. We have no terms under other terms: `parent_id` finds none, `top_only` finds all."""

    taxonomy_id: Id | None = None
    top_only: bool = False
    parent_id: Id | None = None


class DirectoryQuery(ListQuery):
    """What services are asked by; organizations and places are asked by the services that they give."""

    taxonomy_term_id: Id | None = None
    taxonomy_id: Id | None = None
    organization_id: Id | None = None
    modified_after: Annotated[WrittenMoment, AfterValidator(_turn_to_utc)] | None = None
    full: bool = False


class ServiceQuery(DirectoryQuery):
    """Services; `minimal` is all of them, with the id and the moment of the last change only."""

    minimal: bool = False


class OrganizationQuery(DirectoryQuery):
    """Organizations; `full_service` nests each of their services whole."""

    full_service: bool = False


class PlaceQuery(DirectoryQuery):
    """Services at locations that serve a postcode, or lie within `proximity` metres of it."""

    postcode: SearchText | None = None
    proximity: Annotated[float, Field(ge=0, le=FARTHEST)] | None = None


class Page(BaseModel):
    """A page of a list, as HSDS wants it; `size` is how many objects are on it."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]
