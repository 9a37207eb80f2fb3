"""From rows to margins, rounding and relations."""

from dataclasses import replace
from math import inf

import duckdb
import numpy as np
import pytest

from aanspraak.monitor.publication.attack import attack
from aanspraak.monitor.publication.cells import build, rounded
from aanspraak.monitor.publication.margins import compute, largest
from aanspraak.monitor.publication.suppress import protect
from aanspraak.monitor.publication.tables import Measure, PublishedTable, closure

from .small import a_set, built, margins, units


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [(0, 10, 0), (4, 10, 0), (5, 10, 10), (14, 10, 10), (15, 10, 20), (25, 10, 30), (179, 120, 120), (180, 120, 240)],
)
def test_numbers_are_rounded_half_up(value: int, step: int, expected: int) -> None:
    assert rounded(value, step) == expected


def sets(*tables: str) -> set[frozenset[str]]:
    return {frozenset(table) for table in tables}


def test_tables_share_the_sums_over_what_they_have_in_common() -> None:
    assert closure(sets("abc", "ad")) == sets("abc", "ad", "a")


def test_tables_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        closure(sets("ab", "bc", "ac"))
    assert closure(sets("ab", "bc", "ac", "abc")) == sets("ab", "bc", "ac", "abc", "a", "b", "c", "")


def test_what_a_reader_knows_of_each_cell() -> None:
    dimensions = ("a", "b")
    cells = built([("a",), dimensions], dimensions, {("x", "1"): 3, ("x", "2"): 12, ("x", "3"): 25, ("y", "1"): 0}, 10)
    problem = cells.problem
    known = {
        place: tuple(problem.known(problem.primary)[list(problem.unit).index(cells.units.marks.get(unit, unit))] * 10)
        for place, unit in units(cells).items()
    }
    assert known == {
        (("a",), ("x",)): (35, 44),
        (dimensions, ("x", "1")): (1, 9),
        (dimensions, ("x", "2")): (10, 14),
        (dimensions, ("x", "3")): (25, 34),
    }
    assert (problem.shown[problem.unit == -1] == 0).all(), "real zeros are known to be zero"
    assert (problem.unit == -1).sum() == 2


def test_a_sum_that_no_table_shows_still_ties_two_tables() -> None:
    """9, 9 and 9 in one table; the other shows of the same clients 12 and 15: together from 25 to 28."""
    rows = {("x", "1", "p"): 9, ("x", "2", "p"): 3, ("x", "2", "q"): 6, ("x", "3", "q"): 9}
    tables = [("a", "b"), ("a", "c")]
    cells = built(tables, ("a", "b", "c"), rows, 10)
    found = attack(cells.problem, cells.problem.primary)
    assert {(round(one.low * 10), round(one.high * 10)) for one in found} == {(7, 9)}
    assert not attack(cells.problem, protect(cells.problem))


def test_amounts_do_not_give_a_suppressed_amount_away() -> None:
    """Rounding to one euro would tell the spending of the small group; rounding to what ten clients have does not."""
    rows = {("x", "1"): 3, ("x", "2"): 40}
    dimensions = ("a", "b")
    for step, safe in ((1, False), (1000, True)):
        wanted = a_set([("a",), dimensions], 10, Measure("euro", "bedrag", "100 * sum(n)", step))
        problem = build(wanted, margins(wanted, dimensions, rows), {}).problem
        found = attack(problem, problem.primary)
        # in the first case the total and the other part are known to the half euro, so the small one to two euros
        assert bool(found) != safe or step == 1
        assert not attack(problem, protect(problem))
    assert problem.hidden[-1][1] == inf


def test_an_amount_that_rounds_to_zero_is_protected_by_a_total_that_does() -> None:
    """Care that nearly nobody has: the total says under half a step, as the small cell itself would."""
    dimensions = ("a", "b")
    wanted = a_set([("a",), dimensions], 10, Measure("euro", "bedrag", "sum(n)", 1000))
    cells = build(wanted, margins(wanted, dimensions, {("x", "1"): 3, ("x", "2"): 40}), {})
    assert max(cells.problem.need) == pytest.approx(0.8), "the count needs that of 1 to 9"
    assert sorted(cells.problem.need)[-2] == 0.5
    assert (protect(cells.problem) == cells.problem.primary).all()


