"""A real OpenID Connect provider (npm oidc-provider), and a server whose users log in there."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from aanspraak.monitor.results import Result
from aanspraak.server.settings import read_settings
from tests.npm import node_modules
from tests.server.process import address_of, free_port, serving

API = Path(__file__).parents[1] / "api"
SECRET = "a-secret-of-the-tests"  # noqa: S105
AUDIENCE = "urn:aanspraak"


@dataclass(frozen=True)
class Secured:
    """A server whose users log in, the provider with its key, and the audit log."""

    address: str
    issuer: str
    key: RSAKey
    log: Path

    def token(self, role: str, audience: str = AUDIENCE) -> str:
        """An access token as a program gets it."""
        asked = {"grant_type": "client_credentials", "resource": audience}
        said = httpx.post(f"{self.issuer}/token", auth=(role, SECRET), data=asked)
        return str(said.raise_for_status().json()["access_token"])

    def signed(self, header: dict[str, Any] | None = None, key: Any = None, **claims: Any) -> str:
        """A token made by hand: with the key of the provider, unless with another; None leaves a claim out."""
        now = int(time.time())
        whole = {"iss": self.issuer, "aud": AUDIENCE, "sub": "lezer", "iat": now, "exp": now + 600}
        whole |= {"roles": ["zorg-beheerder"]}
        whole = {name: value for name, value in (whole | claims).items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "een"} | (header or {}), whole, key or self.key, ["RS256"])

    def program(self, role: str) -> httpx.Client:
        """A program with a token."""
        return httpx.Client(base_url=self.address, headers={"authorization": f"Bearer {self.token(role)}"})

    def events(self) -> list[dict[str, Any]]:
        """The audit log so far."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@contextmanager
def secured(folder: Path, results: Mapping[str, Result] | None = None) -> Iterator[Secured]:
    """A server and its provider, each on a free port; with results of monitors."""
    node_modules(API)
    key = RSAKey.generate_key(2048, {"kid": "een", "use": "sig", "alg": "RS256"})
    ours = free_port()
    with free_port() as theirs:
        port = theirs.getsockname()[1]
    keys = {"keys": [key.as_dict(private=True)]}
    told = json.dumps({"port": port, "keys": keys, "ours": address_of(ours)})
    command = ["node", API / "provider.mjs", told]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as provider:
        try:
            assert provider.stdout
            while "listening" not in (line := provider.stdout.readline()):
                assert line, "the provider stopped"
            (folder / "geheim").write_text(f"{SECRET}\n")
            issuer = f"http://127.0.0.1:{port}"
            settings = read_settings(folder, None, environment(issuer, address_of(ours), folder / "geheim"))
            assert settings.log
            with serving(folder, settings, ours, results) as address:
                yield Secured(address, issuer, key, settings.log)
        finally:
            provider.terminate()


def environment(issuer: str, public_url: str, secret: Path) -> dict[str, str]:
    """How a server is told of the provider."""
    return {
        "AANSPRAAK_OIDC_ISSUER": issuer,
        "AANSPRAAK_OIDC_CLIENT_ID": "aanspraak",
        "AANSPRAAK_OIDC_SECRET_FILE": str(secret),
        "AANSPRAAK_OIDC_PUBLIC_URL": public_url,
        "AANSPRAAK_OIDC_AUDIENCE": AUDIENCE,
        "AANSPRAAK_OIDC_ROLES": "zorg-lezer=lezer, zorg-analist=analist,zorg-beheerder=beheerder",
    }
