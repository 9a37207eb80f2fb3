"""The method of ZIN 2025, bijlage 5A, in plain Python: day by day, slow, obvious, and written apart from the SQL.

Stays and trajectories are here; the tables that count them are in `oracle_tables`.

Tables are lists of dicts with the columns of the data contract. Results are lists of tuples in the column order of
the output tables, without order.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

DAY = timedelta(days=1)
BEFORE, AFTER, TERM = 7, 14, 14
OUTSIDE = {
    ("elv", "palliatief_terminaal"), ("elv", "coordinatie"), ("elv", "specialistische_hulpmiddelen"),
    ("wlz_crisis", "ggz"),
}  # fmt: skip
CARRIES = {"elv", "grz", "vv9b"}
ORDER = ["crisis", "met", "vv9 met", "zonder", "vv9 zonder", "thuis", "vv9 thuis"]
LASTING = {
    "met": "verblijf_met_behandeling", "zonder": "verblijf_zonder_behandeling", "thuis": "thuis_met_wlz",
}  # fmt: skip


@dataclass
class Choices:
    gap: int = 1
    closing_date: date | None = None
    once_wlz: bool = True
    start_years: tuple[int, int] = (2018, 2023)


@dataclass
class Stay:
    client: str
    form: str
    kind: str
    start: date
    end: date
    costs: Decimal
    left_out: str | None = None
    claims: list[Row] = field(default_factory=list)


def koppel(data: Tables, line: Row) -> Row | None:
    for entry in data["prestaties"]:
        if (
            entry["prestatiecode"] == line["prestatiecode"]
            and entry["geldig_van"] <= line["begindatum"]
            and (entry["geldig_tot"] is None or line["begindatum"] < entry["geldig_tot"])
        ):
            return entry
    return None


def claims(data: Tables) -> list[Row]:
    """The claims for stays, added up per performance and dates, with their fate."""
    found: dict[tuple[Any, ...], list[Decimal]] = defaultdict(list)
    for line in data["zvw_declaraties"]:
        if line["sector"] in ("ELV", "GRZ"):
            entry = koppel(data, line)
            per_day = entry["dagprestatie"] if entry else True
            key = (line["sector"].lower(), line["zorgsoort"] or "onbekend", line["prestatiecode"] or "", per_day)
            found[line["client"], *key, line["begindatum"], line["einddatum"]].append(line["bedrag"])
    for line in data["wlz_declaraties"]:
        entry = koppel(data, line)
        if entry and entry["soort"] == "crisis":
            sector = entry["sector"]
            kind = "onbekend" if sector is None else sector if sector in ("vv", "ggz") else "ghz"
            key = ("wlz_crisis", kind, line["prestatiecode"], entry["dagprestatie"])
        elif entry and (entry["soort"], entry["leveringsvorm"], entry["behandeling"]) == ("vv9b", "zzp", "incl"):
            key = ("vv9b", "vv9b", line["prestatiecode"], entry["dagprestatie"])
        else:
            continue
        found[line["client"], *key, line["begindatum"], line["einddatum"]].append(line["bedrag"])
    result = []
    for (client, form, kind, code, per_day, begin, end), amounts in found.items():
        fate = "gebruikt"
        if not client or client == "0":
            fate = "client_leeg"
        elif not per_day:
            fate = "geen_dagprestatie"
        elif sum(amounts) <= 0:
            fate = "saldo_nul_of_negatief"
        result.append(
            {
                "client": client, "form": form, "kind": kind, "code": code, "begin": begin, "end": end,
                "lines": len(amounts), "amount": sum(amounts, Decimal(0)), "fate": fate,
            }
        )  # fmt: skip
    return result


def stays(data: Tables, choices: Choices) -> list[Stay]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for claim in claims(data):
        if claim["fate"] == "gebruikt":
            groups[claim["client"], claim["form"]].append(claim)
    days = [line["begindatum"] for name in ("wlz_declaraties", "zvw_declaraties") for line in data[name]]
    closing = choices.closing_date
    if closing is None and days:
        last = max(days)
        end_of_data = (last.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY
        closing = end_of_data - timedelta(days=AFTER)
    result = []
    for (client, form), mine in groups.items():
        joined: list[Stay] = []
        for claim in sorted(mine, key=lambda c: (c["begin"], -c["end"].toordinal(), c["kind"], c["code"])):
            if joined and (claim["begin"] - joined[-1].end).days <= choices.gap:
                joined[-1].end = max(joined[-1].end, claim["end"])
                joined[-1].costs += claim["amount"]
            else:
                joined.append(Stay(client, form, claim["kind"], claim["begin"], claim["end"], claim["amount"]))
        for stay in joined:
            if (stay.form, stay.kind) in OUTSIDE:
                stay.left_out = "categorie_buiten_trajecten"
            elif not choices.start_years[0] <= stay.start.year <= choices.start_years[1]:
                stay.left_out = "start_buiten_jaren"
            elif closing and stay.end > closing:
                stay.left_out = "na_sluitdatum"
        result += joined
    return result


def care_per_client(data: Tables) -> dict[str, list[tuple[date, date, str]]]:
    """Begin, end and form of all Wlz care."""
    packages = {row["zorgzwaartepakket"]: (row["sector"], row["zorgprofiel"]) for row in data["zorgzwaartepakketten"]}
    sums: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for line in data["wlz_declaraties"]:
        entry = koppel(data, line)
        if entry is None or entry["soort"] in ("toeslag", "mutatiedag"):
            continue
        at_home = packages.get(line["zorgzwaartepakket"], (None, None))
        if entry["soort"] == "crisis":
            form, profile = "crisis", at_home if entry["leveringsvorm"] == "mpt" else ("", "")
        elif entry["leveringsvorm"] == "mpt":
            form, profile = "thuis", at_home
        elif entry["soort"] not in ("basis", "vv9b") or entry["leveringsvorm"] is None:
            continue
        else:
            form = (
                "thuis" if entry["leveringsvorm"] == "vpt" else {"incl": "met", "excl": "zonder"}[entry["behandeling"]]
            )
            profile = (entry["sector"], entry["zorgprofiel"])
        key = (line["client"], line["begindatum"], line["einddatum"], form, profile, line["prestatiecode"])
        sums[key] += line["bedrag"]
    result = defaultdict(list)
    for (client, begin, end, form, profile, _), amount in sums.items():
        if amount > 0:
            result[client].append((begin, end, f"vv9 {form}" if profile == ("vv", 9) and form != "crisis" else form))
    for grant in data["pgb_toekenningen"]:
        if grant["bedrag"] is None or grant["bedrag"] > 0:
            recovery = packages.get(grant["zorgzwaartepakket"]) == ("vv", 9)
            result[grant["client"]].append(
                (grant["begindatum"], grant["einddatum"], "vv9 thuis" if recovery else "thuis")
            )
    return result


def heaviest(care: list[tuple[date, date, str]], first: date, last: date) -> str | None:
    """The heaviest form on any day of first..last."""
    forms = {form for begin, end, form in care if begin <= last and end >= first}
    return next((form for form in ORDER if form in forms), None)


def called(form: str | None, around: str) -> str:
    if form is None:
        return "geen_wlz"
    if form == "crisis":
        return "crisis"
    if form.startswith("vv9"):
        if around == "wlz_crisis":
            return "vv9"
        if around == "vv9b":
            return "vv9_verblijf_met_behandeling" if form == "vv9 met" else "vv9_anders"
    return LASTING[form.removeprefix("vv9 ")]


def trajecten(data: Tables, choices: Choices) -> list[Row]:
    care = care_per_client(data)
    packages = {row["zorgzwaartepakket"]: row for row in data["zorgzwaartepakketten"]}
    deaths: dict[str, date] = {}
    for row in data["overlijden"]:
        deaths[row["client"]] = min(row["datum"], deaths.get(row["client"], row["datum"]))
    result = []
    for stay in stays(data, choices):
        if stay.left_out:
            continue
        until = stay.end + timedelta(days=AFTER)
        week = stay.start - timedelta(days=BEFORE)
        before = heaviest(care.get(stay.client, []), week, stay.start - DAY)
        after = heaviest(care.get(stay.client, []), stay.end + DAY, until)
        died = stay.client in deaths and stay.start <= deaths[stay.client] <= until
        carried = not died and after is None and choices.once_wlz and stay.form in CARRIES and before in LASTING
        went = "overleden" if died else called(before if carried else after, stay.form)
        mine = [
            {
                **row,
                "end": row["einddatum"] or date.max,
                "label": label(packages, row),
                "pakket": row["zorgzwaartepakket"] or "",
            }
            for row in data["indicaties"]
            if row["client"] == stay.client
        ]
        new = [row for row in mine if stay.start <= row["ingangsdatum"] <= until]
        first = min(
            new, key=lambda row: (row["ingangsdatum"], row["afgiftedatum"], [-ord(c) for c in row["pakket"]] + [1]),
            default=None,
        )  # fmt: skip
        others = [row for row in mine if not (stay.form == "vv9b" and row["label"] == "VV9")]
        given = [row["afgiftedatum"] for row in mine]
        special = stay.form in ("vv9b", "wlz_crisis")
        known = [
            max(row["ingangsdatum"], row["afgiftedatum"], stay.start)
            for row in mine
            if row["afgiftedatum"] <= stay.end and row["ingangsdatum"] <= stay.end and row["end"] >= stay.start
        ]
        result.append(
            {
                "client": stay.client, "zorgvorm": stay.form, "categorie": stay.kind, "start": stay.start,
                "eind": stay.end, "ligduur": (stay.end - stay.start).days + 1, "jaar": stay.start.year,
                "week_voor": called(before, stay.form), "twee_weken_na": went, "doorgetrokken": carried,
                "indicatie_moment": None if first is None else "tijdens" if first["ingangsdatum"] <= stay.end
                else "binnen_2_weken_na",
                "indicatie_profiel": first and first["label"],
                "profiel_voor": in_force(others, week, stay.start - DAY) if special else None,
                "profiel_na": in_force(others, week, until) if special else None,
                "indicatie_bij_start": any(
                    max(row["afgiftedatum"], row["ingangsdatum"]) <= stay.start <= row["end"] for row in mine
                ),
                "besluit_na_start": min((day for day in given if day > stay.start), default=None),
                "bekend_vanaf": min(known, default=None),
                "kosten": stay.costs,
            }
        )  # fmt: skip
    return result


def label(packages: dict[str, Row], indication: Row) -> str:
    row = packages.get(indication["zorgzwaartepakket"])
    return (
        f"{row['sector'].upper()}{row['zorgprofiel']}" if row and row["sector"] and row["zorgprofiel"] else "onbekend"
    )


def in_force(indications: list[Row], first: date, last: date) -> str:
    """The profile that took effect last, of those in force on some day of first..last."""
    found = [row for row in indications if row["ingangsdatum"] <= last and row["end"] >= first]
    key = lambda row: (row["ingangsdatum"], row["afgiftedatum"], row["pakket"])  # noqa: E731
    return max(found, key=key)["label"] if found else "geen"
