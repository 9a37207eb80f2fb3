"""The examples for programmers: the typed client against a real server, and the notebook as a reader runs it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import nbformat
import pytest
from nbclient import NotebookClient

from tests.api.conftest import address as address

EXAMPLES = Path(__file__).parent.parent / "examples"
sys.path.insert(0, str(EXAMPLES))
import client  # noqa: E402 - a script beside the notebook, in no package

BESLUIT, DAY = "bekostiging_paramedische_zorg", date(2026, 3, 2)
KNOWN = {"wlz_indicatie": "ja", "leveringsvorm": "mpt", "specifieke_kennis_nodig": "ja"}


@pytest.fixture(scope="module")
def api(address: str) -> Iterator[httpx.Client]:
    with client.connect(address) as api:
        yield api


def test_a_case_is_asked_and_answered(api: httpx.Client) -> None:
    asked = client.next_question(api, BESLUIT, {"wlz_indicatie": "ja"}, DAY)
    assert asked
    assert "mpt" in asked.waarden
    said = client.answer(api, BESLUIT, KNOWN, DAY)
    assert (said.status, said.uitkomst["prestatiecode"].waarde) == ("beslist", "H330")
    assert said.regels[0].bronnen[0].titel
    assert client.next_question(api, BESLUIT, KNOWN, DAY) is None
    assert BESLUIT in {decision.besluit for decision in client.decisions(api)}


def test_a_refusal_tells_what_to_do(api: httpx.Client) -> None:
    with pytest.raises(client.ApiError, match="kies uit ja, nee") as refused:
        client.answer(api, BESLUIT, {"wlz_indicatie": "misschien"})
    assert refused.value.status == 422
    with pytest.raises(client.ApiError, match="gegeven"):
        client.answer(api, BESLUIT, {"wlz_indicatie": [1]})  # type: ignore[dict-item]


def test_a_file_is_decided_and_a_wrong_one_refused(api: httpx.Client) -> None:
    table = client.decide_csv(api, [BESLUIT], (EXAMPLES / "zaken.csv").read_bytes()).decode("utf-8-sig")
    head, first, *_ = table.splitlines()
    assert dict(zip(head.split(";"), first.split(";"), strict=True))[f"{BESLUIT}_regel"] == "h330-mpt"
    with pytest.raises(client.ApiError, match="misschien"):
        client.decide_csv(api, [BESLUIT], b"wlz_indicatie\nmisschien\n")


def test_the_notebook_runs_and_draws(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "client.py", tmp_path)
    notebook: Any = nbformat.read(EXAMPLES / "api.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)  # what it shows is not kept in git
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert "H330" in "".join(output.get("text", "") for output in shown)
    (picture,) = (output["data"]["image/svg+xml"] for output in shown if "image/svg+xml" in output.get("data", {}))
    assert "deeltijdverblijf" in picture
    assert sorted(path.name for path in tmp_path.iterdir()) in (["client.py"], ["__pycache__", "client.py"])
