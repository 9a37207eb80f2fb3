"""The contract: by the Dutch API Design Rules, and kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.npm import node_modules

HERE = Path(__file__).parent
RULES = HERE.parents[2] / "shared" / "standards" / "adr_linter_ccby4.yaml"

Lint = Callable[[dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def contract(api: httpx.Client) -> dict[str, Any]:
    said = api.get("/openapi.json")
    assert said.headers["access-control-allow-origin"] == "*"
    found: dict[str, Any] = said.json()
    return found


@pytest.fixture(scope="session")
def spectral() -> Path:
    """The linter; installed now where it is not."""
    if not RULES.is_file():
        pytest.skip("../shared is er niet")
    return node_modules(HERE) / ".bin" / "spectral"


@pytest.fixture
def lint(spectral: Path, tmp_path: Path) -> Lint:
    """What Spectral finds in a contract."""

    def run(contract: dict[str, Any]) -> list[dict[str, Any]]:
        document = tmp_path / "openapi.json"
        document.write_text(json.dumps(contract))
        command = [spectral, "lint", "-r", RULES, "-f", "json", "--quiet", document]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    return run


def test_design_rules(contract: dict[str, Any], lint: Lint) -> None:
    assert lint(contract) == []


def test_the_linter_sees_what_is_wrong(contract: dict[str, Any], lint: Lint) -> None:
    broken = json.loads(json.dumps(contract))
    del broken["info"]["contact"]["email"]
    del broken["paths"]["/besluiten/{besluit}/antwoorden"]["post"]["responses"]["400"]
    assert {"nlgov:info-contact-fields-exist", "nlgov:problem-invalid-input"} <= {f["code"] for f in lint(broken)}


def test_the_version_is_in_the_address_and_in_every_answer(api: httpx.Client, contract: dict[str, Any]) -> None:
    version = contract["info"]["version"]
    assert contract["openapi"].startswith("3.1.")
    assert contract["servers"] == [{"url": f"/v{version.split('.')[0]}"}]
    for path in ("/besluiten", "/iets", "/openapi.json"):
        assert api.get(path).headers["api-version"] == version


def test_schemathesis_finds_no_fault(address: str, tmp_path: Path) -> None:
    """No 5xx and nothing that the contract does not say, in what Schemathesis makes up."""
    command = [
        Path(sys.executable).parent / "schemathesis", "--config-file", HERE / "schemathesis.toml",
        "run", f"{address}/v1/openapi.json", "--url", f"{address}/v1", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout
