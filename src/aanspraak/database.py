"""The database of what is kept: a file in a folder, or a PostgreSQL server that several processes share."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, MetaData, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, ProgrammingError

from aanspraak.errors import UserError

VARIABLE = "AANSPRAAK_DATABASE"

_PATIENCE = 5
"""Seconds to wait for a server that does not answer."""

_TURN = 7_216_004
"""Any number: the lock under which processes that start together make the tables in turn."""


def connect(folder: Path, url: str = "") -> Engine:
    """The database at an SQLAlchemy URL, or without one a file in `folder`, made where it is not. Raises UserError for
    a database that cannot be used; the password in its URL is not told."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not url:
        file = folder / "aanspraak.sqlite"
        file.touch(0o600)
        return create_engine(f"sqlite:///{file}", hide_parameters=True)
    try:
        where = make_url(url)
    except ArgumentError:
        raise UserError(f"{VARIABLE}: is geen adres als postgresql://gebruiker:wachtwoord@server/naam.") from None
    if where.drivername not in ("postgresql", "postgresql+psycopg"):
        raise UserError(f"{VARIABLE}: «{where.drivername}» kan niet; neem postgresql://… of laat het weg.")
    try:
        database = create_engine(
            where.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": _PATIENCE},
        )
        database.connect().close()
    except (ModuleNotFoundError, NoSuchModuleError):
        raise UserError(f"{VARIABLE}: PostgreSQL vraagt psycopg; pip install 'aanspraak[postgres]'.") from None
    except OperationalError:
        shown = where.render_as_string(hide_password=True)
        raise UserError(
            f"{VARIABLE}: geen verbinding met {shown}; kijk adres, naam en wachtwoord na, en of de server aan staat."
        ) from None
    return database


def create(database: Engine, tables: MetaData) -> None:
    """Make the tables that are not there. Raises UserError where that is not allowed."""
    try:
        with database.begin() as con:
            if database.dialect.name == "postgresql":
                con.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
            tables.create_all(con)
    except ProgrammingError:
        raise UserError(
            f"{VARIABLE}: {database.url.username} mag geen tabellen maken; geef dat recht op het schema, "
            "of maak de gebruiker eigenaar van de database."
        ) from None
