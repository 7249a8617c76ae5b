"""A new model takes over when it passes, an older one can be turned back to, and one that cannot run is refused."""

import os
from dataclasses import replace

import pytest

import bot.choice
import bot.models
import bot.train
from bot.choice import (
    NotUsable,
    Record,
    choose,
    find_before,
    find_obstacles,
    list_faults,
    list_records,
    read_record,
    unchoose,
    write_record,
)
from bot.choosing import list_models
from bot.content import read_said_keys, read_topics
from bot.models import ModelLacksTopics, check_domain, fingerprint_content, fingerprint_program, locate_model

PROGRAM = fingerprint_program()
GOOD = Record(
    fingerprint="a" * 16,
    program=PROGRAM,
    at="2026-11-20T10:00:00+00:00",
    topics=tuple(topic.id for topic in read_topics()),
    said=tuple(read_said_keys()),
    messages=100,
    right=96,
    emergencies=10,
    emergencies_seen=10,
    false_alarms=0,
    wrong_topics=("digid",),
)
OLDER = replace(GOOD, fingerprint="b" * 16, at="2026-11-19T10:00:00+00:00")


@pytest.fixture
def models(tmp_path, monkeypatch):
    """An empty folder of models."""
    for module in (bot.choice, bot.models, bot.train):
        monkeypatch.setattr(module, "MODELS", tmp_path)
    return tmp_path


@pytest.fixture
def add(models):
    def write(record):
        (models / f"{record.fingerprint}.tar.gz").touch()
        write_record(record)

    return write


@pytest.fixture
def add_real(models, trained_model):
    """Adds the trained model under its own name; the rest of the suite does not see what is written beside it."""
    os.symlink(trained_model, models / trained_model.name)
    return trained_model.name.removesuffix(".tar.gz")


def test_a_record_is_read_as_it_was_written_and_only_with_its_model(models, add):
    add(GOOD)
    assert read_record(GOOD.fingerprint) == GOOD
    (models / f"{GOOD.fingerprint}.tar.gz").unlink()
    assert read_record(GOOD.fingerprint) is None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"right": 94}, None),
        ({"right": 93}, "93.0%"),
        ({"emergencies_seen": 9}, "fewer emergencies"),
        ({"emergencies": 20, "emergencies_seen": 20, "right": 97}, None),
    ],
)
def test_a_model_that_is_worse_than_the_one_before_does_not_pass(changes, fault):
    faults = list_faults(replace(GOOD, **changes), GOOD)
    assert [fault in one for one in faults] == ([True] if fault else [])


def test_the_first_model_has_only_the_least_to_pass():
    assert list_faults(replace(GOOD, right=90, emergencies_seen=5), None) == []
    assert "89.0%" in list_faults(replace(GOOD, right=89), None)[0]


def test_who_is_chosen_runs_whatever_the_content_is_and_until_the_newest_is_wanted(add, models):
    add(GOOD)
    add(OLDER)
    assert locate_model().name == f"{fingerprint_content()}.tar.gz"
    choose(OLDER.fingerprint, PROGRAM)
    assert locate_model() == models / f"{OLDER.fingerprint}.tar.gz"
    told = {one["fingerprint"]: one for one in list_models()}
    assert list(told) == [GOOD.fingerprint, OLDER.fingerprint]
    assert [told[name]["runs"] for name in told] == [False, True]
    unchoose()
    assert locate_model().name == f"{fingerprint_content()}.tar.gz"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"program": "c" * 16}, "another program"),
        ({"topics": (*GOOD.topics, "gone_topic")}, "gone_topic"),
        ({"said": (*GOOD.said, "gone_text")}, "gone_text"),
    ],
)
def test_what_cannot_run_is_not_chosen_and_says_why(add, changes, why):
    add(replace(OLDER, **changes))
    add(GOOD)
    with pytest.raises(NotUsable, match=why):
        choose(OLDER.fingerprint, PROGRAM)
    assert find_before(GOOD.fingerprint, PROGRAM) is None


def test_a_model_that_knows_fewer_topics_than_there_are_now_can_run():
    assert find_obstacles(replace(GOOD, topics=GOOD.topics[:-1]), PROGRAM) == []


def test_a_model_that_is_not_there_is_not_chosen(models):
    with pytest.raises(NotUsable, match="no model"):
        choose("f" * 16, PROGRAM)


def test_a_choice_that_can_no_longer_run_is_left(add, models):
    add(OLDER)
    choose(OLDER.fingerprint, PROGRAM)
    (models / f"{OLDER.fingerprint}.tar.gz").unlink()
    assert locate_model().name == f"{fingerprint_content()}.tar.gz"


def test_a_new_model_that_passes_takes_over(add, add_real):
    add(OLDER)
    bot.train.admit(add_real)
    assert locate_model().name == f"{add_real}.tar.gz"
    record = read_record(add_real)
    assert record.share >= 0.95
    assert record.emergencies == record.emergencies_seen
    assert [one.fingerprint for one in list_records()] == [add_real, OLDER.fingerprint]


def test_a_new_model_that_does_not_pass_leaves_the_one_before_and_says_so(add, add_real, models, capsys):
    add(replace(OLDER, messages=1000, right=1020))  # better than can be
    bot.train.admit(add_real)
    assert locate_model() == models / f"{OLDER.fingerprint}.tar.gz"
    told = capsys.readouterr().out
    assert f"omdehoek model use {add_real}" in told
    choose(add_real, PROGRAM)
    assert locate_model().name == f"{add_real}.tar.gz"


def test_where_no_other_can_run_a_model_that_does_not_pass_is_an_error(add_real, monkeypatch):
    monkeypatch.setattr(bot.choice, "LEAST_SHARE", 1.01)
    with pytest.raises(RuntimeError, match="does not pass"):
        bot.train.admit(add_real)


def test_of_a_chosen_model_only_its_own_topics_are_wanted(add, agent):
    add(replace(OLDER, topics=(*GOOD.topics[:-1],)))
    choose(OLDER.fingerprint, PROGRAM)
    check_domain(agent.domain)
    known = set(agent.domain.intents)
    poorer = type("Domain", (), {"intents": known - {GOOD.topics[-1]}})
    check_domain(poorer)
    with pytest.raises(ModelLacksTopics):
        check_domain(type("Domain", (), {"intents": known - {GOOD.topics[0]}}))


def test_the_model_that_runs_is_never_removed(add, models):
    add(OLDER)
    choose(OLDER.fingerprint, PROGRAM)
    os.utime(models / f"{OLDER.fingerprint}.tar.gz", (0, 0))
    for letter in "cdef":
        add(replace(GOOD, fingerprint=letter * 16))
    bot.train.remove_old_models()
    left = {path.name for path in models.glob("*.tar.gz")}
    assert f"{OLDER.fingerprint}.tar.gz" in left
    assert len(left) == bot.train.KEPT_MODELS + 1
    assert {path.stem for path in models.glob("*.json")} == {name.removesuffix(".tar.gz") for name in left}
