"""At full size short-term care has the published numbers; where it has not, those contradict each other."""

import numpy as np
import pytest

from aanspraak.published import published
from aanspraak.synthetic.kortdurend_afstemming import balanced, structure
from aanspraak.synthetic.kortdurend_cellen import targets
from aanspraak.synthetic.kortdurend_cijfers import (
    FORMS,
    STATES,
    all_kinds,
    kinds,
    share_finished,
    tables,
    trajectories,
    trajectory_years,
)
from aanspraak.synthetic.kortdurend_ijking import begun_stays, finished_stays, flows, user_count
from aanspraak.synthetic.kortdurend_verblijven import Stays, draw_stays
from aanspraak.synthetic.kortdurend_volgorde import follow, share_clients
from aanspraak.synthetic.program import Program, Target
from aanspraak.synthetic.sources import assumptions
from tests.synthetic.kortdurend_uitzonderingen import CONTRADICTIONS, NO_TRAJECTORIES, Contradiction


@pytest.fixture(scope="module")
def stays() -> Stays:
    """All stays at full size."""
    rng = np.random.default_rng(3)
    return share_clients(follow(draw_stays(assumptions(), 1.0, rng), rng), assumptions(), 1.0, rng)


@pytest.mark.parametrize("each", CONTRADICTIONS, ids=lambda each: "-".join(min(each.cells)))
def test_an_exception_is_a_contradiction_of_the_source(each: Contradiction) -> None:
    """Its cells cannot all be met; and they are what is wrong: without one of them the others can."""
    (year,) = {int(name[-1]) for name in each.cells}
    program = structure(year)
    program.targets = [target for target in targets(year) if target.name in each.cells]
    assert {target.name for target in program.targets} == each.cells
    assert len(program.solve()[1]) == each.missed


def test_nothing_else_is_missed() -> None:
    missed = [target.name for year in trajectory_years() for target in balanced(year).missed]
    assert len(missed) == sum(each.missed for each in CONTRADICTIONS)
    assert all(any(name in each.cells for each in CONTRADICTIONS) for name in missed)
    targeted = sum(len(list(targets(year))) for year in trajectory_years())
    printed = ("trajecten", "voor_na", "indicaties", "gebruikers")
    not_made = sum(name[0] == "gebruikers" for name in NO_TRAJECTORIES.cells)
    assert targeted == sum(len(published(f"kortdurend_{name}")) for name in printed) - not_made


def test_numbers_are_of_whole_people() -> None:
    numbers = [number for year in trajectory_years() for number in balanced(year).numbers.values()]
    assert len(numbers) > 1000
    assert numbers == pytest.approx([round(number) for number in numbers], abs=1e-6)


@pytest.mark.parametrize("year", trajectory_years())
def test_what_is_not_missed_is_within_tens_or_one_percent(year: int) -> None:
    for target in targets(year):
        found = sum(balanced(year)[name] * part for name, part in target.terms.items())
        # Trajectories per category are printed to the one.
        least = 0.5 if target.name[0] == "trajecten" and target.name[2] != "geincludeerd" else 10
        within = abs(found - target.value) <= max(0.01 * target.value, least) + 1e-6
        assert within or target.name in {missed.name for missed in balanced(year).missed}, target.name


def test_the_source_has_no_trajectories_of_what_is_not_made() -> None:
    """Its categories add up to all trajectories that it includes, without the categories that have only costs."""
    for _, form, category, year in NO_TRAJECTORIES.cells:
        rows = trajectories(form, int(year))
        categories = sum(number for name, number in rows.items() if name not in ("totaal", "geincludeerd"))
        assert categories == rows["totaal"]
        assert category == "totaal" or category not in rows
        # All that were included are in it; of 2023 some ended too late.
        assert rows["geincludeerd"] - rows["totaal"] <= 5


def test_a_program_misses_as_little_as_can_be() -> None:
    program = Program()
    program.between(0, {("a",): 1, ("b",): 1}, 10)
    program.targets = [
        Target(("a",), {("a",): 1}, 8, 0, 1),
        Target(("b",), {("b",): 1}, 5, 0, 1),
        Target(("b again",), {("b",): 1}, 5.5, 0, 1),
    ]
    numbers, missed = program.solve()
    assert [target.name for target in missed] == [("a",)]
    assert 5 <= numbers["b",] <= 5.5
    assert numbers["a",] == pytest.approx(10 - numbers["b",])


