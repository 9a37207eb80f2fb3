"""Stays of short-term care: how many, how long, from when, from where to where, and which follow on each other."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Ints, runs, spread
from aanspraak.synthetic.calendar import first_day, month_starts
from aanspraak.synthetic.kortdurend_cijfers import FORMS, SHOWS, STATES, all_kinds, kinds, shown_by, trajectory_years
from aanspraak.synthetic.kortdurend_ijking import flows
from aanspraak.synthetic.kortdurend_ligduur import lengths

_GAP = (2, 7)
"""Days from the end of a trajectory to the start of the next of the same client: not joined, within the week before."""

_ROOM = 14
"""Days that the data must go on after the end of a finished trajectory."""


@dataclass(frozen=True)
class Stays:
    """One row per stay. `before` and `after` are indices in `STATES`; `begin`..`finish` the days, both included.

    `kind` is an index in `all_kinds`. `client` numbers the clients of short-term care from 0.
    """

    client: Ints
    kind: Ints
    begin: Days
    finish: Days
    before: Ints
    after: Ints

    def __len__(self) -> int:
        return len(self.client)

    @property
    def length(self) -> Ints:
        return self.finish - self.begin + 1

    def of_form(self, *forms: str) -> Bools:
        return np.isin([FORMS.index(kind.form) for kind in all_kinds()], [FORMS.index(form) for form in forms])[
            self.kind
        ]

    def year(self) -> Ints:
        return np.array([kind.year for kind in all_kinds()])[self.kind]


def draw_stays(assumptions: dict[str, Any], scale: float, rng: np.random.Generator) -> Stays:
    """All stays of all years."""
    parts = [_group(form, year, scale, rng) for form in FORMS for year in trajectory_years()]
    parts += [_unfinished(scale, rng), _without_trajectory(scale, rng)]
    kind, before, after, finished = (np.concatenate(column) for column in zip(*parts, strict=True))
    length = lengths(kind, finished, assumptions, rng)
    stays = _dated(kind, before, after, length, finished, rng)
    return _follow(stays, rng)


def _group(form: str, year: int, scale: float, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Bools]:
    """The finished stays of a form and year: kinds dealt at random over flows; those of crisis care are printed."""
    mine = [at for at, kind in enumerate(kinds()) if (kind.form, kind.year) == (form, year)]
    groups = [[at] for at in mine] if form == "wlz_crisis" else [mine]
    kind, cell = [], []
    for members in groups:
        category = kinds()[members[0]].category if form == "wlz_crisis" else "totaal"
        counts = spread(flows(form, category, year).ravel() * scale, rng)
        cell.append(np.repeat(np.arange(len(counts)), counts))
        shares = np.array([kinds()[at].finished for at in members])
        of_kind = spread(shares / shares.sum() * counts.sum(), rng)
        kind.append(rng.permutation(np.resize(np.repeat(members, of_kind), counts.sum())))
    cells = np.concatenate(cell)
    return np.concatenate(kind), cells // len(STATES), cells % len(STATES), np.ones(len(cells), dtype=bool)


def _unfinished(scale: float, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Bools]:
    counts = spread(np.array([kind.unfinished for kind in kinds()]) * scale, rng)
    return _without_wlz(np.repeat(np.arange(len(counts)), counts), finished=False)


def _without_trajectory(scale: float, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Bools]:
    """Palliative care and the like: a stay for every printed user."""
    others = all_kinds()[len(kinds()) :]
    counts = spread(np.array([kind.finished for kind in others]) * scale, rng)
    return _without_wlz(len(kinds()) + np.repeat(np.arange(len(counts)), counts), finished=True)


def _without_wlz(kind: Ints, finished: bool) -> tuple[Ints, Ints, Ints, Bools]:
    nowhere = np.zeros(len(kind), dtype=np.int64)
    return kind, nowhere, nowhere, np.full(len(kind), finished)


def _dated(kind: Ints, before: Ints, after: Ints, length: Ints, finished: Bools, rng: np.random.Generator) -> Stays:
    """Starts spread over the year. Stays of the last year end in time to see what follows, or, unfinished, do not."""
    year = np.array([each.year for each in all_kinds()])[kind]
    first = np.array([first_day(each) for each in trajectory_years()])[year - trajectory_years()[0]]
    last = np.array([first_day(each + 1) - 1 for each in trajectory_years()])[year - trajectory_years()[0]]
    closing = _closing()
    # Wlz care of the week before must lie within the data.
    first = first + np.where((before > 0) & (first == month_starts()[0]), _GAP[1] + 1, 0)
    links = np.isin(after, [STATES.index(state) for state in SHOWS])
    # Who goes on to another trajectory leaves room for it in the same year.
    last = np.where(links, last - length - 100, np.minimum(last, closing - length + 1))
    first = np.where(finished, first, np.maximum(first, closing - length + 2))
    last = np.where(finished, last, month_starts()[-1] - 1)
    begin = first + (rng.random(len(kind)) * np.maximum(last - first + 1, 1)).astype(np.int64)
    finish = np.minimum(begin + length - 1, month_starts()[-1] - 1)
    return Stays(np.arange(len(kind)), kind, begin, finish, before, after)


def _closing() -> int:
    return int(month_starts()[-1]) - 1 - _ROOM


def _follow(stays: Stays, rng: np.random.Generator) -> Stays:
    """Give stays that come from or go to another trajectory a shared client, the second soon after the first.

    Where one of a pair is missing, the other comes from no Wlz care, or goes to a stay with treatment.
    """
    client, begin, finish = stays.client.copy(), stays.begin.copy(), stays.finish.copy()
    before, after = stays.before.copy(), stays.after.copy()
    year, form = stays.year(), np.array([FORMS.index(kind.form) for kind in all_kinds()])[stays.kind]
    taken = np.zeros(len(stays), dtype=bool)
    for each in trajectory_years():
        for state, second in SHOWS.items():
            for first in FORMS:
                from_zvw = first in ("elv", "grz")
                came = 0 if from_zvw else STATES.index(shown_by(first))
                goers = (year == each) & (form == FORMS.index(first)) & (after == STATES.index(state))
                comers = (year == each) & (form == FORMS.index(second)) & (before == came) & ~taken
                if from_zvw:
                    comers &= ~np.isin(after, [STATES.index(name) for name in SHOWS])
                    comers &= np.array([kind.category == "vv" for kind in all_kinds()])[stays.kind]
                going, coming = np.flatnonzero(goers), rng.permutation(np.flatnonzero(comers))
                pairs = min(len(going), len(coming))
                after[going[pairs:]] = STATES.index("verblijf_met_behandeling")
                if not from_zvw:
                    before[coming[pairs:]] = 0
                one, two = going[:pairs], coming[:pairs]
                taken[two] = True
                client[two] = client[one]
                later = finish[one] + rng.integers(_GAP[0], _GAP[1] + 1, pairs) - begin[two]
                begin[two] += later
                finish[two] = np.minimum(finish[two] + later, _closing())
    return Stays(client, stays.kind, begin, finish, before, after)


def pieces(stays: Stays) -> tuple[Ints, Days, Days]:
    """The stays cut at the ends of months, as they are claimed: stay, first day, last day."""
    starts = month_starts()
    since = np.searchsorted(starts, stays.begin, side="right") - 1
    until = np.searchsorted(starts, stays.finish, side="right") - 1
    count = until - since + 1
    stay = np.repeat(np.arange(len(stays)), count)
    month = np.repeat(since, count) + runs(count)
    return stay, np.maximum(stays.begin[stay], starts[month]), np.minimum(stays.finish[stay], starts[month + 1] - 1)
