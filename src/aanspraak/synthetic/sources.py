"""Read the data files of this package: published figures, assumptions and the list of care packages."""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_HERE = files(__package__)


def assumptions() -> dict[str, Any]:
    """The values of `aannames.yaml`; every entry there also says its unit and why."""
    entries: dict[str, dict[str, Any]] = yaml.safe_load((_HERE / "aannames.yaml").read_text("utf-8"))
    return {name: entry["waarde"] for name, entry in entries.items()}


@cache
def published(name: str) -> list[dict[str, str]]:
    """The rows of `ijking/<name>.csv`."""
    return _rows(f"ijking/{name}.csv")


def sources() -> list[str]:
    """Where the published figures come from."""
    names = (file.name for file in (_HERE / "ijking").iterdir())
    return sorted({row["bron"] for name in names for row in published(name.removesuffix(".csv"))})


def care_packages() -> list[dict[str, str]]:
    """The rows of `zorgzwaartepakketten.csv` (COD163), also those that this data set does not use."""
    return _rows("zorgzwaartepakketten.csv")


def _rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_HERE / path).read_text("utf-8").splitlines(), delimiter=";"))
