"""The commands on a small, made-up rule folder, in a folder of their own with the example files."""

from __future__ import annotations

import io
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from aanspraak.cli import run
from aanspraak.engine.model import RuleBase
from aanspraak.engine.reader import read_rules

HERE = Path(__file__).parent
RULES = HERE.parent / "regels_voorbeeld"


class Result(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


Command = Callable[..., Result]


@pytest.fixture(scope="session")
def base() -> RuleBase:
    return read_rules(RULES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the example files and the reform."""
    shutil.copytree(HERE / "gevallen", tmp_path, dirs_exist_ok=True)
    shutil.copytree(RULES / "hervormingen", tmp_path / "hervormingen")
    return tmp_path


@pytest.fixture
def aanspraak(
    base: RuleBase, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command line as it is typed, with what is piped in, in the folder."""
    monkeypatch.chdir(folder)

    def command(line: str, stdin: str = "", rules: RuleBase = base) -> Result:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        code = run(shlex.split(line), rules)
        return Result(code, *capsys.readouterr())

    return command
