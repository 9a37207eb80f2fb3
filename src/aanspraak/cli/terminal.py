"""What the user sees: laid out in a terminal, plain lines and tab-separated columns when piped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from aanspraak.counts import number as number
from aanspraak.privacy import without_bsn

out = Console(markup=False, emoji=False, highlight=False)
err = Console(markup=False, emoji=False, highlight=False, stderr=True)

USAGE, WRONG_DATA, FOUND, INTERRUPTED = 2, 5, 6, 130
"""Exit codes that no exception brings along (docs/commandoregel.md has all of them)."""


def fail(error: Exception, code: int) -> int:
    """Show a user's mistake; the exit code is passed on."""
    warn(f"Fout: {error}", style="bold red")
    return code


def warn(text: str, style: str = "") -> None:
    """A line beside the result, on standard error. What could be a BSN is never shown."""
    err.print(without_bsn(text), style=style, soft_wrap=True)


def say(text: str | Text = "", *, style: str = "", indent: int = 0) -> None:
    """A line; folded to the width of a terminal, whole when piped."""
    if out.is_terminal:
        out.print(Padding(text, (0, 0, 0, indent)) if text else "", style=style)
    else:
        out.print(f"{' ' * indent}{text}", soft_wrap=True)


def raw(text: str) -> None:
    """Text for another program: as it is."""
    out.file.write(text)


def heading(text: str) -> None:
    say()
    say(text, style="bold")


def bullets(lines: Iterable[str | Text], indent: int = 2) -> None:
    for line in lines:
        if out.is_terminal:
            grid = Table.grid(padding=(0, 1))
            grid.add_row("•", line)
            out.print(Padding(grid, (0, 0, 0, indent)))
        else:
            out.print(f"{' ' * indent}- {line}", soft_wrap=True)


def pairs(rows: Sequence[tuple[str, str]], title: str, subtitle: str) -> None:
    """Names with their values under a title: a panel in a terminal."""
    if not out.is_terminal:
        say(title)
        say(subtitle)
        say()
        for name, value in rows:
            say(f"{name}: {value}")
        return
    grid = Table.grid(padding=(0, 2))
    for name, value in rows:
        grid.add_row(Text(name, style="dim"), Text(value, style="bold"))
    out.print(Panel(grid, title=title, title_align="left", subtitle=subtitle, subtitle_align="left", expand=False))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[str] = ()) -> None:
    """A table; when piped tab-separated, the lines of a cell on one. `numbers` are columns set to the right."""
    rows = list(rows)
    if not out.is_terminal:
        for row in (columns, *rows):
            raw("\t".join(cell.replace("\n", "; ") for cell in row) + "\n")
        return
    grid = Table(show_lines=any("\n" in c for row in rows for c in row), header_style="bold")
    for column in columns:
        grid.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    for row in rows:
        grid.add_row(*row)
    out.print(grid)


def show(renderable: RenderableType) -> None:
    out.print(renderable)
