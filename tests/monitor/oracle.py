"""The method of NZa 2023, Bijlage 3, in plain Python: slow, obvious, and written apart from the SQL.

Tables are lists of dicts with the columns of the data contract. Results are lists of tuples in the column order of
the output tables, without order.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]

ZVW = ["HAZ", "FRM", "PMZ", "MND", "MSZ", "GGZ", "HLP", "ELV", "GRZ", "GZS"]
GHZ = {"vg", "lvg", "sglvg", "lg", "zgaud", "zgvis"}
PREFERENCE = ["vpt_excl", "vpt_incl", "zzp_excl", "zzp_incl"]


def month(day: date) -> date:
    return day.replace(day=1)


def days_in_month(first: date) -> int:
    return (month(first + timedelta(days=31)) - first).days


def half_up(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def no_client(row: Row) -> bool:
    return row["client"] is None or row["client"] in ("", "0")


def koppel(data: Tables, line: Row) -> Row | None:
    for entry in data["prestaties"]:
        if (
            entry["prestatiecode"] == line["prestatiecode"]
            and entry["geldig_van"] <= line["begindatum"]
            and (entry["geldig_tot"] is None or line["begindatum"] < entry["geldig_tot"])
        ):
            return entry
    return None


def form(entry: Row | None) -> str | None:
    if entry is None:
        return None
    if entry["soort"] in ("basis", "vv9b") and entry["leveringsvorm"] in ("zzp", "vpt"):
        return f"{entry['leveringsvorm']}_{entry['behandeling']}"
    if entry["leveringsvorm"] == "mpt" and entry["soort"] not in ("toeslag", "mutatiedag", "crisis"):
        return "mpt"
    return None


def lot(data: Tables, line: Row) -> str:
    entry = koppel(data, line)
    if line["bedrag"] <= 0:
        return "bedrag_nul_of_negatief"
    if no_client(line):
        return "client_leeg"
    if entry and entry["soort"] in ("elv", "gzsp"):
        return "elv_of_gzsp"
    return "gebruikt" if entry else "prestatiecode_onbekend"


def pgb_lot(grant: Row) -> str:
    if grant["bedrag"] <= 0:
        return "bedrag_nul_of_negatief"
    return "client_leeg" if no_client(grant) else "gebruikt"


def months_of(grant: Row) -> Iterable[date]:
    first = month(grant["begindatum"])
    while first <= grant["einddatum"]:
        yield first
        first = month(first + timedelta(days=31))


class Months:
    """What every client-month holds after the corrections."""

    def __init__(self, data: Tables) -> None:
        self.lines: dict[tuple[str, date], list[tuple[Row, Row | None]]] = defaultdict(list)
        self.grants: dict[tuple[str, date], list[Row]] = defaultdict(list)
        for line in data["wlz_declaraties"]:
            if lot(data, line) in ("gebruikt", "prestatiecode_onbekend"):
                key = (line["client"], month(line["begindatum"]))
                self.lines[key].append((line, koppel(data, line)))
        for grant in data["pgb_toekenningen"]:
            if pgb_lot(grant) == "gebruikt":
                for first in months_of(grant):
                    self.grants[grant["client"], first].append(grant)
        self.keys = self.lines.keys() | self.grants.keys()
        self.clients = {client for client, _ in self.keys}


def zvw_sums(data: Tables, clients: set[str]) -> dict[tuple[str, date, str], Decimal]:
    sums: dict[tuple[str, date, str], Decimal] = defaultdict(Decimal)
    for line in data["zvw_declaraties"]:
        if line["client"] in clients:
            sums[line["client"], month(line["begindatum"]), line["sector"]] += line["bedrag"]
    return sums


def clientmaanden(data: Tables, extra_day: int) -> list[tuple[Any, ...]]:
    months = Months(data)
    zvw = zvw_sums(data, months.clients)
    packages = {row["zorgzwaartepakket"]: row for row in data["zorgzwaartepakketten"]}
    unknown = {"sector": None, "zorgprofiel": None}
    result = []
    for key in months.keys:
        lines, grants = months.lines.get(key, []), months.grants.get(key, [])
        basic = [(line, entry) for line, entry in lines if form(entry) not in (None, "mpt")]
        modular = [line for line, entry in lines if form(entry) == "mpt"]
        days: Decimal | int | None = None
        spending: Decimal | None = sum((line["bedrag"] for line, _ in lines), Decimal(0))
        double = False
        if basic:
            _, entry = max(
                basic,
                key=lambda pair: (
                    pair[0]["begindatum"],
                    pair[0]["einddatum"],
                    PREFERENCE.index(form(pair[1]) or ""),
                    pair[0]["prestatiecode"],
                ),
            )
            kind, source = form(entry), entry or unknown
            days = sum((line["aantal"] for line, entry in basic if entry and entry["dagprestatie"]), Decimal(0))
            double = days > days_in_month(key[1])
        elif modular:
            last = max(
                modular,
                key=lambda line: (
                    line["begindatum"], line["einddatum"], line["prestatiecode"], line["zorgzwaartepakket"] or "",
                ),
            )  # fmt: skip
            kind, source = "mpt", packages.get(last["zorgzwaartepakket"], unknown)
            begin, end = min(row["begindatum"] for row in modular), max(row["einddatum"] for row in modular)
            days = (end - begin).days + extra_day
        elif grants:
            last = max(grants, key=lambda row: (row["begindatum"], row["einddatum"], row["zorgzwaartepakket"] or ""))
            kind, source, spending = "pgb", packages.get(last["zorgzwaartepakket"], unknown), None
        else:
            continue
        care = [max(zvw.get((*key, sector), Decimal(0)), Decimal(0)) for sector in ZVW]
        result.append((*key, kind, source["sector"], source["zorgprofiel"], days, double, spending, *care))
    return result


def grouped(rows: list[tuple[Any, ...]]) -> Iterable[tuple[str | None, tuple[Any, ...]]]:
    for row in rows:
        yield row[3], row
        if row[3] in GHZ:
            yield "ghz", row


def clienten_per_jaar(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    cells: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    totals: dict[tuple[Any, ...], int] = defaultdict(int)
    for sector, row in grouped(rows):
        cells[sector, row[2], row[1].year].append(row[0])
        totals[sector, row[1].year] += 1
    return [
        (
            sector, kind, year, len(set(clients)), half_up(Decimal(len(clients)) / 12, 2),
            half_up(Decimal(len(clients)) / totals[sector, year], 4),
        )
        for (sector, kind, year), clients in cells.items()
    ]  # fmt: skip


def clienten_per_profiel(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    cells: dict[tuple[Any, ...], int] = defaultdict(int)
    totals: dict[tuple[Any, ...], int] = defaultdict(int)
    for sector, row in grouped(rows):
        cells[sector, row[4], row[2], row[1].year] += 1
        totals[sector, row[4], row[1].year] += 1
    return [
        (*cell, half_up(Decimal(n) / 12, 2), half_up(Decimal(n) / totals[cell[0], cell[1], cell[3]], 4))
        for cell, n in cells.items()
    ]


def uitgaven_per_dag(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    cells: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for sector, row in grouped(rows):
        cells[sector, row[2], None, row[1].year].append(row)
        if row[4] is not None:
            cells[sector, row[2], row[4], row[1].year].append(row)
    result = []
    for cell, members in cells.items():
        known = [row[5] for row in members if row[5] is not None]
        days = Decimal(sum(known)) if known else None
        for i, care in enumerate(["wlz", *(f"zvw_{sector.lower()}" for sector in ZVW)]):
            amounts = [row[7 + i] for row in members if row[7 + i] is not None]
            amount = sum(amounts, Decimal(0)) if amounts else None
            mean = half_up(amount / days, 2) if days and days > 0 and amount is not None else None
            result.append((*cell, care, days, amount, mean))
    return result


def correcties(data: Tables) -> list[tuple[Any, ...]]:
    clients = Months(data).clients
    cells: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for line in data["wlz_declaraties"]:
        cells["wlz_declaraties", lot(data, line)].append(line["bedrag"])
    for grant in data["pgb_toekenningen"]:
        cells["pgb_toekenningen", pgb_lot(grant)].append(grant["bedrag"])
    for line in data["zvw_declaraties"]:
        used = "gebruikt" if line["client"] in clients else "geen_wlz_client"
        cells["zvw_declaraties", used].append(line["bedrag"])
    return [(*cell, len(amounts), sum(amounts)) for cell, amounts in cells.items()]


def tellingen(data: Tables, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    months = Months(data)
    present = {(row[0], row[1]): row[2] for row in rows}
    sums = zvw_sums(data, months.clients)
    spent = {key: sum(line["bedrag"] for line, _ in lines) for key, lines in months.lines.items()}
    known = [row[7] for row in rows if row[7] is not None]
    without = [amount for key, amount in spent.items() if key not in present]
    with_pgb = [amount for key, amount in spent.items() if present.get(key) == "pgb"]
    low = [amount for amount in sums.values() if amount <= 0]
    outside = [amount for key, amount in sums.items() if amount > 0 and key[:2] not in present]
    return [
        ("clientmaanden", len(rows), sum(known, Decimal(0)) if known else None),
        ("clientmaanden_met_dubbele_dagen", sum(row[6] for row in rows), None),
        ("clientmaanden_zonder_sector_of_zorgprofiel", sum(None in row[3:5] for row in rows), None),
        ("maanden_zonder_leveringsvorm", len(without), sum(without, Decimal(0))),
        ("pgb_maanden_met_zorg_in_natura", len(with_pgb), sum(with_pgb, Decimal(0))),
        ("zvw_sommen_niet_positief", len(low), sum(low, Decimal(0))),
        ("zvw_sommen_in_maand_zonder_leveringsvorm", len(outside), sum(outside, Decimal(0))),
    ]


def paramedische_zorg_zvw(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    names = {"zzp_incl": "verblijf_met_behandeling", "zzp_excl": "verblijf_zonder_behandeling"}
    cells: dict[tuple[str, int], dict[str, bool]] = defaultdict(dict)
    for row in rows:
        name = names.get(row[2], "vpt" if row[2].startswith("vpt") else row[2])
        clients = cells[name, row[1].year]
        clients[row[0]] = clients.get(row[0], False) or row[8 + ZVW.index("PMZ")] > 0
    return [
        (*cell, len(clients), sum(clients.values()), half_up(Decimal(sum(clients.values())) / len(clients), 4))
        for cell, clients in cells.items()
    ]


def paramedische_behandelingen(data: Tables, rows: list[tuple[Any, ...]], codes: set[str]) -> list[tuple[Any, ...]]:
    names = {"zzp_incl": "verblijf_met_behandeling", "zzp_excl": "verblijf_zonder_behandeling", None: None}
    forms = {(row[0], row[1]): row[2] for row in rows}
    cells: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for line in data["wlz_declaraties"]:
        if line["prestatiecode"] in codes and lot(data, line) in ("gebruikt", "prestatiecode_onbekend"):
            kind = forms.get((line["client"], month(line["begindatum"])))
            name = names[kind] if kind in names else "vpt" if kind and kind.startswith("vpt") else kind
            cells[line["client"], month(line["begindatum"]), line["prestatiecode"], name].append(line)
    return [
        (*cell, sum(line["aantal"] for line in lines), sum(line["bedrag"] for line in lines))
        for cell, lines in cells.items()
    ]


def paramedische_zorg_wlz(treatments: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    cells: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row in treatments:
        cells[row[2], row[3], row[1].year].append(row)
    return [
        (*cell, len({row[0] for row in mine}), sum(row[4] for row in mine), sum(row[5] for row in mine))
        for cell, mine in cells.items()
    ]


def algemeen_of_specifiek(rows: list[tuple[Any, ...]], treatments: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    treated = {(row[0], row[1].year) for row in treatments}
    cells: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row in rows:
        if row[8 + ZVW.index("PMZ")] > 0 and row[2] not in ("zzp_incl", "vpt_incl"):
            cells[row[3], row[2], row[1].year].add(row[0])
    return [
        (*cell, len(clients), sum((client, cell[2]) not in treated for client in clients))
        for cell, clients in cells.items()
    ]


def everything(data: Tables, extra_day: int, codes: set[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Every output table of the run, by name."""
    rows = clientmaanden(data, extra_day)
    treatments = paramedische_behandelingen(data, rows, codes)
    return {
        "clientmaanden": rows,
        "clienten_per_jaar": clienten_per_jaar(rows),
        "clienten_per_profiel": clienten_per_profiel(rows),
        "uitgaven_per_dag": uitgaven_per_dag(rows),
        "paramedische_zorg_zvw": paramedische_zorg_zvw(rows),
        "paramedische_zorg_wlz": paramedische_zorg_wlz(treatments),
        "paramedische_behandelingen": treatments,
        "algemeen_of_specifiek": algemeen_of_specifiek(rows, treatments),
        "correcties": correcties(data),
        "tellingen": tellingen(data, rows),
    }
