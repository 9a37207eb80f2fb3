"""How time and memory grow from 1 to 300 million claim lines: docs/groei.csv, a picture and a table.

    python groei.py [millions ...] [--spark-tot 30]    # 1 3 10 30 100 300 in DuckDB; without the option no Spark

The files and steps are those of clientmaanden.py; each run is done once, in a process of its own. What is measured
replaces what docs/groei.csv says of that size and engine; the rest stays, so that a stopped run can be finished.
"""

from __future__ import annotations

import argparse
import csv
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, fields
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import altair as alt
import duckdb

from aanspraak.monitor.charts import as_svg
from clientmaanden import in_process, make
from measure import machine

_DOCS = Path(__file__).parent.parent / "docs"
_CSV, _SVG, _PAGE = _DOCS / "groei.csv", _DOCS / "beelden" / "groei.svg", _DOCS / "snelheid.md"
_SIZES = (1, 3, 10, 30, 100, 300)
_HELD_SIZE, _HELD_BYTES = 100, 4 * 10**9
"""The size, in millions, that DuckDB does once more in a process that the system gives no more memory than this."""
_HELD_SETTING = "2GB"
"""DuckDB's own limit in that run: it does not see what the system allows."""
_FILES, _DUCKDB, _HELD, _SPARK = "files", "DuckDB", "DuckDB held to 4 GB", "Spark"
_LOOKS = {_DUCKDB: ("#0072B2", "circle"), _SPARK: ("#D55E00", "square")}
"""Colour and mark of the lines in the picture; each has its name beside it as well."""
_OUT_OF_MEMORY = re.compile(r"out ?of ?memory|memoryerror|bad_alloc", re.IGNORECASE)
_TICKS = (0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000)


@dataclass(frozen=True, slots=True)
class Point:
    """One run. No `seconds`: it ran out of memory. Making the files has no start and no peak."""

    millions: int
    what: str
    seconds: float | None = None
    start_seconds: float | None = None
    peak_gb: float | None = None


def measure(millions: int, spark: bool) -> list[Point]:
    """Make the files of one size and run every way on them. Raises when the totals of two ways differ."""
    with tempfile.TemporaryDirectory() as place:
        directory, begin = Path(place), perf_counter()
        make(millions * 1_000_000, directory)
        points = [_told(Point(millions, _FILES, round(perf_counter() - begin, 2)))]
        runs = [_run(millions, _DUCKDB, directory)]
        if millions == _HELD_SIZE:
            runs.append(_run(millions, _HELD, directory))
        if spark:
            runs.append(_run(millions, _SPARK, directory))
    totals = [total for _, total in runs if total]
    if any(total != totals[0] for total in totals):
        raise SystemExit(f"the ways differ: {totals}")
    return points + [point for point, _ in runs]


def _run(millions: int, what: str, directory: Path) -> tuple[Point, list[Any]]:
    """The point, and the total to compare: empty when the memory was not enough."""
    way, at_most = "spark" if what == _SPARK else "ours", _HELD_BYTES if what == _HELD else None
    try:
        run = in_process(way, directory, _HELD_SETTING if at_most else None, at_most)
    except subprocess.CalledProcessError as error:
        if error.returncode != -signal.SIGKILL and not _OUT_OF_MEMORY.search(error.stderr):
            raise
        return _told(Point(millions, what)), []
    numbers = (round(run["seconds"], 2), round(run["start"], 2), round(run["peak"] / 1e9, 2))
    return _told(Point(millions, what, *numbers)), run["total"]


def _told(point: Point) -> Point:
    """Progress: the point as it is known."""
    outcome = "out of memory" if point.seconds is None else f"{point.seconds:.2f} s"
    peak = f", {point.peak_gb:.2f} GB" if point.peak_gb else ""
    sys.stdout.write(f"{point.millions:>4} million lines, {point.what}: {outcome}{peak}\n")
    sys.stdout.flush()
    return point


def read() -> dict[tuple[int, str], Point]:
    """The points of docs/groei.csv, by size and way; none when there is no such file."""
    if not _CSV.exists():
        return {}
    points = [Point(*row) for row in duckdb.read_csv(str(_CSV)).fetchall()]
    return {(point.millions, point.what): point for point in points}


