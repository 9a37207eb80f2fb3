"""Results of monitors in folders: which there are, and what each says of itself in its manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from aanspraak.claims.manifest import NAME, sha256
from aanspraak.errors import UserError
from aanspraak.monitor.exhibit import UNIT_LABELS, Exhibit
from aanspraak.users import Role, current

Kind = Literal["dimensie", "aantal", "euro", "dagen", "aandeel", "verhouding", "cel", "overig"]
Step = Literal["leveringsvormen", "trajecten", "regio", "jaar", "publicatie"]
NUMBERS: tuple[Kind, ...] = ("aantal", "euro", "dagen", "aandeel", "verhouding")

_KINDS: dict[str, Kind] = {"aandeel": "aandeel", "euro": "euro", "dagen": "dagen"}
_AGAIN = "Maak het resultaat opnieuw, met aanspraak monitor of aanspraak publicatie."


class Column(BaseModel):
    """`leeg`: what an empty cell of a dimension means."""

    naam: str
    titel: str
    soort: Kind
    leeg: str = "onbekend"


class Table(BaseModel):
    """A table as its manifest describes it. `per_client`: a row is of one person, and is shown to nobody."""

    naam: str
    titel: str
    bron: str | None = None
    bestand: str
    kolommen: list[Column]
    per_client: bool = False

    def of_kind(self, *kinds: Kind) -> list[Column]:
        """The columns of these kinds, in order."""
        return [column for column in self.kolommen if column.soort in kinds]

    @property
    def dimensions(self) -> list[Column]:
        """The columns by whose values rows are chosen."""
        return self.of_kind("dimensie")

    @property
    def numbers(self) -> list[Column]:
        """The columns with what is measured."""
        return self.of_kind(*NUMBERS)


class _Written(BaseModel):
    bestand: str
    sha256: str


class Manifest(BaseModel):
    """What a result says of itself. `monitor`: what a publication is of. `veilig`: all of it may go out. `labels`:
    what codes are called, in the order to show them."""

    stap: Step
    monitor: str | None = None
    titel: str
    begonnen: datetime
    synthetisch: bool
    veilig: bool
    invoer: list[dict[str, Any]]
    labels: dict[str, str] = {}
    tabellen: list[Table]
    figuren: list[dict[str, Any]]
    uitvoer: list[_Written]


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A folder that a monitor or `aanspraak publicatie` made; `name` is that of the folder.

    `tables`: all that can be shown, by name, the numbers behind figures among them. `figures`: how the report draws
    these.
    """

    name: str
    folder: Path
    manifest: Manifest
    tables: dict[str, Table]
    figures: dict[str, Exhibit]

    @property
    def public(self) -> bool:
        """Whether everyone may see it: nothing in it can be traced to a person."""
        return self.manifest.veilig

    @property
    def sources(self) -> list[str]:
        """What it was made from: files, or results of other monitors."""
        if self.manifest.monitor:
            return [f"de monitor {self.manifest.monitor}"]
        given = self.manifest.invoer
        return [f"de monitor {one['monitor']}" if "monitor" in one else str(one["bestand"]) for one in given]

    def file(self, table: Table) -> Path:
        """The file of a table: Parquet, or CSV with the numbers behind a figure."""
        return self.folder / table.bestand

    @property
    def reports(self) -> list[str]:
        """The names of the files with the report, as page and as PDF."""
        return [name for name in ("rapport.html", "rapport.pdf") if (self.folder / name).is_file()]


def find_results(folders: Iterable[Path]) -> dict[str, Result]:
    """The results in the folders, each a result or a folder with results, by name.

    Raises `UserError` for a folder without a result, one that is not as it was made, and two of the same name.
    """
    found: dict[str, Result] = {}
    for folder in folders:
        for one in _results_in(folder.resolve()):
            if one.name in found and found[one.name].folder != one.folder:
                raise UserError(
                    f"Twee resultaten heten {one.name}: {found[one.name].folder} en {one.folder}. Hernoem er een."
                )
            found[one.name] = one
    return found


def visible(results: Mapping[str, Result]) -> dict[str, Result]:
    """The results that whoever asks may see: all for who analyses, for others what may go out to everyone."""
    return {name: one for name, one in results.items() if one.public or current().rol >= Role.analist}


def _results_in(folder: Path) -> Iterator[Result]:
    if (folder / NAME).is_file():
        yield read_result(folder)
        return
    # data sets that stand beside the results have a manifest as well, that names no step
    inside = [one for one in sorted(folder.glob(f"*/{NAME}")) if "stap" in _json(one)]
    if not inside:
        raise UserError(f"In {folder} staat geen resultaat van een monitor. Geef een map die aanspraak monitor maakte.")
    for file in inside:
        yield read_result(file.parent)


def read_result(folder: Path) -> Result:
    """The result in a folder. Raises `UserError` where it is none, is older, or was changed after it was made."""
    from aanspraak.monitor.figures import stored_exhibits  # here, because a server without results needs no DuckDB

    try:
        manifest = Manifest.model_validate(_json(folder / NAME))
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise UserError(
            f"{folder / NAME}: bij «{place}» staat niet wat een resultaat van nu heeft. {_AGAIN}"
        ) from error
    tables = [table for table in manifest.tabellen if table.numbers and not table.per_client]
    made = {one.bestand: one.sha256 for one in manifest.uitvoer}
    for name in [*(table.bestand for table in tables), *(str(one.get("bestand")) for one in manifest.figuren)]:
        file = folder / name
        inside = file.is_file() and file.resolve().is_relative_to(folder.resolve())
        if not inside or made.get(name) != sha256(file):
            raise UserError(f"{file} ontbreekt of is veranderd nadat het resultaat was gemaakt. {_AGAIN}")
    figures = stored_exhibits(folder, manifest.figuren)
    drawn = [_behind(figure, one["bestand"]) for figure, one in zip(figures.values(), manifest.figuren, strict=True)]
    return Result(folder.name, folder, manifest, {table.naam: table for table in [*drawn, *tables]}, figures)


def _behind(figure: Exhibit, file: str) -> Table:
    """The table of the numbers behind a figure: only the dimensions that it has."""
    dimensions = {"rij": "Groep", "kolom": "Deelgroep", "x": figure.x_title, "reeks": figure.series_title or ""}
    parts = {"rij": "row", "kolom": "column", "x": "x", "reeks": "series"}
    used = [name for name, part in parts.items() if any(getattr(cell, part) is not None for cell in figure.cells)]
    kind = figure.unit.split("_")[0]
    return Table(
        naam=figure.id,
        titel=figure.title,
        bron=figure.source,
        bestand=file,
        kolommen=[
            *(Column(naam=name, titel=dimensions[name], soort="dimensie") for name in used),
            Column(naam="waarde", titel=UNIT_LABELS[figure.unit], soort=_KINDS.get(kind, "aantal")),
        ],
    )


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{file} is niet te lezen. {_AGAIN}") from error
    return found if isinstance(found, dict) else {}
