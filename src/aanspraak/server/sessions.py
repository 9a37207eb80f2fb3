"""Who has logged in, in the database: nothing of it is in a browser but a secret, of which only the hash is here."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, String, Table, delete, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from aanspraak.claims.pseudonym import pseudonymiser
from aanspraak.database import create
from aanspraak.users import Role, User

SESSION = timedelta(hours=8)
"""How long someone stays logged in: a working day."""

LOGIN = timedelta(minutes=10)
"""How long someone may take to log in."""

_METADATA = MetaData()
_KEYS = Table(
    "sleutels", _METADATA, Column("naam", String, primary_key=True), Column("sleutel", LargeBinary, nullable=False)
)
_LOGINS = Table(
    "aanmeldingen",
    _METADATA,
    Column("toestand", String, primary_key=True),
    Column("nonce", String, nullable=False),
    Column("bewijs", String, nullable=False),
    Column("naar", String, nullable=False),
    Column("tot", DateTime(timezone=True), nullable=False),
)
_SESSIONS = Table(
    "sessies",
    _METADATA,
    Column("sessie", String, primary_key=True),
    Column("kenmerk", String, nullable=False),
    Column("rol", String, nullable=False),
    Column("id_token", String, nullable=False),
    Column("tot", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Login:
    """A login that was begun: what the provider must say back, the verifier of PKCE, and the page to go on to."""

    state: str
    nonce: str
    verifier: str
    then: str


class Sessions:
    """Logins and sessions in a database."""

    def __init__(self, database: Engine) -> None:
        create(database, _METADATA)
        self._database = database
        self._key = _key(database)
        self.pseudonym = pseudonymiser(self._key)
        """A user of the provider → the letters by which that user is known here."""

    def begin(self, then: str) -> Login:
        """Begin a login."""
        login = Login(_secret(), _secret(), _secret(), then)
        with self._database.begin() as con:
            con.execute(delete(_LOGINS).where(_LOGINS.c.tot < datetime.now(UTC)))
            con.execute(
                insert(_LOGINS).values(
                    toestand=_hash(login.state), nonce=login.nonce, bewijs=login.verifier, naar=then,
                    tot=datetime.now(UTC) + LOGIN,
                )
            )  # fmt: skip
        return login

    def take(self, state: str) -> Login | None:
        """The login that was begun with this state: once, and not too late."""
        begun = delete(_LOGINS).where(_LOGINS.c.toestand == _hash(state), _LOGINS.c.tot > datetime.now(UTC))
        with self._database.begin() as con:
            row = con.execute(begun.returning(_LOGINS)).one_or_none()
        return Login(state, row.nonce, row.bewijs, row.naar) if row else None

    def open(self, kenmerk: str, role: Role, id_token: str) -> str:
        """A new session; returns its secret."""
        secret = _secret()
        with self._database.begin() as con:
            con.execute(delete(_SESSIONS).where(_SESSIONS.c.tot < datetime.now(UTC)))
            con.execute(
                insert(_SESSIONS).values(
                    sessie=_hash(secret), kenmerk=kenmerk, rol=role.name, id_token=id_token,
                    tot=datetime.now(UTC) + SESSION,
                )
            )  # fmt: skip
        return secret

    def user(self, secret: str) -> User | None:
        """Who has this session."""
        with self._database.connect() as con:
            mine = select(_SESSIONS).where(_SESSIONS.c.sessie == _hash(secret), _SESSIONS.c.tot > datetime.now(UTC))
            row = con.execute(mine).one_or_none()
        if row is None:
            return None
        return User(row.kenmerk, Role[row.rol], hmac.digest(self._key, secret.encode(), "sha256").hex())

    def close(self, secret: str) -> str:
        """End a session; returns the token by which the provider knows it, "" where there was none."""
        with self._database.begin() as con:
            ended = delete(_SESSIONS).where(_SESSIONS.c.sessie == _hash(secret)).returning(_SESSIONS.c.id_token)
            return str(con.execute(ended).scalar() or "")


def _secret() -> str:
    """What nobody can guess; also long enough to be a verifier of PKCE."""
    return secrets.token_urlsafe(48)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(database: Engine) -> bytes:
    """The key of this database: made once, the same for all processes."""
    try:
        with database.begin() as con:
            con.execute(insert(_KEYS).values(naam="kenmerk", sleutel=secrets.token_bytes(32)))
    except IntegrityError:
        pass  # it was there
    with database.connect() as con:
        return bytes(con.execute(select(_KEYS.c.sleutel).where(_KEYS.c.naam == "kenmerk")).scalar_one())
