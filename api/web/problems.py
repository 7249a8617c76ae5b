"""Turns every error into problem+json (RFC 9457, NLGov API Design Rules): 400, not 422; a stable code; no text back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.web.headers import list_security_headers
from api.web.requests import HEADER
from referral import errors

STATUSES: Mapping[type[errors.OmDeHoekError], HTTPStatus] = {
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.TextTooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.InvalidInput: HTTPStatus.BAD_REQUEST,
    errors.UnknownButton: HTTPStatus.BAD_REQUEST,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.LinkExpired: HTTPStatus.GONE,
    errors.AlreadyDecided: HTTPStatus.CONFLICT,
    errors.EmailTaken: HTTPStatus.CONFLICT,
    errors.LastManager: HTTPStatus.CONFLICT,
    errors.AmbiguousPlace: HTTPStatus.CONFLICT,
    errors.IllegalTransition: HTTPStatus.CONFLICT,
    errors.PlanOutdated: HTTPStatus.CONFLICT,
    errors.UndoRefused: HTTPStatus.CONFLICT,
    errors.PartnerGone: HTTPStatus.CONFLICT,
    errors.PracticeMixed: HTTPStatus.CONFLICT,
    errors.RecordChanged: HTTPStatus.CONFLICT,
    errors.TooLateToUndo: HTTPStatus.CONFLICT,
    errors.TurnIsRunning: HTTPStatus.CONFLICT,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.OmDeHoekError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
MEDIA_TYPE = "application/problem+json"
# What the description of the API says of every operation; FastAPI would promise a 422 of its own.
_PROBLEM_CONTENT: dict[str, Any] = {
    MEDIA_TYPE: {
        "schema": {
            "type": "object",
            "required": ["type", "title", "status", "code"],
            "properties": {
                "type": {"type": "string", "format": "uri"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "code": {"type": "string"},
                "detail": {"type": "string"},
            },
        }
    }
}
PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    HTTPStatus.BAD_REQUEST.value: {"description": "What was asked cannot be read", "content": _PROBLEM_CONTENT},
    "default": {"description": "A problem (RFC 9457)", "content": _PROBLEM_CONTENT},
}


def install_problems(app: FastAPI) -> None:
    """Register the handlers; each error is translated here and nowhere else."""

    @app.exception_handler(errors.OmDeHoekError)
    async def translate_ours(request: Request, error: errors.OmDeHoekError) -> JSONResponse:
        return translate(error)

    @app.exception_handler(RequestValidationError)
    async def translate_validation(request: Request, error: RequestValidationError) -> JSONResponse:
        # The library's own report repeats the input; ours names the field and the rule only.
        wrong = [{"field": _name_field(one), "rule": one["type"]} for one in error.errors()]
        return make_problem(HTTPStatus.BAD_REQUEST, errors.InvalidInput.code, extra={"errors": wrong})

    @app.exception_handler(HTTPException)
    async def translate_http(request: Request, error: HTTPException) -> JSONResponse:
        status = HTTPStatus(error.status_code)
        code = errors.TextTooLong.code if status is STATUSES[errors.TextTooLong] else status.name.lower()
        headers = error.headers or {}
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers = {**headers, **list_methods(request)}
        return make_problem(status, code, headers=headers)

    @app.exception_handler(Exception)
    async def translate_bug(request: Request, error: Exception) -> JSONResponse:
        # Starlette answers this one outside of our middleware.
        headers = {**list_security_headers(request.app.state.settings), HEADER: request.state.request_id}
        return make_problem(HTTPStatus.INTERNAL_SERVER_ERROR, errors.OmDeHoekError.code, headers=headers)


def list_methods(request: Request) -> dict[str, str]:
    """Return `Allow` with every method of an address (RFC 9110, 10.2.1); Starlette tells those of one route only."""
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.methods and route.path and compile_path(route.path)[0].match(request.url.path):
            methods |= route.methods
    return {"Allow": ", ".join(sorted(methods))} if methods else {}


def get_status(error: errors.OmDeHoekError) -> HTTPStatus:
    """Return the status of an error: its own, or that of the nearest kind above it."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def list_headers(error: errors.OmDeHoekError) -> dict[str, str]:
    """Return the headers that an error brings: when to come back."""
    return {"Retry-After": str(error.retry_after)} if isinstance(error, errors.TooManyRequests) else {}


def translate(error: errors.OmDeHoekError) -> JSONResponse:
    """Return an error of ours as a problem; a name that exists twice brings what can be chosen."""
    extra = {"choices": error.choices} if isinstance(error, errors.AmbiguousPlace) else None
    return make_problem(get_status(error), error.code, detail=str(error), headers=list_headers(error), extra=extra)


def _name_field(wrong: Mapping[str, Any]) -> str:
    """Return where the fault is; the name of a field that does not exist is the caller's and stays out."""
    place = wrong["loc"][:-1] if wrong["type"] == "extra_forbidden" else wrong["loc"]
    return ".".join(map(str, place))


def make_problem(
    status: HTTPStatus,
    code: str,
    *,
    detail: str | None = None,
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> JSONResponse:
    body = {"type": f"urn:omdehoek:problem:{code}", "title": status.phrase, "status": status, "code": code}
    if detail:
        body["detail"] = detail
    return JSONResponse({**body, **(extra or {})}, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)
