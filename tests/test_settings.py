"""Settings come from the environment, each is described, and without any it runs on this machine alone."""

import pytest
from pydantic import ValidationError

from referral.settings import ROOT, Settings


@pytest.fixture
def bare(monkeypatch):
    """No settings at all in the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"OMDEHOEK_{name.upper()}", raising=False)


def test_every_setting_tells_what_it_is_for():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.usefixtures("bare")
def test_without_settings_everything_is_on_this_machine():
    settings = Settings(_env_file=None)
    assert settings.host == "127.0.0.1"
    assert settings.list_rasa_urls() == ["http://127.0.0.1:5005", "http://127.0.0.1:5006"]
    assert settings.get_database_url() == f"sqlite:///{ROOT / 'var' / 'omdehoek.db'}"
    assert settings.clock_shift == 0.0


@pytest.mark.usefixtures("bare")
def test_a_setting_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("OMDEHOEK_PORT", "9090")
    monkeypatch.setenv("OMDEHOEK_DATABASE_URL", "postgresql+psycopg://db/omdehoek")
    monkeypatch.setenv("OMDEHOEK_RASA_URL", "http://rasa:5005")
    settings = Settings(_env_file=None)
    assert settings.port == 9090
    assert settings.get_database_url() == "postgresql+psycopg://db/omdehoek"
    assert settings.list_rasa_urls() == ["http://rasa:5005"]


@pytest.mark.parametrize(("name", "value"), [("PORT", "web"), ("TURN_DEADLINE", "soon"), ("TURNS_PER_MINUTE", "1.5")])
def test_a_setting_that_cannot_be_read_stops_the_start_and_is_named(monkeypatch, name, value):
    monkeypatch.setenv(f"OMDEHOEK_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings(_env_file=None)