def write(points: list[Point]) -> None:
    """The table of points, the picture and what the page says of them."""
    with _CSV.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Point)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(asdict, points))
    title = alt_text(points)
    _SVG.write_text(as_svg(_chart(points), "groei", title) + "\n", encoding="utf-8")
    text, count = re.subn(
        r"(<!-- groei -->\n).*(<!-- /groei -->)",
        lambda match: f"{match[1]}{_markdown(points, title)}{match[2]}",
        _PAGE.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    if count != 1:
        raise SystemExit(f"{_PAGE}: no <!-- groei --> … <!-- /groei --> to fill")
    _PAGE.write_text(text, encoding="utf-8")


def alt_text(points: list[Point]) -> str:
    """What the picture shows, for who does not see it."""
    lines = []
    for what in (_DUCKDB, _SPARK):
        done = [point for point in points if point.what == what and point.seconds]
        if done:
            first, last = done[0], done[-1]
            lines.append(
                f"{what}: {first.seconds:.1f} seconds and {first.peak_gb:.1f} GB for {first.millions} million lines, "
                f"{last.seconds:.1f} seconds and {last.peak_gb:.1f} GB for {last.millions} million"
            )
    return f"Time and peak memory by number of claim lines, on logarithmic scales. {'. '.join(lines)}."


def _chart(points: list[Point]) -> Any:
    rows = [asdict(point) for point in points if point.what in _LOOKS and point.seconds]
    panels = [_panel(rows, "seconds", "seconds"), _panel(rows, "peak_gb", "peak memory, GB")]
    return alt.hconcat(*panels, spacing=30).configure(font="Helvetica, Arial, sans-serif", background="white")


def _panel(rows: list[dict[str, Any]], field: str, title: str) -> Any:
    values, sizes = [row[field] for row in rows], sorted({row["millions"] for row in rows})
    low, high = min(values) / 1.5, max(values) * 1.5
    plain = "datum.value + ''"
    colours, shapes = ([look[i] for look in _LOOKS.values()] for i in (0, 1))
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        alt.X(
            "millions:Q",
            title="million claim lines",
            scale=alt.Scale(type="log", domain=[sizes[0] / 1.3, sizes[-1] * 4]),
            axis=alt.Axis(values=sizes, labelExpr=plain),
        ),
        alt.Y(
            f"{field}:Q",
            title=title,
            scale=alt.Scale(type="log", domain=[low, high]),
            axis=alt.Axis(values=[tick for tick in _TICKS if low <= tick <= high], labelExpr=plain),
        ),
        alt.Color("what:N", scale=alt.Scale(domain=list(_LOOKS), range=colours), legend=None),
    )
    shape = alt.Shape("what:N", scale=alt.Scale(domain=list(_LOOKS), range=shapes), legend=None)
    last = base.transform_joinaggregate(largest="max(millions)", groupby=["what"]).transform_filter(
        "datum.millions == datum.largest"
    )
    marks = base.mark_line(aria=False) + base.mark_point(size=60, strokeWidth=2, aria=False).encode(shape)
    names = last.mark_text(align="left", dx=9, aria=False).encode(text="what:N", color=alt.value("#222222"))
    return (marks + names).properties(width=300, height=260)


def _markdown(points: list[Point], title: str) -> str:
    ways = [what for what in (_FILES, _DUCKDB, _HELD, _SPARK) if any(point.what == what for point in points)]
    known = {(point.millions, point.what): point for point in points}
    spark = f" PySpark {version('pyspark')}." if _SPARK in ways else ""
    held = (
        f" *Held to 4 GB*: the system gives the process no more, and DuckDB itself keeps to {_HELD_SETTING}."
        if _HELD in ways
        else ""
    )
    lines = [
        "## How time and memory grow\n",
        "From claim lines to client-months, the largest step of the monitor, by `benchmarks/groei.py`.\n",
        f"{machine()}{spark}\n",
        f"![{title}](beelden/groei.svg)\n",
        "Each run once, in a process of its own, with the engine as the monitor starts it; the start is not in the "
        f"seconds. *Files* is the making of the claim lines.{held} [The numbers](groei.csv) tell the start as well.\n",
        _row(["million lines", *(f"{what}, s" if what == _FILES else f"{what}, s (GB)" for what in ways)]),
        _row(["---:"] * (len(ways) + 1)),
    ]
    sizes = sorted({point.millions for point in points})
    lines += [_row([str(size), *(_cell(known.get((size, what))) for what in ways)]) for size in sizes]
    return "\n".join(lines) + "\n\n"


def _cell(point: Point | None) -> str:
    if point is None:
        return ""
    if point.seconds is None:
        return "out of memory"
    return f"{point.seconds:.1f}" + (f" ({point.peak_gb:.1f})" if point.peak_gb else "")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _stop(*_: object) -> None:
    raise SystemExit("stopped; the sizes done are kept")


def main() -> None:
    """Measure every size asked for, and write after each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("millions", type=int, nargs="*", default=_SIZES)
    parser.add_argument("--spark-tot", type=int, default=0, metavar="MILLIONS", help="the largest size for Spark")
    given = parser.parse_args()
    # Ended by another program is as Ctrl-C: the files of many gigabytes are removed.
    signal.signal(signal.SIGTERM, _stop)
    for millions in given.millions:
        done = {(point.millions, point.what): point for point in measure(millions, millions <= given.spark_tot)}
        points = {**read(), **done}
        write([points[key] for key in sorted(points)])


if __name__ == "__main__":
    main()
