"""A result: a folder that is complete or not there, with report, tables, figures and a manifest that describes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aanspraak.claims.manifest import write_manifest
from aanspraak.claims.output import output_directory
from aanspraak.monitor.described import Columns, Described, figure_entries, table_entries
from aanspraak.monitor.exhibit import Exhibit
from aanspraak.monitor.figures import write_exhibits
from aanspraak.monitor.report import Report, html, require_pdf, write_pdf


@dataclass(frozen=True)
class Result:
    """What `fill` made: the report, what else the manifest says, and what the files it wrote are.

    `safe`: all of it may go out. `tables` lie in the folder as Parquet and CSV; `labels` are what their codes are
    called, in the order to show them in.
    """

    report: Report
    content: Mapping[str, Any]
    safe: bool
    tables: Sequence[Described] = ()
    columns: Columns = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    exhibits: Sequence[Exhibit] = ()


def make_folder(target: Path, step: str, pdf: bool, fill: Callable[[Path], Result]) -> None:
    """The new directory `target`, once `fill` has written its tables in the directory that it is given.

    Raises what `fill` raises, `MissingSoftware` and `UserError`; then `target` is not made.
    """
    started = datetime.now(UTC)
    if pdf:
        require_pdf()
    with output_directory(target) as directory:
        made = fill(directory)
        page = html(made.report)
        (directory / "rapport.html").write_text(page, encoding="utf-8")
        if pdf:
            write_pdf(page, directory / "rapport.pdf")
        if made.exhibits:
            write_exhibits(directory / "figuren", made.exhibits)
        content = {
            "titel": made.report.title,
            "synthetisch": made.report.synthetic,
            "veilig": made.safe,
            **made.content,
            "labels": made.labels,
            "tabellen": table_entries(directory, made.tables, made.columns),
            "figuren": figure_entries(made.exhibits),
        }
        write_manifest(directory, step, started, content)
