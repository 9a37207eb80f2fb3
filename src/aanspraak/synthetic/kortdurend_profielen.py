"""Which care profile people around short-term care have, before and after, from the printed indications."""

from dataclasses import dataclass

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Bools, Floats, Ints, spread
from aanspraak.synthetic.cells import FORMS, packages
from aanspraak.synthetic.kortdurend_cijfers import LASTING, STATES, all_kinds, trajectory_years
from aanspraak.synthetic.kortdurend_verblijven import Stays

NONE = -1

_CARE_FORMS = {
    "verblijf_met_behandeling": ("zzp_incl",),
    "verblijf_zonder_behandeling": ("zzp_excl",),
    "thuis_met_wlz": ("vpt_incl", "vpt_excl", "mpt", "pgb"),
    "vv9_anders": ("mpt",),
}
"""The delivery forms that a state stands for."""


@dataclass(frozen=True)
class Profiles:
    """Per stay the package (index in `cells.packages`) before and after, `NONE` for no indication, and `moment`.

    `moment`: 0 an indication from before the stay, 1 one during it, 2 one after it (ELV and GRZ).
    """

    before: Ints
    after: Ints
    moment: Ints


def deal_profiles(stays: Stays, stock: Floats, rng: np.random.Generator) -> Profiles:
    """`stock`: clients per cell, for profiles that no table prints."""
    result = Profiles(np.full(len(stays), NONE), np.full(len(stays), NONE), np.zeros(len(stays), dtype=np.int64))
    for form in ("elv", "grz"):
        for year in trajectory_years():
            _around_zvw(stays, stays.of_form(form) & (stays.year() == year), form, year, stock, result, rng)
    for year in trajectory_years():
        _around_recovery(stays, stays.of_form("vv9b") & (stays.year() == year), year, result, rng)
        _around_crisis(stays, stays.of_form("wlz_crisis") & (stays.year() == year), year, stock, result, rng)
    recovery = _index("VV9")
    for states, found in ((stays.before, result.before), (stays.after, result.after)):
        found[states == STATES.index("vv9_anders")] = recovery
    return result


def cells_for(state: Ints, package: Ints, stock: Floats, rng: np.random.Generator) -> Ints:
    """The cell of care in these states, at home in the forms in which the stock has the package."""
    result = np.full(len(state), NONE)
    for name, forms in _CARE_FORMS.items():
        for at in np.unique(package[state == STATES.index(name)]):
            rows = np.flatnonzero((state == STATES.index(name)) & (package == at))
            options = np.array([at * len(FORMS) + FORMS.index(form) for form in forms])
            weight = stock[options] + 1e-9 * (np.array(forms) != "pgb")
            result[rows] = rng.choice(options, len(rows), p=weight / weight.sum())
    return result


def _around_zvw(
    stays: Stays, mine: Bools, form: str, year: int, stock: Floats, result: Profiles, rng: np.random.Generator
) -> None:
    """Who had Wlz care keeps the profile; who gets it has a new indication, at a printed moment or before."""
    for name in LASTING[:3]:
        rows = np.flatnonzero(mine & (stays.before == STATES.index(name)))
        result.before[rows] = result.after[rows] = _from_stock(name, "vv", stock, len(rows), rng)
    new = rng.permutation(
        np.flatnonzero(mine & (stays.before == 0) & np.isin(stays.after, [STATES.index(name) for name in LASTING]))
    )
    size = mine.sum() / sum(k.finished + k.unfinished for k in all_kinds() if (k.form, k.year) == (form, year))
    done = 0
    for moment, name in ((1, "tijdens"), (2, "binnen_2_weken_na"), (0, "binnen_2_weken_na")):
        printed = _printed(form, name, year)
        total = printed.pop("totaal")
        # VV9 would be a VV9b trajectory; what is left of the total is other than VV.
        printed.pop("VV9", None)
        printed["niet_vv"] = max(total - sum(printed.values()), 0)
        wanted = round(total * size) if moment else len(new)
        rows = new[done : done + wanted]
        done += len(rows)
        result.moment[rows] = moment
        result.after[rows] = _deal(printed, len(rows), rng)


def _around_recovery(stays: Stays, mine: Bools, year: int, result: Profiles, rng: np.random.Generator) -> None:
    lasting = [STATES.index(name) for name in LASTING[:3]]
    had = np.flatnonzero(mine & np.isin(stays.before, lasting))
    printed = _profiles("vv9b", "week_voor", year)
    full = sum(kind.finished for kind in all_kinds() if (kind.form, kind.year) == ("vv9b", year))
    # More have an indication than Wlz care; who comes from crisis care has that of then.
    more = round(sum(printed.values()) * mine.sum() / full) - len(had)
    more -= int((mine & (stays.before == STATES.index("crisis"))).sum())
    waiting = rng.permutation(np.flatnonzero(mine & (stays.before == 0) & np.isin(stays.after, lasting)))
    had = np.concatenate([had, waiting[: max(more, 0)]])
    result.before[had] = _deal(printed, len(had), rng)
    rows = np.flatnonzero(mine & ((result.before >= 0) | np.isin(stays.after, lasting)))
    printed = _profiles("vv9b", "tot_en_met_2_weken_na", year)
    result.after[rows] = _changed(result.before[rows], np.isin(stays.after[rows], lasting), printed, rng)


