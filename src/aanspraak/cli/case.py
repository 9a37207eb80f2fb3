"""The facts of a case: from a YAML or JSON file, from a row of a table, from standard input, and from --gegeven."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aanspraak.cli.options import day, decision_named, is_table
from aanspraak.engine.asking import accepted
from aanspraak.engine.given import Value, read_facts
from aanspraak.engine.model import PEILDATUM, CaseError, RuleBase, UserError
from aanspraak.engine.yaml_lines import Document, parse_yaml


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked of which facts. `today`: no day was given. `idle`: facts that the decision never looks at."""

    besluit: str
    facts: Mapping[str, Value]
    peildatum: date
    today: bool
    idle: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    """Facts as they were written, each with its place for a message."""

    besluit: str = ""
    peildatum: object = None
    place: str = ""
    facts: tuple[tuple[str, object, str], ...] = ()


def read_case(
    base: RuleBase, source: str, besluit: str, given: Sequence[str], peildatum: str, row: int | None = None
) -> Case:
    """The case in `source` (a path, «-» for standard input, or empty) with the options over it.

    Raises UserError when there is no such file or decision, CaseError with every wrong fact.
    """
    written = _from_source(base, source, row)
    decision = decision_named(base, besluit or written.besluit)
    used = accepted(base, decision)
    options = list(_options(given))
    over = {name for name, _, _ in options}
    table = is_table(Path(source))  # of a table, the columns that the decision does not look at are no facts
    facts = [fact for fact in written.facts if fact[0] not in over and not (table and fact[0] not in used)]
    values = read_facts(base, decision, [*facts, *options])
    told = day(peildatum, "--peildatum") if peildatum else None
    if told is None and written.peildatum is not None:
        told = day(written.peildatum, written.place)
    idle = tuple(name for name in values if name not in used)
    kept = {name: value for name, value in values.items() if name in used}
    return Case(decision.id, kept, told or date.today(), told is None, idle)


def _from_source(base: RuleBase, source: str, row: int | None) -> _Given:
    path = Path(source)
    if source and is_table(path):
        if row is None:
            raise UserError(f"{source}: in een tabel staat een casus per rij; geef --rij NUMMER.")
        return _from_row(base, path, row)
    if row is not None:
        raise UserError("--rij hoort bij een casus uit een .csv- of .parquet-bestand.")
    if not source:
        return _Given()
    return _from_document(parse_yaml(*_text(source)))


def _from_row(base: RuleBase, path: Path, row: int) -> _Given:
    import duckdb  # only a table needs the engine that reads it

    from aanspraak.engine.casefile import open_cases, readable
    from aanspraak.engine.casevalues import row_values

    with duckdb.connect() as con:
        cases = open_cases(con, path)
        with readable(cases):
            values = row_values(con, base, cases, row)
    facts = [(name, value, f"{path}, rij {row}, kolom {name}") for name, value in values.items() if name != PEILDATUM]
    return _Given("", values.get(PEILDATUM), f"{path}, rij {row}, kolom {PEILDATUM}", tuple(facts))


def _text(source: str) -> tuple[str, str]:
    try:
        if source == "-":
            return sys.stdin.read(), "standaardinvoer"
        return Path(source).read_text(encoding="utf-8-sig"), source
    except IsADirectoryError:
        raise UserError(f"{source}: dit is een map; geef een bestand.") from None
    except FileNotFoundError:
        raise UserError(f"{source}: dit bestand is er niet; kijk de naam na.") from None
    except UnicodeDecodeError:
        raise CaseError(f"{source}: is geen UTF-8; sla het bestand op als UTF-8.") from None
    except OSError as error:
        raise UserError(f"{source}: is niet te lezen ({error.strerror}).") from None


def _from_document(document: Document) -> _Given:
    if document.faults:
        raise CaseError("\n".join(document.faults))
    if not isinstance(document.data, dict):
        what = "is leeg" if document.data is None else "is geen lijst van namen met waarden"
        raise CaseError(f"{document.name}: {what}; schrijf bijvoorbeeld «leeftijd: 40» op een regel.")
    data = dict(document.data)
    besluit, peildatum, nested = (
        str(data.pop("besluit", "") or ""),
        data.pop(PEILDATUM, None),
        data.pop("gegeven", None),
    )
    if nested is None:
        return _Given(besluit, peildatum, document.place(PEILDATUM), tuple(_facts(document, data, ())))
    if data:
        extra = next(iter(data))
        raise CaseError(f"{document.place(extra)}: «{extra}» hoort hier niet; zet het onder gegeven, of haal het weg.")
    if not isinstance(nested, dict):
        raise CaseError(f"{document.place('gegeven')}: zet onder gegeven namen met waarden, of haal het weg.")
    return _Given(besluit, peildatum, document.place(PEILDATUM), tuple(_facts(document, nested, ("gegeven",))))


def _facts(document: Document, data: dict[str, object], at: tuple[str, ...]) -> Iterator[tuple[str, object, str]]:
    return ((name, value, document.place(*at, name)) for name, value in data.items() if value is not None)


def _options(given: Sequence[str]) -> Iterator[tuple[str, object, str]]:
    seen: dict[str, str] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not name or not equals or not value:
            raise CaseError(f"--gegeven {text}: schrijf naam=waarde, bijvoorbeeld leeftijd=40.")
        if name in seen:
            raise CaseError(f"--gegeven {name} staat er twee keer ({seen[name]} en {value}); haal er een weg.")
        seen[name] = value
        yield name, value, f"--gegeven {name}"