def test_persons_are_protected_too_and_may_be_in_more_than_one_part() -> None:
    wanted = a_set([("a",), ("a", "b")], 10, Measure("mensen", "uniek", "count(DISTINCT wie)", 10, part_of="aantal"))
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE rijen AS SELECT 'x' AS a, deel AS b, deel || nummer AS wie, 1 AS n
                       FROM range(9) AS r(nummer) CROSS JOIN (VALUES ('p'), ('q'), ('r')) AS delen(deel)""")
        apart = compute(con, wanted)
        con.execute("UPDATE rijen SET wie = substr(wie, 2)")
        same = compute(con, wanted)
    total = "a", ("x",)

    assert apart["a",]["x",] == {"aantal": 27, "mensen": 27}
    cells = build(wanted, apart, {})
    exposed = attack(cells.problem, cells.problem.primary)
    assert [(round(10 * one.low), round(10 * one.high)) for one in exposed] == [(7, 9)] * 6, "stays and persons"
    assert not attack(cells.problem, protect(cells.problem))

    # the same nine persons have all stays: their total is under ten, while that of the stays is not
    assert same["a",]["x",] == {"aantal": 27, "mensen": 9}
    cells = build(wanted, same, {})
    assert cells.problem.primary[cells.units.rows[total]]
    assert cells.units.rows[total] not in cells.units.marks
    assert not attack(cells.problem, cells.problem.primary)


def test_an_amount_without_meaning_is_neither_shown_nor_protected() -> None:
    """A pgb has no days: that its days are nothing does not tell how many there are."""
    days = Measure("dagen", "bedrag", "sum(30 * n) FILTER (b <> 'pgb')", 300)
    wanted = a_set([("a",), ("a", "b")], 10, days)
    found = margins(wanted, ("a", "b"), {("x", "pgb"): 4, ("x", "zzp"): 40, ("x", "vpt"): 30})
    assert "dagen" not in found["a", "b"]["x", "pgb"]
    problem = build(wanted, found, {}).problem
    assert len(problem.unit) == 4 + 3
    assert (protect(problem) == problem.primary).all()


def test_an_amount_that_is_mostly_one_persons_is_left_out_and_cannot_be_worked_out() -> None:
    """Twelve persons in x with one euro each, but the last has a thousand; y and z are ordinary."""
    wanted = replace(a_set([("a",), ("a", "b")], 10, Measure("euro", "bedrag", "sum(euro)", 100)), person="wie")
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE rijen AS SELECT 'a' AS a, deel AS b, deel || nummer AS wie, 1 AS n,
                         CASE WHEN deel = 'x' AND nummer < 11 THEN 1 WHEN deel = 'x' THEN 1000 ELSE 90 END AS euro
                       FROM range(12) AS r(nummer) CROSS JOIN (VALUES ('x'), ('y'), ('z')) AS delen(deel)""")
        true, most = compute(con, wanted), largest(con, wanted)
    assert most["a", "b"]["a", "x"] == {"euro": 1000}
    cells = build(wanted, true, most)
    problem, amounts = cells.problem, cells.units.amounts
    alone = amounts["a b", ("a", "x"), "euro"]
    assert list(np.flatnonzero(problem.primary)) == [alone], "its count is shown, and the amounts of the others"
    # half of 1011 is more than 100 too little for a person with 1000: 989 must stay unknown
    assert max(problem.need) == pytest.approx(9.89)
    found = attack(problem, problem.primary)
    assert [int(problem.unit[one.cell]) for one in found] == [alone], "the total and the others give it away"
    suppressed = protect(problem)
    assert not attack(problem, suppressed)
    assert not suppressed[list(cells.units.rows.values())].any(), "all counts stay"
    assert suppressed[list(amounts.values())].sum() > 1


