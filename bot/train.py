"""`python -m bot.train`: trains the model for the content as it is now, unless it is there already, and judges it.

A new model takes over only when it passes (bot/choice.py); else the one before stays, where it can still run.
"""

import asyncio
import os
import sys

os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # before Rasa is imported: what is never read need not be written

import rasa
import structlog
from rasa.core.agent import Agent
from rasa.shared.utils.cli import print_error, print_warning

from bot.choice import CHOSEN, MODELS, choose, find_before, list_faults, read_record, unchoose, write_record
from bot.content import ROOT
from bot.models import check_model, fingerprint_content, fingerprint_program, locate_model, locate_trained
from bot.proof import judge

KEPT_MODELS = 3
LOG_LEVEL = 30  # warnings: Rasa would print every message of the proof


def train_model() -> str:
    """Train if needed, judge what is new, keep the newest few, and return the path of the model that is to run.

    Raises `RuntimeError` when training fails, and when the new model does not pass and no other can run.
    """
    path = locate_trained()
    if not path.exists():
        # Under another name until it is whole: a training that was killed leaves nothing that looks like a model.
        unfinished = path.with_name(f"unfinished-{path.name}")
        result = rasa.train(
            domain=str(ROOT / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=[str(ROOT / "data" / "dialogue")],
            output=str(MODELS),
            fixed_model_name=unfinished.name.removesuffix(".tar.gz"),
            force_training=True,  # Rasa's cache does not see that the code of a component changed
        )
        if result.code != 0 or not unfinished.exists():
            raise RuntimeError(f"training ended with code {result.code}")
        check_model(unfinished)
        unfinished.rename(path)
        unchoose()
    fingerprint = fingerprint_content()
    if read_record(fingerprint) is None:
        admit(fingerprint)
        remove_old_models()
    return str(locate_model())


def admit(fingerprint: str) -> None:
    """Judge a model; one that does not pass makes room for the one before. Raises `RuntimeError` where none can run."""
    program = fingerprint_program()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(LOG_LEVEL))
    agent = Agent.load(str(MODELS / f"{fingerprint}.tar.gz"))
    record = asyncio.run(judge(agent, fingerprint, program))
    before = find_before(fingerprint, program)
    faults = list_faults(record, before)
    if faults and before is None:
        raise RuntimeError(f"the new model does not pass: {'; '.join(faults)}. {_advise(record.wrong_topics)}")
    write_record(record)
    if faults and before:
        choose(before.fingerprint, program)
        print_warning(
            f"the new model does not pass, so {before.fingerprint} stays: {'; '.join(faults)}. "
            f"{_advise(record.wrong_topics)} To let it run all the same: omdehoek model use {fingerprint}"
        )


def _advise(topics: tuple[str, ...]) -> str:
    return f"Look at the examples of {', '.join(topics)}, and train again."


def remove_old_models() -> None:
    """Keep the newest few, and the one that runs."""
    kept = {locate_model(), MODELS / CHOSEN}
    for old in sorted(MODELS.glob("*.tar.gz"), key=lambda model: -model.stat().st_mtime)[KEPT_MODELS:]:
        if old not in kept:
            old.unlink()
            old.with_name(f"{old.name.removesuffix('.tar.gz')}.json").unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{train_model()}\n")
    except RuntimeError as error:
        print_error(str(error))
        sys.exit(1)
