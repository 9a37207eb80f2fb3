"""The published figures, each row with its source: what the synthetic data add up to and reports compare with."""

import csv
from functools import cache
from importlib.resources import files

_HERE = files(__package__)


@cache
def published(name: str) -> list[dict[str, str]]:
    """The rows of `<name>.csv`."""
    return list(csv.DictReader((_HERE / f"{name}.csv").read_text("utf-8").splitlines(), delimiter=";"))


def sources() -> list[str]:
    """Where the figures come from."""
    names = [file.name.removesuffix(".csv") for file in _HERE.iterdir() if file.name.endswith(".csv")]
    return sorted({row["bron"] for name in names for row in published(name)})
