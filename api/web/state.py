"""What the application holds, as FastAPI hands it to a route."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from referral.db import Database
from referral.settings import Settings


def get_settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def get_database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


TheSettings = Annotated[Settings, Depends(get_settings)]
TheDatabase = Annotated[Database, Depends(get_database)]
