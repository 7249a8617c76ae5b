"""Signing in with a work account, against a provider on loopback: who it names and nobody else comes in."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey

from tests.api.account.colleague import Colleague, add_person, read_note, read_target
from tests.api.account.conftest import NOOR
from tests.api.account.provider import CLIENT_SECRET
from tests.postgres import find_free_port

ATTEMPT = "omdehoek-oidc"


@pytest.fixture
def door(make_door, oidc_settings):
    """A door with the provider, where one colleague has an account without a password."""
    made = make_door(**oidc_settings)
    add_person(made, NOOR)
    return made


@pytest.fixture
def noor(door):
    return Colleague(door, **{"Sec-Fetch-Site": "none"})


def leave(colleague, path="/account/oidc"):
    """Go to the provider, sign in there, and return the way back."""
    begun = colleague.get(path)
    assert begun.status_code == 303, begun.text
    back = httpx.get(begun.headers["location"], follow_redirects=False)
    assert back.status_code == 303
    target = urlsplit(back.headers["location"])
    assert target.netloc == "library"
    return f"{target.path}?{target.query}"


def come_back(colleague):
    return colleague.get(leave(colleague))


def test_the_sign_in_page_offers_it_only_where_there_is_a_provider(noor, make_door):
    assert 'href="/account/oidc?next=%2Faccount"' in noor.get("/account/sign-in").text
    without = Colleague(make_door())
    assert "/account/oidc" not in without.get("/account/sign-in").text
    assert without.get("/account/oidc").status_code == 404
    assert without.get("/account/oidc/callback?code=x&state=y").status_code == 404


def test_who_has_an_account_comes_in_and_goes_where_they_wanted(noor):
    back = leave(noor, "/account/oidc?next=/account%3Fdone%3Dx")
    answer = noor.get(back)
    assert read_target(answer) == "/account?done=x"
    assert ATTEMPT not in noor.cookies
    assert "Noor" in noor.get("/account").text


def test_nobody_is_sent_to_another_site_by_it(noor):
    assert read_target(noor.get(leave(noor, "/account/oidc?next=//evil.example"))) == "/account"


def test_the_request_has_pkce_state_and_nonce_and_no_secret(noor):
    asked = parse_qs(urlsplit(noor.get("/account/oidc").headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert asked["redirect_uri"] == ["http://library/account/oidc/callback"]
    state, nonce, verifier, _ = noor.cookies[ATTEMPT].split(".")
    assert (asked["state"], asked["nonce"]) == ([state], [nonce])
    assert verifier not in str(asked)
    assert CLIENT_SECRET not in str(asked)


def test_the_second_time_the_subject_is_enough(noor, provider):
    assert come_back(noor).status_code == 303
    provider.claims = {"sub": "subject-1"}
    assert come_back(noor).status_code == 303
    provider.claims = {"sub": "subject-2", "email": NOOR, "email_verified": True}
    assert come_back(noor).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "s", "email": "niemand@x.nl", "email_verified": True},
        {"sub": "s", "email": NOOR, "email_verified": False},
        {"sub": "s", "email": NOOR, "email_verified": "true"},
        {"sub": "s", "email": NOOR},
        {"sub": "s", "email": [NOOR], "email_verified": True},
        {"sub": "s"},
    ],
)
def test_without_an_account_there_is_no_entry_and_that_is_said(noor, provider, claims):
    provider.claims = claims
    answer = come_back(noor)
    assert answer.status_code == 403
    assert "nog geen account" in read_note(answer.text)
    assert noor.token is None


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"aud": ["om-de-hoek", "another"], "azp": "another"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"sub": None},
    ],
)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(noor, provider, change):
    provider.change = change
    assert_failed(noor, come_back(noor))


def test_an_id_token_that_somebody_else_signed_is_refused(noor, provider):
    provider.signing_key = RSAKey.generate_key(2048)
    assert_failed(noor, come_back(noor))


def test_a_shared_secret_is_no_signature(noor, provider):
    provider.algorithm, provider.signing_key = "HS256", OctKey.import_key(CLIENT_SECRET * 4)
    assert_failed(noor, come_back(noor))


def test_a_new_key_of_the_provider_is_known_at_once(noor, provider):
    assert come_back(noor).status_code == 303
    provider.rotate()
    assert come_back(noor).status_code == 303


def test_an_answer_to_another_browser_is_refused(door, noor):
    stranger = Colleague(door)
    back = leave(stranger)
    assert_failed(noor, noor.get(back))  # nothing was begun here
    noor.get("/account/oidc")
    assert_failed(noor, noor.get(back))  # something else was begun here


@pytest.mark.parametrize("state", ["state=another", "state=", "other=x"])
def test_the_right_code_with_another_state_is_refused(noor, state):
    back = leave(noor)
    changed = re.sub(r"state=[\w-]+", state, back)
    assert changed != back
    assert_failed(noor, noor.get(changed))


def test_a_code_works_once(noor):
    back = leave(noor)
    kept = dict(noor.cookies)
    assert noor.get(back).status_code == 303
    noor.cookies = kept
    assert_failed(noor, noor.get(back))


@pytest.mark.parametrize("tail", ["&iss=https%3A%2F%2Fevil.example", "&code=wrong"])
def test_an_answer_that_was_changed_on_the_way_is_refused(noor, tail):
    assert_failed(noor, noor.get(leave(noor) + tail))


def test_who_is_refused_by_the_provider_is_told_so(noor):
    noor.get("/account/oidc")
    state = noor.cookies[ATTEMPT].partition(".")[0]
    assert_failed(noor, noor.get(f"/account/oidc/callback?error=access_denied&state={state}"))


@pytest.mark.parametrize("kept", ["", "x", "x.y.z", "...", ".n.v.%2F", "x....."])
def test_an_attempt_that_makes_no_sense_is_refused(noor, kept):
    noor.cookies[ATTEMPT] = kept
    assert_failed(noor, noor.get("/account/oidc/callback?code=x&state="))


def test_a_provider_that_is_down_is_said_and_a_password_still_works(make_door):
    door = make_door(oidc_issuer=f"http://127.0.0.1:{find_free_port()}", oidc_client_id="x")
    add_person(door, NOOR)
    noor = Colleague(door)
    answer = noor.get("/account/oidc")
    assert answer.status_code == 503
    assert "nu niet bereikbaar" in read_note(answer.text)
    assert noor.sign_in(NOOR).status_code == 303


@pytest.mark.parametrize("metadata", [{"issuer": "https://evil.example"}, {"jwks_uri": None}, {"token_endpoint": 1}])
def test_a_provider_that_describes_itself_wrongly_is_not_used(noor, provider, metadata):
    provider.metadata = metadata
    assert noor.get("/account/oidc").status_code == 503


def test_who_tries_too_often_waits(make_door, oidc_settings):
    noor = Colleague(make_door(**oidc_settings | {"sign_ins_per_minute": 1}))
    assert noor.get("/account/oidc").status_code == 303
    assert noor.get("/account/oidc").status_code == 429


def assert_failed(colleague, answer):
    assert answer.status_code == 400
    assert "niet gelukt" in read_note(answer.text)
    assert colleague.token is None or colleague.get("/account").status_code == 303