def test_stays_at_full_size_have_the_printed_numbers_and_lengths(stays: Stays) -> None:
    counted = np.bincount(stays.kind, minlength=len(all_kinds()))
    assert counted.tolist() == [begun_stays(kind) for kind in all_kinds()]
    printed = {(r["zorgvorm"], r["categorie"], int(r["jaar"])): r for r in published("kortdurend_ligduur")}
    closing = stays.finish.max() - 14
    checked = 0
    for at, kind in enumerate(kinds()):
        row = printed.get((kind.form, "totaal" if kind.form == "vv9b" else kind.category, kind.year))
        length = stays.length[(stays.kind == at) & (stays.finish <= closing)]
        if row and len(length) > 30:
            # printed in whole days, crisis care in tenths
            half = 0.05 if "." in row["sd"] else 0.5
            assert abs(length.mean() - float(row["gemiddelde_ligduur"])) <= max(half, 0.01 * length.mean()), kind
            assert abs(length.std(ddof=1) - float(row["sd"])) <= max(half, 0.01 * float(row["sd"])), kind
            checked += 1
    assert checked > 60


def test_users_at_full_size_are_as_many_as_can_be_printed(stays: Stays) -> None:
    for form, year in {(row["zorgvorm"], int(row["jaar"])) for row in published("kortdurend_gebruikers")}:
        mine = stays.of_form(form) & (stays.year() == year)
        assert len(np.unique(stays.client[mine])) == user_count(form, "totaal", year)
        for at, kind in enumerate(all_kinds()):
            if (kind.form, kind.year) == (form, year):
                assert len(np.unique(stays.client[stays.kind == at])) == user_count(form, kind.category, year)


def test_two_stays_of_a_client_do_not_touch(stays: Stays) -> None:
    order = np.lexsort((stays.begin, stays.client))
    client, begin, finish = stays.client[order], stays.begin[order], stays.finish[order]
    same = client[1:] == client[:-1]
    assert same.sum() > 5000
    assert (begin[1:] - finish[:-1])[same].min() >= 2
    assert np.bincount(client).max() == 2


@pytest.mark.parametrize("form", FORMS)
def test_flows_add_up_to_the_finished_trajectories(form: str) -> None:
    for year in trajectory_years():
        for table in tables(form):
            assert (flows(form, table, year) >= 0).all()
            flow = flows(form, table, year)
            assert flow.sum() == sum(finished_stays(form, table, year).values())
            wanted = [sum(balanced(year)["stroom", form, table, came, went] for went in STATES) for came in STATES]
            assert flow.sum(axis=1).tolist() == pytest.approx(wanted)
        begun = sum(begun_stays(kind) for kind in kinds() if (kind.form, kind.year) == (form, year))
        finished = sum(flows(form, table, year).sum() for table in tables(form))
        assert finished == pytest.approx(share_finished(form, year) * begun, abs=1)


def test_once_wlz_always_wlz_around_vv9b() -> None:
    lasting = [STATES.index(name) for name in STATES[1:4]]
    for year in trajectory_years():
        assert flows("vv9b", "totaal", year)[lasting, 0].sum() == 0


def test_a_stay_that_follows_on_another_keeps_its_length() -> None:
    rng = np.random.default_rng(2018)
    drawn = draw_stays(assumptions(), 1.0, rng)
    followed = follow(drawn, rng)
    assert (followed.follows >= 0).sum() > 1500
    assert (followed.length == drawn.length).all()
    assert (followed.begin != drawn.begin).sum() > 1500


def test_who_goes_to_another_trajectory_comes_into_it(stays: Stays) -> None:
    """Within a week the second shows the first; up to two weeks only the first shows the second."""
    second = np.flatnonzero(stays.follows >= 0)
    gap = stays.begin[second] - stays.finish[stays.follows[second]]
    assert gap.min() >= 2
    assert gap.max() <= 14
    wlz = stays.of_form("vv9b", "wlz_crisis")[stays.follows[second]]
    shown = stays.in_states("before", "vv9_verblijf_met_behandeling", "crisis")[second]
    assert (shown == (wlz & (gap <= 7))).all()
    goes = stays.in_states("after", "vv9_verblijf_met_behandeling", "crisis")
    assert goes.sum() == len(second)
