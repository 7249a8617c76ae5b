"""Tells a supervisor or a load balancer whether we live and whether every part is up."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text

from api.web.parts import is_up
from referral.db import Database
from referral.errors import Unavailable
from referral.settings import Settings

router = APIRouter(prefix="/health", tags=["health"], include_in_schema=False)


@router.get("/live")
async def tell_alive() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready")
def tell_ready(request: Request) -> JSONResponse:
    """Return 200 when the database, Rasa and the action server are up; 503 with which part is not."""
    settings: Settings = request.app.state.settings
    parts = {
        "database": is_database_up(request.app.state.database),
        "rasa": request.app.state.rasa.is_ready(),
        "actions": is_up(f"http://127.0.0.1:{settings.actions_port}/health"),
    }
    status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"parts": parts}, status)


def is_database_up(database: Database) -> bool:
    try:
        with database.read() as session:
            session.execute(text("SELECT 1"))
    except Unavailable:
        return False
    return True
