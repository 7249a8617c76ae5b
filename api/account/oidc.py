"""Signs staff in with their work account: OpenID Connect, code flow with PKCE, state and nonce.

OpenID Connect Core 1.0 (3.1), RFC 7636 (PKCE), RFC 9207 (issuer in the answer). What the provider tells of itself and
its keys are read at each sign-in: that is seldom, and so a new key is known at once.
"""

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from referral.errors import IdentityUnavailable, InvalidInput
from referral.settings import Settings
from referral.staff.service import Identity

SCOPE = "openid email profile"
# Signatures with a public key only; "none" and shared secrets are refused.
ALGORITHMS = ["RS256", "PS256", "ES256"]
PATIENCE = 10.0
LEEWAY = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser keeps (in a cookie) between leaving for the provider and coming back."""

    state: str
    nonce: str
    verifier: str
    next: str

    def pack(self) -> str:
        """Return the value of the cookie, in characters that need no quoting there."""
        return ".".join((self.state, self.nonce, self.verifier, quote(self.next, safe="")))


def unpack_attempt(packed: str | None) -> Attempt:
    """Read an attempt back; raise `InvalidInput` when there is none."""
    parts = (packed or "").split(".", 3)
    if len(parts) != 4 or not all(parts):
        raise InvalidInput("no sign-in was begun in this browser")
    state, nonce, verifier, next_path = parts
    return Attempt(state, nonce, verifier, unquote(next_path))


class IdentityProvider:
    """The provider of the settings. Raises `IdentityUnavailable` when it cannot be reached or makes no sense."""

    def __init__(self, settings: Settings, redirect_uri: str) -> None:
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._redirect_uri = redirect_uri

    def begin(self, next_path: str) -> tuple[str, Attempt]:
        """Return the address to send the browser to, and what it has to keep meanwhile."""
        attempt = Attempt(secrets.token_urlsafe(), secrets.token_urlsafe(), secrets.token_urlsafe(48), next_path)
        with httpx.Client(timeout=PATIENCE) as http:
            metadata = self._discover(http)
            url, _ = self._make_client(http).create_authorization_url(
                metadata["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(url), attempt

    def finish(self, answer: Mapping[str, str], attempt: Attempt) -> Identity:
        """Return who it is, from what the provider sent back with the browser.

        Raises `InvalidInput` when the answer is not one to this attempt, or says no.
        """
        if not hmac.compare_digest(answer.get("state", "").encode(), attempt.state.encode()):
            raise InvalidInput("an answer to another sign-in")
        if answer.get("iss", self._issuer) != self._issuer:
            raise InvalidInput("an answer of another provider")
        if "code" not in answer:
            raise InvalidInput("the provider did not let this person in")
        with httpx.Client(timeout=PATIENCE) as http:
            metadata = self._discover(http)
            token = self._fetch_token(http, metadata, code=answer["code"], verifier=attempt.verifier)
            keys = _read_json(http, metadata["jwks_uri"])
        return self._read_identity(token, keys, attempt.nonce)

    def _discover(self, http: httpx.Client) -> dict[str, Any]:
        """Return what the provider tells of itself (OpenID Connect Discovery 1.0, 4)."""
        metadata = _read_json(http, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if metadata.get("issuer") != self._issuer or not all(isinstance(metadata.get(name), str) for name in needed):
            raise IdentityUnavailable("the provider does not describe itself as the issuer of the settings")
        return metadata

    def _make_client(self, http: httpx.Client) -> Any:
        return OAuth2Client(
            http,
            client_id=self._client_id,
            client_secret=self._secret,
            scope=SCOPE,
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
        )

    def _fetch_token(self, http: httpx.Client, metadata: dict[str, Any], *, code: str, verifier: str) -> dict[str, Any]:
        try:
            token: dict[str, Any] = self._make_client(http).fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                auth=httpx.BasicAuth(self._client_id, self._secret),
            )
        except AuthlibBaseError as error:
            raise InvalidInput("the provider does not accept its own answer") from error
        except (httpx.HTTPError, ValueError) as error:
            raise IdentityUnavailable(type(error).__name__) from error
        return token

    def _read_identity(self, token: dict[str, Any], keys: Any, nonce: str) -> Identity:
        """Check the ID token (OpenID Connect Core, 3.1.3.7) and return whom it names."""
        try:
            signed = jwt.decode(token.get("id_token", ""), KeySet.import_key_set(keys), algorithms=ALGORITHMS)
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                options={
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client_id},
                },
                params={"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
            )
            claims.validate(now=int(time.time()), leeway=LEEWAY)
        except (JoseError, ValueError, KeyError) as error:
            raise InvalidInput("an ID token that does not hold") from error
        email = claims.get("email")
        return Identity(
            issuer=self._issuer,
            subject=str(claims["sub"]),
            email=email if isinstance(email, str) else None,
            is_email_verified=claims.get("email_verified") is True,
        )


def _read_json(http: httpx.Client, url: str) -> dict[str, Any]:
    try:
        answer = http.get(url).raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise IdentityUnavailable(type(error).__name__) from error
    if not isinstance(answer, dict):
        raise IdentityUnavailable("the provider makes no sense")
    return answer
