"""From tables to cells: every input cut at the values that rules mention, and every decision as a diagram.

`compile_decision` lays the decisions that a decision rests on inside it, so that its diagram is a function of
plain inputs only. Validity is one more condition, on `peildatum`, so one diagram covers every day.
A leaf holds the id of the rule that decides, or a `Fault`, or IMPOSSIBLE.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache, reduce

from aanspraak.engine.diagram import Diagrams, Ref
from aanspraak.engine.model import (
    PEILDATUM,
    Box,
    CaseError,
    Concept,
    Decision,
    Rule,
    RuleBase,
    RuleError,
    contains,
    ordinal,
    ranges,
)

IMPOSSIBLE = "onmogelijk"
"""The leaf of situations that cannot exist."""

Facts = Mapping[str, str | int | date]


@dataclass(frozen=True, slots=True)
class Fault:
    """No rule (empty) or several rules for one situation."""

    rules: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Axis:
    """One input, cut in segments: a segment a value, or a segment between two cuts (`starts`)."""

    concept: Concept
    starts: tuple[int, ...]
    values: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.concept.id

    @property
    def width(self) -> int:
        return len(self.values) or len(self.starts)

    @cached_property
    def _index(self) -> dict[str | int, int]:
        return {value: i for i, value in enumerate(self.values)}

    def segment(self, value: str | int | date) -> int:
        """The segment of a value. Raises CaseError for a value the concept does not have."""
        if self.values:
            index = self._index.get(value)  # type: ignore[arg-type]
            if index is None:
                raise _wrong_value(self.concept, value)
            return index
        number = ordinal(value)
        if not isinstance(number, int) or not self.concept.van <= number <= self.concept.tot:
            raise _wrong_value(self.concept, value)
        return bisect_right(self.starts, number) - 1

    def sample(self, segment: int) -> str | int:
        """A value in the segment: the value itself, or the first number or day of it."""
        return self.values[segment] if self.values else self.starts[segment]

    def box(self, segments: Iterable[int]) -> Box:
        """The segments as a cell."""
        if self.values:
            return frozenset(self.values[s] for s in segments)
        ends = (*(s - 1 for s in self.starts[1:]), self.concept.tot)
        ranges: list[tuple[int, int]] = []
        for s in sorted(segments):
            if ranges and ranges[-1][1] + 1 == self.starts[s]:
                ranges[-1] = (ranges[-1][0], ends[s])
            else:
                ranges.append((self.starts[s], ends[s]))
        return tuple(ranges)


@dataclass(frozen=True)
class Table:
    """A decision over plain inputs: `root` in `diagrams`, level i testing `axes[i]`."""

    base: RuleBase
    decision: Decision
    axes: tuple[Axis, ...]
    diagrams: Diagrams
    root: Ref

    @cached_property
    def level(self) -> dict[str, int]:
        return {axis.name: i for i, axis in enumerate(self.axes)}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.decision.regels}

    @cached_property
    def verdicts(self) -> dict[str, int]:
        """Rule id → number of what it decides; rules that decide the same have the same number."""
        numbers: dict[object, int] = {}
        return {r.id: numbers.setdefault(r.verdict, len(numbers)) for r in self.decision.regels}

    @cached_property
    def possible(self) -> tuple[Diagrams, Ref]:
        """The diagram with one more segment a level, the last, for «unknown»: its leaf is the set of the
        rules still possible where all decide the same, else None (open); IMPOSSIBLE stays."""
        wide = Diagrams([w + 1 for w in self.diagrams.widths])
        narrow = self.diagrams

        @cache
        def join(a: frozenset[str] | str | None, b: frozenset[str] | str | None) -> frozenset[str] | str | None:
            if a == IMPOSSIBLE or b == IMPOSSIBLE:
                return b if a == IMPOSSIBLE else a
            if a is None or b is None:
                return None
            both = frozenset(a) | frozenset(b)
            return both if len({self.verdicts[r] for r in both}) == 1 else None

        @cache
        def walk(ref: Ref) -> Ref:
            if ref < 0:
                value = narrow.value(ref)
                return wide.leaf(value if value == IMPOSSIBLE else frozenset({value}))
            children = tuple(map(walk, narrow.children[ref]))
            unknown = reduce(lambda x, y: wide.combine(join, x, y), dict.fromkeys(children))
            return wide.node(narrow.levels[ref], (*children, unknown))

        return wide, walk(self.root)

    def segments(self, facts: Facts) -> dict[int, int]:
        """Known facts as level → segment; facts that this decision does not use are left out."""
        return {
            level: axis.segment(facts[axis.name])
            for level, axis in enumerate(self.axes)
            if facts.get(axis.name) is not None
        }

    def words(self, box: Mapping[int, list[int]]) -> dict[str, Box]:
        """Levels and segments as inputs and cells."""
        return {self.axes[level].name: self.axes[level].box(segments) for level, segments in box.items()}


@lru_cache(maxsize=256)
def compile_decision(base: RuleBase, name: str, given: frozenset[str] = frozenset()) -> Table:
    """The decision as a table over plain inputs; outcome fields in `given` count as plain inputs.

    Raises RuleError when some situation has no rule or several: `proof` tells which.
    """
    table = compile_unchecked(base, name, given)
    faults = [v for v in table.diagrams.values(table.root) if isinstance(v, Fault)]
    if faults:
        raise RuleError(
            [
                f"Besluit «{name}»: "
                + (
                    f"de regels {', '.join(sorted(f.rules))} spreken elkaar tegen"
                    if f.rules
                    else "niet elke situatie heeft een regel"
                )
                + ". Zie `aanspraak regels bewijs`."
                for f in faults
            ]
        )
    return table


def compile_unchecked(base: RuleBase, name: str, given: frozenset[str] = frozenset()) -> Table:
    """As `compile_decision`, with the faults left in as leaves."""
    names = inputs_of(base, base.decision(name), given)
    axes = tuple(_axes(base, name, names, given))
    diagrams = Diagrams([axis.width for axis in axes])
    build = _Builder(base, given, axes, diagrams)
    root = diagrams.combine(lambda v, ok: v if ok else IMPOSSIBLE, build.table(base.decision(name)), build.domain())
    return Table(base, base.decision(name), axes, diagrams, root)


def inputs_of(base: RuleBase, decision: Decision, given: frozenset[str] = frozenset()) -> list[str]:
    """The plain inputs a decision rests on, peildatum first, then in the order in which its rules mention
    them, an outcome of another decision standing for that decision's inputs: the order of the questions."""
    names: dict[str, None] = {PEILDATUM: None}
    for rule in decision.regels:
        for name in rule.als:
            maker = None if name in given else base.producer(name)
            names.update(dict.fromkeys([name] if maker is None else inputs_of(base, maker, given)))
    return list(names)


