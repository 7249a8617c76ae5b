"""`python -m api.worker`: does the timed work every few seconds until it is told to stop."""

import logging
import signal
import threading

from api.worker.jobs import run_jobs
from referral.clock import read_clock, to_local
from referral.db import Database
from referral.errors import Unavailable
from referral.journal.spool import UrgentSpool
from referral.settings import get_settings

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 15.0


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log the whole address of the webhook
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    settings = get_settings()
    database = Database(settings.get_database_url())
    spool = UrgentSpool(settings.state_dir / "spool")
    purged_on = None
    while not stopped.is_set():
        now = read_clock()
        today = to_local(now).date()
        try:
            done = run_jobs(settings, database, spool, now, is_daily=purged_on != today)
            purged_on = today
            if any(done.values()):
                logger.info("%s", done)
        except Unavailable as error:
            logger.warning("later again: %s", error.code)
        stopped.wait(PAUSE_SECONDS)
    database.dispose()


if __name__ == "__main__":
    main()
