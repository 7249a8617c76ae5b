"""What the chat on a library's own site asks first."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from api.pages.chat_view import choose_language, tell_chat
from api.pages.schemas import Chat
from api.web.dependencies import TheMoment, TheSession, limit_reading
from api.web.embedding import check_site
from api.web.schemas import Id
from api.web.state import TheSettings

router = APIRouter(prefix="/v1/widgets", tags=["chat"], dependencies=[Depends(limit_reading)])

LibraryId = Annotated[Id, Path(alias="libraryId")]


@router.get("/{libraryId}")
def get_widget(
    library_id: LibraryId,
    request: Request,
    session: TheSession,
    settings: TheSettings,
    *,
    now: TheMoment,
    lang: Annotated[str, Query(max_length=20)] = "nl",
) -> Chat:
    """Return how the chat of a library looks and what it says, in one language; Dutch where we do not have it.

    A page of another site gets it where the library has named that site.
    """
    check_site(request, library_id)
    return tell_chat(session, settings, library_id, language=choose_language(lang), now=now)
