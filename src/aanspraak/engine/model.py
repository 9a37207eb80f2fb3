"""The one small model that every use of the rules shares.

The reader builds it from the rule files; cells, answer, questions, columns, proof, reform and DMN only read it.
Field names are those of the rule files (docs/regelformaat.md). Days are ordinals (`date.toordinal()`),
so that dates and whole numbers are cut alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from aanspraak.errors import UserError as UserError  # the base of the errors here

Kind = Literal["keuze", "ja_nee", "getal", "datum"]
Unit = Literal["dagen", "weken", "maanden", "jaren"]
Consequence = Literal["afwijzen", "signaleren", "informeren"]
Range = tuple[int, int]
"""A closed interval of whole numbers or day ordinals."""

Box = frozenset[str] | tuple[Range, ...]
"""What a cell admits: a set of values (keuze, ja_nee) or disjoint rising intervals (getal, datum)."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1).toordinal(), date(2999, 12, 31).toordinal()
ALWAYS = FIRST_DAY, LAST_DAY
PEILDATUM = "peildatum"


class CaseError(UserError):
    """The given facts of a case are wrong: an unknown name, an impossible value or combination. `said` has the names of
    concepts instead of their ids."""

    code = 3


class RuleError(UserError):
    """The rule base has faults. `faults` holds every one, each with its place and remedy."""

    code = 4

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Citation:
    """A source and the place in it: `Citation("wlz", "3.1.1 lid 1 c")`."""

    bron: str
    vindplaats: str

    def __str__(self) -> str:
        return f"{self.bron} {self.vindplaats}".strip()


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A law or document that rules cite. `delen` are the parts that rules must cover: pinpoint → title; `voorstellen`
    those that propose something else, which reforms must cover.
    `stand` is the day of the text that the pinpoints follow: articles get other numbers in time."""

    id: str
    titel: str
    uitgever: str
    datum: str
    bwb: str | None = None
    link: str | None = None
    stand: date | None = None
    delen: Mapping[str, str] = field(default_factory=dict)
    voorstellen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Derived:
    """How a number follows from two dates: the whole units from `van` to `tot`, below zero when `tot` comes first."""

    eenheid: Unit
    van: str
    tot: str


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """An input or an outcome field: its kind, its values with labels, and how to ask for it. A number that is
    `afgeleid` and has no `vraag` is not asked itself: its dates are."""

    id: str
    soort: Kind
    naam: str
    vraag: str
    uitleg: str = ""
    waarden: Mapping[str, str] = field(default_factory=dict)
    eenheid: str = ""
    van: int = 0
    tot: int = 0
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    grond: tuple[Citation, ...] = ()
    afgeleid: Derived | None = None

    @property
    def discrete(self) -> bool:
        """Whether the values are named ones, rather than numbers or days."""
        return self.soort in ("keuze", "ja_nee")

    @property
    def domain(self) -> Box:
        return frozenset(self.waarden) if self.discrete else ((self.van, self.tot),)


PEILDATUM_CONCEPT = Concept(
    PEILDATUM,
    "datum",
    "peildatum",
    "Op welke dag wordt of werd de zorg gegeven?",
    van=FIRST_DAY,
    tot=LAST_DAY,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """How much is insured. The answer subtracts the input `gebruikt` and says what is left."""

    eenheid: str
    gebruikt: str
    maximum: int | None = None
    eerste_niet: int | None = None
    per: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A day that follows from the date `vanaf`: so many units later, or earlier where `aantal` is below zero; one day
    less where the day `vanaf` is itself the first of them."""

    naam: str
    vanaf: str
    aantal: int
    eenheid: Unit
    eerste_dag_telt: bool


