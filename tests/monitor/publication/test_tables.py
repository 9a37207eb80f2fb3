"""From rows to margins, rounding and relations."""

from math import inf

import duckdb
import pytest

from aanspraak.monitor.publication.attack import attack
from aanspraak.monitor.publication.cells import build, rounded
from aanspraak.monitor.publication.suppress import protect
from aanspraak.monitor.publication.tables import Measure, closure, compute

from .small import a_set, built, margins


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
        place: tuple(problem.known(problem.primary)[list(problem.unit).index(cells.marks.get(unit, unit))] * 10)
        for place, unit in cells.units.items()
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
        problem = build(wanted, margins(wanted, dimensions, rows)).problem
        found = attack(problem, problem.primary)
        # in the first case the total and the other part are known to the half euro, so the small one to two euros
        assert bool(found) != safe or step == 1
        assert not attack(problem, protect(problem))
    assert problem.hidden[-1][1] == inf


def test_persons_are_protected_too_and_may_be_in_more_than_one_part() -> None:
    wanted = a_set([("a",), ("a", "b")], 10, Measure("mensen", "uniek", "count(DISTINCT wie)", 10))
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE rijen AS SELECT 'x' AS a, deel AS b, deel || nummer AS wie, 1 AS n
                       FROM range(9) AS r(nummer) CROSS JOIN (VALUES ('p'), ('q'), ('r')) AS delen(deel)""")
        apart = compute(con, wanted)
        con.execute("UPDATE rijen SET wie = substr(wie, 2)")
        same = compute(con, wanted)
    total = ("a",), ("x",)

    assert apart["a",]["x",] == {"aantal": 27, "mensen": 27}
    cells = build(wanted, apart)
    exposed = attack(cells.problem, cells.problem.primary)
    assert [(round(10 * one.low), round(10 * one.high)) for one in exposed] == [(7, 9)] * 6, "stays and persons"
    assert not attack(cells.problem, protect(cells.problem))

    # the same nine persons have all stays: their total is under ten, while that of the stays is not
    assert same["a",]["x",] == {"aantal": 27, "mensen": 9}
    cells = build(wanted, same)
    assert cells.problem.primary[cells.units[total]]
    assert cells.units[total] not in cells.marks
    assert not attack(cells.problem, cells.problem.primary)


def test_an_amount_without_meaning_is_neither_shown_nor_protected() -> None:
    """A pgb has no days: that its days are nothing does not tell how many there are."""
    days = Measure("dagen", "bedrag", "sum(30 * n) FILTER (b <> 'pgb')", 300)
    wanted = a_set([("a",), ("a", "b")], 10, days)
    found = margins(wanted, ("a", "b"), {("x", "pgb"): 4, ("x", "zzp"): 40, ("x", "vpt"): 30})
    assert "dagen" not in found["a", "b"]["x", "pgb"]
    problem = build(wanted, found).problem
    assert len(problem.unit) == 4 + 3
    assert (protect(problem) == problem.primary).all()
