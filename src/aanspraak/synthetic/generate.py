"""Make the whole data set: one directory with seven tables and a manifest that says it is synthetic."""

import json
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from aanspraak.claims.faults import UserError
from aanspraak.claims.output import output_directory
from aanspraak.published import sources
from aanspraak.synthetic.calendar import data_years, month_count, year_of
from aanspraak.synthetic.calibration import exit_rates, stock, whole_clients
from aanspraak.synthetic.kortdurend import make_short_term, unique_in_detail_year
from aanspraak.synthetic.labels import Labels
from aanspraak.synthetic.noise import add_noise
from aanspraak.synthetic.output import Format, Writer
from aanspraak.synthetic.paramedical import paramedical_months
from aanspraak.synthetic.population import simulate
from aanspraak.synthetic.registers import indications
from aanspraak.synthetic.sources import assumptions as load_assumptions
from aanspraak.synthetic.wlz import month_lines
from aanspraak.synthetic.world import World, make_world
from aanspraak.synthetic.zvw import month_claims

Report = Callable[[str, float], None]
"""Told what is being done and which part of the whole is finished (0..1)."""

SMALLEST, LARGEST = 0.001, 10.0
"""Bounds of the scale: below, most cells are empty; above, there is no such country."""

_POPULATION, _TRAITS, _WLZ, _PARAMEDICAL, _ZVW, _INDICATIONS, _SHORT_TERM = range(7)
"""Streams of random numbers, so that a draw more in the one changes nothing in the others."""


def generate(target: Path, scale: float, seed: int, fmt: Format, report: Report, others: float = 1.0) -> dict[str, Any]:
    """Write the data set to the new directory `target`; returns the manifest.

    The same scale, seed and format give the same bytes. `target` appears only when it is complete. `others` is the part
    that there is of the people without short-term care; less of them is quicker for who does not look at them.
    Raises UserError when the options cannot be or the directory cannot be made.
    """
    _check(scale, seed)
    try:
        with output_directory(target) as directory:
            report("de bevolking", 0)
            world = _world(scale, seed, others)
            tables, noise = _write(directory, world, seed, fmt, report)
            manifest = _manifest(world, tables, noise) | {"zaad": seed, "schaal": scale, "formaat": fmt}
            lines = json.dumps(manifest, indent=2, ensure_ascii=False)
            (directory / "manifest.json").write_text(lines + "\n", encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"{target} kon niet worden geschreven: {error.strerror or error}. Er is niets bewaard."
        ) from error
    return manifest


def _world(scale: float, seed: int, others: float) -> World:
    assumptions = load_assumptions()
    published = stock(assumptions)
    # After the years with published figures the last month goes on: nobody has counted them here.
    clients = np.pad(published, ((0, month_count() - len(published)), (0, 0)), mode="edge")
    short_term = make_short_term(clients, assumptions, scale, _stream(seed, _SHORT_TERM))
    unique = unique_in_detail_year(short_term.lives.episodes)
    known = {name: number / scale for name, number in unique.items()}
    rates = exit_rates(np.maximum(clients - short_term.present / scale, 0), assumptions, known)
    rest = whole_clients(others * clients, scale, (others * short_term.present).astype(np.int64))
    people = simulate(rest, rates, assumptions, _stream(seed, _POPULATION))
    return make_world(people, short_term, assumptions, scale, _stream(seed, _TRAITS))


def _write(
    directory: Path, world: World, seed: int, fmt: Format, report: Report
) -> tuple[dict[str, dict[str, Any]], Counter[str]]:
    """Write all tables; returns their summaries and what noise was added."""
    labels = Labels(world)
    treated = paramedical_months(world.people, world.assumptions, _stream(seed, _PARAMEDICAL))
    noise: Counter[str] = Counter()
    with Writer(directory, "wlz_declaraties", fmt) as wlz_file, Writer(directory, "zvw_declaraties", fmt) as zvw_file:
        for month in range(month_count()):
            report(f"de declaraties van {year_of(month)}-{month % 12 + 1:02}", 0.1 + 0.85 * month / month_count())
            rng = _stream(seed, _WLZ, month)
            wlz_file.write(labels.wlz(add_noise(world, month_lines(world, month, rng), month, rng, noise)))
            claims = month_claims(world.people, treated[:, month], world.assumptions, month, _stream(seed, _ZVW, month))
            zvw_file.write(labels.zvw(claims))
            zvw_file.write(labels.stays(month))
    tables = {file.name: file.summary for file in (wlz_file, zvw_file)}
    report("toekenningen, indicaties en codelijsten", 0.95)
    indicated = indications(world, _stream(seed, _INDICATIONS))
    for name, columns in labels.registers(indicated).items():
        with Writer(directory, name, fmt) as file:
            file.write(columns)
        tables[name] = file.summary
    report("klaar", 1)
    return tables, noise


def _stream(seed: int, purpose: int, month: int = 0) -> np.random.Generator:
    return np.random.default_rng([seed, purpose, month])


def _manifest(world: World, tables: dict[str, dict[str, Any]], noise: Counter[str]) -> dict[str, Any]:
    """Without a time or a duration: the same data has the same manifest."""
    kinds = sorted(kind for kind in noise if not kind.endswith("_cent"))
    return {
        "synthetisch": True,
        "toelichting": "Verzonnen gegevens, geijkt op gepubliceerde cijfers. Geen regel gaat over een echt mens.",
        "ijking": sources(),
        "versie": version("aanspraak"),
        "jaren": list(data_years()),
        "clienten": world.people.clients,
        "bestanden": dict(sorted(tables.items())),
        "ruis": {kind: {"regels": noise[kind], "bedrag": f"{noise[f'{kind}_cent'] / 100:.2f}"} for kind in kinds},
    }


def _check(scale: float, seed: int) -> None:
    if not SMALLEST <= scale <= LARGEST:
        raise UserError(f"De schaal {scale} kan niet. Kies een getal van {SMALLEST} tot en met {LARGEST:.0f}.")
    if seed < 0:
        raise UserError(f"Het zaad {seed} kan niet. Kies een heel getal van 0 of hoger.")
