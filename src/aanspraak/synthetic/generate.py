"""Make the whole data set: one directory with seven tables and a manifest that says it is synthetic."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
import pyarrow as pa

from aanspraak.synthetic import codes, registers, zvw
from aanspraak.synthetic.calendar import month_starts
from aanspraak.synthetic.calibration import exit_rates, stock, whole_clients, years
from aanspraak.synthetic.cells import packages
from aanspraak.synthetic.lines import Lines
from aanspraak.synthetic.noise import add_noise
from aanspraak.synthetic.output import Format, Writer, days, decimals, text
from aanspraak.synthetic.population import Episodes, simulate
from aanspraak.synthetic.sources import assumptions as load_assumptions
from aanspraak.synthetic.wlz import World, month_lines, world
from aanspraak.synthetic.zvw import ZvwLines

Report = Callable[[str, float], None]
"""Told what is being done and which part of the whole is finished (0..1)."""

SMALLEST, LARGEST = 0.001, 10.0
"""Bounds of the scale: below, most cells are empty; above, it is no longer the Netherlands."""

_POPULATION, _WLZ, _ZVW, _REGISTERS = range(4)
"""Streams of random numbers: one draw more in the one does not change the others."""


def generate(target: Path, scale: float, seed: int, fmt: Format, report: Report) -> dict[str, Any]:
    """Write the data set to the new directory `target`; returns the manifest.

    The same scale, seed and format give the same bytes. `target` appears only when it is complete.
    """
    with _complete_or_nothing(target) as directory:
        report("bevolking", 0.0)
        assumptions = load_assumptions()
        people = _people(scale, seed, assumptions)
        manifest = _write(directory, people, assumptions, (scale, seed, fmt), report)
        manifest_text = json.dumps(manifest, indent=2, ensure_ascii=False)
        (directory / "manifest.json").write_text(manifest_text + "\n", encoding="utf-8")
    return manifest


def _people(scale: float, seed: int, assumptions: dict[str, Any]) -> Episodes:
    clients = stock(assumptions)
    rates = exit_rates(clients, assumptions)
    return simulate(whole_clients(clients, scale), rates, assumptions, _stream(seed, _POPULATION))


def _stream(seed: int, purpose: int, month: int = 0) -> np.random.Generator:
    return np.random.default_rng([seed, purpose, month])


def _write(
    directory: Path,
    people: Episodes,
    assumptions: dict[str, Any],
    options: tuple[float, int, Format],
    report: Report,
) -> dict[str, Any]:
    scale, seed, fmt = options
    labels = _Labels(people, assumptions)
    shared = world(people, assumptions, scale, _stream(seed, _WLZ))
    users = zvw.paramedical_users(people, assumptions, _stream(seed, _ZVW))
    noise: Counter[str] = Counter()
    tables: dict[str, Any] = {}
    months = len(month_starts()) - 1
    with Writer(directory, "wlz_declaraties", fmt) as wlz_file, Writer(directory, "zvw_declaraties", fmt) as zvw_file:
        for month in range(months):
            report(f"declaraties van {np.datetime64(f'{years()[0]}-01') + month}", 0.1 + 0.85 * month / months)
            rng = _stream(seed, _WLZ, month + 1)
            wlz_file.write(labels.wlz(add_noise(shared, month_lines(shared, month, rng), month, rng, noise)))
            zvw_file.write(
                labels.zvw(zvw.month_claims(people, users, assumptions, month, _stream(seed, _ZVW, month + 1)))
            )
    tables |= {file.name: file.summary for file in (wlz_file, zvw_file)}
    report("toekenningen, indicaties en codelijsten", 0.95)
    for name, columns in _registers(shared, labels, seed).items():
        with Writer(directory, name, fmt) as file:
            file.write(columns)
        tables[name] = file.summary
    report("klaar", 1.0)
    return {
        "synthetisch": True,
        "toelichting": "Verzonnen gegevens, geijkt op gepubliceerde cijfers. Geen regel gaat over een echt mens.",
        "zaad": seed,
        "schaal": scale,
        "formaat": fmt,
        "versie": version("aanspraak"),
        "jaren": list(years()),
        "clienten": people.clients,
        "bestanden": dict(sorted(tables.items())),
        "ruis": _noise_summary(noise),
    }


def _registers(shared: World, labels: "_Labels", seed: int) -> dict[str, dict[str, Any]]:
    people = shared.episodes
    grants = registers.grants(shared)
    indications = registers.indications(people, shared.assumptions, _stream(seed, _REGISTERS))
    deaths = registers.deaths(people)
    performances = codes.performance_rows(shared.assumptions)
    for column in ("geldig_van", "geldig_tot"):
        performances[column] = pa.array(performances[column], pa.string()).cast(pa.date32())
    return {
        "pgb_toekenningen": {
            "client": labels.client(grants["client"]),
            "begindatum": days(grants["begin"]),
            "einddatum": days(grants["finish"]),
            "zorgzwaartepakket": text(labels.package, grants["package"]),
            "bedrag": decimals(grants["cents"], 2),
        },
        "indicaties": {
            "client": labels.client(indications["client"]),
            "afgiftedatum": days(indications["given"]),
            "ingangsdatum": days(indications["begin"]),
            "einddatum": days(indications["finish"], missing=registers.NO_DAY),
            "zorgzwaartepakket": text(labels.package, indications["package"]),
        },
        "overlijden": {"client": labels.client(deaths["client"]), "datum": days(deaths["day"])},
        "prestaties": performances,
        "zorgzwaartepakketten": codes.package_rows(),
    }


class _Labels:
    """Turns numbers into the texts of the tables."""

    def __init__(self, people: Episodes, assumptions: dict[str, Any]) -> None:
        outsiders = max(round(assumptions["zvw_ruis"]["zonder_wlz"] * people.clients), 1)
        count = people.clients + outsiders
        self._client = pa.array([f"SYN{number:08}" for number in range(count)] + ["0", ""])
        self.package = pa.array([package.code for package in packages()])
        self._performance = pa.array([row.code for row in codes.performances(assumptions)])
        self._provider = pa.array([f"SYN{number:05}" for number in range(assumptions["zorgaanbieders"]["aantal"])])
        self._sector = pa.array(zvw.sectors(assumptions))
        self._kind = pa.array([kind["zorgsoort"] for kind in assumptions["paramedisch_soort"].values()])
        self._kind_code = pa.array(zvw.kinds(assumptions))
        self._insurance = pa.array(["basis", "aanvullend"])

    def client(self, number: Any) -> pa.Array:
        """-1 and -2 are the client numbers of `lines.NO_CLIENT`: empty and 0."""
        return self._client.take(pa.array(number % len(self._client)))

    def wlz(self, lines: Lines) -> dict[str, Any]:
        return {
            "client": self.client(lines.client),
            "prestatiecode": text(self._performance, lines.code),
            "begindatum": days(lines.begin),
            "einddatum": days(lines.finish),
            "aantal": decimals(lines.hundredths * 100, 4),
            "bedrag": decimals(lines.cents, 2),
            "zorgaanbieder": text(self._provider, lines.provider),
            "zorgzwaartepakket": text(self.package, lines.package),
        }

    def zvw(self, lines: ZvwLines) -> dict[str, Any]:
        day = days(lines.begin)
        return {
            "client": self.client(lines.client),
            "sector": text(self._sector, lines.sector),
            "zorgsoort": text(self._kind, lines.kind),
            "prestatiecode": text(self._kind_code, lines.kind),
            "begindatum": day,
            "einddatum": day,
            "aantal": decimals(lines.hundredths * 100, 4),
            "bedrag": decimals(lines.cents, 2),
            "verzekering": text(self._insurance, lines.extra.astype(np.int64)),
            "zorgaanbieder": pa.nulls(len(day), pa.string()),
        }


def _noise_summary(noise: Counter[str]) -> dict[str, Any]:
    kinds = sorted(kind for kind in noise if not kind.endswith("_cent"))
    return {kind: {"regels": noise[kind], "bedrag": f"{noise[f'{kind}_cent'] / 100:.2f}"} for kind in kinds}


@contextmanager
def _complete_or_nothing(target: Path) -> Iterator[Path]:
    """A sibling directory that becomes `target` when all went well, and is removed when not."""
    directory = target.with_name(f".{target.name}.deel")
    rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    try:
        yield directory
        directory.rename(target)
    finally:
        rmtree(directory, ignore_errors=True)
