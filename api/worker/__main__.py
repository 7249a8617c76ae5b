"""`python -m api.worker`: does the timed work every few seconds until it is told to stop."""

import logging
import signal
import threading

from api.web.metrics import serve_metrics
from api.worker.figures import LAST_ROUND, WorkerFigures
from api.worker.jobs import run_jobs
from referral.clock import read_clock, to_local
from referral.db import Database
from referral.errors import Unavailable
from referral.heartbeats import beat
from referral.journal.spool import UrgentSpool
from referral.logs import set_up_logging
from referral.settings import get_settings

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 15.0


def main() -> None:
    set_up_logging("worker", logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log the whole address of the webhook
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    settings = get_settings()
    database = Database(settings.get_database_url())
    spool = UrgentSpool(settings.state_dir / "spool")
    serve_metrics(settings, [WorkerFigures(settings, database, spool, read_clock)])
    purged_on = None
    while not stopped.is_set():
        now = read_clock()
        today = to_local(now).date()
        try:
            done = run_jobs(settings, database, spool, now, is_daily=purged_on != today)
            purged_on = today
            with database.begin() as session:
                beat(session, read_clock())
            LAST_ROUND.set_to_current_time()
            if any(done.values()):
                logger.info("%s", done)
        except Unavailable as error:
            logger.warning("later again: %s", error.code)
        stopped.wait(PAUSE_SECONDS)
    database.dispose()


if __name__ == "__main__":
    main()
