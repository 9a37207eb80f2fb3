"""A report as one self-contained HTML page, and as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from aanspraak.claims.faults import MissingSoftware
from aanspraak.monitor.charts import svg
from aanspraak.monitor.exhibit import Exhibit, Table, wide


@dataclass(frozen=True)
class Block:
    """A table, under a figure when `drawing` is SVG."""

    id: str
    title: str
    table: Table
    source: str = ""
    drawing: Markup | None = None


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    blocks: Sequence[Block] = field(default_factory=tuple)


@dataclass(frozen=True)
class Report:
    """`facts` are name and value, shown under the title; `synthetic` puts that word on every page."""

    title: str
    synthetic: bool
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def origin(synthetic: bool) -> tuple[str, str]:
    """The fact that says what claims a report is on."""
    return "Gegevens", "synthetisch: verzonnen, geen regel gaat over een echt mens" if synthetic else "declaraties"


def block(exhibit: Exhibit) -> Block:
    """An exhibit as a block: a figure gets its drawing, unless there is nothing to draw."""
    drawn = exhibit.kind != "tabel" and any(cell.value is not None for cell in exhibit.cells)
    # svg() comes from our own numbers and labels, in which Vega escapes markup
    drawing = Markup(svg(exhibit)) if drawn else None  # noqa: S704
    return Block(exhibit.id, exhibit.title, wide(exhibit), exhibit.source, drawing)


def html(report: Report) -> str:
    return _template().render(report=report)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = files(__package__) / "templates" / "rapport.html.j2"
    return environment.from_string(source.read_text(encoding="utf-8"))


def require_pdf() -> None:
    """Raises `MissingSoftware` when this machine cannot make a PDF: better before a long run than after."""
    try:
        import weasyprint  # type: ignore[import-untyped]  # noqa: F401
    except ImportError as error:
        raise MissingSoftware("WeasyPrint ontbreekt. Installeer het met: pip install 'aanspraak[pdf]'.") from error
    except OSError as error:
        raise MissingSoftware(
            "WeasyPrint mist een systeembibliotheek (Pango). Op Debian: apt install libpango-1.0-0 libpangoft2-1.0-0."
        ) from error


def write_pdf(page: str, file: Path) -> None:
    """The page as PDF. Raises `MissingSoftware`."""
    require_pdf()
    from weasyprint import HTML

    HTML(string=page).write_pdf(file)
