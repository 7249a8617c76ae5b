"""`python -m actions PORT`: the action server, on a port of loopback that it may share; what comes in is not logged."""

import logging
import sys
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.base import warm_up
from referral.logs import set_up_logging
from referral.ports import bind_shared

PACKAGE = "actions"
DEFAULT_PORT = 5055


class DomainlessExecutor(ActionExecutor):
    """Runs actions without the domain: ours never look at it, and Rasa 3.6 sends no digest of it as newer ones do."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        return {}


def main() -> None:
    set_up_logging("actions", logging.ERROR)
    # rasa-sdk 3.21 serves Rasa 3.6.21: the calls between them are the same (docs/decisions/0001).
    warnings.filterwarnings("ignore", message="Your versions of rasa")
    warm_up()
    executor = DomainlessExecutor()
    executor.register_package(PACKAGE)
    app = create_app(executor, cors_origins=[])
    port = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_PORT
    app.run(sock=bind_shared("127.0.0.1", port), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
