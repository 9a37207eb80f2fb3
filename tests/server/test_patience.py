"""Who says nothing, or says it slowly, does not hold a place."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from aanspraak.server import limit, patience
from tests.server.process import serving

CASE = "/v1/besluiten/aard_paramedische_zorg/antwoorden"


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A connection to a server with little patience."""
    monkeypatch.setattr(patience, "HEADERS", 0.4)
    monkeypatch.setattr(limit, "PATIENCE", 0.4)
    monkeypatch.setattr(limit, "PACE", 1e9)
    with serving(tmp_path) as address:
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
            yield connection


def ended(connection: socket.socket) -> bool:
    """Whether the other side hangs up, and says nothing before it."""
    return connection.recv(1000) == b""


def test_who_says_nothing(visitor: socket.socket) -> None:
    begun = time.monotonic()
    assert ended(visitor)
    assert 0.3 < time.monotonic() - begun < 3


def test_who_dribbles_headers(visitor: socket.socket) -> None:
    """A little now and then does not give more time."""
    begun = time.monotonic()
    visitor.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
    visitor.settimeout(0.1)
    for number in range(50):
        try:
            if not visitor.recv(1000):
                break
        except TimeoutError:
            visitor.sendall(f"X-{number}: x\r\n".encode())
        except ConnectionError:
            break
    assert time.monotonic() - begun < 3


def test_who_goes_on_and_on(visitor: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST", 1000)
    visitor.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 600)
    time.sleep(0.1)
    visitor.sendall(b"x" * 600)
    begun = time.monotonic()
    assert ended(visitor)
    assert time.monotonic() - begun < 0.2


def test_who_dribbles_after_a_request(visitor: socket.socket) -> None:
    visitor.sendall(b"GET /gezond/leeft HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"200 OK" in visitor.recv(10_000)
    visitor.sendall(b"GET / HTTP/1.1\r\n")
    assert ended(visitor)


def test_who_dribbles_a_body(visitor: socket.socket) -> None:
    head = f"POST {CASE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
    visitor.sendall(head.encode())
    said = visitor.recv(10_000)
    assert said.startswith(b"HTTP/1.1 408")
    while said and not said.endswith(b"}"):
        said += (more := visitor.recv(10_000))
        assert more
    assert "te langzaam" in said.decode()
    assert ended(visitor)


def test_the_rest_of_what_was_refused_may_still_come(visitor: socket.socket) -> None:
    """A body that is too large is answered before it is all there; the connection goes on."""
    head = (
        f"POST {CASE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1300000\r\n\r\n"
    )
    visitor.sendall(head.encode() + b"0" * 1_100_000)
    assert visitor.recv(100).startswith(b"HTTP/1.1 413")
    for part in (b"0" * 100_000, b"0" * 100_000, b"GET /gezond/leeft HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        visitor.sendall(part)
        time.sleep(0.05)
    said = b""
    while b"200 OK" not in said:
        said += (more := visitor.recv(10_000))
        assert more


def test_who_waits_between_requests_is_served(visitor: socket.socket) -> None:
    for _ in range(3):
        visitor.sendall(b"GET /gezond/leeft HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200 OK" in visitor.recv(10_000)
        time.sleep(0.5)