def _around_crisis(
    stays: Stays, mine: Bools, year: int, stock: Floats, result: Profiles, rng: np.random.Generator
) -> None:
    """Most people have an indication before crisis care, also without Wlz care.

    The tables print VV profiles; those of GHZ follow the stock. Of VV, so many have none as the table leaves.
    """
    lasting = [STATES.index(name) for name in LASTING[:3]]
    ghz = np.array([kind.category == "ghz" for kind in all_kinds()])[stays.kind]
    for name in LASTING[:3]:
        rows = np.flatnonzero(mine & ghz & ((stays.before == STATES.index(name)) | (stays.after == STATES.index(name))))
        package = _from_stock(name, "ghz", stock, len(rows), rng)
        result.after[rows] = package
        result.before[rows] = np.where(np.isin(stays.before[rows], lasting), package, NONE)
    elders = np.flatnonzero(mine & ~ghz)
    printed = _profiles("wlz_crisis", "week_voor", year)
    full = sum(k.finished for k in all_kinds() if (k.form, k.category, k.year) == ("wlz_crisis", "vv", year))
    without = max(round(len(elders) * (1 - sum(printed.values()) / full)), 0)
    # Without an indication: first those who had no Wlz care and get none, then those who get it.
    order = np.lexsort((rng.random(len(elders)), np.isin(stays.after[elders], lasting), stays.before[elders] != 0))
    none, some = elders[order][:without], elders[order][without:]
    result.before[some] = _deal(printed, len(some), rng)
    rows = np.concatenate([some, none[np.isin(stays.after[none], lasting)]])
    after = _profiles("wlz_crisis", "tot_en_met_2_weken_na", year)
    result.after[rows] = _changed(result.before[rows], np.isin(stays.after[rows], lasting), after, rng)


def _changed(before: Ints, care: Bools, printed: dict[str, float], rng: np.random.Generator) -> Ints:
    """The profile after, as printed over all; who has one keeps it where it can be, and without care after always."""
    left = np.bincount(_deal(printed, len(before), rng), minlength=len(packages()))
    result = before.copy()
    left -= np.bincount(before[~care], minlength=len(packages()))
    for package in np.unique(before[care & (before >= 0)]):
        rows = rng.permutation(np.flatnonzero(care & (before == package)))
        keep = int(np.clip(left[package], 0, len(rows)))
        result[rows[keep:]] = NONE
        left[package] -= keep
    rows = np.flatnonzero(care & (result == NONE))
    options = np.repeat(np.arange(len(left)), np.maximum(left, 0))
    result[rows] = rng.permutation(np.resize(options if len(options) else before[before >= 0], len(rows)))
    return result


def _printed(form: str, moment: str, year: int) -> dict[str, float]:
    """Trajectories per printed profile; there are no figures before the second year, which stands for the first."""
    rows = [row for row in published("kortdurend_indicaties") if (row["zorgvorm"], row["moment"]) == (form, moment)]
    known = max(year, trajectory_years()[1])
    return {
        row["zorgprofiel"]: 5.0 if row["trajecten"] == "<10" else float(row["trajecten"])
        for row in rows
        if int(row["jaar"]) == known
    }


def _profiles(form: str, moment: str, year: int) -> dict[str, float]:
    """Without the rows that are no profile, and those that this data set does not have here.

    VV9 care beside crisis care would be another trajectory; 'niet_vv' there is GHZ. VV2 and VV3 are not given any more.
    """
    out = {"geen", "totaal"} | ({"VV9", "niet_vv"} if form == "wlz_crisis" else set())
    printed = {name: number for name, number in _printed(form, moment, year).items() if name not in out}
    return {name: number for name, number in printed.items() if packages()[_index(name)].takes_newcomers}


def _deal(printed: dict[str, float], count: int, rng: np.random.Generator) -> Ints:
    """Packages in the printed proportions, in random order."""
    shares = np.array(list(printed.values()))
    counts = spread(shares / shares.sum() * count, rng)
    index = np.array([_index(name) for name in printed])
    return rng.permutation(np.resize(np.repeat(index, counts), count)) if count else np.zeros(0, dtype=np.int64)


def _index(profile: str) -> int:
    """VV5 and the like; other than VV stands for LG6, which the source names."""
    sector, number = ("lg", 6) if profile == "niet_vv" else ("vv", int(profile[2:]))
    (at,) = [at for at, package in enumerate(packages()) if (package.sector, package.profile) == (sector, number)]
    return at


def _from_stock(state: str, wlz_sector: str, stock: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Packages as the stock has them in the forms of this state."""
    per_package = stock.reshape(-1, len(FORMS))
    weight = per_package[:, [FORMS.index(form) for form in _CARE_FORMS[state]]].sum(axis=1)
    fits = [p.wlz_sector == wlz_sector and p.takes_newcomers and p.months_valid is None for p in packages()]
    weight = weight * np.array(fits)
    return rng.choice(len(weight), count, p=weight / weight.sum())
