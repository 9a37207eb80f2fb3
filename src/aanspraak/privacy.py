"""What no message may hold."""

from __future__ import annotations

import re

from stdnum.nl import bsn

_NINE_DIGITS = re.compile(r"\b\d{8,9}\b")


def without_bsn(text: str) -> str:
    """The text with every number in it that could be a BSN put out of sight."""
    return _NINE_DIGITS.sub(lambda m: "(mogelijk een BSN)" if bsn.is_valid(m[0]) else m[0], text)
