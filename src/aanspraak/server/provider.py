"""The OpenID Connect provider: where users log in, what it says of them, and whether it is the provider who says so.

Its libraries are large, so that the server loads this module only where users log in.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from aanspraak.server.identity import RETURN, Claims, Refused, Unreachable
from aanspraak.server.sessions import Login
from aanspraak.server.settings import Oidc
from aanspraak.users import Role

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Those with a private key at the provider: with `none` or a shared secret anyone could sign, or we could."""

log = logging.getLogger(__name__)

_TIMEOUT = 10
"""Seconds for an answer of the provider."""

_SKEW = 30
"""Seconds that the clock of the provider may differ."""

_KEYS_KEPT, _KEYS_AGAIN = 3600, 30
"""Seconds that keys are kept; and between looks for one that is not there, so that false tokens do not make us ask."""


class Provider:
    """What is known of a provider: asked when it is first needed, and kept."""

    def __init__(self, oidc: Oidc) -> None:
        self.oidc = oidc
        self._metadata: dict[str, Any] = {}
        self._keys, self._asked, self._turn = KeySet([]), float("-inf"), asyncio.Lock()

    async def login_address(self, login: Login) -> str:
        """Where a browser logs in."""
        endpoint = (await self._said())["authorization_endpoint"]
        async with self._client() as client:
            url, _ = client.create_authorization_url(
                endpoint, state=login.state, nonce=login.nonce, code_verifier=login.verifier
            )
        return str(url)

    async def logged_in(self, code: str, login: Login) -> tuple[Claims, str]:
        """What the provider says of the user that came back with a code, and the token in which it says so."""
        endpoint = (await self._said())["token_endpoint"]
        try:
            async with self._client() as client:
                said = await client.fetch_token(endpoint, code=code, code_verifier=login.verifier)
        except OAuthError as error:
            log.warning("de aanmelddienst weigert een aanmelding: %s", error.error)
            raise Refused from None
        except httpx2.HTTPError as error:
            raise _unreachable(endpoint, error) from error
        token = str(said.get("id_token", ""))
        claims = await self._verified(token, self.oidc.client, nonce={"essential": True, "value": login.nonce})
        if claims.get("azp", self.oidc.client) != self.oidc.client:
            raise Refused
        return claims, token

    async def logout_address(self, token: str) -> str:
        """Where a browser logs out of the provider as well; "" for a provider that has no such place."""
        endpoint = (await self._said()).get("end_session_endpoint")
        query = {
            "id_token_hint": token,
            "client_id": self.oidc.client,
            "post_logout_redirect_uri": f"{self.oidc.public_url}/",
        }
        return str(httpx2.URL(endpoint).copy_merge_params(query)) if endpoint else ""

    async def bearer(self, token: str) -> Claims:
        """What an access token of a program says."""
        return await self._verified(token, self.oidc.audience)

    def role(self, claims: Claims) -> Role:
        """The most that the claims allow."""
        named = claims.get(self.oidc.claim, [])
        names = named if isinstance(named, list) else [named]
        return max((self.oidc.roles.get(str(name), Role.iedereen) for name in names), default=Role.iedereen)

    def _client(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self.oidc.client, self.oidc.secret, scope="openid", redirect_uri=f"{self.oidc.public_url}{RETURN}",
            code_challenge_method="S256", timeout=_TIMEOUT,
        )  # fmt: skip

    async def _said(self) -> dict[str, Any]:
        if not self._metadata:
            said = await _get(f"{self.oidc.issuer.rstrip('/')}/.well-known/openid-configuration")
            if said.get("issuer") != self.oidc.issuer:
                raise _unreachable(self.oidc.issuer, f"hij noemt zichzelf {said.get('issuer')}")
            self._metadata = said
        return self._metadata

    async def _verified(self, token: str, audience: str, **more: Any) -> Claims:
        expected = jwt.JWTClaimsRegistry(
            leeway=_SKEW,
            iss={"essential": True, "value": self.oidc.issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
            **more,
        )
        try:
            claims = await self._signed(token)
            expected.validate(claims)
        except (JoseError, ValueError):
            raise Refused from None
        return claims

    async def _signed(self, token: str) -> Claims:
        registry = JWSRegistry(algorithms=list(ALGORITHMS))
        try:
            return jwt.decode(token, await self._key_set(_KEYS_KEPT), registry=registry).claims
        except InvalidKeyIdError:  # the provider may have a new key
            return jwt.decode(token, await self._key_set(_KEYS_AGAIN), registry=registry).claims

    async def _key_set(self, age: float) -> KeySet:
        """The keys of the provider, not older than so many seconds."""
        async with self._turn:
            if time.monotonic() - self._asked > age:
                said = await _get((await self._said())["jwks_uri"])
                self._keys, self._asked = KeySet.import_key_set(said), time.monotonic()  # type: ignore[arg-type]
        return self._keys


async def _get(url: str) -> dict[str, Any]:
    try:
        async with httpx2.AsyncClient(timeout=_TIMEOUT) as client:
            said = (await client.get(url)).raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as error:
        raise _unreachable(url, error) from error
    if not isinstance(said, dict):
        raise _unreachable(url, "geen JSON-object")
    return said


def _unreachable(url: str, why: object) -> Unreachable:
    log.warning("de aanmelddienst %s is niet te gebruiken: %s", url, why)
    return Unreachable()
