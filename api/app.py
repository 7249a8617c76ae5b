"""Makes the application: every door behind one set of limits, headers and errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from api.account.install import install_account
from api.catalogue import routes as catalogue
from api.chat import routes as chat
from api.chat.compose import Composer
from api.chat.gateway import Gateway
from api.chat.person import PersonDesk
from api.chat.render import Renderer
from api.chat.start import Reception
from api.chat.urgent import UrgentDesk
from api.desk.install import install_desk
from api.directory import routes as directory
from api.editor.install import install_editor
from api.health.install import install_health
from api.hsds import routes as hsds
from api.inbox.install import install_inbox
from api.network.routes import install_network
from api.pages.routes import install_pages
from api.partner.install import install_partner
from api.proposals.install import install_proposals
from api.reports.install import install_reports
from api.slip.install import install_slip
from api.waaier.routes import install_waaier
from api.web.bodies import BodyLimit
from api.web.document import DESCRIPTION, install_document
from api.web.embedding import EmbeddedChat, Embedding
from api.web.headers import SecurityHeaders
from api.web.limits import Limits
from api.web.partly import check_topics
from api.web.problems import PROBLEM_RESPONSES, install_problems
from api.web.public import PublicReading
from api.web.rasa import RasaClient
from api.web.requests import NumberedRequests
from api.web.room import take_place
from api.web.staff_page import install_staff_pages
from api.web.theme import install_theme
from api.web.words import load_words
from api.widget.install import install_widget
from referral.catalogue.difficult import load_dictionary
from referral.clock import read_clock
from referral.db import Database
from referral.directory.libraries import find_library
from referral.errors import Unavailable
from referral.journal.spool import UrgentSpool
from referral.language.detect import detect_language
from referral.referring.knowledge import load_knowledge
from referral.settings import Settings, get_settings
from referral.urgency.detector import load_detector
from referral.urgency.quick_exit import load_quick_exit


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application; content under `data/` is read and checked here, so a fault in it stops the start."""
    settings = settings or get_settings()
    database = Database(settings.get_database_url())
    rasa = RasaClient(settings)
    renderer = _load_renderer(settings)
    detector = load_detector(settings.data_dir)
    urgent = UrgentDesk(
        detector,
        database=database,
        spool=UrgentSpool(settings.state_dir / "spool"),
        library_id=settings.library,
        quick_exit=load_quick_exit(settings.data_dir),
    )

    @asynccontextmanager
    async def live(app: FastAPI) -> AsyncIterator[None]:
        detect_language("goedendag, waar kan ik terecht")  # its models load at the first text that has letters in it
        _introduce_library(app, database)
        yield
        rasa.close()
        database.dispose()

    app = FastAPI(lifespan=live, responses=PROBLEM_RESPONSES, dependencies=[Depends(take_place)], **DESCRIPTION)
    app.state.settings = settings
    app.state.database = database
    app.state.rasa = rasa
    app.state.detector = detector
    app.state.limits = Limits(settings)
    person = PersonDesk(settings, database, renderer, read_clock)
    composer = Composer(renderer, urgent, person, load_dictionary(settings.data_dir))
    app.state.gateway = Gateway(settings, database, rasa=rasa, urgent=urgent, composer=composer, clock=read_clock)
    app.state.reception = Reception(settings, database, renderer, person=person, clock=read_clock)
    app.state.person = person
    app.state.embedding = Embedding(database)
    install_problems(app)
    app.include_router(chat.router)
    app.include_router(directory.router)
    app.include_router(catalogue.router)
    app.include_router(hsds.router, include_in_schema=False)
    install_theme(app)
    install_staff_pages(app)
    # In the order of the way around (api/web/staff_page.py).
    install_desk(app)
    install_inbox(app)
    install_waaier(app)
    install_editor(app)
    install_partner(app)  # before the proposals: of what stands after `/p/` it takes the codes
    install_proposals(app)
    install_network(app)
    install_reports(app)
    install_widget(app)
    install_account(app)
    install_health(app)
    install_slip(app)
    install_pages(app)
    install_document(app, settings)
    _add_middleware(app, settings)
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """Add what every request passes, the innermost first."""
    app.add_middleware(BodyLimit)
    app.add_middleware(PublicReading)
    app.add_middleware(EmbeddedChat, embedding=app.state.embedding)
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(NumberedRequests)


def _load_renderer(settings: Settings) -> Renderer:
    words, knowledge = load_words(settings.data_dir), load_knowledge()
    check_topics(words.partly, knowledge.catalogue.topics)
    return Renderer(words, knowledge, settings)


def _introduce_library(app: FastAPI, database: Database) -> None:
    """Tell the pages whose assistant this is; without a database they speak of "the library"."""
    try:
        with database.read() as session:
            library = find_library(session, app.state.settings.library, read_clock())
    except Unavailable:
        return
    if library:
        app.state.library_name = library.organization_name
        app.state.library_phone = library.phones[0].number if library.phones else None
        app.state.is_example = library.is_example
