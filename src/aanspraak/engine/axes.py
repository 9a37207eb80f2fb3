"""Every input cut at the values that rules mention: what lies between two cuts is alike to all rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import PEILDATUM, Box, CaseError, Concept, RuleBase, ordinal, ranges


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
    def segment(self) -> Callable[[str | int | date], int]:
        """The segment of a value. Raises CaseError for a value the concept does not have."""
        concept, starts = self.concept, self.starts
        if self.values:
            index = {value: i for i, value in enumerate(self.values)}

            def of_word(value: str | int | date) -> int:
                try:
                    return index[value]  # type: ignore[index]
                except KeyError:
                    raise _wrong_value(concept, value) from None

            return of_word

        def of_number(value: str | int | date) -> int:
            number = ordinal(value)
            if not isinstance(number, int) or not concept.van <= number <= concept.tot:
                raise _wrong_value(concept, value)
            return bisect_right(starts, number) - 1

        return of_number

    def sample(self, segment: int) -> str | int:
        """A value in the segment: the value itself, or the first number or day of it."""
        return self.values[segment] if self.values else self.starts[segment]

    def value(self, segment: int) -> str | int | date:
        """A value in the segment, as a fact."""
        sample = self.sample(segment)
        return date.fromordinal(sample) if isinstance(sample, int) and self.concept.soort == "datum" else sample

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


def cut_axes(bases: Sequence[RuleBase], name: str, names: list[str], given: frozenset[str]) -> Iterator[Axis]:
    """An axis for each of the inputs `names` of a decision, cut for all the rule bases at once."""
    boxes: dict[str, list[Box]] = {}
    for base in bases:
        for decision in decisions_under(base, base.decision(name), given):
            boxes.setdefault(PEILDATUM, []).append((decision.geldig,))
            for rule in decision.regels:
                boxes[PEILDATUM].append((rule.geldig,))
                for n, box in rule.als.items():
                    boxes.setdefault(n, []).append(box)
        for impossible in base.onmogelijk:
            for n, box in impossible.als.items():
                boxes.setdefault(n, []).append(box)
    for n in names:
        concept, maker = bases[0].concept(n), bases[0].producer(n)
        if concept.discrete:
            yield Axis(concept, (), maker.uitkomst[n] if maker else tuple(concept.waarden))
        else:
            cuts = {cut for box in boxes.get(n, ()) for low, high in ranges(box) for cut in (low, high + 1)}
            starts = {concept.van} | {cut for cut in cuts if concept.van <= cut <= concept.tot}
            yield Axis(concept, tuple(sorted(starts)), ())


def _wrong_value(concept: Concept, value: object) -> CaseError:
    if concept.discrete:
        remedy = f"Kies uit: {', '.join(concept.waarden)}."
    elif concept.soort == "datum":
        remedy = "Geef een datum als jjjj-mm-dd."
    else:
        remedy = f"Geef een heel getal van {concept.van} tot en met {concept.tot}."
    fault = f"«{value}» kan niet bij"
    return CaseError(f"{fault} {concept.id} ({concept.naam}). {remedy}", f"{fault} {concept.naam}. {remedy}")
