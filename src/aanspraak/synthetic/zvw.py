"""Zvw claims: spending per sector by group, and paramedical care for exactly the published number of clients."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aanspraak.synthetic.calendar import Days, month_starts
from aanspraak.synthetic.calibration import Floats, Ints, unique_clients, years
from aanspraak.synthetic.cells import FORMS, form_of, package_of, packages
from aanspraak.synthetic.lines import whole
from aanspraak.synthetic.population import Episodes
from aanspraak.synthetic.sources import published
from aanspraak.synthetic.tariffs import growth

PARAMEDICAL = "PMZ"
_PER_CLAIM = ("ELV", "GRZ", "GZS")
"""Sectors whose assumed amount is that of a claim; the others are amounts a year."""


@dataclass(frozen=True)
class ZvwLines:
    """Lines of `zvw_declaraties`; `kind` is an index in the paramedical kinds, -1 for other sectors."""

    client: Ints
    sector: Ints
    kind: Ints
    begin: Ints
    hundredths: Ints
    cents: Ints
    extra: NDArray[np.bool_]
    """From the aanvullende verzekering."""


def sectors(assumptions: dict[str, Any]) -> list[str]:
    return [*assumptions["zvw_gebruik"], PARAMEDICAL]


def kinds(assumptions: dict[str, Any]) -> list[str]:
    """Codes of the paramedical kinds."""
    return list(assumptions["paramedisch_soort"])


def paramedical_users(episodes: Episodes, assumptions: dict[str, Any], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Who has paramedical care from the Zvw in which month, shape (episodes, months).

    Per year and group of forms the share of unique clients is the published one: each user has it in at least one month
    that counts for the group.
    """
    result = np.zeros((len(episodes.client), len(month_starts()) - 1), dtype=bool)
    chance = assumptions["paramedisch_gebruik"]["kans"]
    for forms, share in _shares(assumptions):
        inside = np.isin(form_of(episodes.cell), [FORMS.index(form) for form in forms])
        for year in range(len(years())):
            opening, closing = 12 * year, 12 * year + 11
            which = np.flatnonzero(inside & (episodes.first <= closing) & (episodes.last >= opening))
            clients = np.unique(episodes.client[which])
            users = rng.choice(clients, round(share * len(clients)), replace=False)
            which = which[np.isin(episodes.client[which], users)]
            since = np.maximum(episodes.first[which], opening)
            until = np.minimum(episodes.last[which], closing)
            for month in range(opening, closing + 1):
                has = (since <= month) & (month <= until) & (rng.random(len(which)) < chance)
                result[which[has], month] = True
            sure = np.diff(episodes.client[which], prepend=-1) > 0
            day = since + (rng.random(len(which)) * (until - since + 1)).astype(np.int64)
            result[which[sure], day[sure]] = True
    return result


