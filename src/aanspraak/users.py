"""Who asks, and what they may: known to the request that is served, so that routes and templates can look."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """What a user may; each role may what those before it may. The names are those of the settings and the log."""

    iedereen = 0
    lezer = 1
    analist = 2
    beheerder = 3


@dataclass(frozen=True, slots=True)
class User:
    """A user by a pseudonym (`kenmerk`), never by name; "" for who has not logged in. `formulier` is the secret that
    comes back with a form of theirs: "" where there is no session."""

    kenmerk: str
    rol: Role
    formulier: str = ""


NOBODY = User("", Role.iedereen)
"""Who has not logged in where that can be done."""

OWNER = User("", Role.beheerder)
"""Whoever uses this machine, where nobody can log in."""

_CURRENT: ContextVar[User] = ContextVar("user", default=OWNER)


def current() -> User:
    """Who asks what is being served now."""
    return _CURRENT.get()


def serve_to(user: User) -> None:
    """Say who asks, for the rest of this request."""
    _CURRENT.set(user)
