"""`python -m bot.choosing [use FINGERPRINT | newest]`: tells which models there are, as JSON, and chooses one.

For `omdehoek model`, which runs in the other environment.
"""

import json
import sys
from dataclasses import asdict

from bot.choice import NotUsable, choose, find_obstacles, list_records, unchoose
from bot.models import fingerprint_program, locate_model, locate_trained


def list_models() -> list[dict[str, object]]:
    """Return every model that has a record: whether it runs, is that of the content, and what keeps it from running."""
    program, runs, trained = fingerprint_program(), locate_model().name, locate_trained().name
    return [
        {
            **asdict(one),
            "runs": runs == f"{one.fingerprint}.tar.gz",
            "of_content": trained == f"{one.fingerprint}.tar.gz",
            "obstacles": find_obstacles(one, program),
        }
        for one in list_records()
    ]


def main(arguments: list[str]) -> None:
    match arguments:
        case ["use", fingerprint]:
            choose(fingerprint, fingerprint_program())
        case ["newest"]:
            unchoose()
    sys.stdout.write(json.dumps(list_models(), ensure_ascii=False))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NotUsable as error:
        sys.exit(str(error))
