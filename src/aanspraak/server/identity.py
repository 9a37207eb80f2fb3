"""Who asks: by the session of a browser, or by the access token of a program."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
from starlette.responses import Response

from aanspraak.server.sessions import SESSION, Sessions
from aanspraak.users import NOBODY, Role, User

if TYPE_CHECKING:
    from aanspraak.server.provider import Provider

RETURN = "/inloggen/terug"
"""Where the provider sends a user back to."""

Claims = dict[str, Any]
"""What a provider says of a user."""


class Refused(Exception):
    """What came is not what the provider would have said."""


class Unreachable(Exception):
    """The provider does not answer, or not as it should."""


class Identity:
    """The users of a provider, with their sessions here."""

    def __init__(self, provider: Provider, sessions: Sessions) -> None:
        self.provider, self.sessions = provider, sessions
        self._https = provider.oidc.https
        self.cookie = self._name("aanspraak")
        self.login_cookie = self._name("aanspraak-aanmelding")

    async def user(self, headers: Headers) -> User:
        """Who asks. Raises Refused for a token that cannot be; a session that is over is nobody's."""
        if given := headers.get("authorization"):
            kind, _, token = given.partition(" ")
            if kind.lower() != "bearer":
                raise Refused
            return User(*self.known(await self.provider.bearer(token.strip())))
        secret = cookies(headers).get(self.cookie)
        return (self.sessions.user(secret) if secret else None) or NOBODY

    def known(self, claims: Claims) -> tuple[str, Role]:
        """By what letters a user of the provider is known here, and the role."""
        issuer = self.provider.oidc.issuer
        return self.sessions.pseudonym(f"{issuer} {claims['sub']}"), self.provider.role(claims)

    def set_cookie(self, response: Response, name: str, value: str) -> None:
        """Have a browser keep a secret: only it sends it, and only to us. An empty one is forgotten."""
        age = int(SESSION.total_seconds()) if value else 0
        response.set_cookie(name, value, age, path="/", secure=self._https, httponly=True, samesite="lax")

    def _name(self, name: str) -> str:
        """Over https a browser holds it to this host: no neighbour can put another in its place."""
        return f"__Host-{name}" if self._https else name


def cookies(headers: Headers) -> dict[str, str]:
    """What a browser kept for us."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}
