"""How many clients every cell has in every month, from the published yearly figures.

Tables 1-2 of nza-2023 give form × year, tables 3-6 profile and form × profile for one year. Where no cell is printed,
the margins are fitted (iterative proportional fitting). Between years the composition of a form stays as printed for
that one year; months follow the flattest path whose yearly means are the printed figures.
"""

from typing import Any

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Floats, Ints
from aanspraak.synthetic.cells import FORMS, cell_index, cells_in, packages

WLZ_SECTORS = ("vv", "ghz")
_MONTHS = 12


def years() -> range:
    """The years with published figures."""
    found = [int(row["jaar"]) for row in published("clienten_per_leveringsvorm")]
    return range(min(found), max(found) + 1)


def detail_year() -> int:
    """The one year whose profiles are published."""
    (year,) = {int(row["jaar"]) for row in published("clienten_per_zorgprofiel")}
    return year


def detail_months() -> slice:
    start = (detail_year() - years()[0]) * _MONTHS
    return slice(start, start + _MONTHS)


def stock(assumptions: dict[str, Any]) -> Floats:
    """Clients at full size, shape (months, cells)."""
    composition = _composition(assumptions)
    decline = assumptions["afname_gesloten_profielen"]
    months = np.arange(len(years()) * _MONTHS)
    result = np.zeros((len(months), len(composition)))
    for wlz_sector in WLZ_SECTORS:
        fade = np.exp(-decline[wlz_sector] * months)
        fade /= fade[detail_months()].mean()
        for form in FORMS:
            cells = cells_in(wlz_sector, form)
            closed, opened = _split(cells)
            result[:, closed] = np.outer(fade, composition[closed])
            left = _path(_yearly(wlz_sector, form)) - result[:, closed].sum(axis=1)
            result[:, opened] = np.outer(left, composition[opened] / composition[opened].sum())
    return result


def whole_clients(clients: Floats, scale: float, present: Ints | None = None) -> Ints:
    """`clients` at `scale` as whole people, with the total of every form in every month as close as can be.

    `present` are clients that there are already, per month and cell. VV9b is all among them; what the detail year has
    more of its profile is at home.
    """
    scaled = clients * scale
    there = np.zeros(scaled.shape, dtype=np.int64) if present is None else present
    wanted = scaled - there
    if present is not None:
        recovery = cell_index([package.kind for package in packages()].index("vv9b"), FORMS[0])
        wanted[:, recovery + FORMS.index("mpt")] += max(wanted[detail_months(), recovery].mean(), 0)
        wanted[:, recovery] = 0
    result = np.zeros(scaled.shape, dtype=np.int64)
    for wlz_sector in WLZ_SECTORS:
        for form in FORMS:
            cells = cells_in(wlz_sector, form)
            closed, opened = _split(cells)
            # A fixed offset per cell never lets a shrinking cell grow, and is right on average over the cells.
            result[:, closed] = np.floor(scaled[:, closed] + (closed * 0.6180339887) % 1)
            total = np.floor(scaled[:, cells].sum(axis=1) + 0.5) - there[:, cells].sum(axis=1)
            left = np.maximum(total - result[:, closed].sum(axis=1), 0)
            room = np.maximum(wanted[:, opened], 0)
            share = room.cumsum(axis=1) / np.maximum(room.sum(axis=1, keepdims=True), 1e-9)
            bounds = np.floor(share * left[:, None] + 0.5)
            result[:, opened] = np.diff(bounds, axis=1, prepend=0).astype(np.int64)
    return result


def exit_rates(clients: Floats, assumptions: dict[str, Any], others: dict[str, float] | None = None) -> Floats:
    """Chance per month that a client leaves the form, per cell.

    For vv in zzp and vpt the rate follows from the published number of unique clients: those of the first month plus
    all who came in later. Who came in = who left + the growth, so who left = unique - those of the last month.
    `others` are unique clients of the published groups who are not among `clients`.
    """
    rates = np.zeros(clients.shape[1])
    for wlz_sector, per_sector in assumptions["uitstroom_per_maand"].items():
        for form, rate in per_sector.items():
            rates[cells_in(wlz_sector, form)] = rate
    unknown = rates == 0
    for at, package in enumerate(packages()):
        mine = slice(cell_index(at, FORMS[0]), cell_index(at + 1, FORMS[0]))
        special = assumptions["uitstroom_per_maand_profiel"].get(package.name)
        if special is not None or not package.takes_newcomers:
            # Closed packages only shrink; see `stock`.
            rates[mine], unknown[mine] = special or 0, False
    months = clients[detail_months()]
    known = np.maximum(months[:-1] * rates, months[:-1] - months[1:]).sum(axis=0)
    for name, (unique, forms) in unique_clients().items():
        group = np.concatenate([cells_in(sector, form) for sector in WLZ_SECTORS for form in forms])
        free, fixed = group[unknown[group]], group[~unknown[group]]
        left = unique - (others or {}).get(name, 0) - months[-1, group].sum() - known[fixed].sum()
        rates[free] = left / months[:-1, free].sum()
    return rates


