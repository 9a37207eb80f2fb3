"""Read a claims message of a fixed-width EI standard (AW319, PM304): check every line, and give typed claim lines.

A message is a header, then insured persons each followed by their performances (and comments), and a trailer that says
how many records of each kind there are and what the amounts add up to.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from aanspraak.claims.ei_fields import (
    Days,
    Ints,
    check_field,
    check_future,
    days,
    is_number,
    note,
    numbers,
    take,
    texts,
)
from aanspraak.claims.ei_lines import Lines, Readable, read_lines
from aanspraak.claims.ei_message import (
    CREDIT,
    Message,
    Names,
    check_end,
    check_numbering,
    check_order,
    check_unique,
    record_names,
)
from aanspraak.claims.faultlog import FaultLog
from aanspraak.claims.pseudonym import is_bsn

_OF_THE_PERSON = ("bsn", "uzovi", "verzekerdennummer")


@dataclass(frozen=True)
class Claims:
    """Claim lines, column by column, as the message has them; meaningless once the log has faults.

    `client` is None where the person has no BSN; text may be empty or all zeros; `cents` is negative for a credit line.
    """

    client: NDArray[np.object_]
    code_list: Names
    code: Names
    begin: Days
    end: Days
    quantity: Ints
    cents: Ints
    provider: Names
    package: Names


def read_ei(
    stream: Readable, message: Message, pseudonym: Callable[[str], str], today: date, log: FaultLog
) -> Iterator[Claims]:
    """The claim lines of a message, a batch at a time; faults go to `log`, what the message says to `message`."""
    for lines in read_lines(stream, message.layout.width, log):
        names = record_names(lines, message, log)
        check_order(lines, names, message, log)
        for name, record in message.layout.records.items():
            part = take(lines, names == name)
            for each in record.fields.values():
                check_field(part, each, log)
        check_numbering(lines, names, message, log)
        yield _claims(lines, names, message, pseudonym, today, log)
    check_end(message, log)


def _claims(
    lines: Lines, names: Names, message: Message, pseudonym: Callable[[str], str], today: date, log: FaultLog
) -> Claims:
    known = message.person is not None
    people, clients = _people(take(lines, names == "verzekerde"), message, pseudonym, log)
    performances = names == "prestatie"
    owner = (np.cumsum(names == "verzekerde") - 1 + known)[performances]
    part, fields = take(lines, performances), message.layout.records["prestatie"].fields
    remedy = "Elk prestatierecord hoort bij het verzekerdenrecord dat ervoor staat."
    note(part, fields["nummer"], owner < 0, "heeft geen verzekerdenrecord voor zich", remedy, log)
    part, owner = take(part, owner >= 0), owner[owner >= 0]
    for key in _OF_THE_PERSON:
        theirs = texts(people, message.layout.records["verzekerde"].fields[key])[owner]
        note(part, fields[key], texts(part.cells, fields[key]) != theirs, "is niet dat van de verzekerde", remedy, log)
    return _columns(part, clients[owner], message, today, log)


def _people(
    lines: Lines, message: Message, pseudonym: Callable[[str], str], log: FaultLog
) -> tuple[NDArray[np.uint8], NDArray[np.object_]]:
    """The insured records, the last one of the batch before first, and the pseudonym of each."""
    where = message.layout.records["verzekerde"].fields["bsn"]
    found = texts(lines.cells, where)
    clients = np.array([pseudonym(number) if is_bsn(number) else None for number in found.tolist()], dtype=object)
    named = np.array([client is not None for client in clients], dtype=np.bool_)
    nobody = found == message.layout.no_bsn
    wrong = ~named & ~nobody & is_number(lines.cells, where)
    remedy = "Laat de afzender het nummer verbeteren; negen negens is voor wie geen BSN heeft."
    note(lines, where, wrong, "voldoet niet aan de elfproef", remedy, log)
    message.people.update({"met BSN": int(named.sum()), "zonder BSN": int(nobody.sum())})
    people = lines.cells
    if message.person is not None:
        people = np.concatenate((message.person, people))
        clients = np.concatenate((np.array([message.client], dtype=object), clients))
    if len(people):
        message.person, message.client = people[-1:], clients[-1]
    return people, clients


def _columns(lines: Lines, clients: NDArray[np.object_], message: Message, today: date, log: FaultLog) -> Claims:
    fields, cells = message.layout.records["prestatie"].fields, lines.cells
    begin_field = fields["begindatum"]
    end_field = fields.get("einddatum", begin_field)
    begin, end = days(cells, begin_field), days(cells, end_field)
    remedy = "Zet er dezelfde dag als in de begindatum of een latere."
    note(lines, end_field, end < begin, "ligt voor de begindatum", remedy, log)
    check_future(lines, end_field, today, log)

    if fields["referentie"].unique:
        check_unique(lines, fields["referentie"], message, log)
    sign = texts(cells, fields["debet_credit"])
    credit = sign == CREDIT
    lonely = credit & (texts(cells, fields["vorige_referentie"]) == "")
    remedy = "Een creditregel noemt het referentienummer van de debetregel die hij terugdraait."
    note(lines, fields["vorige_referentie"], lonely, "is leeg bij een creditregel", remedy, log)

    readable = is_number(cells, fields["bedrag"]) & np.isin(
        texts(cells, fields["debet_credit"]), fields["debet_credit"].allowed
    )
    amount = np.where(readable, numbers(cells, fields["bedrag"]), 0)
    cents = np.where(credit, -amount, amount)
    message.cents += int(cents.sum())
    message.uncountable |= not readable.all()

    code_list = texts(cells, fields["prestatiecodelijst"])
    if allowed := [each.code_list for each in message.destinations if each.code_list]:
        problem = "past niet bij dit bericht"
        note(lines, fields["prestatiecodelijst"], ~np.isin(code_list, allowed), problem,
             f"Kies uit: {', '.join(allowed)}.", log)  # fmt: skip
    package = fields.get("zorgzwaartepakket")
    return Claims(
        client=clients,
        code_list=code_list,
        code=texts(cells, fields["prestatiecode"]),
        begin=begin,
        end=end,
        quantity=numbers(cells, fields["aantal"]),
        cents=cents,
        provider=_provider(lines, message),
        package=texts(cells, package) if package else np.full(len(cells), "", dtype="U3"),
    )


def _provider(lines: Lines, message: Message) -> Names:
    """The AGB code in the first of the layout's fields that is filled: of the line, or else of the header."""
    found = np.full(len(lines.numbers), "", dtype="U8")
    fields = message.layout.records["prestatie"].fields
    for key in message.layout.provider:
        code = texts(lines.cells, fields[key]) if key in fields else np.array(message.header.get(key, ""))
        found = np.where((found == "") & (np.char.strip(code, "0") != ""), code, found)
    return found
