"""Numbers that follow from dates (`afgeleid`): computed when their dates are known, asked by their dates when not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from aanspraak.engine.axes import Axis
from aanspraak.engine.boxes import value_words
from aanspraak.engine.cells import Facts
from aanspraak.engine.dates import elapsed
from aanspraak.engine.graph import decisions_under, inputs_of
from aanspraak.engine.model import FIRST_DAY, LAST_DAY, CaseError, Concept, Derived, RuleBase


def derive(base: RuleBase, name: str, facts: Facts) -> Facts:
    """The facts, with the numbers that a decision looks at and that follow from them.

    Raises CaseError where the dates give a number that the concept does not have, such as one below its `van`, or
    another than was given; and for what is no date.
    """
    found = dict(facts)
    for concept, how in derived_in(base, name):
        first, last = facts.get(how.van), facts.get(how.tot)
        for part, day in ((how.van, first), (how.tot, last)):
            if day is not None and not isinstance(day, date):
                fault, remedy = f"«{day}» kan niet bij", "Geef een datum als jjjj-mm-dd."
                raise CaseError(f"{fault} {part}. {remedy}", f"{fault} {base.concept(part).naam}. {remedy}")
        if isinstance(first, date) and isinstance(last, date):
            number = elapsed(how.eenheid, first, last)
            if facts.get(concept.id) not in (None, number):
                other = f"{number} en niet {facts[concept.id]}; kijk de datums na, of laat dat getal weg."
                raise _fault(base, concept, how, (first, last), other)
            if not concept.van <= number <= concept.tot:
                within = f"van {concept.van} tot en met {concept.tot}"
                outside = f"{number}, en dat kan alleen {within} zijn; kijk de datums na."
                raise _fault(base, concept, how, (first, last), outside)
            found[concept.id] = number
    return found


def _fault(base: RuleBase, concept: Concept, how: Derived, days: tuple[date, date], is_: str) -> CaseError:
    parts = [(name, base.concept(name), day) for name, day in zip((how.van, how.tot), days, strict=True)]
    written = " en ".join(f"{name} = {day}" for name, _, day in parts)
    said = " en ".join(f"{part.naam} is {value_words(day, part)}" for _, part, day in parts)
    return CaseError(*(f"{dates}: {concept.naam} is dan {is_}" for dates in (written, said)))


@lru_cache(maxsize=256)
def derived_in(base: RuleBase, name: str) -> tuple[tuple[Concept, Derived], ...]:
    """The numbers a decision looks at that may follow from dates: inputs, and what limits count."""
    decision = base.decision(name)
    counted = (r.grens.gebruikt for d in decisions_under(base, decision) for r in d.regels if r.grens)
    concepts = (base.concept(n) for n in dict.fromkeys((*inputs_of(base, decision), *counted)))
    return tuple((concept, concept.afgeleid) for concept in concepts if concept.afgeleid)


def derived_facts(base: RuleBase, given: Facts, values: Facts) -> Facts:
    """Of the values of an answer those that followed from dates in what was given."""
    numbers = (name for name, concept in base.begrippen.items() if concept.afgeleid and given.get(name) is None)
    return {name: values[name] for name in numbers if values.get(name) is not None}


def asked_for(base: RuleBase, names: Iterable[str], facts: Facts) -> list[str]:
    """The questions for these inputs: for a derived number without a question of its own the dates that are not
    known, each once."""
    return list(dict.fromkeys(q for name in names for q in _questions(base.concept(name), facts)))


def _questions(concept: Concept, facts: Facts) -> Iterator[str]:
    if concept.vraag or not concept.afgeleid:
        yield concept.id
    else:
        yield from (n for n in (concept.afgeleid.van, concept.afgeleid.tot) if facts.get(n) is None)


def date_cuts(axis: Axis, facts: Facts, name: str) -> set[int]:
    """The days (ordinals) at which another value of the date `name` moves a number that follows from it to another
    segment of its axis, or out of what it can be; none while the other date is not known."""
    how = axis.concept.afgeleid
    if how is None or name not in (how.van, how.tot) or facts.get(axis.name) is not None:
        return set()
    other = facts.get(how.tot if name == how.van else how.van)
    if not isinstance(other, date):
        return set()
    numbers = (*axis.starts, axis.concept.tot + 1)
    days = range(FIRST_DAY, LAST_DAY + 1)
    if name == how.tot:
        found = (bisect_left(days, n, key=lambda d: elapsed(how.eenheid, other, date.fromordinal(d))) for n in numbers)
    else:  # the later it begins, the less has elapsed
        found = (
            bisect_left(days, 1 - n, key=lambda d: -elapsed(how.eenheid, date.fromordinal(d), other)) for n in numbers
        )
    return {FIRST_DAY + place for place in found}
