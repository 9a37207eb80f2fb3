"""The audit log: who did what kind of thing and how it ended, in the fields of NEN 7513, without what it was about."""

from __future__ import annotations

import json
import os
import socket
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from aanspraak.errors import UserError
from aanspraak.users import User

_ACTIONS = {"GET": "R", "HEAD": "R", "OPTIONS": "R", "POST": "C", "PUT": "U", "PATCH": "U", "DELETE": "D"}
"""The action code: create, read, update, delete; E (execute) is for what is none of these."""

_SHOWN = 1 << 20
"""Bytes of the log that are shown."""


class AuditLog:
    """A file to which lines are only added. Opened for every line, so that it can be put away and begun anew. Raises
    UserError for one that cannot be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._source = f"aanspraak@{socket.gethostname()}"
        try:
            self._add(b"")
        except OSError as error:
            raise UserError(
                f"Logboek {path}: is niet te schrijven ({error.strerror}); neem een ander bestand."
            ) from None

    def write(self, user: User, kind: str, method: str, place: str, status: int, *, refused: bool) -> None:
        """Add an event: a request for a `place`, the folder of an address and never the address itself. `kind`:
        toegang, aanmelding or afmelding. `refused`: who asked was not let in."""
        line = {
            "gebeurtenis": {
                "code": kind,
                "actie": "E" if kind != "toegang" else _ACTIONS.get(method, "E"),
                "tijd": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "resultaat": "geweigerd" if refused or status == HTTPStatus.FORBIDDEN else _result(status),
                "status": status,
            },
            "gebruiker": {"id": user.kenmerk or None, "rol": user.rol.name},
            "object": {"klasse": place},
            "loggegevens": {"bron": self._source},
        }
        self._add(json.dumps(line).encode() + b"\n")

    def _add(self, line: bytes) -> None:
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line)
        finally:
            os.close(file)

    def last(self) -> bytes:
        """The last lines; none where the file was put away and nothing happened since."""
        if not self.path.exists():
            return b""
        with self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _SHOWN))
            text = file.read()
        return text if size <= _SHOWN else text.partition(b"\n")[2]


def _result(status: int) -> str:
    return "geslaagd" if status < HTTPStatus.BAD_REQUEST else "mislukt"
