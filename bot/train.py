"""`python -m bot.train`: trains the model for the content as it is now, unless it is there already."""

import os
import sys

os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # before Rasa is imported: what is never read need not be written

import rasa
from rasa.shared.utils.cli import print_error

from bot.content import ROOT
from bot.models import MODELS, check_model, locate_model

KEPT_MODELS = 3


def train_model() -> str:
    """Train if needed, check that every topic is in the model, keep the newest few, and return the path."""
    path = locate_model()
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
        unfinished.rename(path)
        remove_old_models()
    check_model(path)
    return str(path)


def remove_old_models() -> None:
    for old in sorted(MODELS.glob("*.tar.gz"), key=lambda model: -model.stat().st_mtime)[KEPT_MODELS:]:
        old.unlink()


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{train_model()}\n")
    except RuntimeError as error:
        print_error(str(error))
        sys.exit(1)
