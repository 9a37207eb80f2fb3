"""The file of a decision → its rules and examples. The concepts and sources are read already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from aanspraak.engine.boxes import parse_value
from aanspraak.engine.model import (
    FIRST_DAY,
    LAST_DAY,
    PEILDATUM_CONCEPT,
    Decision,
    Example,
    Limit,
    Practice,
    Range,
    Rule,
    Term,
    Unit,
)
from aanspraak.engine.reading import Reading, fault_words
from aanspraak.engine.schema import DecisionFile, ExampleShape, RuleShape, TermShape, check_shape
from aanspraak.engine.yaml_lines import Document, Path_

_DURATION = re.compile(r"(-?[1-9]\d*) (dag|week|maand|jaar|dagen|weken|maanden|jaren)")
_PLURAL = {"dag": "dagen", "week": "weken", "maand": "maanden", "jaar": "jaren"}


def read_decision(reading: Reading, path: Path, document: Document, theme: str) -> Decision | None:
    """The decision in a file; None, with its faults in the reading, where it has not that shape."""
    found = None
    if shape := check_shape(document, DecisionFile):
        if shape.besluit != path.stem:
            document.fault(("besluit",), f"besluit «{shape.besluit}» staat in {path.name}; geef beide één naam")
        if bool(shape.uitkomst) == bool(shape.treffer):
            document.fault(("uitkomst",), "een besluit heeft óf een uitkomst óf treffer: verzamel; kies er een")
        for name, values in shape.uitkomst.items():
            if name not in reading.begrippen:
                document.fault(("uitkomst", name), f"onbekend begrip «{name}»; beschrijf het in begrippen/")
            elif extra := [v for v in values if v not in reading.begrippen[name].waarden]:
                document.fault(("uitkomst", name), f"onbekende waarde {', '.join(extra)} van «{name}»")
        valid = reading.validity(document, ("geldig",), shape.geldig, (FIRST_DAY, LAST_DAY))
        found = Decision(
            shape.besluit, shape.titel, shape.vraag, {k: tuple(v) for k, v in shape.uitkomst.items()}, valid,
            read_rules_of(reading, document, ("regels",), shape.regels, valid),
            tuple(_example(reading, document, i, e) for i, e in enumerate(shape.voorbeelden)),
            shape.toelichting, theme, bool(shape.treffer), document.place("besluit"),
        )  # fmt: skip
    reading.faults += document.faults
    return found


def read_rules_of(
    reading: Reading, document: Document, at: Path_, shapes: Iterable[RuleShape], valid: Range
) -> tuple[Rule, ...]:
    """A list of rules, each within the period `valid`; one whose validity was known otherwise before, once for each."""
    return tuple(
        replace(rule, geldig=geldig, vastgelegd=vastgelegd)
        for i, shape in enumerate(shapes)
        for rule in (_rule(reading, document, (*at, i), shape, valid),)
        for geldig, vastgelegd in _versions(reading, document, (*at, i), shape, valid, rule.geldig)
    )


def _versions(
    reading: Reading, document: Document, at: Path_, r: RuleShape, within: Range, now: Range
) -> Iterator[tuple[Range, Range]]:
    """How the validity of a rule was known: validity and the period in which it was known so, the last one first."""
    first, last = reading.validity(document, (*at, "vastgelegd"), r.vastgelegd or "/", (FIRST_DAY, LAST_DAY))
    for until, text in sorted(r.eerder_bekend.items()):
        place = (*at, "eerder_bekend", until.isoformat())
        valid = reading.validity(document, place, text, within)
        if not first < until.toordinal() <= last:
            document.fault(place, f"{until} valt buiten de tijd dat de regel bekend is; verbeter de dag of vastgelegd")
        elif valid == now:
            document.fault(place, "eerder_bekend is gelijk aan geldig; haal het weg of verbeter een van beide")
        yield valid, (first, until.toordinal() - 1)
        first = until.toordinal()
    yield now, (first, last)


def _rule(reading: Reading, document: Document, at: Path_, r: RuleShape, valid: Range) -> Rule:
    limit, practice = r.grens, r.praktijk
    if limit and reading.begrippen.get(limit.gebruikt, PEILDATUM_CONCEPT).soort != "getal":
        document.fault((*at, "grens"), f"«{limit.gebruikt}» is geen begrip van de soort getal")
    return Rule(
        r.id, reading.boxes(document, (*at, "als"), r.als), r.dan, reading.cite(document, (*at, "grond"), r.grond),
        r.omdat, valid if r.geldig is None else reading.validity(document, (*at, "geldig"), r.geldig, valid),
        frozenset(r.in_afwijking_van), tuple(r.voorwaarden), tuple(r.regelen),
        Limit(limit.eenheid, limit.gebruikt, limit.maximum, limit.eerste_niet, limit.per) if limit else None,
        Practice(practice.tekst, reading.cite(document, (*at, "praktijk", "grond"), practice.grond))
        if practice else None,
        r.afleiding, r.gevolg,
        tuple(_term(reading, document, (*at, "termijnen", i), t) for i, t in enumerate(r.termijnen)),
        plaats=document.place(*at),
    )  # fmt: skip


def _term(reading: Reading, document: Document, at: Path_, t: TermShape) -> Term:
    reading.check_date(document, (*at, "vanaf"), t.vanaf)
    match = _DURATION.fullmatch(t.duur)
    if not match:
        document.fault((*at, "duur"), f"«{t.duur}» is geen duur; schrijf een aantal dagen, weken, maanden of jaren")
        return Term(t.naam, t.vanaf, 1, "dagen", t.eerste_dag_telt == "ja")
    unit = cast(Unit, _PLURAL.get(match[2], match[2]))
    return Term(t.naam, t.vanaf, int(match[1]), unit, t.eerste_dag_telt == "ja")


def _example(reading: Reading, document: Document, i: int, e: ExampleShape) -> Example:
    given = {}
    for name, raw in e.gegeven.items():
        at = ("voorbeelden", i, "gegeven", name)
        try:
            given[name] = parse_value(raw, reading.begrippen[name])
        except (KeyError, ValueError) as error:
            document.fault(at, fault_words(name, error))
    return Example(e.naam, given, e.verwacht, e.peildatum, e.kennisdatum, document.place("voorbeelden", i))
