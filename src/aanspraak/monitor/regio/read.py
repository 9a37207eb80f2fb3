"""Read the files of Vektis as they were downloaded: separators, encodings and names of columns drift with the years."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import yaml

from aanspraak.claims.faults import SHOWN, Fault, InputFaults, Place
from aanspraak.claims.manifest import sha256
from aanspraak.errors import UserError

VEKTIS = yaml.safe_load((files(__package__) / "vektis.yaml").read_text(encoding="utf-8"))
_SEX, _AGE, _PLACE, _YEARS = VEKTIS["kolommen"]
_KINDS = VEKTIS["soorten"]
_AGES = re.compile(r"\d+ t/m \d+ jaar|\d+\+( jaar)?")
_SHORTENED = 30
"""A name this long can be cut off: it stands for the one known name that begins with it."""

_NUMBER = pa.decimal128(18, 4)
_LINES = pa.schema(
    {
        "jaar": pa.int32(), "gemeente": pa.string(), "geslacht": pa.string(), "leeftijdsklasse": pa.string(),
        "soort": pa.string(), "verzekerdejaren": _NUMBER, "kosten": _NUMBER,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Download:
    """One file of Vektis, and its rows."""

    file: Path
    year: int
    rows: int
    sha256: str


def read(directory: Path, target: Path, progress: Callable[[str], None]) -> tuple[list[Download], list[str]]:
    """Every CSV file of the directory as one Parquet file `target`: a row for each line and kind of care.

    Costs are in euros. Returns the files and warnings for the user. Raises `InputFaults` with the faults of all files;
    `UserError` when there is nothing to read.
    """
    if not directory.is_dir():
        raise UserError(f"De map {directory} bestaat niet. Geef met --invoer de map met de bestanden van Vektis.")
    found = sorted(file for file in directory.iterdir() if file.suffix.lower() == ".csv")
    if not found:
        raise UserError(f"In {directory} staat geen CSV-bestand. Zet er de bestanden per gemeente van Vektis in.")
    downloads: list[Download] = []
    faults: list[Fault] = []
    warnings: list[str] = []
    with pq.ParquetWriter(target, _LINES) as writer:
        for file in found:
            progress(f"{file.name} lezen en nakijken")
            try:
                year = _year(file, downloads)
                header, lines = _lines(file)
                columns, unknown = _columns(file, year, header)
                table, rows = _table(file, year, columns, lines)
            except InputFaults as wrong:
                faults += wrong.faults
                continue
            writer.write_table(table)
            downloads.append(Download(file, year, rows, sha256(file)))
            warnings += [f"{file.name} ({year}): kolom {name} is onbekend en wordt niet gebruikt." for name in unknown]
    if faults:
        raise InputFaults(faults)
    return downloads, warnings


def _year(file: Path, before: Sequence[Download]) -> int:
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", file.stem))
    if len(years) != 1:
        raise InputFaults([Fault(file.name, None, "de naam zegt niet van welk jaar", "Zet één jaartal in de naam.")])
    year = int(years.pop())
    for one in before:
        if one.year == year:
            problem = f"er is nog een bestand van {year}: {one.file.name}"
            raise InputFaults([Fault(file.name, None, problem, "Laat per jaar het bestand per gemeente staan.")])
    return year


def _lines(file: Path) -> tuple[list[str], Iterator[list[str]]]:
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=max(";,\t", key=first.count))
    return [name.strip().lower() for name in next(reader, [])], reader


def _columns(file: Path, year: int, header: list[str]) -> tuple[dict[str, int], list[str]]:
    """Where the columns are that we use, and the names of those we do not know."""
    wanted = [_SEX, _AGE, _PLACE, _YEARS]
    wanted += [name for kind in _KINDS.values() if year >= kind.get("vanaf", 0) for name in kind["kolommen"]]
    known = {*wanted, *VEKTIS["niet_gebruikt"], *(name for kind in _KINDS.values() for name in kind["kolommen"])}
    names = [_known_name(name, known) for name in header]
    faults = [
        Fault(file.name, name, f"de kolom ontbreekt in {year}", f"Gevonden: {', '.join(header)}.")
        for name in wanted
        if name not in names
    ]
    faults += [
        Fault(file.name, name, f"de kolom staat er in {year} meer dan eens", "Laat er één staan.")
        for name in sorted(known)
        if names.count(name) > 1
    ]
    if faults:
        raise InputFaults(faults)
    return {name: names.index(name) for name in wanted}, [name for name in names if name not in known]


def _known_name(name: str, known: set[str]) -> str:
    longer = [one for one in known if one.startswith(name)]
    return longer[0] if name not in known and len(name) >= _SHORTENED and len(longer) == 1 else name


def _table(file: Path, year: int, columns: dict[str, int], lines: Iterator[list[str]]) -> tuple[pa.Table, int]:
    kinds = {name: kind["kolommen"] for name, kind in _KINDS.items() if kind["kolommen"][0] in columns}
    wrong: dict[tuple[str, str, str], list[Place]] = {}
    rows: list[dict[str, object]] = []
    count = 0
    for number, fields in enumerate(lines, start=2):
        if not fields:
            continue
        count += 1
        if len(fields) <= max(columns.values()):
            remedy = "Download het bestand opnieuw."
            raise InputFaults([Fault(file.name, None, f"regel {number} heeft te weinig velden", remedy)])
        value = {name: " ".join(fields[at].split()) for name, at in columns.items()}
        # one line of each file has no sex, age or municipality: costs that Vektis cannot place
        key = (value[_SEX] or None, value[_AGE] or None, value[_PLACE].upper() or None)
        if key[0] not in (None, "M", "V"):
            wrong.setdefault((_SEX, "is geen M of V", "Verbeter de waarde."), []).append(Place(number, key[0]))
        if key[1] and not _AGES.fullmatch(key[1]):
            remedy = "Verwacht: zoals 5 t/m 9 jaar of 90+."
            wrong.setdefault((_AGE, "is geen leeftijdsklasse", remedy), []).append(Place(number, key[1]))
        if None in key and any(key):
            remedy = "Vul de regel aan, of laat geslacht, leeftijdsklasse en gemeente alle drie leeg."
            wrong.setdefault((_PLACE, "de regel is maar voor een deel ingedeeld", remedy), []).append(
                Place(number, None)
            )
        numbers: dict[str, Decimal] = {}
        for name in (_YEARS, *(one for parts in kinds.values() for one in parts)):
            try:
                numbers[name] = _number(value[name])
            except ValueError:
                remedy = "Verwacht: een getal met een decimale punt of komma."
                wrong.setdefault((name, "is geen getal", remedy), []).append(Place(number, value[name]))
        if wrong:
            continue
        for kind, parts in kinds.items():
            costs = sum((numbers[part] for part in parts), Decimal(0))
            rows.append(
                dict(zip(_LINES.names, (year, key[2], key[0], key[1], kind, numbers[_YEARS], costs), strict=True))
            )
    if wrong:
        raise InputFaults(
            [Fault(file.name, *what, len(places), tuple(places[:SHOWN])) for what, places in wrong.items()]
        )
    return pa.Table.from_pylist(rows, schema=_LINES), count


def _number(text: str) -> Decimal:
    """A number as files write it: 1234.5 or 1234,5. Raises ValueError."""
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not found.is_finite():
        raise ValueError(text)
    return found.quantize(Decimal("0.0001"))
