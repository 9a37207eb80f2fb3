"""Faults as they are found, line by line, in a file that is too large to keep: counted all, remembered a few."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from aanspraak.claims.faults import SHOWN, Fault, Place

_MAYBE_BSN = re.compile(r"\d{8,}")
_LETTER = re.compile(r"[^\W\d]")
_DAY = re.compile(r"(19|20)\d\d[01]\d[0-3]\d")


def safe(text: str) -> str:
    """`text` without digits that could be a BSN. A shifted record shows a person's number in any other field."""
    return _MAYBE_BSN.sub(lambda found: found[0] if _DAY.fullmatch(found[0]) else "(cijfers)", text)


def shape(text: str) -> str:
    """`text` with a ? for each letter: a faulty number or day still shows, a name in its place does not."""
    return _LETTER.sub("?", text)


@dataclass
class _Seen:
    count: int = 0
    places: list[Place] = field(default_factory=list)


class FaultLog:
    """The faults of one file, grouped by what is wrong with which field."""

    def __init__(self, file: str) -> None:
        self.file = safe(file)
        self._seen: dict[tuple[str | None, str, str], _Seen] = {}

    def __bool__(self) -> bool:
        return bool(self._seen)

    def add(self, column: str | None, problem: str, remedy: str, places: Iterable[tuple[int, str | None]]) -> None:
        """Note the fault at every place: a row, counted from 1, and the value there (None: not to be shown)."""
        seen = self._seen.setdefault((column, problem, remedy), _Seen())
        for row, value in places:
            seen.count += 1
            if len(seen.places) < SHOWN:
                seen.places.append(Place(row, None if value is None else safe(value)))

    def add_whole(self, problem: str, remedy: str) -> None:
        """Note a fault of the file as a whole."""
        self._seen[None, problem, remedy] = _Seen(1)

    def faults(self) -> list[Fault]:
        return [
            Fault(self.file, column, problem, remedy, seen.count, tuple(seen.places))
            for (column, problem, remedy), seen in self._seen.items()
        ]
