"""The layout of an EI standard: which record, which field, at which positions. The layouts are data (`layouts/`)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

FieldKind = Literal["getal", "datum", "code", "tekst", "leeg"]


@dataclass(frozen=True)
class Field:
    """Positions `first`..`last`, counted from 1 and inclusive, as the standard prints them."""

    name: str
    first: int
    last: int
    kind: FieldKind
    allowed: tuple[str, ...] = ()
    required: bool = False
    unique: bool = False
    earliest: date | None = None
    private: bool = False
    """A value of this field may point at a person: never shown in a message."""

    @property
    def label(self) -> str:
        where = f"positie {self.first}" if self.first == self.last else f"positie {self.first}-{self.last}"
        return f"{self.name} ({where})"

    @property
    def columns(self) -> slice:
        return slice(self.first - 1, self.last)


@dataclass(frozen=True)
class Record:
    """A kind of line: the two digits it begins with, and its fields by key."""

    code: str
    fields: dict[str, Field]


@dataclass(frozen=True)
class Destination:
    """Where the lines of a message (and code list, where it matters) go; `table` is None where they have no place."""

    message: str
    code_list: str | None
    table: str | None
    sector: str | None
    why_not: str | None


@dataclass(frozen=True)
class Layout:
    standard: str
    version: str
    source: str
    width: int
    no_bsn: str
    provider: tuple[str, ...]
    """Fields that may hold the provider's AGB code, of the line or of the header; the first that is filled counts."""
    destinations: tuple[Destination, ...]
    records: dict[str, Record]

    def message_code(self, head: bytes) -> str:
        """The code of the message whose first line begins with `head`."""
        return head[self.records["voorloop"].fields["bericht"].columns].decode("ascii", "replace")

    @property
    def messages(self) -> tuple[str, ...]:
        return self.records["voorloop"].fields["bericht"].allowed


@cache
def layouts() -> tuple[Layout, ...]:
    """Every EI standard that can be read."""
    found = sorted(files("aanspraak.claims.layouts").iterdir(), key=lambda file: file.name)
    return tuple(
        _layout(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in found if file.name.endswith(".yaml")
    )


def layout_of(head: bytes) -> Layout | None:
    """The layout of a file that begins with `head`, by the message code in its first line; None if unknown."""
    for layout in layouts():
        if head.startswith(layout.records["voorloop"].code.encode()) and layout.message_code(head) in layout.messages:
            return layout
    return None


def _layout(raw: dict[str, Any]) -> Layout:
    return Layout(
        standard=raw["standaard"],
        version=raw["versie"],
        source=raw["bron"],
        width=raw["lengte"],
        no_bsn=raw["geen_bsn"],
        provider=tuple(raw["zorgaanbieder"]),
        destinations=tuple(
            Destination(
                item["bericht"], item.get("prestatiecodelijst"), item.get("tabel"), item.get("sector"),
                item.get("niet_gelezen"),
            )
            for item in raw["bestemmingen"]
        ),
        records={
            name: Record(record["code"], {key: _field(field) for key, field in record["velden"].items()})
            for name, record in raw["records"].items()
        },
    )  # fmt: skip


def _field(raw: dict[str, Any]) -> Field:
    return Field(
        name=raw["naam"],
        first=raw["van"],
        last=raw["tot"],
        kind=raw["soort"],
        allowed=tuple(raw.get("waarden", ())),
        required=raw.get("verplicht", False),
        unique=raw.get("uniek", False),
        earliest=raw.get("vanaf"),
        private=raw.get("persoon", False),
    )
