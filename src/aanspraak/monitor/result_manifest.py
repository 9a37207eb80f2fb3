"""What a result says of itself: `manifest.json` as it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from aanspraak.monitor import exhibit

Kind = Literal["dimensie", "aantal", "euro", "dagen", "aandeel", "verhouding", "cel", "overig"]
Step = Literal["leveringsvormen", "trajecten", "regio", "jaar", "publicatie"]
NUMBERS: tuple[Kind, ...] = ("aantal", "euro", "dagen", "aandeel", "verhouding")


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


class Figure(BaseModel):
    """How the report draws what is in the file: `monitor.exhibit.Exhibit` but for its cells."""

    naam: str
    titel: str
    bron: str
    soort: exhibit.Kind
    eenheid: exhibit.Unit
    x: str
    reeks: str | None
    bestand: str


class Source(BaseModel):
    """What was read: a file, or a result of another monitor."""

    bestand: str
    monitor: str | None = None


class Written(BaseModel):
    """A file of the result, as it was made."""

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
    invoer: list[Source]
    labels: dict[str, str] = {}
    tabellen: list[Table]
    figuren: list[Figure]
    uitvoer: list[Written]
