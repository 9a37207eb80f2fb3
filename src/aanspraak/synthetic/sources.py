"""Read the data files of this package: assumptions and the list of care packages."""

import csv
from importlib.resources import files
from typing import Any

import yaml

_HERE = files(__package__)


def assumptions() -> dict[str, Any]:
    """The values of `aannames.yaml`; every entry there also says its unit and why."""
    entries: dict[str, dict[str, Any]] = yaml.safe_load((_HERE / "aannames.yaml").read_text("utf-8"))
    return {name: entry["waarde"] for name, entry in entries.items()}


def care_packages() -> list[dict[str, str]]:
    """The rows of `zorgzwaartepakketten.csv` (COD163), also those that this data set does not use."""
    lines = (_HERE / "zorgzwaartepakketten.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter=";"))
