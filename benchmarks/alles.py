"""All benchmarks in one run: shown here, and written into docs/snelheid.md.

    uv run --project benchmarks benchmarks/alles.py [rows] [--parquet]

Every peer is checked to give our answers before it is timed; a difference ends the run. Needs about 12 GB.
"""

from __future__ import annotations

import sys
from pathlib import Path

import antwoord
import bewijs
import kolommen
from aanspraak.engine.reader import read_rules
from measure import machine, show, write_into

_PAGE = Path(__file__).parent.parent / "docs" / "snelheid.md"


def main(words: list[str]) -> None:
    """Run, show, write."""
    rows = next((int(word) for word in words if word.isdigit()), kolommen.ROWS)
    base = read_rules()
    sections = [antwoord.section(base), kolommen.section(base, rows), kolommen.memory_section(base, rows)]
    if "--parquet" in words:
        sections.append(kolommen.parquet_section(base))
    sections += [bewijs.section(), kolommen.block_section(base, rows // 5)]
    print(machine())  # noqa: T201
    show(sections)
    write_into(_PAGE, sections)


if __name__ == "__main__":
    main(sys.argv[1:])
