"""Who has paramedical care from the Zvw: exactly the published share of unique clients per group of forms."""

from typing import Any

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Bools, Floats
from aanspraak.synthetic.calendar import month_count
from aanspraak.synthetic.calibration import unique_clients
from aanspraak.synthetic.cells import FORMS
from aanspraak.synthetic.episodes import Episodes
from aanspraak.synthetic.world import in_forms


def paramedical_months(people: Episodes, assumptions: dict[str, Any], rng: np.random.Generator) -> Bools:
    """Shape (episodes, months); only months that the episode decides.

    Per calendar year and group of forms, so many unique clients as published have it in at least one month that counts
    for the group. The years without published figures get the same share.
    """
    result = np.zeros((len(people.client), month_count()), dtype=bool)
    chance = assumptions["paramedisch_gebruik"]["kans"]
    for forms, share in _shares(assumptions):
        inside = in_forms(people.cell, *forms)
        for opening in range(0, month_count(), 12):
            closing = opening + 11
            mine = np.flatnonzero(inside & (people.first <= closing) & (people.last >= opening))
            clients = np.unique(people.client[mine])
            users = rng.choice(clients, round(share * len(clients)), replace=False)
            mine = mine[np.isin(people.client[mine], users)]
            since = np.maximum(people.first[mine], opening)
            until = np.minimum(people.last[mine], closing)
            for month in range(opening, closing + 1):
                has = (since <= month) & (month <= until) & (rng.random(len(mine)) < chance)
                result[mine[has], month] = True
            sure = np.diff(people.client[mine], prepend=-1) > 0
            month_for_sure: Floats = since + rng.random(len(mine)) * (until - since + 1)
            result[mine[sure], month_for_sure[sure].astype(np.int64)] = True
    return result


def _shares(assumptions: dict[str, Any]) -> list[tuple[tuple[str, ...], float]]:
    """Share of unique clients per group of forms; by assumption for the forms that no table prints."""
    users = {row["leveringsvorm"]: int(row["met_paramedische_zorg"]) for row in published("paramedische_zorg_zvw")}
    found = [(forms, users[name] / unique) for name, (unique, forms) in unique_clients().items()]
    printed = {form for forms, _ in found for form in forms}
    return found + [((form,), assumptions["paramedisch_thuis"]) for form in FORMS if form not in printed]
