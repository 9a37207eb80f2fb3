"""Lines of fixed width from a file of any size, a batch at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from aanspraak.claims.faultlog import FaultLog

Cells = NDArray[np.uint8]

CHUNK = 1 << 22
BOM = b"\xef\xbb\xbf"


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Lines:
    """`cells` has one byte a column and one line a row; `numbers` are the lines' numbers in the file, from 1."""

    cells: Cells
    numbers: NDArray[np.int64]


def read_lines(stream: Readable, width: int, log: FaultLog) -> Iterator[Lines]:
    """Batches of the lines that are `width` characters long; the others are noted in `log`.

    Lines end in CR LF or LF. The standards leave the character set open: one byte a character, or UTF-8.
    """
    rest, done = b"", 0
    while chunk := stream.read(CHUNK):
        block = rest + chunk
        if not done and not rest:
            block = block.removeprefix(BOM)
        cut = block.rfind(b"\n") + 1
        if not cut and len(block) > CHUNK:
            log.add_whole("heeft geen regeleinden", "Lever het bestand aan met één record per regel.")
            return
        rest = block[cut:]
        if cut:
            lines, count = _split(block[:cut], width, done, log)
            done += count
            yield lines
    if rest.strip(b"\x1a\r\n "):
        yield _split(rest + b"\n", width, done, log)[0]


def _split(block: bytes, width: int, done: int, log: FaultLog) -> tuple[Lines, int]:
    """The lines of `block`, which ends in LF; `done` lines came before it."""
    data = np.frombuffer(block + bytes(width), dtype=np.uint8)
    stops = np.flatnonzero(data[: len(block)] == ord("\n"))
    starts = np.concatenate(([0], stops[:-1] + 1))
    stops = stops - ((stops > starts) & (data[stops - 1] == ord("\r")))
    right = stops - starts == width
    cells = np.empty((len(starts), width), dtype=np.uint8)
    cells[right] = sliding_window_view(data, width)[starts[right]]
    for row in np.flatnonzero(~right):
        line = block[starts[row] : stops[row]]
        if narrow := _one_byte_each(line, width):
            cells[row] = np.frombuffer(narrow, dtype=np.uint8)
            right[row] = True
        else:
            place = done + int(row) + 1, f"{len(line)} tekens"
            log.add(None, f"heeft regels die niet {width} tekens lang zijn", _remedy(len(line), width), [place])
    return Lines(cells[right], np.flatnonzero(right) + done + 1), len(starts)


def _one_byte_each(line: bytes, width: int) -> bytes | None:
    """A UTF-8 line of `width` characters, with a ? for each that is not ASCII: only names hold those."""
    if len(line) <= width:
        return None
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text.encode("ascii", "replace") if len(text) == width else None


def _remedy(length: int, width: int) -> str:
    if length == width + 60:
        return "Dit lijkt een retourbericht: lever het declaratiebericht zelf aan."
    return "Lever het bestand opnieuw aan, met de vaste lengte van de standaard."
