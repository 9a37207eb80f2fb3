"""Results of monitors to who logs in: a reader sees what is published, who analyses everything."""

from __future__ import annotations

from pathlib import Path

import httpx

from aanspraak.monitor.results import Result
from tests.server.provider import secured
from tests.web.results import GROUP
from tests.web.results import folder as folder
from tests.web.results import results as results

pytestmark = GROUP


def test_each_role_sees_its_results(results: dict[str, Result], tmp_path: Path) -> None:
    with secured(tmp_path, results) as server:
        assert httpx.get(f"{server.address}/monitor").status_code == 401
        assert httpx.get(f"{server.address}/v1/monitors/trajecten").status_code == 401
        for role, inner in {"lezer": 404, "analist": 200, "beheerder": 200, "niemand": 403}.items():
            public = 403 if role == "niemand" else 200
            with server.program(role) as program:
                for path in ("/monitor", "/v1/monitors"):
                    assert program.get(path).status_code == public, (role, path)
                    assert program.get(f"{path}/publicatie").status_code == public, (role, path)
                    assert program.get(f"{path}/trajecten").status_code == inner, (role, path)
                if public == 200:  # a page names only what it shows
                    assert ("/monitor/leveringsvormen" in program.get("/monitor").text) is (inner == 200)
