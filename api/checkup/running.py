"""What runs now: whether each part answers on its port, or the port is free, or somebody else has it."""

from collections.abc import Iterator

import httpx

from api.checkup.finding import Finding, State
from api.cli.run import is_free
from referral.settings import Settings

PATIENCE = 5.0


def look_at_parts(settings: Settings) -> Iterator[Finding]:
    """Yield each part that has a port. When none of them answers, nothing runs, and that is no fault."""
    urls = {
        "door": f"http://127.0.0.1:{settings.port}/health/live",
        "action server": f"http://127.0.0.1:{settings.actions_port}/health",
        **{f"Rasa ({url})": f"{url}/webhooks/door/" for url in settings.list_rasa_urls()},
    }
    ports = {"door": settings.port, "action server": settings.actions_port}
    answers = {part: _answers(url) for part, url in urls.items()}
    if not any(answers.values()):
        for part, port in ports.items():
            if not is_free(port):
                told = f"port {port} is taken by another program"
                yield Finding(part, State.WRONG, told, "stop that program, or choose another port (README)")
        yield Finding("processes", State.OFF, "nothing runs; `make run` starts everything")
        return
    for part, is_up in answers.items():
        if is_up:
            yield Finding(part, State.RIGHT, "answers")
        else:
            told = "does not answer; it is started anew by itself"
            yield Finding(part, State.WRONG, told, f"if this stays: look in {settings.state_dir / 'log'}")


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=PATIENCE).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
