"""Tables of the contract that come with BSNs: checked as every data set is, and passed on with pseudonyms.

The checks are those of `read`; what is added here is what may stand in the column `client`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from aanspraak.claims.columns import Column, Kind, Rule, Table
from aanspraak.claims.faultlog import safe, shape
from aanspraak.claims.faults import Fault, InputFaults, Place
from aanspraak.claims.manifest import is_synthetic
from aanspraak.claims.pseudonym import PSEUDONYM
from aanspraak.claims.read import Checked, checked
from aanspraak.claims.schema import TABLES

Client = Literal["bsn", "pseudoniem"]
"""What the column `client` holds. The user says it: nothing is guessed from the values."""

_CLIENT = "client"
_NOBODY = "0"
"""What a table may have in `client` where there is no person; nothing at all says the same."""
_BATCH = 1 << 18
_NAMES = {"bsn": "BSN", "pseudoniem": "pseudoniem"}

_DIGITS = "regexp_full_match(client, '[0-9]{9}')"
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_SUM = " + ".join(f"{weight} * try_cast(client[{at}] AS INTEGER)" for at, weight in enumerate(_WEIGHTS, start=1))
_MUST_BE = {
    "bsn": (
        Rule(
            f"client <> '{_NOBODY}' AND NOT {_DIGITS}",
            _CLIENT,
            "is geen nummer van negen cijfers",
            "Zet er het BSN met voorloopnullen, of niets. Pseudoniemen gaan apart, met --client pseudoniem.",
        ),
        Rule(  # as `is_bsn` does it
            f"{_DIGITS} AND (({_SUM}) % 11 <> 0 OR client = '000000000')",
            _CLIENT,
            "voldoet niet aan de elfproef",
            "Laat de bron het nummer verbeteren; zonder BSN blijft het veld leeg.",
        ),
    ),
    "pseudoniem": (
        Rule(
            f"client <> '{_NOBODY}' AND NOT regexp_full_match(client, '{PSEUDONYM}')",
            _CLIENT,
            "is geen pseudoniem van dit programma",
            f"De vorm is {PSEUDONYM}. BSN's gaan apart, met --client bsn.",
        ),
    ),
}


def table_of(file: Path) -> str | None:
    """The table that a file holds, by its name; None where it is another kind of file."""
    return file.stem if file.suffix in (".csv", ".parquet") and file.stem in TABLES else None


@contextmanager
def checked_table(file: Path, client: Client | None) -> Iterator[Checked]:
    """The table in `file`, checked and typed. Its rows still have BSNs: they are in memory only, and never spilled.

    Raises `InputFaults`, whose values are without letters and without digits that could be a BSN.
    """
    table = TABLES[file.stem]
    if is_synthetic(file.parent):
        remedy = "Lees er geen echte gegevens mee samen in; geef de map zelf aan `aanspraak monitor`."
        raise InputFaults([Fault(file.name, None, "is synthetisch", remedy)])
    if _has_clients(table):
        if client is None:
            problem = "kan BSN's of pseudoniemen hebben: het bestand zegt het niet"
            raise InputFaults([Fault(file.name, _CLIENT, problem, "Geef --client bsn of --client pseudoniem.")])
        table = replace(table, rules=(*table.rules, *_MUST_BE[client], *_nowhere_else(table)))
    try:
        with checked(file, table, spill=None) as found:
            yield replace(found, warnings=[safe(warning) for warning in found.warnings])
    except InputFaults as refused:
        raise InputFaults([_discreet(fault) for fault in refused.faults]) from None


def pseudonymised(
    table: Checked, schema: pa.Schema, client: Client | None, pseudonym: Callable[[str], str], people: Counter[str]
) -> Iterator[pa.Table]:
    """The rows of a checked table, a batch at a time, typed as the schema says; `people` counts whom they are about."""
    if not table.rows:
        yield schema.empty_table()
    for batch in table.con.sql(table.query).to_arrow_reader(_BATCH):
        rows = pa.Table.from_batches([batch]).cast(schema)
        yield _with_pseudonyms(rows, client, pseudonym, people) if client and _CLIENT in schema.names else rows


def _with_pseudonyms(rows: pa.Table, client: Client, pseudonym: Callable[[str], str], people: Counter[str]) -> pa.Table:
    came = rows[_CLIENT].combine_chunks()
    came = pc.if_else(pc.equal(came, _NOBODY), None, came)
    people[f"met {_NAMES[client]}"] += len(came) - came.null_count
    people[f"zonder {_NAMES[client]}"] += came.null_count
    if client == "bsn":
        coded = came.dictionary_encode()
        names = pa.array(map(pseudonym, coded.dictionary.to_pylist()), pa.string())
        came = names.take(coded.indices)
    return rows.set_column(rows.column_names.index(_CLIENT), rows.schema.field(_CLIENT), came)


def _has_clients(table: Table) -> bool:
    return any(column.name == _CLIENT for column in table.columns)


def _nowhere_else(table: Table) -> Iterator[Rule]:
    """No other column tells whom the row is about. What is too short for a number of a person is no sign of one."""
    for column in filter(_open_text, table.columns):
        faulty = f"length({_CLIENT}) > 8 AND contains({column.name}, {_CLIENT})"
        remedy = "Haal het daar weg: alleen in client komt er een pseudoniem voor in de plaats."
        yield Rule(faulty, column.name, "bevat het nummer van de cliënt", remedy)


def _open_text(column: Column) -> bool:
    return column.kind is Kind.TEXT and column.name != _CLIENT and not column.allowed and not column.pattern


def _discreet(fault: Fault) -> Fault:
    """A row that is shifted shows a person's number or name in any column, or in the header where there is none."""
    places = tuple(Place(each.row, None if each.value is None else shape(safe(each.value))) for each in fault.places)
    return replace(fault, file=safe(fault.file), problem=safe(fault.problem), remedy=safe(fault.remedy), places=places)
