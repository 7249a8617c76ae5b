"""`python -m api.server`: the door, on a port that it shares with the other processes of the door."""

import uvicorn

from api.app import create_app
from api.web.metrics import serve_metrics
from referral.logs import set_up_logging
from referral.ports import bind_shared
from referral.settings import get_settings

# Seconds; longer than proxies keep a connection to use again (nginx: 60): none is closed under a request.
KEEP_ALIVE = 75


def main() -> None:
    set_up_logging("door")
    settings = get_settings()
    trusted = settings.trusted_proxies.replace(" ", "")
    config = uvicorn.Config(
        create_app(settings),
        access_log=False,  # nobody keeps who asked what from where
        log_config=None,  # ours
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        proxy_headers=bool(trusted),  # uvicorn by itself believes what anybody on this machine says of who asks
        forwarded_allow_ips=trusted,
    )
    serve_metrics(settings)
    uvicorn.Server(config).run(sockets=[bind_shared(settings.host, settings.port)])


if __name__ == "__main__":
    main()
