"""The figures of the report: small multiples and ranked dots."""

from collections.abc import Sequence
from typing import Any

import altair as alt
from markupsafe import Markup

from aanspraak.monitor.charts import as_svg

_BLUE, _GREY = "#0072B2", "#666666"
_COLUMNS = 3
_FONT = "Helvetica, Arial, sans-serif"

Row = dict[str, Any]


def trends(name: str, title: str, rows: Sequence[Row]) -> Markup:
    """A panel for every kind of care with its own scale: `soort`, `jaar`, `waarde` in euros."""
    base = alt.Chart().encode(
        alt.X("jaar:O", title=None, axis=alt.Axis(labelAngle=0)),
        alt.Y("waarde:Q", title="Euro", scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4)),
    )
    marks = base.mark_line(color=_BLUE, aria=False) + base.mark_point(color=_BLUE, filled=True, aria=False)
    return _panels(name, title, marks, rows, "independent")


def spread(name: str, title: str, rows: Sequence[Row]) -> Markup:
    """A panel for every kind of care on one scale: `laag` to `hoog` as a band, `midden` as a line."""
    base = alt.Chart().encode(alt.X("jaar:O", title=None, axis=alt.Axis(labelAngle=0)))
    scale = alt.Scale(zero=False)
    band = base.mark_area(color=_BLUE, opacity=0.25, aria=False).encode(
        alt.Y("laag:Q", title="Verhouding", scale=scale), alt.Y2("hoog:Q")
    )
    line = base.mark_line(color=_BLUE, aria=False).encode(alt.Y("midden:Q"))
    one = alt.Chart().mark_rule(color=_GREY, strokeDash=[4, 3], aria=False).encode(y=alt.datum(1))
    return _panels(name, title, band + line + one, rows, "shared")


def _panels(name: str, title: str, marks: Any, rows: Sequence[Row], scale: str) -> Markup:
    kinds = list(dict.fromkeys(row["soort"] for row in rows))
    chart = (
        marks.properties(width=190, height=120)
        .facet(
            facet=alt.Facet("soort:N", sort=kinds, title=None, header=alt.Header(labelFontSize=12)),
            columns=_COLUMNS,
            data=alt.InlineData(values=list(rows)),
        )
        .resolve_scale(y=scale)
    )
    return _finished(name, title, chart)


def dots(name: str, title: str, rows: Sequence[Row]) -> Markup:
    """Municipalities in the order given: a dot for `verhouding`, a line from `laag` to `hoog` where they are known."""
    order = [row["gemeente"] for row in rows]
    base = alt.Chart(alt.InlineData(values=list(rows)))
    y = alt.Y("gemeente:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, grid=True))
    x = alt.X("verhouding:Q", title="Verhouding (1 is als landelijk)", scale=alt.Scale(zero=False))
    dot = base.mark_point(filled=True, size=45, color=_BLUE, aria=False).encode(x, y)
    line = base.mark_rule(color=_BLUE, aria=False).encode(alt.X("laag:Q"), y, alt.X2("hoog:Q"))
    one = alt.Chart().mark_rule(color=_GREY, strokeDash=[4, 3], aria=False).encode(x=alt.datum(1))
    return _finished(name, title, (one + line + dot).properties(width=420, height=alt.Step(15)))


def _finished(name: str, title: str, chart: Any) -> Markup:
    drawn = chart.configure(font=_FONT, background="white").configure_view(stroke=None)
    # from our own numbers and labels, in which Vega escapes markup
    return Markup(as_svg(drawn, name, title))  # noqa: S704
