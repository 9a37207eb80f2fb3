"""A cell as FEEL admits what the cell admits, for both readers."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from aanspraak.engine.dmn import to_dmn
from aanspraak.engine.feel import unary_tests
from aanspraak.engine.model import Box, Concept, Decision, Rule, RuleBase, Source, contains, ordinal, subtract
from tests.dmn.readers import ask_npm, npm_answers, python_answers
from tests.engine.random_rules import CONCEPTS, GROUND, INPUTS, values_of

DAY = date(2020, 3, 1)
SOURCES = {"bron": Source("bron", "Bron", "Wij", "2020")}
ALWAYS = (DAY.toordinal(), DAY.toordinal())


@st.composite
def cells(draw: st.DrawFn) -> tuple[Concept, Box]:
    """Any set of values but none and all: with gaps in it, for numbers and days."""
    concept = CONCEPTS[draw(st.sampled_from(INPUTS))]
    values = [ordinal(v) for v in values_of(concept)]
    chosen = draw(st.sets(st.sampled_from(values), min_size=1, max_size=len(values) - 1))
    return concept, frozenset(chosen) if concept.discrete else _joined(sorted(chosen))


def _joined(numbers: list[int]) -> Box:
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        low = ranges.pop()[0] if ranges and ranges[-1][1] + 1 == number else number
        ranges.append((low, number))
    return tuple(ranges)


@given(cells())
@settings(max_examples=60)
def test_readers_admit_what_the_cell_admits(cell: tuple[Concept, Box]) -> None:
    concept, box = cell
    rules = tuple(
        Rule(outcome, {concept.id: part}, {"uit": outcome}, GROUND, "Daarom.", ALWAYS)
        for outcome, part in (("x", box), ("y", subtract(concept.domain, box)))
    )
    base = RuleBase(
        CONCEPTS, SOURCES, {"proef": Decision("proef", "Proef", "Wat?", {"uit": ("x", "y")}, ALWAYS, rules)}
    )
    cases = [{concept.id: value} for value in values_of(concept)]
    expected = [
        {"proef": {"regel": rule, "uit": rule}}
        for value in values_of(concept)
        for rule in ("x" if contains(box, ordinal(value)) else "y",)
    ]
    ask_npm(to_dmn(base, "proef", DAY, "1.3"), cases)
    assert npm_answers() == expected
    assert python_answers(to_dmn(base, "proef", DAY), cases) == expected


def test_cells_read_as_a_modeler_writes_them() -> None:
    colour, count, day = (CONCEPTS[name] for name in ("kleur", "aantal", "dag"))
    first, last = day.van, day.tot
    assert unary_tests(frozenset({"wit"}), colour) == ['"wit"']
    assert unary_tests(frozenset({"blauw", "wit"}), colour) == ['not("rood")']
    assert unary_tests(colour.domain, colour) == ["-"]
    assert unary_tests(((0, 2),), count) == ["<= 2"]
    assert unary_tests(((1, 2), (4, 4)), count) == ["[1..2]", "4"]
    assert unary_tests(((3, 4),), count) == [">= 3"]
    assert unary_tests(((first + 1, last),), day) == ['>= date("2020-02-28")']