@dataclass(frozen=True, slots=True)
class Practice:
    """How practice differs from the law, and who says so."""

    tekst: str
    grond: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One row of a decision. `geldig` (when it holds) and `vastgelegd` (when it was known as law) are closed ranges of
    day ordinals; `plaats` is file:line. A rule of a checklist has a `gevolg` and no `dan`."""

    id: str
    als: Mapping[str, Box]
    dan: Mapping[str, str]
    grond: tuple[Citation, ...]
    omdat: str
    geldig: Range
    in_afwijking_van: frozenset[str] = frozenset()
    voorwaarden: tuple[str, ...] = ()
    regelen: tuple[str, ...] = ()
    grens: Limit | None = None
    praktijk: Practice | None = None
    afleiding: str = ""
    gevolg: Consequence | None = None
    termijnen: tuple[Term, ...] = ()
    vastgelegd: Range = ALWAYS
    plaats: str = ""

    @property
    def verdict(self) -> tuple[object, ...]:
        """What the rule decides, without its ground: two rules with the same verdict give the same answer."""
        return (
            tuple(sorted(self.dan.items())), self.gevolg, self.voorwaarden, self.regelen, self.grens, self.praktijk,
            self.termijnen,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A case that must come out as `verwacht` says, as the rules were known on `kennisdatum`; it runs as a test."""

    naam: str
    gegeven: Mapping[str, str | int | date]
    verwacht: Mapping[str, object]
    peildatum: date | None = None
    kennisdatum: date | None = None
    plaats: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision table: every situation on every day of `geldig` matches exactly one rule. With `verzamel` a
    checklist: every rule that matches is returned, and there is no `uitkomst`."""

    id: str
    titel: str
    vraag: str
    uitkomst: Mapping[str, tuple[str, ...]]
    geldig: Range
    regels: tuple[Rule, ...]
    voorbeelden: tuple[Example, ...] = ()
    toelichting: str = ""
    thema: str = ""
    verzamel: bool = False
    plaats: str = ""

    def rule(self, rule_id: str) -> Rule:
        return next(r for r in self.regels if r.id == rule_id)


@dataclass(frozen=True, slots=True)
class Impossible:
    """A combination of inputs that cannot exist, so that no rule has to cover it."""

    als: Mapping[str, Box]
    omdat: str
    plaats: str = ""


@dataclass(frozen=True, slots=True)
class ReformChange:
    """What a reform does to one decision: rules that end, and rules that are added or replace one of that id."""

    besluit: str
    beeindig: frozenset[str]
    regels: tuple[Rule, ...]
    plaats: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a reform leaves open. `waarde` is what it is read with, as one writes it to choose it: `28`, `VV7+VV8`."""

    id: str
    naam: str
    waarde: str


@dataclass(frozen=True, slots=True)
class Reform:
    """A layer over the rules, from the day `vanaf`."""

    id: str
    titel: str
    grond: tuple[Citation, ...]
    vanaf: date
    laat_open: tuple[str, ...]
    wijzigingen: tuple[ReformChange, ...]
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, eq=False)
class RuleBase:
    """All rules of a `folder` as known on `kennisdatum` (None: today), concepts and sources; with `hervormingen` the
    reforms laid over them. `ooit` has every rule that was ever recorded, an id more than once where its validity was
    thought to be another. `themas`: the folders of decisions in their order, and what each is called. Never changed
    once made, so that what is compiled from it can be kept."""

    begrippen: Mapping[str, Concept]
    bronnen: Mapping[str, Source]
    besluiten: Mapping[str, Decision]
    onmogelijk: tuple[Impossible, ...] = ()
    hervormingen: tuple[str, ...] = ()
    ooit: Mapping[str, Decision] = field(default_factory=dict)
    kennisdatum: date | None = None
    folder: Path | None = None
    themas: Mapping[str, str] = field(default_factory=dict)

    def decision(self, name: str) -> Decision:
        """The decision of that name. Raises UserError with the names there are."""
        if name not in self.besluiten:
            raise UserError(f"Er is geen besluit «{name}». Wel: {', '.join(sorted(self.besluiten))}.")
        return self.besluiten[name]

    def concept(self, name: str) -> Concept:
        return PEILDATUM_CONCEPT if name == PEILDATUM else self.begrippen[name]

    def producer(self, name: str) -> Decision | None:
        """The decision whose outcome `name` is, where exactly one declares it; None for a plain input."""
        makers = self._makers.get(name, ())
        return makers[0] if len(makers) == 1 else None

    @cached_property
    def _makers(self) -> dict[str, list[Decision]]:
        makers: dict[str, list[Decision]] = {}
        for decision in self.besluiten.values():
            for name in decision.uitkomst:
                makers.setdefault(name, []).append(decision)
        return makers


def ranges(box: Box) -> tuple[Range, ...]:
    """The intervals of a box of numbers or days."""
    if isinstance(box, frozenset):
        raise TypeError("een verzameling waarden heeft geen intervallen")
    return box


def subtract(domain: Box, box: Box) -> Box:
    """The part of `domain` outside `box` (same kind of box)."""
    if isinstance(domain, frozenset):
        return domain.difference(v for v in domain if contains(box, v))
    rest = list(domain)
    for low, high in ranges(box):
        pieces = [piece for a, b in rest for piece in ((a, min(b, low - 1)), (max(a, high + 1), b))]
        rest = [(a, b) for a, b in pieces if a <= b]
    return tuple(rest)


def contains(box: Box, value: str | int) -> bool:
    """Whether the box admits the value (a day as its ordinal)."""
    if isinstance(box, frozenset):
        return value in box
    return any(low <= value <= high for low, high in box)  # type: ignore[operator]


def ordinal(value: str | int | date) -> str | int:
    """A value as boxes hold it: days become ordinals."""
    return value.toordinal() if isinstance(value, date) else value


def rules_of(base: RuleBase) -> Iterator[tuple[Decision, Rule]]:
    """Every rule with its decision."""
    return ((decision, rule) for decision in base.besluiten.values() for rule in decision.regels)
