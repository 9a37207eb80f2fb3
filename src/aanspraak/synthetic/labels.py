"""From numbers to the columns of the data contract."""

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from aanspraak.synthetic import codes, registers, zvw
from aanspraak.synthetic.arrays import Ints
from aanspraak.synthetic.cells import packages
from aanspraak.synthetic.episodes import NO_DAY
from aanspraak.synthetic.kortdurend_cijfers import all_kinds
from aanspraak.synthetic.lines import Lines
from aanspraak.synthetic.output import days, decimals, text
from aanspraak.synthetic.world import World
from aanspraak.synthetic.zvw import ZvwLines

Columns = dict[str, Any]


class Labels:
    """Knows the texts that numbers stand for; everything invented begins with SYN."""

    def __init__(self, world: World) -> None:
        assumptions = world.assumptions
        clients = max(world.people.clients + zvw.outsiders(world.people, assumptions), int(world.numbers.max()) + 1)
        self._world = world
        # Counted from the end these are the client numbers of `lines.NO_CLIENT`: -1 is empty, -2 is 0.
        self._client = pa.array([*(f"SYN{number:08}" for number in range(clients)), "0", ""])
        self._package = pa.array([package.code for package in packages()])
        self._performance = pa.array([row.code for row in world.performances])
        self._provider = pa.array([f"SYN{number:05}" for number in range(assumptions["zorgaanbieders"]["aantal"])])
        self._sector = pa.array(zvw.sectors(assumptions))
        self._kind = pa.array([kind["zorgsoort"] for kind in assumptions["paramedisch_soort"].values()])
        self._kind_code = pa.array(list(assumptions["paramedisch_soort"]))
        self._insurance = pa.array(["basis", "aanvullend"])

    def wlz(self, lines: Lines) -> Columns:
        return {
            "client": self._clients(lines.client),
            "prestatiecode": text(self._performance, lines.code),
            "begindatum": days(lines.begin),
            "einddatum": days(lines.finish),
            "aantal": decimals(lines.hundredths * 100, 4),
            "bedrag": decimals(lines.cents, 2),
            "zorgaanbieder": text(self._provider, lines.provider),
            "zorgzwaartepakket": text(self._package, lines.package),
        }

    def zvw(self, lines: ZvwLines) -> Columns:
        day = days(lines.day)
        return {
            "client": self._clients(lines.client),
            "sector": text(self._sector, lines.sector),
            "zorgsoort": text(self._kind, lines.kind),
            "prestatiecode": text(self._kind_code, lines.kind),
            "begindatum": day,
            "einddatum": day,
            "aantal": decimals(lines.quantity * 10_000, 4),
            "bedrag": decimals(lines.cents, 2),
            "verzekering": text(self._insurance, lines.extra.astype(int)),
            "zorgaanbieder": pa.nulls(len(day), pa.string()),
        }

    def stays(self, month: int) -> Columns:
        """The ELV and GRZ that is claimed in `month`. No source names the codes of the Zvw."""
        lines, stays = self._world.short_term.lines, self._world.short_term.stays
        rows = np.flatnonzero((lines.month == month) & stays.of_form("elv", "grz")[lines.stay])
        stay, begin, finish = lines.stay[rows], lines.begin[rows], lines.finish[rows]
        kinds = all_kinds()
        sectors, categories = pa.array([k.form.upper() for k in kinds]), pa.array([k.category for k in kinds])
        return {
            "client": self._clients(self._world.numbers[stays.client[stay]]),
            "sector": text(sectors, stays.kind[stay]),
            "zorgsoort": text(categories, stays.kind[stay]),
            "prestatiecode": pa.nulls(len(rows), pa.string()),
            "begindatum": days(begin),
            "einddatum": days(finish),
            "aantal": decimals((finish - begin + 1) * 10_000, 4),
            "bedrag": decimals(lines.cents[rows], 2),
            "verzekering": text(self._insurance, np.zeros(len(rows), dtype=np.int64)),
            "zorgaanbieder": pa.nulls(len(rows), pa.string()),
        }

    def registers(self, indications: dict[str, Ints]) -> dict[str, Columns]:
        """The tables beside the claims, by name."""
        grants, deaths = registers.grants(self._world), registers.deaths(self._world)
        performances = codes.performance_rows(self._world.performances)
        for column in ("geldig_van", "geldig_tot"):
            performances[column] = pa.array(performances[column], pa.string()).cast(pa.date32())
        return {
            "pgb_toekenningen": {
                "client": self._clients(grants["client"]),
                "begindatum": days(grants["begin"]),
                "einddatum": days(grants["finish"]),
                "zorgzwaartepakket": text(self._package, grants["package"]),
                "bedrag": decimals(grants["cents"], 2),
            },
            "indicaties": {
                "client": self._clients(indications["client"]),
                "afgiftedatum": days(indications["given"]),
                "ingangsdatum": days(indications["begin"]),
                "einddatum": days(indications["finish"], missing=NO_DAY),
                "zorgzwaartepakket": text(self._package, indications["package"]),
            },
            "overlijden": {"client": self._clients(deaths["client"]), "datum": days(deaths["day"])},
            "prestaties": performances,
            "zorgzwaartepakketten": codes.package_rows(),
        }

    def _clients(self, number: Ints) -> Any:
        return self._client.take(pa.array(number % len(self._client)))
