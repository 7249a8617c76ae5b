"""An OpenID Connect provider of our own on loopback: real codes, real PKCE, real signatures."""

import base64
import hashlib
import secrets
import threading
import time
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from api.web.forms import TheFields
from tests.postgres import find_free_port

CLIENT_ID = "om-de-hoek"
CLIENT_SECRET = "geheim-van-de-test"  # noqa: S105  (of nobody real)


class Provider:
    """`claims` is who signs in at the provider; `change` overrides what the ID token says, `None` leaves it out."""

    def __init__(self):
        self.port = find_free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.rotate()
        self.forget()
        config = uvicorn.Config(self._make_app(), port=self.port, log_level="warning", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def forget(self):
        """Start a test: nobody in particular, nothing changed, no codes."""
        self.claims = {"sub": "subject-1", "email": "noor@bibliotheek.example", "email_verified": True}
        self.change = {}
        self.metadata = {}
        self.signing_key = self.key
        self.algorithm = "RS256"
        self.codes = {}

    def rotate(self):
        """Sign with a new key from now on, and publish only that."""
        self.key = self.signing_key = RSAKey.generate_key(2048, auto_kid=True)

    def close(self):
        self._server.should_exit = True
        self._thread.join()

    def _make_app(self):
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def describe():
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            } | self.metadata

        @app.get("/authorize")
        def authorize(request: Request):
            asked = dict(request.query_params)
            assert asked["response_type"] == "code"
            assert asked["client_id"] == CLIENT_ID
            assert asked["code_challenge_method"] == "S256"
            assert "openid" in asked["scope"].split()
            code = secrets.token_urlsafe()
            self.codes[code] = asked
            answer = {"code": code, "state": asked["state"], "iss": self.issuer}
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 303)

        @app.post("/token")
        def give_token(request: Request, fields: TheFields):
            expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
            if request.headers.get("authorization") != f"Basic {expected}":
                return JSONResponse({"error": "invalid_client"}, 401)
            asked = self.codes.pop(fields.get("code"), None)  # a code works once
            digest = hashlib.sha256(fields.get("code_verifier").encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if (
                asked is None
                or asked["code_challenge"] != challenge
                or asked["redirect_uri"] != fields.get("redirect_uri")
            ):
                return JSONResponse({"error": "invalid_grant"}, 400)
            return {"access_token": "a", "token_type": "Bearer", "id_token": self._sign(asked["nonce"])}

        @app.get("/keys")
        def show_keys():
            return KeySet([self.key]).as_dict(private=False)

        return app

    def _sign(self, nonce):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce, **self.claims}
        claims = {name: value for name, value in (claims | self.change).items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        return jwt.encode(header, claims, self.signing_key, algorithms=[self.algorithm])
