"""What the environment tells the server: who may log in, and where what is kept is. No secret on a command line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from aanspraak import database
from aanspraak.errors import UserError
from aanspraak.users import Role

_PREFIX = "AANSPRAAK_OIDC_"
ISSUER, CLIENT, PUBLIC_URL = f"{_PREFIX}ISSUER", f"{_PREFIX}CLIENT_ID", f"{_PREFIX}PUBLIC_URL"
SECRET, SECRET_FILE = f"{_PREFIX}CLIENT_SECRET", f"{_PREFIX}SECRET_FILE"
AUDIENCE, CLAIM, ROLES = f"{_PREFIX}AUDIENCE", f"{_PREFIX}ROLE_CLAIM", f"{_PREFIX}ROLES"

LOG = "logboek.jsonl"

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine in an address."""


@dataclass(frozen=True, slots=True)
class Oidc:
    """How users log in. `audience` is for whom the access tokens of programs are; `roles` is what a value of `claim`
    stands for here."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    public_url: str
    audience: str
    claim: str
    roles: Mapping[str, Role]

    @property
    def https(self) -> bool:
        """Whether browsers come here over https."""
        return self.public_url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Settings:
    """`database` is an SQLAlchemy URL, "" for a file; `log` the audit log, None for none; without `oidc` the server is
    for whoever uses this machine."""

    database: str = field(default="", repr=False)
    log: Path | None = None
    oidc: Oidc | None = None


def read_settings(folder: Path, log: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in the environment. Where users log in there is a log: in `folder` unless it is named. Raises
    UserError for what lacks or cannot be."""
    oidc = _oidc(environment)
    return Settings(environment.get(database.VARIABLE, ""), log or (folder / LOG if oidc else None), oidc)


def _oidc(environment: Mapping[str, str]) -> Oidc | None:
    given = {name: value for name, value in environment.items() if name.startswith(_PREFIX) and value}
    if not given:
        return None
    if missing := [name for name in (ISSUER, CLIENT, PUBLIC_URL) if name not in given]:
        raise UserError(f"Inloggen: {', '.join(missing)} ontbreekt; zie docs/beheer.md.")
    public_url = _address(given, PUBLIC_URL)
    if public_url != "{0.scheme}://{0.netloc}".format(urlsplit(public_url)):
        raise UserError(f"{PUBLIC_URL}: geef alleen https://naam, zonder pad.")
    return Oidc(
        issuer=_address(given, ISSUER),
        client=given[CLIENT],
        secret=_secret(given),
        public_url=public_url,
        audience=given.get(AUDIENCE, public_url),
        claim=given.get(CLAIM, "roles"),
        roles=_roles(given.get(ROLES, "")),
    )


def _address(given: Mapping[str, str], name: str) -> str:
    """An https address, or one of this machine, as it was given: an issuer is compared letter by letter."""
    url = given[name]
    parts = urlsplit(url)
    if not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.netloc)))):
        raise UserError(f"{name}: «{url}» is geen adres dat met https:// begint; alleen op deze computer kan http://.")
    return url


def _is_here(netloc: str) -> bool:
    return any(netloc == name or netloc.startswith(f"{name}:") for name in LOOPBACK)


def _secret(given: Mapping[str, str]) -> str:
    if SECRET in given:
        return given[SECRET]
    if SECRET_FILE not in given:
        raise UserError(f"Inloggen: {SECRET_FILE} (of {SECRET}) ontbreekt; zet er het bestand met het clientgeheim in.")
    try:
        secret = Path(given[SECRET_FILE]).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UserError(f"{SECRET_FILE}: {given[SECRET_FILE]} is niet te lezen ({error.strerror}).") from None
    if not secret:
        raise UserError(f"{SECRET_FILE}: {given[SECRET_FILE]} is leeg; zet er het clientgeheim in.")
    return secret


def _roles(text: str) -> dict[str, Role]:
    """What stands as `waarde=rol,waarde=rol`; nothing: the roles under their own names."""
    ours: dict[str, Role] = {role.name: role for role in Role if role is not Role.iedereen}
    if not text:
        return ours
    found: dict[str, Role] = {}
    for part in text.split(","):
        theirs, equals, name = part.strip().rpartition("=")
        if not equals or name not in ours:
            raise UserError(f"{ROLES}: «{part.strip()}» kan niet; schrijf waarde=rol, met rol {', '.join(ours)}.")
        found[theirs] = ours[name]
    return found
