"""A link is for one organization, for some days, and signed by us."""

import os
import signal
import stat
import subprocess
import sys
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from referral.errors import LinkExpired
from referral.proposals.links import KEY_FILE, Use, load_key, make_token, read_token
from referral.settings import ROOT, Settings
from tests.clock import TUESDAY

KEY = OctKey.import_key("a key that is long enough for HS256")
OTHER = OctKey.import_key("another key that is long enough too")


def test_a_link_names_its_organization_until_it_ends():
    token = make_token(KEY, "raadslieden", now=TUESDAY, days=30)
    assert read_token(KEY, token, TUESDAY + timedelta(days=30)) == "raadslieden"
    with pytest.raises(LinkExpired):
        read_token(KEY, token, TUESDAY + timedelta(days=30, seconds=1))


@pytest.mark.parametrize("use", Use)
def test_a_link_for_one_thing_opens_no_other(use):
    token = make_token(KEY, "raadslieden", now=TUESDAY, days=30, use=use)
    assert read_token(KEY, token, TUESDAY, use) == "raadslieden"
    for other in set(Use) - {use}:
        with pytest.raises(LinkExpired):
            read_token(KEY, token, TUESDAY, other)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "." * 3])
def test_what_is_no_link_is_refused(token):
    with pytest.raises(LinkExpired):
        read_token(KEY, token, TUESDAY)


def test_a_link_that_somebody_else_signed_or_changed_is_refused():
    token = make_token(OTHER, "raadslieden", now=TUESDAY, days=30)
    with pytest.raises(LinkExpired):
        read_token(KEY, token, TUESDAY)
    head, body, _ = make_token(KEY, "raadslieden", now=TUESDAY, days=30).split(".")
    _, other_body, signature = make_token(KEY, "ander", now=TUESDAY, days=30).split(".")
    assert body != other_body
    with pytest.raises(LinkExpired):
        read_token(KEY, f"{head}.{body}.{signature}", TUESDAY)


def test_a_token_for_something_else_is_no_link():
    claims = {"aud": "staff", "sub": "raadslieden", "exp": int(TUESDAY.timestamp()) + 60}
    with pytest.raises(LinkExpired):
        read_token(KEY, jwt.encode({"alg": "HS256"}, claims, KEY), TUESDAY)


def test_the_key_is_made_once_and_for_us_alone(tmp_path):
    settings = Settings(state_dir=tmp_path / "new", link_key="")
    token = make_token(load_key(settings), "raadslieden", now=TUESDAY, days=1)
    assert read_token(load_key(settings), token, TUESDAY) == "raadslieden"
    assert stat.S_IMODE((tmp_path / "new" / KEY_FILE).stat().st_mode) == 0o600


def test_the_key_of_the_setting_is_used_where_there_is_one(tmp_path):
    settings = Settings(state_dir=tmp_path, link_key="a key that is long enough for HS256")
    assert read_token(load_key(settings), make_token(KEY, "o", now=TUESDAY, days=1), TUESDAY) == "o"
    assert not (tmp_path / KEY_FILE).exists()


def test_who_is_killed_while_making_the_key_leaves_none(tmp_path):
    """An empty key would sign for everybody, from then on."""
    code = (
        "import os, signal; os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL);"
        "from referral.proposals.links import load_key; from referral.settings import get_settings;"
        "load_key(get_settings())"
    )
    environment = {**os.environ, "OMDEHOEK_STATE_DIR": str(tmp_path)}
    died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    assert not (tmp_path / KEY_FILE).exists()
    made = load_key(Settings(state_dir=tmp_path))
    assert made.raw_value == load_key(Settings(state_dir=tmp_path)).raw_value != b""