def decisions_under(base: RuleBase, decision: Decision, given: frozenset[str] = frozenset()) -> Iterator[Decision]:
    """The decision and all it rests on, each once, what it rests on first."""
    seen: dict[str, Decision] = {}

    def walk(d: Decision) -> None:
        if d.id in seen:
            return
        for rule in d.regels:
            for name in rule.als:
                maker = None if name in given else base.producer(name)
                if maker is not None:
                    walk(maker)
        seen[d.id] = d

    walk(decision)
    return iter(seen.values())


def _axes(base: RuleBase, name: str, names: list[str], given: frozenset[str]) -> Iterator[Axis]:
    boxes: dict[str, list[Box]] = {n: [] for n in names}
    for decision in decisions_under(base, base.decision(name), given):
        boxes[PEILDATUM].append((decision.geldig,))
        for rule in decision.regels:
            boxes[PEILDATUM].append((rule.geldig,))
            for n, box in rule.als.items():
                boxes.setdefault(n, []).append(box)
    for impossible in base.onmogelijk:
        for n, box in impossible.als.items():
            boxes.setdefault(n, []).append(box)
    for n in names:
        concept, maker = base.concept(n), base.producer(n)
        if concept.discrete:
            yield Axis(concept, (), maker.uitkomst[n] if maker else tuple(concept.waarden))
        else:
            cuts = {cut for box in boxes[n] for low, high in ranges(box) for cut in (low, high + 1)}
            starts = {concept.van} | {cut for cut in cuts if concept.van <= cut <= concept.tot}
            yield Axis(concept, tuple(sorted(starts)), ())


@dataclass
class _Builder:
    base: RuleBase
    given: frozenset[str]
    axes: tuple[Axis, ...]
    diagrams: Diagrams
    done: dict[str, Ref] = field(default_factory=dict)

    def table(self, decision: Decision) -> Ref:
        """The decision as a diagram of rule ids and faults; outside its validity, IMPOSSIBLE."""
        if decision.id not in self.done:
            self.done[decision.id] = self._table(decision)
        return self.done[decision.id]

    def _table(self, decision: Decision) -> Ref:
        d = self.diagrams
        matched = d.leaf(frozenset())
        for rule in decision.regels:
            here = self.all_of({**rule.als, PEILDATUM: (rule.geldig,)})
            only = frozenset({rule.id})
            matched = d.combine(frozenset.union, matched, d.map({True: only, False: frozenset()}.__getitem__, here))
        beaten_by = {r.id: r.in_afwijking_van for r in decision.regels}

        def decide(ids: frozenset[str]) -> str | Fault:
            left = ids - frozenset().union(*(beaten_by[r] for r in ids))
            return next(iter(left)) if len(left) == 1 else Fault(left)

        valid = self.all_of({PEILDATUM: (decision.geldig,)})
        return d.combine(lambda v, ok: v if ok else IMPOSSIBLE, d.map(decide, matched), valid)

    def domain(self) -> Ref:
        """True for the situations that can exist."""
        d = self.diagrams
        names = {axis.name for axis in self.axes}
        possible = d.leaf(True)
        for impossible in self.base.onmogelijk:
            if names.issuperset(impossible.als):
                possible = d.combine(lambda ok, bad: ok and not bad, possible, self.all_of(impossible.als))
        return possible

    def all_of(self, conditions: Mapping[str, Box]) -> Ref:
        d = self.diagrams
        return reduce(
            lambda a, b: d.combine(lambda x, y: x and y, a, b),
            (self.condition(name, box) for name, box in conditions.items()),
            d.leaf(True),
        )

    def condition(self, name: str, box: Box) -> Ref:
        maker = None if name in self.given else self.base.producer(name)
        if maker is None:
            level = next(i for i, axis in enumerate(self.axes) if axis.name == name)
            axis = self.axes[level]
            return self.diagrams.test(level, lambda s: contains(box, axis.sample(s)))
        outcome = {r.id: r.dan[name] for r in maker.regels}
        return self.diagrams.map(lambda rule: outcome.get(rule) in box, self.table(maker))


def _wrong_value(concept: Concept, value: object) -> CaseError:
    if concept.discrete:
        remedy = f"Kies uit: {', '.join(concept.waarden)}."
    elif concept.soort == "datum":
        remedy = "Geef een datum als jjjj-mm-dd."
    else:
        remedy = f"Geef een heel getal van {concept.van} tot en met {concept.tot}."
    return CaseError(f"«{value}» kan niet bij {concept.id} ({concept.naam}). {remedy}")
