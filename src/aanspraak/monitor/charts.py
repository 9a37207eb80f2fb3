"""Exhibits as SVG, drawn by Vega-Altair, for screens and for paper alike."""

import re
from html import escape
from typing import Any

import altair as alt
import vl_convert

from aanspraak.monitor.exhibit import UNIT_LABELS, Exhibit, distinct

# Okabe and Ito's colours, told apart by readers with any kind of colour vision; grey and tints for the rest.
_COLOURS = [
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999", "#004466", "#885500",
    "#66C2A4",
]  # fmt: skip
_STEP = 30
_LETTER = 7
_HEIGHT = 210


def svg(exhibit: Exhibit) -> str:
    """The figure of an exhibit."""
    return as_svg(_chart(exhibit), exhibit.id, exhibit.title)


def as_svg(chart: Any, name: str, title: str) -> str:
    """A drawing that can be read aloud, with ids that stay apart from those of other figures on the same page."""
    drawn = vl_convert.vegalite_to_svg(chart.to_json(), vl_version="6.4", format_locale="nl-NL")
    drawn = re.sub(r'(id="|url\(#)(?=\w)', rf"\g<1>{name}-", drawn)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)


def _chart(exhibit: Exhibit) -> Any:
    cells = exhibit.cells
    categories, series = distinct([cell.x for cell in cells]), distinct([cell.series for cell in cells])
    rows = [
        {
            "kolom": cell.column, "rij": cell.row, "x": cell.x, "reeks": cell.series, "waarde": cell.value,
            "volgorde": series.index(cell.series) if cell.series else 0,
        }
        for cell in cells
    ]  # fmt: skip
    panels = {name: distinct([getattr(cell, name) for cell in cells]) for name in ("column", "row")}
    beside = exhibit.kind == "naast" and len(series) > 1
    number = ".0%" if exhibit.unit.startswith("aandeel") else ",.2~f"
    # Vega puts panels in the wrong place when one of the grid is empty, so no panel is.
    rows += [
        {"kolom": column, "rij": row, "x": categories[0], "reeks": None, "waarde": None, "volgorde": 0}
        for column in panels["column"] or [""]
        for row in panels["row"] or [""]
    ]
    encoding: dict[str, Any] = {
        "x": alt.X(
            "x:N", sort=categories, title=exhibit.x_title, axis=alt.Axis(labelAngle=0 if _short(categories) else -45)
        ),
        "y": alt.Y("waarde:Q", title=exhibit.y_title or UNIT_LABELS[exhibit.unit], axis=alt.Axis(format=number)),
    }
    if series:
        colours = [_COLOURS[exhibit.palette.index(name) % len(_COLOURS)] for name in series]
        scale = alt.Scale(domain=series, range=colours)
        encoding["color"] = alt.Color("reeks:N", sort=series, scale=scale, title=exhibit.series_title)
        encoding["order"] = alt.Order("volgorde:Q")
    if beside:
        encoding["xOffset"] = alt.XOffset("reeks:N", sort=series)
    # wide enough for the bars and for the heading above them
    heading = max((len(label) for label in panels["column"]), default=0)
    width = max(len(categories) * _STEP * (2 if beside else 1), heading * _LETTER)
    # What is read aloud is the table under the figure, not its bars.
    chart = alt.Chart(alt.InlineData(values=rows)).mark_bar(color=_COLOURS[0], aria=False).encode(**encoding)
    facets = {
        name: alt.Facet(f"{field}:N", sort=panels[name], title=None, header=alt.Header(labelFontSize=12))
        for name, field in (("column", "kolom"), ("row", "rij"))
        if panels[name]
    }
    sized = chart.properties(width=width, height=_HEIGHT)
    return (
        (sized.facet(**facets) if facets else sized)
        .configure(font="Helvetica, Arial, sans-serif", background="white")
        .configure_legend(orient="bottom", columns=4, labelLimit=260)
        .configure_view(stroke=None)
    )


def _short(labels: list[str]) -> bool:
    return all(len(label) <= 4 for label in labels)
