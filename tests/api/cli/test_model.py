"""`omdehoek model` tells which models there are and lets one run; what cannot run says why."""

import json
import os
from pathlib import Path

import pytest

OLDER = "b" * 16


@pytest.fixture
def models(tmp_path, trained_model):
    """A folder with the trained model, and the same as an older one; their records tell what the real one's tells."""
    folder = tmp_path / "models"
    folder.mkdir()
    trained = Path(trained_model)
    record = json.loads(trained.with_name(trained.name.replace(".tar.gz", ".json")).read_text(encoding="utf-8"))
    for name, at in ((record["fingerprint"], "2026-11-20T10:00:00+00:00"), (OLDER, "2026-11-19T10:00:00+00:00")):
        os.symlink(trained, folder / f"{name}.tar.gz")
        (folder / f"{name}.json").write_text(json.dumps(record | {"fingerprint": name, "at": at}), encoding="utf-8")
    return folder


def test_models_are_told_with_what_they_understand_and_one_is_turned_back_to(omdehoek, models):
    listed = omdehoek("model", "list", OMDEHOEK_MODELS_DIR=str(models))
    newest, runs, older = listed.out.splitlines()
    assert "understands 9" in newest
    assert runs.strip() == "runs; of the present content"
    assert older.startswith(OLDER)
    used = omdehoek("model", "use", OLDER)
    assert used.code == 0
    assert [line.strip() for line in used.out.splitlines()[1:4:2]] == ["of the present content", "runs"]
    assert "restart rasa" in used.out
    assert "runs; of the present content" in omdehoek("model", "newest").out


@pytest.mark.parametrize(("fingerprint", "why"), [("f" * 16, "there is no model"), ("../../x", "there is no model")])
def test_a_model_that_is_not_there_is_refused_in_words(omdehoek, models, fingerprint, why):
    ended = omdehoek("model", "use", fingerprint, OMDEHOEK_MODELS_DIR=str(models))
    assert ended.code == 2
    assert why in ended.err


def test_without_a_model_it_says_how_to_make_one(omdehoek, tmp_path, trained_model):
    assert "make train" in omdehoek("model", "list", OMDEHOEK_MODELS_DIR=str(tmp_path)).out
