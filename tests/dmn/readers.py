"""The independent readers of the DMN export: pyDMNrules, and dmn-moddle with feelin from npm (decide.mjs)."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest

HERE = Path(__file__).parent

Case = Mapping[str, str | int | date]
Outputs = dict[str, str]
Results = dict[str, Outputs | list[Outputs]]
"""Of every decision in a document its outputs, `regel` among them; of a checklist those of every rule that matches."""


@cache
def node_modules() -> Path:
    """The installed npm packages; installed now where they are not."""
    if shutil.which("npm") is None:
        pytest.skip("Node ontbreekt: de DMN-lezers van npm vragen Node 20 of hoger")
    installed, wanted = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
    with (HERE / "package.json").open() as turn:  # the tests run in several processes: one installs, the others wait
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
            subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    return HERE / "node_modules"


@cache
def _node() -> subprocess.Popen[str]:
    node_modules()
    return subprocess.Popen(["node", HERE / "decide.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask_npm(xml: str, cases: Sequence[Case]) -> None:
    """Give the cases to dmn-moddle and feelin, which work on while we do. `xml` is DMN 1.3: they read no later one."""
    node = _node()
    assert node.stdin
    node.stdin.write(json.dumps({"xml": xml, "cases": [*map(dict, cases)]}, default=date.isoformat) + "\n")
    node.stdin.flush()


def npm_answers() -> list[Results]:
    """What they made of the cases asked last."""
    stdout = _node().stdout
    assert stdout
    said = json.loads(stdout.readline())
    assert "error" not in said, said["error"]
    return said["answers"]


@cache
def _pydmnrules() -> ModuleType:
    """Imported where it is used: it builds its grammar on import, some twenty seconds."""
    with warnings.catch_warnings():  # its modules hold bad escapes, which Python reports when it compiles them
        warnings.simplefilter("ignore")
        import pyDMNrules
    return pyDMNrules


def python_answers(xml: str, cases: Sequence[Case]) -> list[Results]:
    """What pyDMNrules makes of the cases. It cannot read a table without inputs (and says so with a traceback); where
    nothing of a checklist matches it gives an error instead of an empty list."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - our own
    tables = root.iterfind(".//{*}decisionTable[@hitPolicy='COLLECT']")
    lists = {table.attrib["id"].removeprefix("tabel_") for table in tables}
    inputs = {data.attrib["name"] for data in root.iterfind("{*}inputData")}  # it refuses a case with others
    engine = _pydmnrules().DMN()
    assert engine.useXML(xml) == {}
    engine.sfeel = _remembering(engine)
    return [_results(lists, *engine.decide({n: v for n, v in case.items() if n in inputs})) for case in cases]


def _remembering(engine: Any) -> Callable[[str], tuple[bool, Any]]:
    """Its evaluator, asked only once for each text and the values of the variables in it: 10 000 cases in seconds."""
    evaluate, variables = engine.sfeel, {}
    names = cache(lambda text: [item for item in engine.glossaryItems if item in text])
    seen = {}

    def sfeel(text: str) -> tuple[bool, Any]:
        item, assigns, value = text.partition(" <- ")
        if assigns:
            variables[item] = value
            return evaluate(text)
        key = text, *(variables.get(item) for item in names(text))
        if key not in seen:
            seen[key] = evaluate(text)
        return seen[key]

    return sfeel


def _results(lists: set[str], status: dict[str, list[str]], steps: list[dict] | dict) -> Results:
    """Its last step knows the value of every variable, inputs (without a dot) included."""
    nothing = [f"No rules matched the input data for decision table '{name}'" for name in lists]
    assert [error for error in status.get("errors", []) if error not in nothing] == [], status
    found: dict[str, dict[str, Any]] = {name: {} for name in lists}
    last = steps if isinstance(steps, dict) else steps[-1] if steps else {"Result": {}}
    for name, value in last["Result"].items():
        decision, dot, field = name.partition(".")
        if dot:
            found.setdefault(decision, {})[field] = value
    return {name: _rows(outputs) if name in lists else outputs for name, outputs in found.items()}


def _rows(columns: dict[str, Sequence[str] | None]) -> list[Outputs]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*(c or () for c in columns.values()), strict=True)]
