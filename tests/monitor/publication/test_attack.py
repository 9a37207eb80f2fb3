"""The attack finds what an attacker who tries everything finds, and what is published withstands both."""

from itertools import product

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspraak.monitor.publication.attack import attack
from aanspraak.monitor.publication.cells import Cells, build
from aanspraak.monitor.publication.margins import compute
from aanspraak.monitor.publication.suppress import protect
from aanspraak.monitor.publication.tables import Measure

from .small import STEP, Rows, a_set, brute_force, built, units

CROSS = ("rij", "kolom")
SQUARE = [("rij",), ("kolom",), CROSS]
LINKED = [("rij",), CROSS, ("rij", "soort")]
THREE = ("rij", "kolom", "soort")
TREE = [("rij",), CROSS, THREE]


def squares(rows: int, columns: int) -> st.SearchStrategy[Rows]:
    keys = [(f"r{r}", f"k{k}") for r, k in product(range(rows), range(columns))]
    return st.lists(st.integers(0, 9), min_size=len(keys), max_size=len(keys)).map(
        lambda values: {key: n for key, n in zip(keys, values, strict=True) if n} or {("r", "k"): 1}
    )


def narrow(cells: Cells, found: dict[object, tuple[int, int]]) -> set[int]:
    """The units of primary cells that brute force bounds to fewer values than 1, 2, 3."""
    return {
        unit
        for place, unit in units(cells).items()
        if place in found and cells.problem.primary[unit] and found[place][1] - found[place][0] < STEP - 2
    }


@given(squares(2, 2), st.data())
@settings(max_examples=60)
def test_the_attack_finds_exactly_what_trying_everything_finds(rows: Rows, data: st.DataObject) -> None:
    cells = built(SQUARE, CROSS, rows)
    size = len(cells.problem.primary)
    extra = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    suppressed = cells.problem.primary | np.array(extra, bool)
    found = brute_force(SQUARE, CROSS, rows, cells, suppressed, most=14)
    own = {mark: unit for unit, mark in cells.units.marks.items()}
    exposed = {own[int(cells.problem.unit[one.cell])] for one in attack(cells.problem, suppressed)}
    assert exposed == narrow(cells, found)


@given(squares(2, 2))
@settings(max_examples=60)
def test_what_is_published_withstands_trying_everything(rows: Rows) -> None:
    cells = built(SQUARE, CROSS, rows)
    suppressed = protect(cells.problem)
    assert not suppressed[~cells.problem.primary].any() or attack(cells.problem, cells.problem.primary)
    assert not attack(cells.problem, suppressed)
    assert not narrow(cells, brute_force(SQUARE, CROSS, rows, cells, suppressed, most=14))


@given(squares(2, 2))
@settings(max_examples=25)
def test_no_other_choice_loses_less(rows: Rows) -> None:
    """All choices of cells to suppress, tried one by one."""
    problem = built(SQUARE, CROSS, rows).problem
    free = np.flatnonzero(~problem.primary)
    best = np.inf
    for choice in product((False, True), repeat=len(free)):
        suppressed = problem.primary.copy()
        suppressed[free] = choice
        loss = problem.loss[suppressed & ~problem.primary].sum()
        if loss < best and not attack(problem, suppressed):
            best = loss
    chosen = protect(problem)
    assert problem.loss[chosen & ~problem.primary].sum() <= best * 1.01 + 1e-9


@given(
    st.sampled_from([LINKED, TREE, [*TREE, ("rij", "soort")]]),
    st.dictionaries(
        st.tuples(st.just("a"), st.sampled_from("pqr"), st.sampled_from("xy")),
        st.integers(1, 6),
        min_size=1,
        max_size=5,
    ),
)
@settings(max_examples=30)
def test_linked_tables_and_subtotals_withstand_trying_everything(tables: list[tuple[str, ...]], rows: Rows) -> None:
    cells = built(tables, THREE, rows)
    suppressed = protect(cells.problem)
    assert not narrow(cells, brute_force(tables, THREE, rows, cells, suppressed, most=8 if len(rows) > 4 else 10))


@given(
    st.dictionaries(st.tuples(*[st.sampled_from("ab")] * 3), st.integers(1, 5), min_size=1, max_size=4),
)
@settings(max_examples=30)
def test_tables_in_a_circle_withstand_trying_everything(rows: Rows) -> None:
    """The table that holds all three dimensions is in the attack, though nobody sees it."""
    circle = [CROSS, ("rij", "soort"), ("kolom", "soort")]
    cells = built(circle, THREE, rows, joint=[THREE])
    suppressed = protect(cells.problem)
    assert not narrow(cells, brute_force(circle, THREE, rows, cells, suppressed, most=6 if len(rows) > 3 else 8))


@given(
    st.dictionaries(
        st.tuples(*[st.sampled_from("abcdef")] * 3),
        st.one_of(st.integers(1, 12), st.integers(1, 400)),
        min_size=1,
        max_size=60,
    )
)
@settings(max_examples=40)
def test_larger_tables_can_always_be_made_safe(rows: Rows) -> None:
    for tables in (SQUARE, LINKED, TREE):
        problem = built(tables, THREE, rows, step=10).problem
        suppressed = protect(problem)
        assert not attack(problem, suppressed)
        assert suppressed[problem.primary].all()


