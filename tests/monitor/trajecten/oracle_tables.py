"""The result tables of the trajectories in plain Python: what is counted of the stays of `oracle`.

Results are lists of tuples in the column order of the output tables, without order.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import Any

from .oracle import AFTER, TERM, Choices, Row, Stay, Tables, claims, stays, trajecten


def half_up(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def count(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    found: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows:
        found[row] += 1
    return [(*row, n) for row, n in found.items()]


def both(rows: list[Row]) -> list[Row]:
    """Once under the category and once under the whole form."""
    return rows + [{**row, "categorie": "totaal"} for row in rows]


def lengths(rows: list[Row]) -> list[tuple[Any, ...]]:
    cells: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in both(rows):
        cells[row["zorgvorm"], row["categorie"], row["jaar"]].append(row["ligduur"])
    result = []
    for cell, days in cells.items():
        n, mean = len(days), Decimal(sum(days)) / len(days)
        spread = None
        if n > 1:
            variance = (n * sum(d * d for d in days) - sum(days) ** 2) / (n * (n - 1))
            spread = half_up(Decimal(int(100 * sqrt(variance) + 0.5)) / 100, 2)
        result.append((*cell, n, sum(days), half_up(mean, 2), spread))
    return result


def everything(data: Tables, choices: Choices) -> dict[str, list[tuple[Any, ...]]]:
    """Every output table of the run, by name."""
    rows, every = trajecten(data, choices), stays(data, choices)
    deaths: dict[str, date] = {}
    for row in data["overlijden"]:
        deaths[row["client"]] = min(row["datum"], deaths.get(row["client"], row["datum"]))

    begun: dict[tuple[Any, ...], list[bool]] = defaultdict(list)
    spent: dict[tuple[Any, ...], list[Stay]] = defaultdict(list)
    for stay in every:
        for kind in (stay.kind, "totaal"):
            cell = (stay.form, kind, stay.start.year)
            if stay.left_out in (None, "na_sluitdatum"):
                begun[cell].append(stay.left_out is None)
            if choices.start_years[0] <= stay.start.year <= choices.start_years[1]:
                spent[cell].append(stay)

    moments = []
    for row in rows:
        if row["zorgvorm"] in ("elv", "grz"):
            found = [(row["indicatie_moment"], row["indicatie_profiel"])] if row["indicatie_moment"] else []
        else:
            found = [("week_voor", row["profiel_voor"]), ("tot_en_met_2_weken_na", row["profiel_na"])]
        for moment, profile in found:
            moments += [(row["zorgvorm"], row["jaar"], moment, name) for name in (profile, "totaal")]

    fates: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for claim in claims(data):
        fates[claim["form"], claim["fate"]].append(claim)

    pairs: dict[tuple[Any, ...], list[bool]] = defaultdict(list)
    for row in rows:
        pairs[row["zorgvorm"], row["jaar"], row["week_voor"], row["twee_weken_na"]].append(row["doorgetrokken"])

    return {
        "trajecten": [tuple(row.values()) for row in rows],
        "verblijven": [
            (
                stay.client,
                stay.form,
                stay.kind,
                stay.start,
                stay.end,
                (stay.end - stay.start).days + 1,
                stay.start.year,
                stay.costs,
                stay.left_out,
            )
            for stay in every
        ],
        "eerste_besluiten": first_decisions(rows),
        "inzet": [(*cell, len(flags), sum(flags)) for cell, flags in begun.items()],
        "week_voor": count([(r["zorgvorm"], r["categorie"], r["jaar"], r["week_voor"]) for r in both(rows)]),
        "twee_weken_na": count([(r["zorgvorm"], r["categorie"], r["jaar"], r["twee_weken_na"]) for r in both(rows)]),
        "voor_na": [(*cell, len(flags), sum(flags)) for cell, flags in pairs.items()],
        "indicaties": count(moments),
        "ligduur": lengths(rows),
        "kosten": [
            (*cell, len({stay.client for stay in mine}), sum((stay.costs for stay in mine), Decimal(0)))
            for cell, mine in spent.items()
        ],
        "grz_naar_vv9b": moved(rows),
        "termijn_indicatie": term(rows),
        "wachten_op_plek": waiting(rows),
        "correcties": [
            (*cell, sum(claim["lines"] for claim in mine), sum(claim["amount"] for claim in mine))
            for cell, mine in fates.items()
        ],
        "tellingen": count(
            [(stay.form, stay.left_out or "trajecten") for stay in every]
            + [(row["zorgvorm"], "doorgetrokken") for row in rows if row["doorgetrokken"]]
            + [
                (row["zorgvorm"], "overleden_voor_start")
                for row in rows
                if row["client"] in deaths and deaths[row["client"]] < row["start"]
            ]
        ),
    }


def moved(rows: list[Row]) -> list[tuple[Any, ...]]:
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    recovery: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row["zorgvorm"] == "vv9b":
            recovery[row["jaar"]].append(row["ligduur"])
        if row["zorgvorm"] == "grz" and (row["week_voor"] != "geen_wlz" or row["indicatie_bij_start"]):
            group = "indicatie_zonder_zorg" if row["week_voor"] == "geen_wlz" else row["week_voor"]
            care = ["met_wlz_zorg"] if row["week_voor"] != "geen_wlz" else []
            for name in (group, *care, "totaal"):
                groups[row["jaar"], name].append(row["ligduur"])
    result = []
    for (year, group), days in groups.items():
        if other := recovery.get(year):
            same = int(half_up(Decimal(len(days)) * sum(other) / len(other), 0))
            shares = half_up(Decimal(len(days)) / len(other), 4), half_up(Decimal(sum(days)) / sum(other), 4)
            result.append((year, group, len(days), sum(days), same, len(other), sum(other), *shares))
        else:
            result.append((year, group, len(days), sum(days), None, None, None, None, None))
    return result


def first_decisions(rows: list[Row]) -> list[tuple[Any, ...]]:
    result = []
    for row in rows:
        if row["zorgvorm"] != "wlz_crisis" or row["week_voor"] != "geen_wlz" or row["indicatie_bij_start"]:
            continue
        decided = row["besluit_na_start"]
        if decided and decided > row["eind"] + timedelta(days=AFTER):
            decided = None
        late = max((decided - row["start"]).days - TERM, 0) if decided else 0
        outcome = "overleden" if row["twee_weken_na"] == "overleden" else "geen_besluit"
        if decided:
            outcome = "na_termijn" if late else "binnen_termijn"
        result.append((row["client"], row["start"], row["categorie"], row["jaar"], outcome, late))
    return result


def term(rows: list[Row]) -> list[tuple[Any, ...]]:
    cells: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for _, _, *cell, late in first_decisions(rows):
        cells[tuple(cell)].append(late)
    return [(*cell, len(days), sum(days)) for cell, days in cells.items()]


def waiting(rows: list[Row]) -> list[tuple[Any, ...]]:
    cells: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        stayed = row["twee_weken_na"] in ("verblijf_met_behandeling", "verblijf_zonder_behandeling")
        if row["zorgvorm"] in ("elv", "grz") and row["week_voor"] == "geen_wlz" and stayed:
            cells[row["zorgvorm"], row["jaar"], row["twee_weken_na"]].append(row)
    return [
        (
            *cell, len(mine), sum(row["bekend_vanaf"] is not None for row in mine),
            sum((row["eind"] - row["bekend_vanaf"]).days for row in mine if row["bekend_vanaf"]),
        )
        for cell, mine in cells.items()
    ]  # fmt: skip
