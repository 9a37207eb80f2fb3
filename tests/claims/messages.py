"""Claims messages written from records, to be read back: the layouts say where, this says what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from aanspraak.claims.ei_layout import Layout, layouts

LAYOUTS = {layout.standard: layout for layout in layouts()}
NO_BSN = "999999999"


@dataclass(frozen=True)
class Line:
    """A performance: an amount in cents, negative for a credit line."""

    code: str = "Z998"
    begin: date = date(2021, 1, 1)
    end: date = date(2021, 1, 31)
    quantity: int = 31
    cents: int = 310_050
    provider: str = "47470001"
    package: str = "754"
    code_list: str = "055"


@dataclass(frozen=True)
class Person:
    bsn: str
    lines: tuple[Line, ...] = ()
    comment: bool = False


def message(standard: str, code: str, people: Sequence[Person], provider: str = "04000001") -> list[bytearray]:
    """The lines of a message, to be changed at will before `as_file`."""
    layout, number = LAYOUTS[standard], 0
    header = {
        "bericht": code, "versie": "0" + layout.version[0], "subversie": "0" + layout.version[2],
        "soort_bericht": "P", "begindatum": "20210101", "einddatum": "20211231", "dagtekening": "20220101",
        "valuta": "EUR", "zorgverlener": "", "praktijk": provider, "instelling": "",
    }  # fmt: skip
    found = [record(layout, "voorloop", header)]
    for person in people:
        number += 1
        whose = {"bsn": person.bsn, "uzovi": "5501", "verzekerdennummer": "P" + person.bsn[:3], "overleden": "2"}
        found.append(record(layout, "verzekerde", whose | {"nummer": str(number)}))
        for line in person.lines:
            number += 1
            found.append(record(layout, "prestatie", whose | _performance(line, number)))
        if person.comment:
            found.append(record(layout, "commentaar", {"nummer": str(number)}))
    return [*found, trailer(layout, people)]


def record(layout: Layout, name: str, values: dict[str, str]) -> bytearray:
    """One line: numbers with zeros before them, text with spaces after it."""
    kind = layout.records[name]
    line = bytearray(b" " * layout.width)
    line[:2] = kind.code.encode()
    for key, field in kind.fields.items():
        if field.kind != "leeg":
            width = field.last - field.first + 1
            text = values.get(key, "")
            line[field.columns] = (text.ljust(width) if field.kind == "tekst" else text.rjust(width, "0")).encode()
    return line


def put(line: bytearray, standard: str, name: str, key: str, text: str) -> None:
    """Overwrite a field, from its first position."""
    field = LAYOUTS[standard].records[name].fields[key]
    line[field.columns] = text.encode().ljust(field.last - field.first + 1)


def trailer(layout: Layout, people: Sequence[Person]) -> bytearray:
    lines = [line for person in people for line in person.lines]
    comments, total = sum(person.comment for person in people), sum(line.cents for line in lines)
    return record(layout, "sluit", {
        "verzekerden": str(len(people)), "prestaties": str(len(lines)), "commentaren": str(comments),
        "detailrecords": str(len(people) + len(lines) + comments), "bedrag": str(abs(total)),
        "debet_credit": "C" if total < 0 else "D",
    })  # fmt: skip


def as_file(lines: Sequence[bytes], end: bytes = b"\r\n") -> bytes:
    return b"".join(bytes(line) + end for line in lines)


def paramedical(line: Line) -> Line:
    """As PM304 has it: one day, another code list, no package."""
    return replace(line, end=line.begin, code_list="012", package="000")


def _performance(line: Line, number: int) -> dict[str, str]:
    return {
        "nummer": str(number), "zorgzwaartepakket": line.package, "begindatum": f"{line.begin:%Y%m%d}",
        "einddatum": f"{line.end:%Y%m%d}", "prestatiecodelijst": line.code_list, "prestatiecode": line.code,
        "aantal": str(line.quantity), "tijdseenheid": "14", "behandelaar": line.provider,
        "bedrag": str(abs(line.cents)), "debet_credit": "C" if line.cents < 0 else "D", "referentie": f"R{number}",
        "vorige_referentie": f"V{number}" if line.cents < 0 else "",
    }  # fmt: skip
