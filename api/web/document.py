"""The description of `/v1` (OpenAPI 3.1), as the NLGov REST API Design Rules want it.

The rules: https://gitdocumentatie.logius.nl/publicatie/api/adr/. What FastAPI cannot say is added here: the version in
the server's address and not in each path, and the header `API-Version` on every answer.
"""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic.alias_generators import to_camel

from api.web.headers import API_VERSION
from referral.settings import Settings

PREFIX = "/v1"
_VERSION_HEADER = "ApiVersion"


def name_operation(route: APIRoute) -> str:
    return to_camel(route.name)


# What the application tells of itself: keyword arguments of `FastAPI`.
DESCRIPTION: dict[str, Any] = {
    "title": "Om de Hoek",
    "summary": "Who helps with which question, where and when: the directory of a library's referral assistant.",
    "version": API_VERSION,
    "license_info": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    "servers": [{"url": PREFIX}],
    "openapi_url": f"{PREFIX}/openapi.json",
    "docs_url": None,
    "redoc_url": None,
    "generate_unique_id_function": name_operation,
    "redirect_slashes": False,  # /core/no-trailing-slash: such an address does not exist
}


def install_document(app: FastAPI, settings: Settings) -> None:
    """Let the application describe itself as the rules want; the description is made once."""
    describe = app.openapi

    def describe_once() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _adapt(describe(), settings)
        return app.openapi_schema

    app.openapi = describe_once  # type: ignore[method-assign]  # the way that FastAPI gives for this


def _adapt(document: dict[str, Any], settings: Settings) -> dict[str, Any]:
    document["info"]["contact"] = {
        "name": settings.contact_name,
        "url": settings.contact_url,
        "email": settings.contact_email,
    }
    document["paths"] = {path.removeprefix(PREFIX): item for path, item in document["paths"].items()}
    document["components"]["headers"] = {
        _VERSION_HEADER: {
            "description": "The full version of the API",
            "required": True,
            "schema": {"type": "string", "examples": [API_VERSION]},
        }
    }
    for item in document["paths"].values():
        for operation in item.values():
            for response in operation["responses"].values():
                response["headers"] = {"API-Version": {"$ref": f"#/components/headers/{_VERSION_HEADER}"}}
    return document
