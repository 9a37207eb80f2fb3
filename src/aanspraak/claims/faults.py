"""What is wrong with a data set, in words a user can act on."""

from collections.abc import Sequence
from dataclasses import dataclass

from aanspraak.errors import UserError as UserError  # the base of the errors here

SHOWN = 20
"""How many faulty places a message shows; all are counted."""


@dataclass(frozen=True)
class Place:
    """Where a fault was seen: the line in a CSV file or the row in a Parquet file, both counted from 1."""

    row: int
    value: str | None


@dataclass(frozen=True)
class Fault:
    """One kind of fault in one column of one file, with how often it occurs and the first places."""

    file: str
    column: str | None
    problem: str
    remedy: str
    count: int = 1
    places: tuple[Place, ...] = ()

    def lines(self, shown: int) -> list[str]:
        """The fault as text, with at most `shown` of its places."""
        where = f"{self.file}, kolom {self.column}" if self.column else self.file
        times = f" ({self.count}×)" if self.count > 1 else ""
        rows = [
            f"    rij {place.row}" + (f": {place.value!r}" if place.value is not None else "")
            for place in self.places[:shown]
        ]
        return [f"{where}: {self.problem}{times}. {self.remedy}", *rows]


class MissingSoftware(UserError):
    """A program or library that this machine lacks."""

    code = 2


class InputFaults(UserError):
    """The data set cannot be used. The message shows the first `SHOWN` places and counts all faults."""

    code = 5

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(_message(self.faults))


def _message(faults: Sequence[Fault]) -> str:
    total = sum(fault.count for fault in faults)
    text = [f"De invoer heeft {total} {'fout' if total == 1 else 'fouten'}; er is niets geschreven."]
    left = SHOWN
    for fault in faults:
        text += fault.lines(left)
        left = max(0, left - len(fault.places))
    hidden = sum(max(fault.count, 1) for fault in faults if fault.places) - min(
        SHOWN, sum(len(fault.places) for fault in faults)
    )
    if hidden > 0:
        text.append(f"… en nog {hidden} plaatsen die hier niet getoond worden.")
    return "\n".join(text)
