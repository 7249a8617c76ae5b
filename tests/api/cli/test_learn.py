"""`omdehoek learn`: what was not recognised, listed, and written as examples for an editor to read."""

import pytest
import yaml

from referral.clock import read_clock
from referral.db import Database
from referral.learning import service as learning
from referral.learning.service import Missed
from referral.referring.knowledge import load_knowledge
from referral.settings import get_settings

LIBRARY = "bibliotheek-zwolle-voorbeeld"
NEW = "dat gekke oranje ding op mijn mobieltje vraagt weer wat"
KNOWN = "digid geblokeerd wat nu"  # as it stands in data/topics/digid/examples.yml


@pytest.fixture
def decided(omdehoek):
    """Keeps a text, with what staff said it was about."""
    assert omdehoek("learn", "list").out == ""  # makes the database ready
    database = Database(get_settings().get_database_url())
    catalogue = load_knowledge().catalogue

    def keep(text, decision=None):
        with database.begin() as session:
            learning.note_missed(session, Missed(LIBRARY, text, (), "boete"), catalogue, read_clock())
            (entry,) = [one for one in learning.list_all(session) if one.text == text]
            if decision:
                learning.decide(
                    session,
                    entry.id,
                    decision,
                    blanked=(),
                    catalogue=catalogue,
                    library_id=LIBRARY,
                    now=read_clock(),
                )

    yield keep
    database.dispose()


def test_everything_is_listed_with_what_it_is_about(omdehoek, decided):
    decided(NEW, "digid")
    decided("een raar ding")
    lines = sorted(line.split("  ")[1:] for line in omdehoek("learn", "list").out.splitlines())
    assert lines == [["desk", "-", "een raar ding"], ["desk", "digid", NEW]]


def test_the_examples_are_written_and_the_others_counted(omdehoek, decided, tmp_path):
    decided(NEW, "digid")
    decided(KNOWN, "digid")
    decided(KNOWN.replace("wat nu", "wat nu?"), "boete")
    decided("nog niet bekeken")
    out = tmp_path / "lessons.yml"
    ended = omdehoek("learn", "export", "--out", out)
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "1 new, 1 known already, 1 contradict another topic\n"
    assert yaml.safe_load(out.read_text(encoding="utf-8")) == {"digid": {"balie": [NEW]}}
    assert "# boete, or digid?" in out.read_text(encoding="utf-8")
    assert omdehoek("learn", "export").out == out.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_told(omdehoek, tmp_path):
    ended = omdehoek("learn", "export", "--out", tmp_path / "no" / "such" / "folder.yml")
    assert ended.code == 2
    assert ended.err.startswith("invalid_input: cannot write")
