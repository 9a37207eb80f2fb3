"""Rule files → the model. Every fault of every file is found before any is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from aanspraak.engine import schema
from aanspraak.engine.boxes import parse_box, parse_value
from aanspraak.engine.model import (
    FIRST_DAY,
    LAST_DAY,
    PEILDATUM,
    PEILDATUM_CONCEPT,
    Box,
    Citation,
    Concept,
    Decision,
    Example,
    Impossible,
    Limit,
    Practice,
    Range,
    Reform,
    ReformChange,
    Rule,
    RuleBase,
    RuleError,
    Source,
    UserError,
)
from aanspraak.engine.wellformed import wellformed_faults
from aanspraak.engine.yaml_lines import Document, read_yaml

RULES = Path(__file__).parent.parent / "regels"
"""The law that comes with the program."""


@lru_cache(maxsize=8)
def read_rules(folder: Path = RULES) -> RuleBase:
    """All rules of a folder. Raises RuleError with every fault: file, line and remedy."""
    reader = _Reader()
    for _, document in _documents(folder / "begrippen"):
        reader.concepts(document)
    reader.sources(folder / "bronnen.yaml")
    for theme in sorted(p for p in folder.iterdir() if p.is_dir() and p.name not in ("begrippen", "hervormingen")):
        for path, document in _documents(theme):
            reader.decision(path, document, theme.name)
    base = RuleBase(reader.begrippen, reader.bronnen, reader.besluiten, tuple(reader.onmogelijk))
    faults = [*reader.faults, *wellformed_faults(base)]
    if faults:
        raise RuleError(faults)
    return base


def read_reform(base: RuleBase, name: str, folder: Path = RULES) -> Reform:
    """A reform by the name of its file in `hervormingen/`, or by the path of a file.

    Raises UserError when there is none, RuleError with every fault.
    """
    known = sorted((folder / "hervormingen").glob("*.yaml"))
    path = next((p for p in known if p.stem == name), Path(name))
    if not path.is_file():
        names = ", ".join(p.stem for p in known)
        raise UserError(f"Er is geen hervorming «{name}». Kies uit {names}, of geef het pad van een bestand.")
    reader = _Reader(dict(base.begrippen), dict(base.bronnen))
    document = read_yaml(path, path.name)
    shape = schema.check_shape(document, schema.ReformFile)
    changes = []
    if shape:
        start = (shape.vanaf.toordinal(), LAST_DAY)
        for i, change in enumerate(shape.wijzigingen):
            at = ("wijzigingen", i, "regels")
            rules = reader.rules(document, at, change.regels, start)
            changes.append(ReformChange(change.besluit, frozenset(change.beeindig), rules, document.place(*at)))
        cited = reader.cite(document, ("grond",), shape.grond)
    reader.faults += document.faults
    if reader.faults or not shape:
        raise RuleError(reader.faults)
    return Reform(shape.hervorming, shape.titel, cited, shape.vanaf, tuple(shape.laat_open), tuple(changes))


def _documents(folder: Path) -> Iterator[tuple[Path, Document]]:
    return ((p, read_yaml(p, f"{folder.name}/{p.name}")) for p in sorted(folder.glob("*.yaml")))


@dataclass
class _Reader:
    begrippen: dict[str, Concept] = field(default_factory=dict)
    bronnen: dict[str, Source] = field(default_factory=dict)
    besluiten: dict[str, Decision] = field(default_factory=dict)
    onmogelijk: list[Impossible] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _later: list[tuple[Document, schema.ConceptsFile]] = field(default_factory=list)

    def sources(self, path: Path) -> None:
        document = read_yaml(path, path.name)
        if shape := schema.check_shape(document, schema.SourcesFile):
            for key, s in shape.bronnen.items():
                self.bronnen[key] = Source(key, s.titel, s.uitgever, str(s.datum), s.bwb, s.link, s.stand, s.delen)
        self.faults += document.faults
        for doc, file in self._later:
            self._impossible(doc, file)

    def concepts(self, document: Document) -> None:
        shape = schema.check_shape(document, schema.ConceptsFile)
        if shape:
            for name, c in shape.begrippen.items():
                at = ("begrippen", name)
                if name in self.begrippen or name == PEILDATUM:
                    document.fault(at, f"begrip «{name}» bestaat al; kies een andere naam")
                self.begrippen[name] = self._concept(document, at, name, c)
            self._later.append((document, shape))
        else:
            self.faults += document.faults

    def _concept(self, document: Document, at: tuple[str, ...], name: str, c: schema.ConceptShape) -> Concept:
        values = {"ja": "Ja", "nee": "Nee"} | c.waarden if c.soort == "ja_nee" else c.waarden
        low, high = (b.toordinal() if isinstance(b, date) else b for b in (c.van, c.tot))
        if c.soort == "keuze" and len(values) < 2:
            document.fault(at, f"begrip «{name}» heeft minder dan twee waarden; vul waarden aan")
        if c.soort == "getal" and (low is None or high is None or low >= high):
            document.fault(at, f"getal «{name}» heeft van en tot nodig, met van < tot")
        for standard, codes in c.codes.items():
            for value in codes.keys() - values.keys():
                document.fault((*at, "codes", standard, value), f"«{value}» is geen waarde van «{name}»")
        return Concept(
            name, c.soort, c.naam, c.vraag, c.uitleg, values, c.eenheid,
            FIRST_DAY if low is None else low, LAST_DAY if high is None else high, c.codes,
            tuple(Citation(*_split(g)) for g in c.grond),
        )  # fmt: skip

    def _impossible(self, document: Document, shape: schema.ConceptsFile) -> None:
        for i, impossible in enumerate(shape.onmogelijk):
            at = ("onmogelijk", i)
            boxes = self.boxes(document, (*at, "als"), impossible.als)
            self.onmogelijk.append(Impossible(boxes, impossible.omdat, document.place(*at)))
        for name, concept in shape.begrippen.items():
            self.cite(document, ("begrippen", name, "grond"), concept.grond)
        self.faults += document.faults

    def decision(self, path: Path, document: Document, theme: str) -> None:
        shape = schema.check_shape(document, schema.DecisionFile)
        if shape:
            if shape.besluit != path.stem:
                document.fault(("besluit",), f"besluit «{shape.besluit}» staat in {path.name}; geef beide één naam")
            if bool(shape.uitkomst) == bool(shape.treffer):
                document.fault(("uitkomst",), "een besluit heeft óf een uitkomst óf treffer: verzamel; kies er een")
            for name, values in shape.uitkomst.items():
                if name not in self.begrippen:
                    document.fault(("uitkomst", name), f"onbekend begrip «{name}»; beschrijf het in begrippen/")
                elif extra := [v for v in values if v not in self.begrippen[name].waarden]:
                    document.fault(("uitkomst", name), f"onbekende waarde {', '.join(extra)} van «{name}»")
            valid = self.validity(document, ("geldig",), shape.geldig, (FIRST_DAY, LAST_DAY))
            rules = self.rules(document, ("regels",), shape.regels, valid)
            examples = tuple(self._example(document, i, e) for i, e in enumerate(shape.voorbeelden))
            self.besluiten[shape.besluit] = Decision(
                shape.besluit, shape.titel, shape.vraag, {k: tuple(v) for k, v in shape.uitkomst.items()},
                valid, rules, examples, shape.toelichting, theme, bool(shape.treffer), document.place("besluit"),
            )  # fmt: skip
        self.faults += document.faults

    def rules(
        self, document: Document, at: tuple[str | int, ...], shapes: Iterable[schema.RuleShape], valid: Range
    ) -> tuple[Rule, ...]:
        return tuple(self._rule(document, (*at, i), shape, valid) for i, shape in enumerate(shapes))

    def _rule(self, document: Document, at: tuple[str | int, ...], r: schema.RuleShape, valid: Range) -> Rule:
        limit, practice = r.grens, r.praktijk
        if limit and self.begrippen.get(limit.gebruikt, PEILDATUM_CONCEPT).soort != "getal":
            document.fault((*at, "grens"), f"«{limit.gebruikt}» is geen begrip van de soort getal")
        return Rule(
            r.id, self.boxes(document, (*at, "als"), r.als), r.dan, self.cite(document, (*at, "grond"), r.grond),
            r.omdat, valid if r.geldig is None else self.validity(document, (*at, "geldig"), r.geldig, valid),
            frozenset(r.in_afwijking_van), tuple(r.voorwaarden), tuple(r.regelen),
            Limit(limit.eenheid, limit.gebruikt, limit.maximum, limit.eerste_niet, limit.per) if limit else None,
            Practice(practice.tekst, self.cite(document, (*at, "praktijk", "grond"), practice.grond))
            if practice else None,
            r.afleiding, r.gevolg, document.place(*at),
        )  # fmt: skip

    def _example(self, document: Document, i: int, e: schema.ExampleShape) -> Example:
        given = {}
        for name, raw in e.gegeven.items():
            at = ("voorbeelden", i, "gegeven", name)
            try:
                given[name] = parse_value(raw, self.begrippen[name])
            except (KeyError, ValueError) as error:
                document.fault(at, _message(name, error))
        return Example(e.naam, given, e.verwacht, e.peildatum, document.place("voorbeelden", i))

    def boxes(self, document: Document, at: tuple[str | int, ...], raw: Mapping[str, object]) -> dict[str, Box]:
        found = {}
        for name, cell in raw.items():
            try:
                found[name] = parse_box(cell, self.begrippen[name])
            except (KeyError, ValueError) as error:
                document.fault((*at, name), _message(name, error))
        return found

    def cite(self, document: Document, at: tuple[str | int, ...], grounds: Iterable[str]) -> tuple[Citation, ...]:
        found = []
        for i, ground in enumerate(grounds):
            source, place = _split(ground)
            if self.bronnen and source not in self.bronnen:
                document.fault((*at, i), f"onbekende bron «{source}»; beschrijf haar in bronnen.yaml")
            elif not place:
                document.fault((*at, i), f"«{ground}» noemt geen vindplaats; zet artikel of paragraaf erachter")
            found.append(Citation(source, place))
        return tuple(found)

    def validity(self, document: Document, at: tuple[str | int, ...], text: str, within: Range) -> Range:
        first, _, until = text.partition("/")
        try:
            valid = (
                date.fromisoformat(first).toordinal() if first else within[0],
                date.fromisoformat(until).toordinal() - 1 if until else within[1],
            )
        except ValueError:
            document.fault(at, f"«{text}» is geen geldigheid; schrijf jjjj-mm-dd/ of jjjj-mm-dd/jjjj-mm-dd")
            return within
        if "/" not in text or not within[0] <= valid[0] <= valid[1] <= within[1]:
            document.fault(at, f"geldigheid «{text}» is leeg of valt buiten die van het besluit; verbeter van/tot")
        return valid


def _split(ground: str) -> tuple[str, str]:
    source, _, place = ground.partition(" ")
    return source, place.strip()


def _message(name: str, error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"onbekend begrip «{name}»; beschrijf het in begrippen/ of verbeter de spelling"
    return f"{name}: {error}"