def month_claims(
    episodes: Episodes, users: NDArray[np.bool_], assumptions: dict[str, Any], month: int, rng: np.random.Generator
) -> ZvwLines:
    """All Zvw lines that begin in `month`, noise included."""
    starts = month_starts()
    deciding = episodes.deciding(month)
    before = _soon(episodes, month, assumptions["maanden_vooraf"])
    which = np.concatenate([deciding, before])
    early = np.arange(len(which)) >= len(deciding)
    form = np.array(FORMS)[form_of(episodes.cell[which])]
    group = np.where(early, "vooraf", np.where(form == "zzp_incl", "zzp_incl", "anders"))
    parts = []
    for at, (sector, chances) in enumerate(assumptions["zvw_gebruik"].items()):
        chance = sum(np.where(group == name, value, 0.0) for name, value in chances.items())
        hit = np.flatnonzero(rng.random(len(which)) < chance)
        cents = _amounts(sector, episodes.cell[which[hit]], assumptions, month, rng)
        parts.append((which[hit], at, cents, np.full(len(hit), 100), np.full(len(hit), -1)))
    treated = deciding[users[deciding, month]]
    use = assumptions["paramedisch_gebruik"]
    sessions = 1 + rng.poisson(use["zittingen"] - 1, len(treated))
    cents = whole(100 * use["prijs"] * growth(month // 12, assumptions) * sessions)
    share = [kind["aandeel"] for kind in assumptions["paramedisch_soort"].values()]
    kind = rng.choice(len(share), len(treated), p=share)
    parts.append((treated, len(assumptions["zvw_gebruik"]), cents, 100 * sessions, kind))
    return _with_noise(_assemble(parts, episodes, starts, month, assumptions, rng), episodes, assumptions, rng)


def _shares(assumptions: dict[str, Any]) -> list[tuple[tuple[str, ...], float]]:
    rows = {row["leveringsvorm"]: row for row in published("paramedische_zorg_zvw")}
    found = [
        (forms, float(rows[name]["met_paramedische_zorg"]) / unique)
        for name, (unique, forms) in unique_clients().items()
    ]
    rest = [form for form in FORMS if not any(form in forms for forms, _ in found)]
    return found + [((form,), assumptions["paramedisch_thuis"]) for form in rest]


def _soon(episodes: Episodes, month: int, months: int) -> Ints:
    """First episodes of clients whose Wlz care begins in one of the next `months`."""
    opening = np.diff(episodes.client, prepend=-1) > 0
    return np.flatnonzero(opening & (episodes.first > month) & (episodes.first <= month + months))


def _amounts(sector: str, cell: Ints, assumptions: dict[str, Any], month: int, rng: np.random.Generator) -> Ints:
    """Skewed amounts in cents, at least one, whose mean times the chance of a claim is the assumed level."""
    levels = assumptions["zvw_bedrag_per_jaar"]
    level: Floats = np.array([levels[package.wlz_sector][sector] for package in packages()], dtype=float)
    if sector not in _PER_CLAIM:
        level = level / 12 / assumptions["zvw_gebruik"][sector]["anders"]
    shape = assumptions["zvw_spreiding"]
    drawn = rng.standard_gamma(shape, len(cell)) / shape
    return np.maximum(whole(100 * level[package_of(cell)] * growth(month // 12, assumptions) * drawn), 1)


def _assemble(
    parts: list[tuple[Ints, int, Ints, Ints, Ints]],
    episodes: Episodes,
    starts: Days,
    month: int,
    assumptions: dict[str, Any],
    rng: np.random.Generator,
) -> ZvwLines:
    """Put the sectors under each other; every line gets a day of the month, up to the end of the care."""
    which = np.concatenate([part[0] for part in parts])
    sector = np.repeat([part[1] for part in parts], [len(part[0]) for part in parts])
    last = np.minimum(episodes.finish[which], starts[month + 1] - 1)
    begin = starts[month] + (rng.random(len(which)) * (last - starts[month] + 1)).astype(np.int64)
    extra = np.array([assumptions["zvw_aanvullend"].get(name, 0.0) for name in sectors(assumptions)])
    return ZvwLines(
        episodes.client[which], sector, np.concatenate([part[4] for part in parts]), begin,
        np.concatenate([part[3] for part in parts]), np.concatenate([part[2] for part in parts]),
        rng.random(len(which)) < extra[sector],
    )  # fmt: skip


def _with_noise(lines: ZvwLines, episodes: Episodes, assumptions: dict[str, Any], rng: np.random.Generator) -> ZvwLines:
    """Add credited lines (a line and its credit: nothing) and lines of people without Wlz care."""
    noise = assumptions["zvw_ruis"]
    count = len(lines.client)
    wrong = np.flatnonzero(rng.random(count) < noise["correctie"])
    other = np.flatnonzero(rng.random(count) < noise["zonder_wlz"])
    rows = np.concatenate([np.arange(count), wrong, wrong, other])
    client, cents = lines.client[rows], lines.cents[rows]
    cents[count + len(wrong) : count + 2 * len(wrong)] *= -1
    outsiders = max(round(noise["zonder_wlz"] * episodes.clients), 1)
    client[count + 2 * len(wrong) :] = episodes.clients + rng.integers(0, outsiders, len(other))
    return ZvwLines(client, lines.sector[rows], lines.kind[rows], lines.begin[rows], lines.hundredths[rows], cents, lines.extra[rows])  # fmt: skip
