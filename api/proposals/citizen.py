"""A citizen says that something about a partner is wrong. Nobody in particular: no account, no name, no address."""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.proposals.pages import AnId, get_hour_words, show_page
from api.web.dependencies import get_address
from api.web.forms import Fields, TheFields
from api.web.limits import Limits
from api.web.origin import check_origin
from api.web.problems import get_status, list_headers
from api.web.staff_page import go
from api.web.state import TheDatabase, get_settings
from referral.catalogue.service import LANGUAGES
from referral.clock import read_clock
from referral.content import read_yaml
from referral.db import Database
from referral.errors import InvalidInput, NotFound, OmDeHoekError, TextTooLong, TooManyRequests
from referral.proposals import service as proposals
from referral.proposals.facts import get_service, list_facts
from referral.proposals.values import MAX_REMARK, MAX_VALUE, show_value
from referral.settings import Settings

REPORT = "/klopt-niet/{service_id}"
router = APIRouter(include_in_schema=False)

_FAULTS: Mapping[type[OmDeHoekError], str] = {
    TooManyRequests: "report_too_often",
    TextTooLong: "report_too_long",
    InvalidInput: "report_empty",
}


@cache
def load_words(data_dir: Path, language: str) -> Mapping[str, str]:
    """Return what a citizen reads, in a language; read once a process."""
    words: dict[str, str] = read_yaml(data_dir / "texts" / f"{language}.yml")
    return words | {"base_skip": words["report_which"]}


@router.get(REPORT)
def ask_what(service_id: AnId, request: Request, database: TheDatabase, lang: str = "nl", done: str = "") -> Response:
    """Show the form, or thank for what was sent."""
    settings = get_settings(request)
    return _show(request, database, settings, service_id, language=lang, is_done=bool(done))


@router.post(REPORT, dependencies=[Depends(check_origin)])
def report(
    service_id: AnId,
    request: Request,
    fields: TheFields,
    database: TheDatabase,
    lang: str = "nl",
) -> Response:
    """Keep what is said, masked, for an editor."""
    settings = get_settings(request)
    limits: Limits = request.app.state.limits
    try:
        with database.begin() as session:
            proposals.report(
                session,
                service_id,
                fields.get("fact"),
                proposed=fields.get("value"),
                remark=fields.get("remark"),
                now=read_clock(),
            )
            # After what was typed is read: somebody who mends a fault is not counted twice.
            limits.check_report(get_address(request))
    except (TooManyRequests, InvalidInput) as error:
        return _show(request, database, settings, service_id, language=lang, error=error, typed=fields)
    except NotFound as error:
        return _show_gone(request, settings, lang, error)
    return go(f"{request.url.path}?lang={_pick(lang)}&done=sent")


def _pick(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _show(
    request: Request,
    database: Database,
    settings: Settings,
    service_id: str,
    *,
    language: str,
    is_done: bool = False,
    error: OmDeHoekError | None = None,
    typed: Fields | None = None,
) -> Response:
    words = load_words(settings.data_dir, _pick(language))
    hour_words = get_hour_words(settings)
    try:
        with database.read() as session:
            service = get_service(session, service_id)
            facts = [(one, show_value(one.field, one.value, hour_words)) for one in list_facts(session, service)]
    except NotFound as gone:
        return _show_gone(request, settings, language, gone)
    page = show_page(
        request,
        "report.html",
        status=get_status(error) if error else HTTPStatus.OK,
        words=words,
        language=_pick(language),
        service=service,
        facts=facts,
        fault=words[next(key for kind, key in _FAULTS.items() if isinstance(error, kind))] if error else None,
        typed=typed or Fields([]),
        is_done=is_done,
        max_remark=MAX_REMARK,
        max_value=MAX_VALUE,
    )
    page.headers.update(list_headers(error) if error else {})
    return page


def _show_gone(request: Request, settings: Settings, language: str, error: NotFound) -> Response:
    words = load_words(settings.data_dir, _pick(language))
    return show_page(request, "report_gone.html", status=get_status(error), words=words, language=_pick(language))
