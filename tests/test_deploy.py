"""The images and the compose file, as far as they can be checked without an engine."""

import re
import subprocess
from importlib.util import find_spec

import pytest
import yaml

from referral.settings import ROOT, SECRETS, Settings

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
IMAGES = sorted(DEPLOY.glob("*.Dockerfile"))
LOCKED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def tracked():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = set(listed.split())
    if not files:
        pytest.skip("not a checkout")
    return files | {path.partition("/")[0] for path in files}


def read_steps(image):
    """Return the instructions of a Dockerfile, with continued lines joined."""
    lines = image.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", SERVICES)
def test_every_part_is_contained(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert "privileged" not in service
    assert "healthcheck" in service or service["restart"] == "no"


def test_only_the_door_is_published_and_only_to_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert set(published) == {"api"}
    assert all(port.startswith("127.0.0.1:") for port in published["api"])
    assert SERVICES["rasa"]["network_mode"] == SERVICES["actions"]["network_mode"] == "service:api"
    assert SERVICES["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_every_variable_and_secret_is_a_setting(name):
    known = {f"OMDEHOEK_{field}".upper() for field in Settings.model_fields}
    service = SERVICES[name]
    named = {one for one in service.get("environment", {}) if one.startswith("OMDEHOEK_")}
    assert named <= known
    assert {one.upper() for one in service.get("secrets", []) if one.startswith("omdehoek_")} <= known
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    values = " ".join(map(str, service.get("environment", {}).values()))
    assert "password" not in values.replace("/run/secrets/postgres_password", "")


def test_a_secret_comes_from_its_file(monkeypatch, tmp_path):
    monkeypatch.delenv("OMDEHOEK_LINK_KEY", raising=False)
    (tmp_path / "omdehoek_link_key").write_text("a key in a file\n")
    assert Settings(_secrets_dir=tmp_path, _env_file=None).link_key.get_secret_value() == "a key in a file"
    assert str(SECRETS) == "/run/secrets"


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if "command" in service])
def test_every_command_exists(name):
    command = SERVICES[name]["command"]
    assert command[:2] == ["python", "-m"]
    assert find_spec(command[2]) or (ROOT / f"{command[2].replace('.', '/')}.py").is_file()


@pytest.mark.parametrize("image", IMAGES, ids=lambda path: path.name)
def test_an_image_is_made_of_what_there_is_and_runs_as_nobody_special(image, tracked):
    steps = read_steps(image)
    bases = [words.split()[0] for step, words in steps if step == "FROM"]
    assert all(re.fullmatch(r"python:3\.1[01](-slim)?-bookworm", base) for base in bases)
    copied = [words.split()[:-1] for step, words in steps if step == "COPY" and not words.startswith("--from")]
    assert {source for sources in copied for source in sources} <= tracked
    assert [words for step, words in steps if step == "USER"][-1] not in ("root", "0")
    assert all("--require-hashes" in words for step, words in steps if step == "RUN" and "pip install" in words)
    assert not any("curl" in words or "wget" in words or step == "ADD" for step, words in steps)


def test_the_image_has_the_versions_that_were_tested():
    ours = dict(LOCKED.findall((DEPLOY / "api.lock").read_text(encoding="utf-8")))
    tested = dict(LOCKED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert len(ours) > 50
    assert {name: version for name, version in ours.items() if tested.get(name) != version} == {}


def test_nothing_private_gets_into_an_image():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".env", "var", ".git"} <= set(ignored)
