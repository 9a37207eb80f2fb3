"""From the files of the sector to a data set: read, check, make pseudonyms and write."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]

from aanspraak.claims.arrow import TableWriter, arrow_schema
from aanspraak.claims.ei import read_ei
from aanspraak.claims.ei_layout import layout_of, layouts
from aanspraak.claims.ei_lines import BOM
from aanspraak.claims.ei_message import Message
from aanspraak.claims.ei_tables import needs_insurance, rows
from aanspraak.claims.faultlog import FaultLog, safe
from aanspraak.claims.faults import Fault, InputFaults, UserError
from aanspraak.claims.intake_tables import Client, checked_table, pseudonymised, table_of
from aanspraak.claims.iwlz import Answers, Row, read_answer
from aanspraak.claims.manifest import sha256, write_manifest
from aanspraak.claims.output import output_directory
from aanspraak.claims.pseudonym import pseudonymiser
from aanspraak.claims.schema import TABLES

Report = Callable[[str, float], None]
"""Told which file is being read and which part of all bytes is done (0..1)."""

_NOTES = [
    "Bedragen zijn zoals gedeclareerd; wat is toegekend, staat in het retourbericht en niet hier.",
    "Een vervallen indicatie eindigt op haar vervaldatum (afleiding).",
    "Een pgb zonder einddatum eindigt op de peildatum: tot die dag is het bekend.",
]
_HEAD = 4096


@dataclass(frozen=True)
class Options:
    """What the files do not say and the user does: which insurance Zvw lines fall under, when registers were asked,
    and whether tables have BSNs or pseudonyms."""

    insurance: str | None
    asked_on: date | None
    today: date
    """No care can have been given after this day."""
    client: Client | None = None


@dataclass
class Intake:
    """What came in: rows by table, what each file is, and counts of lines left out and of persons by their BSN."""

    rows: dict[str, int] = field(default_factory=dict)
    inputs: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class _Desk:
    """Where every file is read: what all of them share."""

    directory: Path
    writer: TableWriter
    pseudonym: Callable[[str], str]
    options: Options
    answers: Answers
    intake: Intake


def ingest(files: Sequence[Path], target: Path, key: bytes, options: Options, report: Report) -> Intake:
    """Read claims messages, register answers and tables into the new data set `target`, with pseudonyms for BSNs.

    Raises InputFaults with every fault of every file, and UserError where a file cannot be read or `target` cannot be
    written; then nothing is left behind.
    """
    started = datetime.now(UTC)
    intake, pseudonym = Intake(), pseudonymiser(key)
    try:
        with output_directory(target) as directory:
            with TableWriter(directory) as writer:
                desk = _Desk(directory, writer, pseudonym, options, Answers(pseudonym, options.asked_on), intake)
                _read_all(files, desk, report)
            if intake.faults:
                raise InputFaults(intake.faults)
            intake.rows = writer.rows
            if not any(writer.rows.values()):
                intake.warnings.append("geen enkele regel heeft een plaats in de gegevens.")
            write_manifest(directory, "inlezen", started, _manifest(intake, options))
    except OSError as error:
        place = safe(str(error.filename or target))
        raise UserError(f"{place} is niet te lezen of te schrijven: {error.strerror or error}.") from error
    return intake


def _read_all(files: Sequence[Path], desk: _Desk, report: Report) -> None:
    sizes = [_size(file) for file in files]
    total, done = sum(sizes) or 1, 0
    seen: dict[str, str] = {}
    for file, size in zip(files, sizes, strict=True):
        log = FaultLog(file.name)
        progress = partial(_progress, report, log.file, done, total)
        entry = _read_table(file, desk, log, progress) if table_of(file) else _read_stream(file, desk, log, progress)
        done += size
        digest = entry["sha256"]
        if digest in seen:
            log.add_whole(f"is hetzelfde bestand als {seen[digest]}", "Geef elk bestand één keer.")
        if size:
            seen[digest] = log.file
        desk.intake.faults += log.faults()
        desk.intake.inputs.append({"bestand": log.file, **entry})
    desk.intake.left_out += desk.answers.left_out
    desk.intake.people += desk.answers.people


def _read_table(file: Path, desk: _Desk, log: FaultLog, progress: Callable[[int], None]) -> dict[str, Any]:
    intake, client, name = desk.intake, desk.options.client, file.stem
    progress(0)
    try:
        with checked_table(file, client) as table:
            intake.warnings += table.warnings
            for rows in pseudonymised(table, arrow_schema(name), client, desk.pseudonym, intake.people):
                if not log and not intake.faults:
                    desk.writer.write(name, rows)
    except InputFaults as refused:
        intake.faults += refused.faults
        return {"soort": "tabel", "regels": 0, "sha256": sha256(file)}
    return {"soort": f"tabel {name}", "regels": table.rows, "sha256": table.sha256}


def _read_stream(file: Path, desk: _Desk, log: FaultLog, progress: Callable[[int], None]) -> dict[str, Any]:
    with file.open("rb") as raw:
        stream = _Counted(raw, progress)
        kind, lines = _read_file(stream, _head(file), desk, log)
    return {"soort": kind, "regels": lines, "sha256": stream.hash.hexdigest()}


def _read_file(stream: "_Counted", head: bytes, desk: _Desk, log: FaultLog) -> tuple[str, int]:
    """What kind of file it is, and how many records it has."""
    if layout := layout_of(head):
        message = Message(layout, layout.message_code(head))
        _read_message(stream, message, desk, log)
        return f"{layout.standard} {layout.version}", message.records.total()
    if head[:1] in (b"{", b"["):
        return "iWlz-register", _read_register(stream, desk, log)
    log.add_whole("is geen bekend bericht", _what_is_known())
    return "onbekend", 0


def _read_message(stream: "_Counted", message: Message, desk: _Desk, log: FaultLog) -> None:
    options, intake = desk.options, desk.intake
    if needs_insurance(message) and options.insurance is None:
        remedy = "Geef --verzekering basis of --verzekering aanvullend, en lees ze apart in als beide voorkomen."
        log.add_whole("zegt niet onder welke verzekering de regels vallen", remedy)
    for claims in read_ei(stream, message, desk.pseudonym, options.today, log):
        if not log and not intake.faults:
            for table, columns in rows(claims, message, options.insurance, intake.left_out):
                desk.writer.write(table, columns)
    if message.header.get("soort_bericht") == "T":
        intake.warnings.append(f"{log.file} is een testbericht.")
    intake.people += message.people


def _read_register(stream: "_Counted", desk: _Desk, log: FaultLog) -> int:
    found: dict[str, list[Row]] = {}
    for table, row in read_answer(stream, desk.answers, log):
        found.setdefault(table, []).append(row)
    if not log and not desk.intake.faults:
        for table, all_rows in found.items():
            desk.writer.write(table, pa.Table.from_pylist(all_rows, schema=arrow_schema(table)))
    return sum(map(len, found.values()))


def _progress(report: Report, name: str, before: int, total: int, count: int) -> None:
    report(name, (before + count) / total)


def _size(file: Path) -> int:
    if not file.is_file():
        raise UserError(f"Het bestand {safe(str(file))} bestaat niet.")
    return file.stat().st_size


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_HEAD).removeprefix(BOM).lstrip()


def _what_is_known() -> str:
    standards = [f"{layout.standard} {layout.version} (bericht {', '.join(layout.messages)})" for layout in layouts()]
    return (
        f"Te lezen zijn {', '.join(standards)}, antwoorden van de iWlz-registers (JSON),"
        f" en CSV of Parquet met de naam van een tabel ({', '.join(TABLES)})."
    )


def _manifest(intake: Intake, options: Options) -> dict[str, Any]:
    return {
        "pseudoniemen": "HMAC-SHA-256 met de sleutel van de gebruiker",
        "opties": {
            "verzekering": options.insurance,
            "client": options.client,
            "peildatum": options.asked_on.isoformat() if options.asked_on else None,
        },
        "invoer": intake.inputs,
        "rijen": dict(sorted(intake.rows.items())),
        "niet_gelezen": dict(sorted(intake.left_out.items())),
        "personen": dict(sorted(intake.people.items())),
        "toelichting": _NOTES,
    }


class _Counted:
    """A stream that hashes what is read of it and tells how much that is."""

    def __init__(self, stream: BinaryIO, report: Callable[[int], None]) -> None:
        self._stream = stream
        self._report = report
        self.hash = hashlib.sha256()
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.hash.update(data)
        self.count += len(data)
        self._report(self.count)
        return data
