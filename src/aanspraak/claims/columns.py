"""What a table of a data set is made of: its columns, and what a row must satisfy beyond its single columns."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a column is stored: the value is the DuckDB type, the label is what a user reads."""

    TEXT = "VARCHAR"
    DATE = "DATE"
    MONEY = "DECIMAL(18,2)"
    QUANTITY = "DECIMAL(18,4)"
    INTEGER = "INTEGER"
    BOOLEAN = "BOOLEAN"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.TEXT: "tekst",
    Kind.DATE: "datum (jjjj-mm-dd)",
    Kind.MONEY: "bedrag in euro's (decimale punt, hoogstens 2 decimalen)",
    Kind.QUANTITY: "getal (decimale punt, hoogstens 4 decimalen)",
    Kind.INTEGER: "geheel getal",
    Kind.BOOLEAN: "ja of nee (ook true/false of 1/0)",
}


@dataclass(frozen=True)
class Column:
    """One column; `lowest` and `highest` are inclusive, ISO dates or whole numbers written as text."""

    name: str
    kind: Kind
    meaning: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    lowest: str = ""
    highest: str = ""
    private: bool = False
    """A value of this column may point at a person: never shown in a message."""


@dataclass(frozen=True)
class Rule:
    """`faulty` is SQL over the typed columns of one table; `column` is the one to name in the message."""

    faulty: str
    column: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Table:
    name: str
    meaning: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
