"""Static files of a door."""

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope


class CheckedFiles(StaticFiles):
    """Static files that a browser keeps but asks about each time, so that nobody runs half of an old version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
