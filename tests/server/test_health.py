"""What looks after the server, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import httpx
from sqlalchemy import create_engine
from starlette.testclient import TestClient

from aanspraak.server.app import create_app
from tests.server.process import serving


def test_it_says_whether_it_can_work(address: str) -> None:
    assert httpx.get(f"{address}/gezond").json() == {"status": "gezond", "database": "goed"}
    assert httpx.get(f"{address}/gezond/leeft").json() == {"status": "leeft"}


def test_a_database_that_is_gone_is_told(tmp_path: Path) -> None:
    app = create_app(folder=tmp_path)
    app.state.store = replace(app.state.store, database=create_engine(f"sqlite:///{tmp_path}/weg/x.sqlite"))
    with TestClient(app, base_url="http://localhost") as client:
        said = client.get("/gezond")
        assert (said.status_code, said.json()["database"]) == (503, "onbereikbaar")
        assert client.get("/gezond/leeft").status_code == 200


def test_metrics_count_by_place_and_never_by_address(tmp_path: Path) -> None:
    with serving(tmp_path) as address:
        for path in ("/v1/regels/h330", "/v1/regels/123456782", "/v1/regels?zoek=Jansen", "/bestaat/niet"):
            httpx.get(f"{address}{path}")
        httpx.request("LOCK", f"{address}/v1/regels")
        said = httpx.get(f"{address}/metingen")
    assert said.headers["content-type"].startswith("text/plain")
    counted = dict(re.findall(r"^(aanspraak_verzoeken_total\{.*\}) (.+)$", said.text, re.MULTILINE))
    assert counted['aanspraak_verzoeken_total{methode="GET",plaats="/v1/regels",status="404"}'] == "2.0"
    assert counted['aanspraak_verzoeken_total{methode="GET",plaats="elders",status="404"}'] == "1.0"
    assert 'methode="anders",plaats="/v1/regels",status="405"' in said.text
    assert 'aanspraak_duur_seconden_count{plaats="/v1/regels"} 4.0' in said.text
    assert "aanspraak_process_resident_memory_bytes" in said.text
    assert "123456782" not in said.text
    assert "Jansen" not in said.text
