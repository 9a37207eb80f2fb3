"""Who may come in, and what goes with every answer."""

from __future__ import annotations

import httpx
import pytest

CASE = "/v1/besluiten/aard_paramedische_zorg/antwoorden"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil", ""])
def test_under_another_name_nothing_is_given(address: str, host: str) -> None:
    for path in ("/", "/v1/besluiten"):
        said = httpx.get(f"{address}{path}", headers={"host": host})
        assert said.status_code == 403
        assert "Gebruik een adres van deze server" in said.json()["detail"]


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]", "[::1]:8000", "LOCALHOST"])
def test_every_name_of_this_machine_will_do(address: str, host: str) -> None:
    assert httpx.get(f"{address}/v1/besluiten", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_a_page_elsewhere_changes_nothing(address: str, site: str, status: int) -> None:
    assert httpx.post(f"{address}{CASE}", json={}, headers={"sec-fetch-site": site}).status_code == status
    assert httpx.get(f"{address}/v1/besluiten", headers={"sec-fetch-site": site}).status_code == 200


def test_a_path_with_a_line_break_is_nowhere(address: str) -> None:
    said = httpx.get(f"{address}/v1/taken/a%0Ab")
    assert (said.status_code, said.headers["content-type"]) == (404, "application/problem+json")


def test_every_answer_is_guarded(address: str) -> None:
    for path in ("/", "/v1/besluiten", "/v1/iets", "/static/stijl.css"):
        headers = httpx.get(f"{address}{path}").headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_only_what_is_static_may_be_kept(address: str) -> None:
    assert httpx.get(f"{address}/").headers["cache-control"] == "no-store"
    assert httpx.post(f"{address}{CASE}", json={}).headers["cache-control"] == "no-store"
    assert "cache-control" not in httpx.get(f"{address}/static/stijl.css").headers
