"""Pages of a list: which one is asked for, and the links from one to the next."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Request
from pydantic import Field

from api.web.schemas import Schema
from referral.directory.search import Window

Item = TypeVar("Item")
# A list is read from its beginning; whoever wants all of it takes `/hsds` as ndjson.
LAST_PAGE = 10_000
MAX_SIZE = 100
USUAL_SIZE = 20


class PageQuery(Schema):
    """Which page, counted from 1, and how many items on it."""

    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1
    page_size: Annotated[int, Field(ge=1, le=MAX_SIZE)] = USUAL_SIZE

    @property
    def window(self) -> Window:
        return Window(offset=(self.page - 1) * self.page_size, size=self.page_size)


class Links(Schema):
    """Where the neighbours of a page are, relative to the host; one that does not exist is left out."""

    itself: str = Field(alias="self")
    first: str
    last: str
    prev: str | None = None
    next: str | None = None


class Page(Schema, Generic[Item]):
    """A page of a list. `totalItems` counts the whole list."""

    items: Sequence[Item]
    page: int
    page_size: int
    total_items: int
    total_pages: int
    links: Links


def count_pages(total: int, size: int) -> int:
    """Return how many pages a list has; an empty one has a page too."""
    return max(1, -(-total // size))


def number_page(request: Request, query: PageQuery, total: int) -> dict[str, Any]:
    """Return everything of a `Page` but its items."""
    pages = count_pages(total, query.page_size)
    return {
        "page": query.page,
        "page_size": query.page_size,
        "total_items": total,
        "total_pages": pages,
        "links": _make_links(request, query, pages),
    }


def _make_links(request: Request, query: PageQuery, last: int) -> Links:
    """Return the links of this page; all other parameters stay as they were asked."""

    def link(page: int) -> str:
        url = request.url.include_query_params(page=page)
        return f"{url.path}?{url.query}"

    return Links(
        itself=link(query.page),
        first=link(1),
        last=link(last),
        prev=link(min(query.page - 1, last)) if query.page > 1 else None,
        next=link(query.page + 1) if query.page < last else None,
    )
