"""Another model takes over in the middle of a conversation, which goes on where it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.citizen import Citizen
from tests.processes import ROOT, Assistant

OTHER = "b" * 16

pytestmark = pytest.mark.timeout(300)


def test_a_conversation_survives_another_model(tmp_path, trained_model):
    models = tmp_path / "models"
    models.mkdir()
    trained = Path(trained_model)
    record = trained.with_name(trained.name.replace(".tar.gz", ".json"))
    os.symlink(trained, models / trained.name)
    assistant = Assistant(tmp_path, OMDEHOEK_MODELS_DIR=str(models))
    assistant.prepare()
    try:
        assistant.start()
        citizen = Citizen(assistant.url)
        citizen.say("ik krijg mijn rekeningen niet meer betaald")
        assert citizen.cards == []  # the place is asked for
        assistant.kill("rasa")
        (models / trained.name).rename(models / f"{OTHER}.tar.gz")
        told = json.loads(record.read_text(encoding="utf-8")) | {"fingerprint": OTHER}
        (models / f"{OTHER}.json").write_text(json.dumps(told), encoding="utf-8")
        command = [sys.executable, "-m", "api.cli.main", "model", "use", OTHER]
        subprocess.run(command, cwd=ROOT, env=assistant.environment, check=True, capture_output=True)
        assistant.start("rasa")
        citizen.say("Zwolle")
        assert citizen.cards
        citizen.close()
    finally:
        assistant.stop()
