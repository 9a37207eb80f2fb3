"""Not too often: a bucket for every visitor, that fills up again."""

from __future__ import annotations

import re

import httpx
import pytest

from aanspraak.server import rate
from aanspraak.server.rate import BURST, PER_SECOND, Rate, network
from tests.server.provider import Secured


class Clock:
    """A clock that is put right by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills() -> None:
    clock = Clock()
    buckets = Rate(clock)
    assert [buckets.wait("a") for _ in range(int(BURST))] == [0] * int(BURST)
    assert buckets.wait("a") == pytest.approx(1 / PER_SECOND)
    assert buckets.wait("b") == 0  # another is not held up
    clock.now += 1
    assert [buckets.wait("a") == 0 for _ in range(int(PER_SECOND) + 1)] == [True] * int(PER_SECOND) + [False]
    clock.now += 10_000
    assert [buckets.wait("a") for _ in range(int(BURST))] == [0] * int(BURST)
    assert buckets.wait("a") > 0  # and never more than full


def test_it_does_not_remember_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "_REMEMBERED", 100)
    clock = Clock()
    buckets = Rate(clock)
    for visitor in range(1000):
        buckets.wait(str(visitor))
    assert len(buckets._buckets) == 100
    assert "999" in buckets._buckets
    clock.now += BURST
    for visitor in ("x", "y"):
        buckets.wait(visitor)
    assert set(buckets._buckets) == {"x", "y"}


def test_one_subscriber_is_one_visitor() -> None:
    assert network("192.0.2.1") != network("192.0.2.2")
    assert network("2001:db8:0:1::1") == network("2001:db8:0:1:ffff::2")
    assert network("2001:db8:0:1::1") != network("2001:db8:0:2::1")


def test_too_many_requests_are_told_when_to_come_back(guarded: Secured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "BURST", 3.0)
    monkeypatch.setattr(rate, "PER_SECOND", 0.01)
    before = len(guarded.events())
    said = [httpx.get(f"{guarded.address}/v1/besluiten") for _ in range(5)]
    assert len(guarded.events()) == before  # who asks on and on does not fill the log
    assert [s.status_code for s in said] == [200, 200, 200, 429, 429]
    assert 90 <= int(said[3].headers["retry-after"]) <= 100
    assert said[3].headers["content-type"] == "application/problem+json"
    page = httpx.get(guarded.address, headers={"accept": "text/html"})
    assert (page.status_code, bool(re.search(r"over (9\d|100) seconden", page.text))) == (429, True)
    behind = {"x-forwarded-for": "192.0.2.7"}  # by a proxy on this machine
    assert httpx.get(f"{guarded.address}/v1/besluiten", headers=behind).status_code == 200
    with guarded.program("lezer") as program:
        assert program.get("/v1/besluiten").status_code == 200  # a user has a bucket of their own
