"""Results of monitors in folders: which there are, and what each says of itself in its manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aanspraak.claims.manifest import NAME, sha256
from aanspraak.errors import UserError
from aanspraak.monitor.exhibit import UNIT_LABELS, Exhibit
from aanspraak.monitor.result_manifest import Column, Kind, Manifest, Table
from aanspraak.users import Role, current

_KINDS: dict[str, Kind] = {"aandeel": "aandeel", "euro": "euro", "dagen": "dagen"}
_AGAIN = "Maak het resultaat opnieuw, met aanspraak monitor of aanspraak publicatie."


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
        """Whether everyone may see it."""
        return self.manifest.veilig

    @property
    def sources(self) -> list[str]:
        """What it was made from: files, or results of other monitors."""
        if self.manifest.monitor:
            return [f"de monitor {self.manifest.monitor}"]
        return [f"de monitor {one.monitor}" if one.monitor else one.bestand for one in self.manifest.invoer]

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
    for name in (*(one.bestand for one in tables), *(one.bestand for one in manifest.figuren)):
        file = folder / name
        inside = file.is_file() and file.resolve().is_relative_to(folder.resolve())
        if not inside or made.get(name) != sha256(file):
            raise UserError(f"{file} ontbreekt of is veranderd nadat het resultaat was gemaakt. {_AGAIN}")
    figures = stored_exhibits(folder, [one.model_dump() for one in manifest.figuren])
    drawn = [_behind(figures[one.naam], one.bestand) for one in manifest.figuren]
    return Result(folder.name, folder, manifest, {table.naam: table for table in (*drawn, *tables)}, figures)


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
