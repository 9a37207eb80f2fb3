"""Random histories around short-term care: few days and lengths, so that stays touch, overlap and tie."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.monitor.datasets import entry

from .oracle import Row, Tables

SWITCH = date(2020, 2, 1)

PRESTATIES = [
    entry("ZI", "basis", "zzp_incl", "vv", 5),
    entry("ZE", "basis", "zzp_excl", "vv", 4),
    entry("VI", "basis", "vpt_incl", "vg", 3),
    entry("9B", "vv9b", "zzp_incl", "vv", 9),
    entry("9C", "vv9b", "zzp_incl", "vv", 9),
    entry("9E", "vv9b", "zzp_excl", "vv", 9),
    entry("9V", "vv9b", "vpt_incl", "vv", 9),
    entry("9X", "vv9b", "zzp_incl", "vv", 9, dagprestatie=False),
    entry("9Z", "basis", "zzp_incl", "vv", 9),
    entry("M1", "modulair", "mpt", dagprestatie=False),
    entry("TZ", "toeslag", "zzp_incl", "vv", 5),
    entry("TM", "toeslag", "mpt"),
    entry("MU", "mutatiedag", "zzp_incl", "vv", 5),
    entry("MM", "mutatiedag", "mpt"),
    entry("LO", "modulair", dagprestatie=False),
    entry("CV", "crisis", sector="vv"),
    entry("CG", "crisis", sector="vg"),
    entry("CQ", "crisis", sector="ggz"),
    entry("C0", "crisis"),
    entry("CA", "crisis", sector="lg", dagprestatie=False),
    entry("CT", "crisis", sector="vv", geldig_tot=SWITCH),
    entry("EW", "elv"),
    entry("GA", "grz", dagprestatie=False),
    entry("GD", "grz"),
]
PAKKETTEN = [
    {"zorgzwaartepakket": "191", "sector": "vv", "zorgprofiel": 9},
    {"zorgzwaartepakket": "753", "sector": "vv", "zorgprofiel": 4},
    {"zorgzwaartepakket": "754", "sector": "vv", "zorgprofiel": 5},
    {"zorgzwaartepakket": "830", "sector": "lg", "zorgprofiel": 6},
    {"zorgzwaartepakket": "998", "sector": None, "zorgprofiel": None},
]
CODES = [row["prestatiecode"] for row in PRESTATIES]
_STAYS = ["9B", "9B", "9C", "9E", "9X", "CV", "CV", "CG", "CQ", "C0", "CA", "CT"]
_CARE = ["ZI", "ZE", "VI", "9E", "9V", "9Z", "M1", "TZ", "TM", "MU", "MM", "LO", "EW", "ONBEKEND"]
_KINDS = [None, "laag_complex", "hoog_complex", "hoog_complex", "cva", "palliatief_terminaal", "coordinatie"]
_PACKAGES = [None, "191", "753", "754", "830", "998", "999"]
_AMOUNTS = ["100.10", "100.10", "100.10", "2500.55", "0.01", "0", "-100.10"]
_LAST = date(2023, 12, 15)
"""No claim begins later, so that stays end on both sides of the closing date."""
_ANCHORS = [
    date(2018, 1, 1),
    date(2019, 12, 20),
    date(2020, 1, 25),
    date(2020, 2, 29),
    date(2023, 11, 28),
    date(2023, 12, 8),
]


def history(client: Any, rng: Random) -> Tables:
    """What one client went through, most of it within two months around one day."""
    anchor = rng.choice(_ANCHORS)
    found: Tables = {name: [] for name in ("wlz_declaraties", "zvw_declaraties", "pgb_toekenningen")}
    found |= {"indicaties": [], "overlijden": []}
    day = anchor + timedelta(days=rng.randint(-3, 3))
    for _ in range(rng.randint(1, 4)):
        length = rng.choice([1, 1, 2, 7, 14, 31, 60])
        last = day + timedelta(days=length - 1)
        table, line = _claim(client, min(day, _LAST), last, rng)
        found[table].append(line)
        if rng.random() < 0.2:  # a credit, all of it or of another amount
            found[table].append({**line, "bedrag": -line["bedrag"] if rng.random() < 0.7 else Decimal("-50")})
        # the next claim overlaps, touches, leaves a day, or comes at the edge of a window
        day = last + timedelta(days=rng.choice([-5, 0, 1, 1, 2, 3, 7, 8, 14, 15, 16]))
    stays = [row for name in ("wlz_declaraties", "zvw_declaraties") for row in found[name]]
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        near = rng.choice(stays)
        edge = rng.choice([near["begindatum"], near["einddatum"]])
        begin = min(edge + timedelta(days=rng.choice([-40, -8, -7, -1, 0, 1, 2, 14, 15])), _LAST)
        end = begin + timedelta(days=rng.choice([0, 0, 1, 6, 30, 200]))
        if rng.random() < 0.15:
            amount = rng.choice([None, Decimal(0), Decimal(10)])
            row = {"client": client, "begindatum": begin, "einddatum": end, "zorgzwaartepakket": rng.choice(_PACKAGES)}
            found["pgb_toekenningen"].append({**row, "bedrag": amount})
        else:
            found["wlz_declaraties"].append(_wlz(client, rng.choice(_CARE), begin, end, rng))
    for _ in range(rng.choice([0, 0, 1, 1, 2, 3])):
        near = rng.choice(stays)
        begin = rng.choice([near["begindatum"], near["einddatum"]])
        begin += timedelta(days=rng.choice([-60, -8, -7, -1, 0, 0, 1, 5, 14, 15]))
        end = rng.choice([None, None, begin, begin + timedelta(days=5), begin + timedelta(days=60)])
        given = begin + timedelta(days=rng.choice([-10, 0, 0, 5, 14, 15, 30]))
        found["indicaties"].append(
            {
                "client": client, "afgiftedatum": given, "ingangsdatum": begin, "einddatum": end,
                "zorgzwaartepakket": rng.choice(_PACKAGES),
            }
        )  # fmt: skip
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2])):
        near = rng.choice(stays)
        day = near["einddatum"] + timedelta(days=rng.choice([-400, -1, 0, 0, 1, 14, 15]))
        found["overlijden"].append({"client": client, "datum": day})
    return found


def _claim(client: Any, begin: date, end: date, rng: Random) -> tuple[str, Row]:
    if rng.random() < 0.5:
        return "wlz_declaraties", _wlz(client, rng.choice(_STAYS), begin, end, rng)
    return "zvw_declaraties", {
        "client": client, "sector": rng.choice(["ELV", "ELV", "GRZ", "GRZ", "GRZ", "HAZ"]),
        "zorgsoort": rng.choice(_KINDS), "prestatiecode": rng.choice([None, None, "GA", "GD", "ONBEKEND"]),
        "begindatum": begin, "einddatum": end, "aantal": Decimal(1), "bedrag": Decimal(rng.choice(_AMOUNTS)),
        "verzekering": "basis", "zorgaanbieder": None,
    }  # fmt: skip


def _wlz(client: Any, code: str, begin: date, end: date, rng: Random) -> Row:
    return {
        "client": client, "prestatiecode": code, "begindatum": begin, "einddatum": end, "aantal": Decimal(1),
        "bedrag": Decimal(rng.choice(_AMOUNTS)), "zorgaanbieder": None, "zorgzwaartepakket": rng.choice(_PACKAGES),
    }  # fmt: skip


def histories(number: int, seed: int) -> Tables:
    """So many clients in one data set, some of them without a client number."""
    rng = Random(seed)  # noqa: S311 - not for secrets
    data: Tables = {"prestaties": PRESTATIES, "zorgzwaartepakketten": PAKKETTEN}
    for i in range(number):
        client = rng.choice([None, "", "0"]) if rng.random() < 0.02 else f"c{i}"
        for name, rows in history(client, rng).items():
            data.setdefault(name, []).extend(rows)
    return data


EMPTY: Tables = {
    "prestaties": [], "zorgzwaartepakketten": [], "wlz_declaraties": [], "zvw_declaraties": [],
    "pgb_toekenningen": [], "indicaties": [], "overlijden": [],
}  # fmt: skip
