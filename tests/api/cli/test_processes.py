"""What `omdehoek run` starts: every process on loopback; what would keep it from starting is said in a sentence."""

import configparser
import socket
import sys

import pytest

from api.cli.processes import list_processes, write_supervisor_config
from api.cli.run import find_problems, is_free, show_addresses
from referral.settings import Settings
from tests.postgres import find_free_port

NAMES = ["rasa", "actions", "actions-2", "api", "api-2", "worker"]


@pytest.fixture
def free_settings(tmp_path):
    return Settings(
        state_dir=tmp_path, port=find_free_port(), rasa_port=find_free_port(), actions_port=find_free_port()
    )


@pytest.fixture
def config(free_settings):
    parser = configparser.RawConfigParser()
    parser.read(write_supervisor_config(free_settings), encoding="utf-8")
    return parser


def test_every_process_is_there_and_comes_back_when_it_dies(config):
    assert [name for name in config.sections() if name.startswith("program:")] == [f"program:{n}" for n in NAMES]
    for name in NAMES:
        program = config[f"program:{name}"]
        assert program["autorestart"] == "true"
        assert program["stopasgroup"] == program["killasgroup"] == "true"
        assert program["stdout_logfile"].endswith(f"{name}.log")


def test_nothing_listens_to_the_outside(config, free_settings):
    assert "0.0.0.0" not in (free_settings.state_dir / "supervisor.conf").read_text()  # noqa: S104
    for name in NAMES:
        environment = config[f"program:{name}"]["environment"]
        assert 'SANIC_HOST="127.0.0.1"' in environment
        assert 'OMDEHOEK_HOST="127.0.0.1"' in environment
        assert f'OMDEHOEK_PORT="{free_settings.port}"' in environment
        assert f'OMDEHOEK_RASA_PORT="{free_settings.rasa_port}"' in environment
        assert 'RASA_TELEMETRY_ENABLED="false"' in environment
    assert config["unix_http_server"]["chmod"] == "0700"
    assert not config.has_section("inet_http_server")


def test_nobody_logs_who_asks_what(config):
    for name in NAMES:
        assert "debug" not in config[f"program:{name}"]["command"]


def test_the_door_runs_in_this_environment_and_rasa_in_its_own(free_settings):
    pythons = {process.name: process.command[0] for process in list_processes(free_settings)}
    assert pythons["rasa"].endswith("bot/.venv/bin/python")
    assert {pythons[name] for name in ("actions", "api", "worker")} == {sys.executable}


def test_rasa_is_one_process_that_keeps_the_others(free_settings):
    many = free_settings.model_copy(update={"rasa_processes": 3, "api_processes": 3, "actions_processes": 1})
    assert [one.name for one in list_processes(many)] == ["rasa", "actions", "api", "api-2", "api-3", "worker"]
    parser = configparser.RawConfigParser()
    parser.read(write_supervisor_config(many), encoding="utf-8")
    told = parser["program:rasa"]["environment"]
    assert f'OMDEHOEK_RASA_PORT="{many.rasa_port}"' in told
    assert 'OMDEHOEK_RASA_PROCESSES="3"' in told


@pytest.mark.parametrize(
    ("field", "setting"),
    [("port", "OMDEHOEK_PORT"), ("rasa_port", "OMDEHOEK_RASA_PORT"), ("actions_port", "OMDEHOEK_ACTIONS_PORT")],
)
def test_a_port_that_is_taken_is_said_with_what_to_do(free_settings, field, setting):
    port = getattr(free_settings, field)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port)
        problems = [problem for problem in find_problems(free_settings) if str(port) in problem]
        assert problems == [f"Port {port} is taken by another program: stop it, or choose another port with {setting}."]


def test_where_nothing_is_wrong_nothing_is_said(free_settings):
    assert [problem for problem in find_problems(free_settings) if "Port" in problem] == []
    assert is_free(free_settings.port)


def test_a_disk_that_is_nearly_full_is_said(free_settings, monkeypatch):
    monkeypatch.setattr("api.cli.run.MIN_FREE_BYTES", 2**62)
    assert any(str(free_settings.state_dir) in problem for problem in find_problems(free_settings))


def test_a_taken_port_stops_the_start_before_anything_runs(omdehoek):
    port = find_free_port()
    with socket.create_server(("127.0.0.1", port)):
        ended = omdehoek("run", OMDEHOEK_PORT=str(port))
    assert ended.code == 1
    assert f"Port {port} is taken" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, False),
        ({"public_url": "https://hulp.example.nl"}, True),
        ({"public_url": "https://hulp.example.nl", "trusted_proxies": "127.0.0.1"}, False),
    ],
)
def test_who_is_behind_a_proxy_that_is_not_named_hears_of_it(free_settings, capsys, changes, is_told):
    show_addresses(free_settings.model_copy(update=changes))
    assert ("OMDEHOEK_TRUSTED_PROXIES" in capsys.readouterr().out) is is_told


def test_each_process_that_has_figures_has_a_port_for_them(free_settings):
    def list_ports(settings):
        return {
            one.name: one.own["OMDEHOEK_METRICS_PORT"] for one in list_processes(settings) if "METRICS" in str(one.own)
        }

    assert list_ports(free_settings) == {}
    many = free_settings.model_copy(update={"metrics_port": 9464, "api_processes": 2})
    assert list_ports(many) == {"api": "9464", "api-2": "9465", "worker": "9466"}
    assert many.list_metrics_ports() == [9464, 9465, 9466]
