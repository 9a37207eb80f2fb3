"""Flows as a picture: columns of bars with ribbons between them, each bar with its name and number beside it.

Reads without colour: bars are named where they stand, ribbons have an edge, and a thin bar keeps room for its words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from aanspraak.monitor.dutch import count
from aanspraak.monitor.exhibit import Exhibit, distinct

_WIDTH, _BAR, _GAP, _LINE = 900, 14, 8, 18
_TEXT = 215
"""Room for the names on either side."""
_HEIGHT = 360
_THIN = 1.2
"""A ribbon is drawn at least so wide."""
_COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999", "#004466"]


@dataclass(frozen=True)
class Flow:
    """`size` of what goes from bar `source` in column `column` to bar `target` in the next."""

    column: int
    source: str
    target: str
    size: float


def flows(exhibit: Exhibit) -> list[Flow]:
    """From x to series; with rows, x to series in the first row and series to x in the second."""
    rows = distinct([cell.row for cell in exhibit.cells])
    found = []
    for cell in exhibit.cells:
        if cell.value:
            ends = str(cell.x), str(cell.series)
            later = len(rows) > 1 and cell.row == rows[1]
            found.append(Flow(int(later), *(ends[::-1] if later else ends), cell.value))
    return found


def draw(exhibit: Exhibit) -> str:
    """The exhibit as SVG."""
    found = flows(exhibit)
    last = max(flow.column for flow in found) + 1
    # A bar that only comes in, because what leaves it is too small to show, has its place too.
    columns = [
        distinct([f.source for f in found if f.column == at] + [f.target for f in found if f.column == at - 1])
        for at in range(last + 1)
    ]
    sizes = [_sizes(found, at, names) for at, names in enumerate(columns)]
    scale = (_HEIGHT - _GAP * max(map(len, columns))) / max(sum(size.values()) for size in sizes)
    places = [_places(size, scale) for size in sizes]
    bottom = max(
        top + max(size[name] * scale, _LINE)
        for place, size in zip(places, sizes, strict=True)
        for name, top in place.items()
    )
    step = (_WIDTH - 2 * _TEXT - _BAR) / last
    across = [_TEXT + step * at for at in range(last + 1)]
    colours = {
        name: _COLOURS[at % len(_COLOURS)] for at, name in enumerate(dict.fromkeys(n for c in columns for n in c))
    }
    drawn = [*_ribbons(found, places, across, scale, colours)]
    for at, (place, size) in enumerate(zip(places, sizes, strict=True)):
        for name, top in place.items():
            drawn += _bar(name, size[name], across[at], top, scale, at, last)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(exhibit.title)}" '
    style = 'font-family="Helvetica, Arial, sans-serif" font-size="12"'
    return f'{head}viewBox="0 0 {_WIDTH} {bottom + 6:.0f}" width="{_WIDTH}" {style}>{"".join(drawn)}</svg>'


def _sizes(found: Sequence[Flow], column: int, names: Sequence[str]) -> dict[str, float]:
    """What passes each bar: what leaves it, and for the last column what comes in."""
    out = {name: sum(f.size for f in found if f.column == column and f.source == name) for name in names}
    into = {name: sum(f.size for f in found if f.column == column - 1 and f.target == name) for name in names}
    return {name: max(out[name], into[name]) for name in names}


def _places(sizes: dict[str, float], scale: float) -> dict[str, float]:
    """The top of each bar."""
    result, top = {}, 4.0
    for name, size in sizes.items():
        result[name] = top
        top += max(size * scale, _LINE) + _GAP
    return result


def _ribbons(
    found: Sequence[Flow],
    places: Sequence[dict[str, float]],
    across: Sequence[float],
    scale: float,
    colours: dict[str, str],
) -> list[str]:
    leaving = [dict(place) for place in places]
    coming = [dict(place) for place in places]
    drawn = []

    def place(flow: Flow) -> tuple[int, int, int]:
        left, right = (list(places[flow.column + at]) for at in range(2))
        return flow.column, left.index(flow.source), right.index(flow.target)

    for flow in sorted(found, key=place):
        height = flow.size * scale
        thick = max(height, _THIN)
        left, right = leaving[flow.column][flow.source], coming[flow.column + 1][flow.target]
        leaving[flow.column][flow.source] += height
        coming[flow.column + 1][flow.target] += height
        x0, x1 = across[flow.column] + _BAR, across[flow.column + 1]
        middle = (x0 + x1) / 2
        path = (
            f"M{x0:.1f},{left:.1f}C{middle:.1f},{left:.1f} {middle:.1f},{right:.1f} {x1:.1f},{right:.1f}v{thick:.1f}"
            f"C{middle:.1f},{right + thick:.1f} {middle:.1f},{left + thick:.1f} {x0:.1f},{left + thick:.1f}z"
        )
        words = escape(f"{flow.source} → {flow.target}: {count(flow.size)}")
        colour = colours[flow.source]
        drawn.append(
            f'<path d="{path}" fill="{colour}" fill-opacity="0.45" stroke="{colour}" stroke-width="0.5">'
            f"<title>{words}</title></path>"
        )
    return drawn


def _bar(name: str, size: float, x: float, top: float, scale: float, column: int, last: int) -> list[str]:
    height = max(size * scale, _THIN)
    middle = top + max(min(height, _HEIGHT) / 2, 6)
    words = escape(f"{name} {count(size)}")
    if column == 0:
        text = f'<text x="{x - 6:.1f}" y="{middle + 4:.1f}" text-anchor="end">{words}</text>'
    elif column == last:
        text = f'<text x="{x + _BAR + 6:.1f}" y="{middle + 4:.1f}">{words}</text>'
    else:  # over the ribbons, so first a white edge
        place = f'x="{x + _BAR + 6:.1f}" y="{middle + 4:.1f}" font-weight="bold"'
        text = f'<text {place} stroke="white" stroke-width="4">{words}</text><text {place}>{words}</text>'
    return [f'<rect x="{x:.1f}" y="{top:.1f}" width="{_BAR}" height="{height:.1f}" fill="#1b1f24"/>', text]
