"""Answers of the iWlz registers (JSON over GraphQL) as rows of the contract's tables.

Indicatieregister 2, `wlzIndicatie`: an `indicaties` row for every indicated package. Bemiddelingsregister 1,
`bemiddelingspecificatie`: a `pgb_toekenningen` row for every pgb that was assigned; the register knows no amount.
Fields are named as in the published schemas (iStandaarden, 1.6 and 1.1).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

from aanspraak.claims.ei_lines import Readable
from aanspraak.claims.faultlog import FaultLog, shape
from aanspraak.claims.pseudonym import is_bsn

_CODES = yaml.safe_load((files(__package__) / "iwlz_codes.yaml").read_text(encoding="utf-8"))
_AS_IT_CAME = "Lever het antwoord van het register aan zoals het is gekomen."
_WRITTEN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TWICE = "staat in meer dan één antwoord"
_LAPSED = "indicatie die verviel voor zij inging"
_IN_KIND = "toewijzing in natura: daar zeggen de declaraties de leveringsvorm"
_WITHDRAWN = "ingetrokken toewijzing zonder einddatum: onbekend tot wanneer zij gold"

Row = dict[str, Any]


@dataclass
class Answers:
    """The answers that are read together: rows that come twice are kept once, and what is left out is counted."""

    pseudonym: Callable[[str], str]
    asked_on: date | None
    """The day on which the registers were asked: an assignment without an end is known to hold until then."""
    left_out: Counter[str] = field(default_factory=Counter)
    people: Counter[str] = field(default_factory=Counter)
    seen: set[tuple[Any, ...]] = field(default_factory=set)


@dataclass(frozen=True)
class _Item:
    """An object of an answer: the how-manieth of its list, counted from 1, and the path of its fields."""

    values: dict[str, Any]
    row: int
    path: str
    log: FaultLog

    def fault(self, key: str, problem: str, value: object, remedy: str = _AS_IT_CAME) -> None:
        shown = shape(value) if isinstance(value, str) and key != "bsn" else None
        self.log.add(f"{self.path}.{key}", problem, remedy, [(self.row, shown)])

    def text(self, key: str, *, required: bool = True) -> str | None:
        value = self.values.get(key)
        if value is None and required:
            self.fault(key, "ontbreekt", None, "Vraag dit veld mee op.")
        elif value is not None and not (isinstance(value, str) and value.isprintable()):
            self.fault(key, "is geen tekst", None)
        return value if isinstance(value, str) else None

    def day(self, key: str, *, required: bool = True) -> date | None:
        text = self.text(key, required=required)
        if text is None:
            return None
        try:
            return date.fromisoformat(text if _WRITTEN_DAY.fullmatch(text) else "")
        except ValueError:
            self.fault(key, "is geen datum (jjjj-mm-dd)", text)
            return None

    def package(self) -> str | None:
        code = self.text("zzpCode")
        if code is not None and not (len(code) == 3 and code.isascii() and code.isdigit()):
            self.fault("zzpCode", "is geen code van drie cijfers (COD163)", code)
        return code

    def within(self, key: str) -> "_Item | None":
        value = self.values.get(key)
        if isinstance(value, dict):
            return _Item(value, self.row, f"{self.path}.{key}", self.log)
        self.fault(key, "ontbreekt" if value is None else "is geen object", None, "Vraag dit veld mee op.")
        return None

    def listed(self, key: str) -> "list[_Item]":
        value = self.values.get(key)
        if value is None:
            return []
        return _items(value, f"{self.path}.{key}", self.log, self.row)


def read_answer(stream: Readable, answers: Answers, log: FaultLog) -> Iterator[tuple[str, Row]]:
    """Table names with a row each. Faults go to `log`: their row is the place in the list of the answer."""
    data = _data(stream, log)
    for item in _items(data.get("wlzIndicatie", []), "wlzIndicatie", log):
        yield from _new("indicaties", _indications(item, answers), answers)
    for item in _items(data.get("bemiddelingspecificatie", []), "bemiddelingspecificatie", log):
        yield from _new("pgb_toekenningen", _grants(item, answers), answers)


def _data(stream: Readable, log: FaultLog) -> dict[str, Any]:
    try:
        answer = json.loads(stream.read().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        log.add(None, "is geen geldige JSON", _AS_IT_CAME, [(error.lineno, None)])
        return {}
    except (ValueError, RecursionError):
        log.add_whole("is geen JSON in UTF-8", _AS_IT_CAME)
        return {}
    if isinstance(answer, dict) and answer.get("errors"):
        log.add_whole("is een foutmelding van het register", "Stel de vraag opnieuw; een half antwoord telt niet.")
        return {}
    data = answer.get("data") if isinstance(answer, dict) else None
    known = ("wlzIndicatie", "bemiddelingspecificatie")
    if not isinstance(data, dict) or not any(key in data for key in known):
        remedy = f'Nodig is {{"data": {{…}}}} met {" of ".join(known)}.'
        log.add_whole("is geen antwoord van het Indicatie- of Bemiddelingsregister", remedy)
        return {}
    return data


def _items(values: object, path: str, log: FaultLog, row: int | None = None) -> list[_Item]:
    """The objects of a list; each has its own place as row, or that of the object it is in."""
    if not isinstance(values, list):
        log.add(path, "is geen lijst", _AS_IT_CAME, [(row or 1, None)])
        return []
    found = []
    for place, value in enumerate(values, start=1):
        if isinstance(value, dict):
            found.append(_Item(value, row or place, path, log))
        else:
            log.add(path, "heeft iets anders dan een object", _AS_IT_CAME, [(row or place, None)])
    return found


def _client(item: _Item, answers: Answers) -> str | None:
    number = item.text("bsn")
    if number is None:
        return None
    if not is_bsn(number):
        item.fault("bsn", "voldoet niet aan de elfproef", None, "Laat het register het nummer verbeteren.")
        return None
    answers.people["met BSN"] += 1
    return answers.pseudonym(number)


def _indications(item: _Item, answers: Answers) -> Iterator[Row]:
    client, given, lapsed = _client(item, answers), item.day("afgiftedatum"), item.day("vervaldatum", required=False)
    whole = item.day("ingangsdatum"), item.day("einddatum", required=False), None
    packages = item.listed("geindiceerdZorgzwaartepakket")
    for begin, end, code in [
        (each.day("ingangsdatum"), each.day("einddatum", required=False), each.package()) for each in packages
    ] or [whole]:
        if begin and end and end < begin:
            item.fault("einddatum", "ligt voor de ingangsdatum", end.isoformat())
        if begin and lapsed and lapsed < begin:
            answers.left_out[_LAPSED] += 1
            continue
        # Our inference: an indication that lapsed has not held after that day.
        last = min(end or lapsed, lapsed) if lapsed else end
        yield {
            "client": client, "afgiftedatum": given, "ingangsdatum": begin, "einddatum": last,
            "zorgzwaartepakket": code,
        }  # fmt: skip


def _grants(item: _Item, answers: Answers) -> Iterator[Row]:
    if item.text("leveringsvorm") != _CODES["leveringsvorm_pgb"]:
        answers.left_out[_IN_KIND] += 1
        return
    mediation = item.within("bemiddeling")
    person = mediation.within("client") if mediation else None
    client = _client(person, answers) if person else None
    begin, end = item.day("toewijzingIngangsdatum"), item.day("toewijzingEinddatum", required=False)
    if begin and end and end < begin:
        item.fault("toewijzingEinddatum", "ligt voor toewijzingIngangsdatum", end.isoformat())
    if end is None and item.text("redenIntrekking", required=False):
        answers.left_out[_WITHDRAWN] += 1
        return
    if end is None and answers.asked_on is None:
        remedy = "Zeg met --peildatum op welke dag het register is bevraagd: tot die dag is de toewijzing bekend."
        item.fault("toewijzingEinddatum", "ontbreekt", None, remedy)
    yield {
        "client": client, "begindatum": begin, "einddatum": end or answers.asked_on,
        "zorgzwaartepakket": item.package(), "bedrag": None,
    }  # fmt: skip


def _new(table: str, rows: Iterator[Row], answers: Answers) -> Iterator[tuple[str, Row]]:
    for row in rows:
        key = (table, *row.values())
        if key in answers.seen:
            answers.left_out[_TWICE] += 1
        else:
            answers.seen.add(key)
            yield table, row
