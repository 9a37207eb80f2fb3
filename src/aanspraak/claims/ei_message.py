"""What is known of an EI message while it is read, and whether its records are in order and complete."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aanspraak.claims.ei_fields import Ints, is_number, note, numbers, take, texts
from aanspraak.claims.ei_layout import Destination, Field, Layout
from aanspraak.claims.ei_lines import Cells, Lines
from aanspraak.claims.faultlog import FaultLog

Names = NDArray[np.str_]

CREDIT = "C"
_DETAILS = ("verzekerde", "prestatie")
_KIND = Field("Kenmerk record", 1, 2, "code")
_COUNTED = {"verzekerden": "verzekerde", "prestaties": "prestatie", "commentaren": "commentaar"}


@dataclass
class Message:
    layout: Layout
    code: str
    header: dict[str, str] = field(default_factory=dict)
    trailer: Lines | None = None
    records: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    """Insured records with and without a BSN; a faulty one is in the log."""
    cents: int = 0
    uncountable: bool = False
    """An amount could not be read, so the total cannot be judged."""
    references: set[str] = field(default_factory=set)
    last_line: int = 0
    last_number: int = 0
    last_unread: int = 0
    """How many lines before the last numbered record could not be read."""
    person: Cells | None = None
    """The insured record, one row, that the next performances belong to, and its pseudonym."""
    client: str | None = None

    @property
    def destinations(self) -> list[Destination]:
        """Where lines of this message can go."""
        return [each for each in self.layout.destinations if each.message == self.code]


def record_names(lines: Lines, message: Message, log: FaultLog) -> Names:
    """The kind of each line; empty text, and a fault, where the layout does not know it. Counts them as well."""
    codes = texts(lines.cells, _KIND)
    known = {record.code: name for name, record in message.layout.records.items()}
    names = np.full(len(codes), "", dtype=f"U{max(map(len, known.values()))}")
    for code, name in known.items():
        names[codes == code] = name
    note(lines, _KIND, names == "", "is geen bekend record", f"Kies uit: {', '.join(known)}.", log)
    message.records.update(names[names != ""].tolist())
    message.last_line = int(lines.numbers[-1]) if len(lines.numbers) else message.last_line
    return names


def check_order(lines: Lines, names: Names, message: Message, log: FaultLog) -> None:
    """The header is the first line and nothing comes after the trailer. Keeps both in `message`."""
    header = take(lines, names == "voorloop")
    remedy = "Lever elk bericht als een bestand van zichzelf aan, vanaf de eerste regel."
    note(header, _KIND, header.numbers != 1, "is een voorlooprecord dat niet vooraan staat", remedy, log)
    if len(header.numbers) and not message.header:
        fields = message.layout.records["voorloop"].fields
        message.header = {key: str(texts(header.cells[:1], each)[0]) for key, each in fields.items()}
    ends = np.flatnonzero(names == "sluit")
    first = 0 if message.trailer else int(ends[0]) + 1 if len(ends) else len(names)
    after = take(lines, np.arange(len(names)) >= first)
    note(after, _KIND, np.full(len(after.numbers), True), "staat na het sluitrecord", remedy, log)
    if len(ends) and message.trailer is None:
        message.trailer = take(lines, ends[:1])


def check_numbering(lines: Lines, names: Names, message: Message, log: FaultLog) -> None:
    """Insured persons and performances are numbered from 1; a comment has the number of the record it is about.

    After a line that could not be read the number is taken as it comes: that line has been reported.
    """
    known = names != ""
    unread = lines.numbers - np.cumsum(known) - (message.records.total() - known.sum())
    numbered = np.isin(names, (*_DETAILS, "commentaar"))
    part, detail, unread = take(lines, numbered), np.isin(names[numbered], _DETAILS), unread[numbered]
    where = message.layout.records["prestatie"].fields["nummer"]
    right = is_number(part.cells, where)
    found = np.where(right, numbers(part.cells, where), 0)
    # The record that each one follows: the last detail before it, or the one that the batch before ended with.
    previous: Ints = np.cumsum(detail) - detail
    last = np.concatenate(([message.last_number], found[detail]))
    readable = right & np.concatenate(([True], right[detail]))[previous]
    readable &= unread == np.concatenate(([message.last_unread], unread[detail]))[previous]
    wrong = np.flatnonzero(readable & (found != last[previous] + detail))
    if len(wrong):
        remedy = "Records tellen op vanaf 1; een commentaarrecord heeft het nummer van het record ervoor."
        places = zip(part.numbers[wrong].tolist(), map(str, found[wrong].tolist()), strict=True)
        log.add(where.label, "volgt niet op het vorige record", remedy, places)
    message.last_number = int(last[-1])
    message.last_unread = int(unread[detail][-1]) if detail.any() else message.last_unread


def check_unique(lines: Lines, where: Field, message: Message, log: FaultLog) -> None:
    """No performance has the reference of an earlier one."""
    seen, again = message.references, np.full(len(lines.numbers), False)
    for row, reference in enumerate(texts(lines.cells, where).tolist()):
        again[row] = reference in seen
        seen.add(reference)
    remedy = "Elk prestatierecord heeft een eigen referentienummer."
    note(lines, where, again, "komt eerder in dit bericht voor", remedy, log)


def check_end(message: Message, log: FaultLog) -> None:
    """The trailer is there and its counts and total are right, as far as they can be judged."""
    if message.trailer is None:
        remedy = "Het bestand is misschien afgebroken: lever het opnieuw en in zijn geheel aan."
        log.add_whole("heeft geen sluitrecord", remedy)
        return
    fields = message.layout.records["sluit"].fields
    line = int(message.trailer.numbers[0])
    remedy = "Er ontbreken regels of er zijn er te veel: lever het bestand opnieuw aan."
    complete = message.records.total() == message.last_line
    details = {key: message.records[name] for key, name in _COUNTED.items()}
    details |= {"debiteuren": 0, "detailrecords": sum(details.values())}
    for key, counted in details.items():
        stated = _stated(message.trailer, fields[key])
        if complete and stated is not None and stated != counted:
            log.add(fields[key].label, f"klopt niet: het zijn er {counted}", remedy, [(line, str(stated))])
    total = _stated(message.trailer, fields["bedrag"])
    if complete and total is not None and not message.uncountable:
        credit = texts(message.trailer.cells, fields["debet_credit"])[0] == CREDIT
        if message.cents != (-total if credit else total):
            problem = f"is niet de som van de regels ({message.cents / 100:.2f} euro)"
            log.add(fields["bedrag"].label, problem, remedy, [(line, None)])


def _stated(trailer: Lines, where: Field) -> int | None:
    return int(numbers(trailer.cells, where)[0]) if is_number(trailer.cells, where)[0] else None
