"""Results of monitors on synthetic data, made once for all tests that look at them, and a server that shows them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aanspraak.cli import run
from aanspraak.monitor.results import Result, find_results
from tests.server.process import serving

GROUP = pytest.mark.xdist_group("resultaten")
"""The tests that share these stay on one worker, so that they are made once."""

ODD = 'één "naam" – 100% & meer'
"""What a folder can be called."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a data set, two results of monitors on it and a publication, also under another name."""
    made = tmp_path_factory.mktemp("resultaten")
    data = str(made / "nederland")
    commands = [
        ["synthese", "--schaal", "0.001", "--uitvoer", data],
        ["monitor", "leveringsvormen", "--invoer", data, "--uitvoer", str(made / "leveringsvormen")],
        ["monitor", "trajecten", "--invoer", data, "--uitvoer", str(made / "trajecten")],
        ["publicatie", "--invoer", str(made / "trajecten"), "--uitvoer", str(made / "publicatie")],
    ]
    for command in commands:
        assert run(command) == 0, command
    shutil.copytree(made / "publicatie", made / ODD)
    return made


@pytest.fixture(scope="session")
def results(folder: Path) -> dict[str, Result]:
    return find_results([folder])


@pytest.fixture(scope="session")
def shown(results: dict[str, Result], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with these results."""
    with serving(tmp_path_factory.mktemp("server"), results=results) as address:
        yield address