def unique_clients() -> dict[str, tuple[int, tuple[str, ...]]]:
    """Per published group: unique clients in the detail year, and the forms that make up the group.

    The source does not say which sectors it counts; here they are those of vv and ghz together (an inference).
    """
    return {
        row["leveringsvorm"]: (int(row["unieke_clienten"]), _GROUPS[row["leveringsvorm"]])
        for row in published("paramedische_zorg_zvw")
    }


_GROUPS = {
    "verblijf_met_behandeling": ("zzp_incl",),
    "verblijf_zonder_behandeling": ("zzp_excl",),
    "vpt": ("vpt_incl", "vpt_excl"),
}


def _composition(assumptions: dict[str, Any]) -> Floats:
    """Weighted clients per cell in the detail year."""
    result = np.zeros(len(packages()) * len(FORMS))
    index = {(package.sector, package.profile): at for at, package in enumerate(packages())}
    for row in published("clienten_per_leveringsvorm_zorgprofiel"):
        package = index[row["sector"], int(row["zorgprofiel"])]
        result[cell_index(package, row["bekostiging"])] = float(row["gewogen_clienten"])
    rows = _rest_per_package(assumptions)
    for wlz_sector in WLZ_SECTORS:
        rest = [at for at in rows if packages()[at].wlz_sector == wlz_sector]
        columns = np.array([_yearly(wlz_sector, form)[years().index(detail_year())] for form in FORMS])
        columns -= [result[cells_in(wlz_sector, form)].sum() for form in FORMS]
        start = np.array([_start_weights(at, assumptions) for at in rest])
        fitted = _fit(start, np.array([rows[at] for at in rest]), columns)
        for at, values in zip(rest, fitted, strict=True):
            result[at * len(FORMS) : (at + 1) * len(FORMS)] = values
    return result


def _rest_per_package(assumptions: dict[str, Any]) -> dict[int, float]:
    """Weighted clients of the packages for which no form × profile table is printed."""
    printed = {(row["sector"], row["zorgprofiel"]) for row in published("clienten_per_leveringsvorm_zorgprofiel")}
    totals = {
        (row["sector"], row["zorgprofiel"]): float(row["gewogen_clienten"])
        for row in published("clienten_per_zorgprofiel")
    }
    shares = assumptions["verdeling_overige_ghz"]
    rest: dict[int, float] = {}
    for at, package in enumerate(packages()):
        profile = str(package.profile)
        if (package.sector, profile) in printed:
            continue
        if package.sector in ("vv", "vg"):
            rest[at] = totals[package.sector, profile]
        else:
            other = totals["ghz", profile] - totals["vg", profile]
            rest[at] = other * shares[package.profile][package.sector]
    return rest


def _start_weights(at: int, assumptions: dict[str, Any]) -> list[float]:
    package = packages()[at]
    weights = assumptions["startgewicht_leveringsvorm"]
    mine = weights.get(package.name, weights.get(package.sector, {}))
    return [0.0 if form == "pgb" and not package.allows_pgb else mine.get(form, 1.0) for form in FORMS]


def _fit(start: Floats, rows: Floats, columns: Floats) -> Floats:
    """Iterative proportional fitting of `start` to both margins; ends on the columns, which are exact."""
    table = start
    for _ in range(500):
        table = table * (rows / table.sum(axis=1))[:, None]
        table = table * (columns / table.sum(axis=0))
    return table


def _yearly(wlz_sector: str, form: str) -> Floats:
    found = {
        int(row["jaar"]): float(row["gewogen_clienten"])
        for row in published("clienten_per_leveringsvorm")
        if row["sector"] == wlz_sector and row["bekostiging"] == form
    }
    return np.array([found[year] for year in years()])


def _path(yearly: Floats) -> Floats:
    """Monthly values with these yearly means and the smallest sum of squared steps."""
    count = len(yearly) * _MONTHS
    steps = np.diff(np.eye(count), axis=0)
    means = np.kron(np.eye(len(yearly)), np.full(_MONTHS, 1 / _MONTHS))
    system = np.block([[2 * steps.T @ steps, means.T], [means, np.zeros((len(yearly), len(yearly)))]])
    result: Floats = np.linalg.solve(system, np.concatenate([np.zeros(count), yearly]))[:count]
    return result


def _split(cells: Ints) -> tuple[Ints, Ints]:
    """The cells of packages that take no newcomers, and the others."""
    opens = np.array([packages()[cell // len(FORMS)].takes_newcomers for cell in cells])
    return cells[~opens], cells[opens]