def test_rounding_alone_protects_one_person_who_has_less_than_a_step_too_much() -> None:
    wanted = replace(a_set([("a",)], 10, Measure("euro", "bedrag", "sum(euro)", 1000)), person="wie")
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE rijen AS SELECT 'a' AS a, nummer AS wie, 1 AS n,
                         CASE nummer WHEN 0 THEN 900 ELSE 1 END AS euro FROM range(12) AS r(nummer)""")
        assert not build(wanted, compute(con, wanted), largest(con, wanted)).problem.primary.any()


def test_persons_and_their_months_bound_each_other() -> None:
    """A person has twelve months at the most: 120 persons' months are of ten persons or more."""
    persons = Measure("mensen", "uniek", "sum(mensen)", 10, part_of="aantal", most=12)
    wanted = a_set([("a",)], 120, persons)
    with duckdb.connect() as con:
        con.execute("CREATE TABLE rijen AS SELECT 'x' AS a, 2400 AS n, 200 AS mensen")
        problem = build(wanted, compute(con, wanted), {}).problem
    months, people = 0, 1
    assert [(relation.weights, relation.low, relation.high) for relation in problem.relations] == [
        ((1.0, -12.0), -inf, 0.0),
        ((12.0, -12.0), 0.0, inf),
    ]
    assert {relation.cells for relation in problem.relations} == {(people, months)}
    for relation in problem.relations:
        assert relation.low <= 20 * relation.weights[0] + 20 * relation.weights[1] <= relation.high


def test_measures_that_add_up_are_attacked_together() -> None:
    """Of two kinds of care that add up to what is shown, the one that is left out follows from the other."""
    kinds = [Measure(name, "bedrag", f"sum({name})", 100) for name in ("arts", "apotheek")]
    whole = Measure("zorg", "bedrag", "sum(arts + apotheek)", 100, sum_of=("arts", "apotheek"))
    wanted = replace(a_set([("a",)], 10, whole, *kinds), person="wie")
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE rijen AS SELECT 'x' AS a, nummer AS wie, 1 AS n, 300 AS apotheek,
                         CASE nummer WHEN 0 THEN 5000 ELSE 1 END AS arts FROM range(30) AS r(nummer)""")
        cells = build(wanted, compute(con, wanted), largest(con, wanted))
    amounts = cells.units.amounts
    assert [name for (_, _, name), unit in amounts.items() if cells.problem.primary[unit]] == ["arts"]
    assert len(attack(cells.problem, cells.problem.primary)) == 1
    suppressed = protect(cells.problem)
    assert suppressed[amounts["a", ("x",), "zorg"]] or suppressed[amounts["a", ("x",), "apotheek"]]


def test_a_table_of_some_cells_says_nothing_of_the_others() -> None:
    """The table shows a1 and not a2; 3 in a1, x cannot be told from what is shown."""
    only = PublishedTable("deel", "", "", ("b",), ("aantal",), None, (), hidden=("a",), only={"a": ("1",)})
    wanted = replace(a_set([("b",)], 10), tables=(*a_set([("b",)], 10).tables, only))
    rows = {("1", "x"): 3, ("2", "x"): 20, ("1", "y"): 30, ("2", "y"): 4}
    cells = build(wanted, margins(wanted, ("a", "b"), rows), {})
    assert {key for table, key in cells.units.rows if table == "deel"} == {("1", "x"), ("1", "y")}
    assert [int(unit) for unit in np.flatnonzero(cells.problem.primary)] == [cells.units.rows["deel", ("1", "x")]]
    assert not attack(cells.problem, cells.problem.primary)


def test_what_follows_from_a_dimension_ties_tables_though_no_column_shows_it() -> None:
    """Three forms of nine are one form of 27 in the other table."""
    fine = PublishedTable("fijn", "", "", ("b",), ("aantal",), None, (), hidden=("a",))
    wanted = replace(a_set([("a",)], 10), tables=(*a_set([("a",)], 10).tables, fine))
    rows = {("vpt", f"vpt_{i}"): 9 for i in range(3)}
    cells = build(wanted, margins(wanted, ("a", "b"), rows), {})
    assert len(attack(cells.problem, cells.problem.primary)) == 3, "27 is shown as 30"
    assert not attack(cells.problem, protect(cells.problem))


def test_nobody_with_some_care_in_a_cell_that_is_left_out_is_no_contradiction() -> None:
    """Nobody is treated, as the total says; the three persons in x are left out as a whole."""
    treated = Measure("behandeld", "uniek", "count(DISTINCT wie) FILTER (met)", 10, part_of="aantal")
    wanted = a_set([("a",), ("a", "b")], 10, treated)
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE rijen AS SELECT 'a' AS a, CASE WHEN nummer < 3 THEN 'x' ELSE 'y' END AS b,
                         nummer AS wie, 1 AS n, false AS met FROM range(40) AS r(nummer)""")
        problem = build(wanted, compute(con, wanted), {}).problem
    assert (protect(problem) == problem.primary).all()
