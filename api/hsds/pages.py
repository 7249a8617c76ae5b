"""A list as HSDS gives it: a page with its numbers, or all of it as ndjson."""

import json
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from sqlalchemy.orm import Session

from api.hsds.schemas import ListQuery, Page
from api.web.paging import count_pages
from referral.db import Database

Object = dict[str, Any]
Item = TypeVar("Item")
NDJSON = "application/x-ndjson"
# What the description says of a list.
LIST_RESPONSES: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK.value: {
        "model": Page,
        "description": "A page of the list, or with `format=ndjson` all of it, one object a line",
        "content": {NDJSON: {"schema": {"type": "string"}}},
    }
}


def make_page(contents: Sequence[Object], total: int, query: ListQuery) -> Object:
    """Return a page; `size` is how many there are on it."""
    pages = count_pages(total, query.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": query.page,
        "size": len(contents),
        "first_page": query.page == 1,
        "last_page": query.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def answer_list(
    request: Request,
    session: Session,
    query: ListQuery,
    items: Sequence[Item],
    make: Callable[[Session, Sequence[Item]], Iterator[Object]],
) -> Response:
    """Answer with a page of the items, or with a line for each of them; `make` turns items into objects, in order."""
    if query.format == "ndjson":
        return StreamingResponse(_stream(request.app.state.database, items, make), HTTPStatus.OK, media_type=NDJSON)
    window = query.window
    shown = items[window.offset : window.offset + window.size]
    return JSONResponse(make_page(list(make(session, shown)), len(items), query))


def _stream(
    database: Database, items: Sequence[Item], make: Callable[[Session, Sequence[Item]], Iterator[Object]]
) -> Iterator[str]:
    """Yield a line for each item; in a session of its own, for that of the request may be closed by now."""
    with database.read() as session:
        for one in make(session, items):
            yield json.dumps(one, ensure_ascii=False) + "\n"