@pytest.mark.parametrize(
    ("parts", "exposed"),
    [
        ([9, 9, 9], True),  # 27 is published as 30, so no part is under 7
        ([1, 1, 1, 1, 1, 1, 1, 1, 1, 1], True),  # 10 is published as 10, so no part is over 5
        ([3, 20], False),  # 20 and 20: the part can be 1 up to 9
        ([9, 26], False),  # 40 - 30: idem
        ([3, 11], True),  # 10 - 10, and neither is under ten: at most 4
    ],
)
def test_a_total_that_gives_its_parts_away_is_found_and_mended(parts: list[int], exposed: bool) -> None:
    rows = {("a", f"k{i}"): n for i, n in enumerate(parts)}
    cells = built([("rij",), CROSS], CROSS, rows, step=10)
    assert bool(attack(cells.problem, cells.problem.primary)) == exposed
    suppressed = protect(cells.problem)
    assert (suppressed & ~cells.problem.primary).any() == exposed
    assert not attack(cells.problem, suppressed)


def test_a_mark_goes_before_a_number() -> None:
    """Of three nines under a 27 not all can say "<10"; the total stays."""
    cells = built([("rij",), CROSS], CROSS, {("a", f"k{i}"): 9 for i in range(3)}, step=10)
    suppressed = protect(cells.problem)
    assert not suppressed[cells.units.rows["rij", ("a",)]]
    assert 0 < sum(suppressed[mark] for mark in cells.units.marks.values()) < 3


def test_bounds_are_those_of_the_whole_report() -> None:
    """27 is not published, but 57 in the other table is, with 30 that is as well."""
    rows = {("a", "x"): 9, ("a", "y"): 9, ("a", "z"): 9, ("b", "x"): 30}
    tables = [(), ("rij",), CROSS]
    cells = built(tables, CROSS, rows, step=10)
    total = ("rij", ("a",))
    suppressed = cells.problem.primary.copy()
    suppressed[cells.units.rows[total]] = True
    # the 57 is shown as 60, 55 to 64; the 30 as 25 to 34: between 21 and 27 remain for three parts of at most 9
    found = attack(cells.problem, suppressed)
    assert {round(one.low * 10) for one in found} == {3}
    assert all(round(one.high * 10) == 9 for one in found)
    assert not attack(cells.problem, protect(cells.problem))


def test_nine_ones_under_a_nine_do_not_say_what_they_are() -> None:
    rows = {("a", f"k{i}"): 1 for i in range(9)} | {("b", "x"): 200, ("c", "x"): 3, ("c", "y"): 40}
    cells = built([("rij",), CROSS], CROSS, rows, step=10)
    known = {(round(10 * one.low), round(10 * one.high)) for one in attack(cells.problem, cells.problem.primary)}
    assert known == {(1, 1), (9, 9)}
    suppressed = protect(cells.problem)
    silent = {
        place
        for place, unit in units(cells).items()
        if unit in cells.units.marks and suppressed[cells.units.marks[unit]]
    }
    assert silent == {(("rij",), ("a",))}, "the total does not say that it is under ten; its parts may"


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=40)
def test_unique_persons_withstand_trying_everything(first: int, second: int, both: int) -> None:
    """Some persons are in the first part of a table, some in the second, some in both; so is every candidate."""
    measure = Measure("mensen", "uniek", "count(DISTINCT wie)", STEP, part_of="aantal")
    wanted = a_set([("a",), ("a", "b")], STEP, measure)
    with duckdb.connect() as con:
        con.execute("CREATE TABLE rijen (a VARCHAR, b VARCHAR, wie VARCHAR, n INTEGER)")
        for part, others, number in (("p", "x", first), ("q", "y", second), ("p", "z", both), ("q", "z", both)):
            con.execute(f"INSERT INTO rijen SELECT 'a', '{part}', '{others}' || i, 1 FROM range({number}) AS r(i)")
        cells = build(wanted, compute(con, wanted), {})
    suppressed = protect(cells.problem)
    assert not attack(cells.problem, suppressed)

    grid = np.indices((13, 13, 13)).reshape(3, -1)
    places = {("a", ("a",)): ((1, 1, 2), (1, 1, 1)), ("a b", ("a", "p")): ((1, 0, 1),) * 2,
              ("a b", ("a", "q")): ((0, 1, 1),) * 2}  # fmt: skip
    true = np.array([first, second, both])
    stands = np.ones(grid.shape[1], bool)
    for place, weights in places.items():
        unit = cells.units.rows.get(place)
        stays, persons = (np.array(one) @ grid for one in weights)
        if unit is None:
            stands &= stays == 0
        elif suppressed[unit]:
            marked = not suppressed[cells.units.marks.get(unit, unit)]
            stands &= (stays >= 1) & ((stays < STEP) | (not marked))
        else:
            for tried, weight in ((stays, weights[0]), (persons, weights[1])):
                stands &= (tried >= STEP) & ((tried + 2) // STEP == (np.array(weight) @ true + 2) // STEP)
    for place, weights in places.items():
        if place in cells.units.rows:
            for weight in weights:
                if 0 < np.array(weight) @ true < STEP:
                    tried = (np.array(weight) @ grid)[stands]
                    assert tried.max() - tried.min() >= STEP - 2, (place, weight)
