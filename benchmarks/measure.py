"""Times, and tables of them: in the terminal and in docs/snelheid.md."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from rich.console import Console
from rich.table import Table as Grid


@dataclass(frozen=True, slots=True)
class Section:
    """One table of results. The first heading is of the thing measured; the other columns are right-aligned."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def best(run: Callable[[], object], rounds: int = 5) -> float:
    """The shortest of so many runs, in seconds: what the work takes when the machine does nothing else."""
    return best_with_cpu(run, rounds)[0]


def best_with_cpu(run: Callable[[], object], rounds: int) -> tuple[float, float]:
    """As `best`, and the fewest CPU seconds of all threads together, which other work on the machine hardly moves."""
    measured = [_once(run) for _ in range(rounds)]
    return min(wall for wall, _ in measured), min(cpu for _, cpu in measured)


def best_each(run: Callable[[Any], object], cases: Iterable[Any], rounds: int = 5) -> float:
    """Seconds a case: the mean over the cases, of the best round."""
    listed = list(cases)

    def all_cases() -> None:
        for case in listed:
            run(case)

    return best(all_cases, rounds) / len(listed)


def show(sections: Iterable[Section]) -> None:
    """The tables in the terminal."""
    console = Console()
    for section in sections:
        grid = Grid(title=section.title, caption=section.note, title_justify="left", caption_justify="left")
        for i, heading in enumerate(section.headings):
            grid.add_column(heading, justify="right" if i else "left")
        for row in section.rows:
            grid.add_row(*row)
        console.print(grid)


def write_into(page: Path, sections: Iterable[Section], mark: str = "measured") -> None:
    """Replace what stands between the page's markers by the tables."""
    text, count = re.subn(
        rf"(<!-- {mark} -->\n).*(<!-- /{mark} -->)",
        lambda match: f"{match[1]}{machine()}\n\n{''.join(map(_markdown, sections))}{match[2]}",
        page.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    if count != 1:
        raise SystemExit(f"{page}: no <!-- {mark} --> … <!-- /{mark} --> to fill")
    page.write_text(text, encoding="utf-8")


def machine() -> str:
    """The machine and the versions, in one sentence."""
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ("duckdb", "numpy", "openfisca-core", "polars", "pydmnrules", "sqlglot", "z3-solver", "zen-engine")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, {platform.system()}; "
        f"Python {platform.python_version()}, {versions}."
    )


def _once(run: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = perf_counter(), process_time()
    run()
    return perf_counter() - wall, process_time() - cpu


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _markdown(section: Section) -> str:
    lines = [
        f"## {section.title}\n",
        f"{section.note}\n",
        _row(section.headings),
        _row(["---", *("---:" for _ in section.headings[1:])]),
        *map(_row, section.rows),
    ]
    return "\n".join(lines) + "\n\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
