"""Amounts per day of care, in whole cents, from the assumptions."""

from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Floats
from aanspraak.synthetic.cells import FORMS, packages, per_form


def day_tariffs(assumptions: dict[str, Any]) -> Floats:
    """Cents per day in every cell, in the first year, not rounded; zero for mpt (which has no day performance)."""
    levels = [assumptions["dagtarief_zzp_incl"][package.sector][package.profile] for package in packages()]
    less = assumptions["aftrek_dagtarief"]
    factor = {
        "zzp_incl": 1.0,
        "zzp_excl": 1 - less["behandeling"],
        "vpt_incl": 1 - less["verblijf"],
        "vpt_excl": 1 - less["verblijf"] - less["behandeling"],
    }
    factor["pgb"] = factor["vpt_excl"] * assumptions["pgb_per_dag"]
    return 100 * np.repeat(levels, len(FORMS)) * per_form(factor)


def growth(month: int, assumptions: dict[str, Any]) -> float:
    """Factor on amounts in `month`, counted from the first month of the data; amounts rise once a year."""
    factor: float = (1 + assumptions["groei_tarieven"]) ** (month // 12)
    return factor
