"""BSNs become keyed pseudonyms at the door: HMAC-SHA-256 under a key that only the user has."""

import hmac
import os
import secrets
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from stdnum.nl import bsn

from aanspraak.claims.faults import UserError

KEY_VARIABLE = "AANSPRAAK_SLEUTEL"
SHORTEST_KEY = 32
"""Bytes: a BSN has few possible values, so a key that can be guessed gives every BSN away."""

_REMEMBERED = 1 << 19
"""Persons: a person has many lines, and to look up is far cheaper than to compute (some 100 MB when full)."""

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_LENGTH = 32
PSEUDONYM = f"[a-p]{{{_LENGTH}}}"
"""What every pseudonym looks like, and no BSN."""


def is_bsn(number: str) -> bool:
    """Nine digits that satisfy the 11-test."""
    return len(number) == 9 and number.isascii() and number.isdigit() and bsn.is_valid(number)


def pseudonymiser(key: bytes) -> Callable[[str], str]:
    """A function from a BSN to its pseudonym.

    128 bits of the HMAC, in the letters a-p: a pseudonym has no digits, so nothing in the data looks like a BSN.
    """

    @lru_cache(_REMEMBERED)
    def pseudonym(number: str) -> str:
        return hmac.digest(key, number.encode(), "sha256").hex()[:_LENGTH].translate(_LETTERS)

    return pseudonym


def load_key(file: Path | None) -> bytes:
    """The key from `file`, or else from the environment. Raises UserError where there is none or it is too short."""
    if file is None:
        place, text = f"de omgevingsvariabele {KEY_VARIABLE}", os.environ.get(KEY_VARIABLE, "").encode()
        if not text:
            raise UserError(
                f"Er is geen sleutel. Geef --sleutel BESTAND of zet {KEY_VARIABLE};"
                " maak er zo nodig een met `aanspraak gegevens sleutel BESTAND`."
            )
    else:
        place = f"het sleutelbestand {file}"
        try:
            text = file.read_bytes()
        except OSError as error:
            raise UserError(f"Het sleutelbestand {file} is niet te lezen: {error.strerror}.") from error
    key = text.strip()
    if len(key) < SHORTEST_KEY:
        raise UserError(
            f"De sleutel in {place} is te kort: {len(key)} tekens, en het moeten er minstens {SHORTEST_KEY} zijn."
            " Maak een nieuwe met `aanspraak gegevens sleutel BESTAND`."
        )
    return key


def make_key(file: Path) -> None:
    """Write a new random key that only the owner can read. Raises UserError where `file` exists or cannot be made."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UserError(
            f"{file} bestaat al. Kies een andere naam: wie een sleutel overschrijft, is hem kwijt."
        ) from error
    except OSError as error:
        raise UserError(f"{file} kon niet worden geschreven: {error.strerror}.") from error
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(SHORTEST_KEY) + "\n")
