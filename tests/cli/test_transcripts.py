"""What a user sees, to the letter: every file in `golden/` holds commands and all they print.

A transcript has lines `// remark`, `$ command`, `< line` for what is piped in, the output, `! line` for standard
error, and `[code]`. After a change on purpose: `VERNIEUW=1 pytest tests/cli/test_transcripts.py`, then read the
difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import HERE, Command

GOLDEN = sorted((HERE / "golden").glob("*.txt"))


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_transcript(file: Path, aanspraak: Command) -> None:
    written = file.read_text("utf-8")
    found = "\n".join(_played(written, aanspraak))
    if "VERNIEUW" in os.environ:
        file.write_text(found, "utf-8")
    assert found == file.read_text("utf-8")


def test_there_are_transcripts() -> None:
    assert len(GOLDEN) >= 10


def _played(transcript: str, aanspraak: Command) -> Iterator[str]:
    lines = transcript.splitlines()
    for i, line in enumerate(lines):
        if line.startswith("// "):
            yield line
        if not line.startswith("$ "):
            continue
        typed = list(_run_of(lines[i + 1 :], "< "))
        yield from (line, *(f"< {x}" for x in typed))
        program, _, rest = line.removeprefix("$ ").partition(" ")
        if program == "cat":
            yield from (*Path(rest).read_text("utf-8").splitlines(), "")
            continue
        result = aanspraak(rest, "".join(f"{x}\n" for x in typed))
        yield from map(_steady, result.out.splitlines())
        yield from (f"! {x}" for x in result.err.splitlines())
        yield from (f"[{result.code}]", "")


def _run_of(lines: list[str], start: str) -> Iterator[str]:
    for line in lines:
        if not line.startswith(start):
            return
        yield line.removeprefix(start)


def _steady(line: str) -> str:
    """Without what differs between runs: the time taken."""
    return re.sub(r"in \d+,\d s", "in 0,0 s", line)
