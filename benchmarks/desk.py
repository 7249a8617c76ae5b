"""Takes the time of the desk's look-up on the example data: `python -m benchmarks.desk`.

A process of its own, a session of its own, one request a beginning of what is typed, as the page asks them. Without
Rasa it takes the time of plain search; `--rasa` starts Rasa too (a trained model is needed); `--country` looks up
among 30,000 services.
"""

import sys
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.country import fill, list_towns
from benchmarks.measure import take_percentile
from referral.db import Database
from referral.referring.knowledge import load_knowledge
from tests.api.account.colleague import PASSWORD, add_person
from tests.processes import Assistant

EMAIL = "noor@bibliotheek.example"
LIBRARY = "bibliotheek-zwolle-voorbeeld"
TYPED = ("digid kwijt", "boete van het cjib", "huurtoeslag terugbetalen", "bibliotheek zwolle", "brief niet begrijpen")
ROUNDS = 5
LIMIT_MS, COUNTRY_LIMIT_MS = 150.0, 300.0
COUNTRY = 30_000
HEADERS = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}


def list_beginnings(text: str) -> list[str]:
    """Return what is in the field after each key from the third on."""
    return [text[:end] for end in range(3, len(text) + 1)]


def take_times(url: str) -> list[float]:
    """Return the milliseconds of every look-up."""
    times = []
    with httpx.Client(base_url=url, headers=HEADERS, trust_env=False) as http:
        http.post("/account/sign-in", data={"email": EMAIL, "password": PASSWORD})
        http.post("/desk/found", data={"q": "warm"}).raise_for_status()
        for _ in range(ROUNDS):
            for text in (beginning for typed in TYPED for beginning in list_beginnings(typed)):
                start = time.perf_counter()
                http.post("/desk/found", data={"q": text}).raise_for_status()
                times.append((time.perf_counter() - start) * 1000)
    return times


def add_country(database: Database) -> None:
    """Fill the directory up to the size of the country."""
    knowledge = load_knowledge()
    catalogue = knowledge.catalogue
    with database.begin() as session:
        fill(
            session,
            list_towns(knowledge.places),
            services=COUNTRY,
            kinds=list(catalogue.partner_kinds),
            groups=list(catalogue.target_groups),
        )


def main() -> None:
    is_country = "--country" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(Path(folder))
        assistant.prepare()
        assistant.database = Database(assistant.database_url)
        add_person(assistant, EMAIL, f"staff library:{LIBRARY}")
        if is_country:
            add_country(assistant.database)
        assistant.database.dispose()
        assistant.start(*(("rasa", "api") if "--rasa" in sys.argv else ("api",)))
        try:
            times = take_times(assistant.url)
        finally:
            assistant.stop()
    p50, p95 = (take_percentile(times, percent) for percent in (50, 95))
    print(f"{len(times)} look-ups: median {p50:.0f} ms, p95 {p95:.0f} ms, slowest {max(times):.0f} ms")
    limit = COUNTRY_LIMIT_MS if is_country else LIMIT_MS
    print(f"within the limit of {limit:.0f} ms" if p95 <= limit else f"over the limit of {limit:.0f} ms")


if __name__ == "__main__":
    main()
