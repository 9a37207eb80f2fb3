"""What the yearly report says: every number in it is one that may be published."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import duckdb
import yaml
from markupsafe import Markup

from aanspraak.monitor.charts import svg
from aanspraak.monitor.dutch import count, share
from aanspraak.monitor.exhibit import Cell, Exhibit, Unit
from aanspraak.monitor.publication.content import method, wide
from aanspraak.monitor.publication.publish import Publication, Row
from aanspraak.monitor.publication.tables import Key, PublicationSet
from aanspraak.monitor.regio.overview import comparison, national, spread_over_places
from aanspraak.monitor.report import Block, Section
from aanspraak.monitor.trend import trend

TEXT = yaml.safe_load((files(__package__) / "tekst.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Published:
    """What may be published of one monitor. The last dimension of its tables is the year."""

    wanted: PublicationSet
    found: Publication

    def rows(self, table: str) -> list[Row]:
        return self.found.tables[table]

    def numbers(self, table: str, measure: str) -> dict[Key, list[tuple[int, float]]]:
        """For every cell but its year: the years with the number, where that is shown."""
        known: dict[Key, list[tuple[int, float]]] = defaultdict(list)
        for row in self.rows(table):
            value = row.numbers[measure]
            if value is not None:
                known[row.key[:-1]].append((row.key[-1], value))
        return {key: sorted(points) for key, points in known.items()}

    def block(self, table: str, measure: str, title: str, figure: str, unit: Unit) -> Block:
        """A table of one measure, under a figure when that has a title."""
        spec = next(one for one in self.wanted.tables if one.id == table)
        rows = self.rows(table)
        name = f"{table}-{measure}"
        drawing = None
        if figure and any(row.numbers[measure] is not None for row in rows):
            cells = tuple(_cell([*map(self.wanted.label, row.key)], row.numbers[measure]) for row in rows)
            series = tuple(dict.fromkeys(cell.series for cell in cells if cell.series))
            heading = self.wanted.heading(spec.dimensions[-2])
            # svg() comes from our own numbers and labels, in which Vega escapes markup
            drawing = Markup(  # noqa: S704
                svg(Exhibit(name, figure, spec.source, "gestapeld", unit, "Jaar", heading, cells, series))
            )
        return Block(name, title, wide(self.wanted, spec, measure, rows), spec.source, drawing)


def _cell(labels: Sequence[str], value: float | None) -> Cell:
    """The last label is the year, the one before the series, the one before that the panel."""
    return Cell(labels[-3] if len(labels) > 2 else None, None, labels[-1], labels[-2], value)


def forms(of: Published) -> list[Section]:
    """The delivery forms: clients per group, and the form whose share changed most."""
    text = TEXT["leveringsvormen"]
    shares = of.numbers("clienten_per_groep_en_bekostiging", "aandeel")
    sentences = []
    for (group,), points in of.numbers("clienten_per_groep", "clienten").items():
        sentence = trend(text["aantal"], points, count, groep=of.wanted.label(group))
        moved = {form: years for (of_group, form), years in shares.items() if of_group == group and len(years) > 1}
        if moved:
            form, years = max(moved.items(), key=lambda one: abs(one[1][-1][1] - one[1][0][1]))
            sentence += " " + text["verschuiving"].format(
                vorm=of.wanted.label(form), van=years[0][0], begin=share(years[0][1]),
                tot=years[-1][0], eind=share(years[-1][1]),
            )  # fmt: skip
        sentences.append(sentence)
    block = of.block("clienten_per_groep_en_bekostiging", "clienten", text["tabel"], text["figuur"], "clienten")
    return [Section("leveringsvormen", text["titel"], sentences, blocks=[block])]


def trajectories(of: Published) -> list[Section]:
    """The trajectories: how many per care form, and where most clients went in the last year."""
    text = TEXT["trajecten"]
    after = of.numbers("twee_weken_na", "aandeel")
    sentences = []
    for (form,), points in of.numbers("trajecten_per_zorgvorm", "trajecten").items():
        last = points[-1][0]
        sentence = trend(text["aantal"], points, count, vorm=of.wanted.label(form))
        places = {
            place: value for (of_form, place), years in after.items() if of_form == form
            for year, value in years if year == last
        }  # fmt: skip
        if places:
            place, part = max(places.items(), key=lambda one: one[1])
            sentence += " " + text["bestemming"].format(tot=last, waar=of.wanted.label(place), aandeel=share(part))
        sentences.append(sentence)
    blocks = [
        of.block("trajecten_per_zorgvorm", "trajecten", text["tabel"], text["figuur"], "trajecten"),
        of.block("twee_weken_na", "aandeel", text["tabel_na"], "", "aandeel_trajecten"),
    ]
    return [Section("trajecten", text["titel"], sentences, blocks=blocks)]


def regions(con: duckdb.DuckDBPyConnection) -> list[Section]:
    """The country and the municipalities, on the result tables of the monitor regio behind `con`."""
    text = TEXT["regio"]
    return [
        replace(national(con), title=text["titel_landelijk"]),
        replace(spread_over_places(con), title=text["titel_spreiding"]),
        comparison(con),
    ]


def protection() -> Section:
    """How the figures from claims are made safe."""
    return method(secondary=True)
