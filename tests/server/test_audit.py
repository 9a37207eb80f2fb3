"""The audit log: every use of data is in it, and nobody can be known from it."""

from __future__ import annotations

import re
import stat
from datetime import datetime
from pathlib import Path

import httpx
from starlette.testclient import TestClient

from aanspraak.server.app import create_app
from aanspraak.server.settings import Settings
from tests.server.provider import Secured

BSN = "123456782"
FIELDS = {
    "gebeurtenis": {"code", "actie", "tijd", "resultaat", "status"},
    "gebruiker": {"id", "rol"},
    "object": {"klasse"},
    "loggegevens": {"bron"},
}


def test_what_is_written_down(guarded: Secured) -> None:
    before = len(guarded.events())
    with guarded.program("lezer") as program:
        path = "/v1/taken?besluit=aard_paramedische_zorg"
        made = program.post(path, content=b"specifieke_kennis_nodig\nja\n", headers={"content-type": "text/csv"})
        program.get(made.headers["location"])
        program.delete(made.headers["location"])
        program.get("/metingen")
        program.get("/v1/regels")  # open to all: not in the log
    httpx.get(f"{guarded.address}/v1/taken/0")
    events = guarded.events()[before:]
    told = [(e["gebeurtenis"]["actie"], e["object"]["klasse"], e["gebeurtenis"]["resultaat"]) for e in events]
    assert told == [
        ("C", "/v1/taken", "geslaagd"),
        ("R", "/v1/taken", "geslaagd"),
        ("D", "/v1/taken", "geslaagd"),
        ("R", "/metingen", "geweigerd"),
        ("R", "/v1/taken", "geweigerd"),
    ]
    assert [e["gebruiker"]["rol"] for e in events] == ["lezer"] * 4 + ["iedereen"]
    assert len({e["gebruiker"]["id"] for e in events[:4]}) == 1
    assert events[4]["gebruiker"]["id"] is None
    for event in events:
        assert {name: set(part) for name, part in event.items()} == FIELDS
        at = datetime.fromisoformat(event["gebeurtenis"]["tijd"])
        assert at.utcoffset() is not None
        assert not at.utcoffset()


def test_nothing_personal_is_in_it(guarded: Secured) -> None:
    """Wherever someone writes a BSN or a name: in the address, a header, a file, or as a name to log in with."""
    with guarded.program("lezer") as program:
        program.get(f"/v1/taken/{BSN}")
        program.get("/veel", params={"naam": "Jansen", "bsn": BSN})
        program.get(f"/monitor/{BSN}/Jansen")
        program.get("/metingen", headers={"user-agent": f"Jansen {BSN}", "cookie": f"x={BSN}"})
        content = f"specifieke_kennis_nodig;naam\n{BSN};Jansen\n".encode()
        params = {"besluit": "aard_paramedische_zorg", "bsn": BSN}
        program.post("/v1/taken", params=params, content=content, headers={"content-type": "text/csv"})
    named = guarded.signed(sub=f"Jansen {BSN}", name="Jansen")
    httpx.get(f"{guarded.address}/metingen", headers={"authorization": f"Bearer {named}"})
    text = guarded.log.read_text()
    assert text.count("\n") > 5
    for secret in (BSN, "Jansen", "lezer@", "127.0.0.1", "?", "besluit", "specifieke", "Bearer"):
        assert secret not in text
    assert {e["gebruiker"]["id"] is None or bool(re.fullmatch("[a-p]{32}", e["gebruiker"]["id"]))
            for e in guarded.events()} == {True}  # fmt: skip


def test_who_looks_after_the_server_alone_reads_it(guarded: Secured) -> None:
    assert stat.S_IMODE(guarded.log.stat().st_mode) == 0o600
    with guarded.program("beheerder") as program:
        shown = program.get("/logboek")
    assert shown.headers["content-type"] == "application/jsonl"
    lines = guarded.log.read_text().splitlines()
    assert shown.text.splitlines() == lines[: len(shown.text.splitlines())]


def test_it_is_only_added_to(guarded: Secured) -> None:
    """Put away while the server runs, it is begun anew, and the old one stays as it was."""
    httpx.get(f"{guarded.address}/metingen")
    old = guarded.log.rename(guarded.log.with_suffix(".oud"))
    before = old.read_text()
    httpx.get(f"{guarded.address}/metingen")
    assert old.read_text() == before
    assert len(guarded.events()) == 1
    guarded.log.write_text(before + guarded.log.read_text())


def test_what_cannot_be_written_down_is_not_given(tmp_path: Path) -> None:
    app = create_app(folder=tmp_path, settings=Settings(log=tmp_path / "logboek"))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        assert client.get("/metingen").status_code == 200
        (tmp_path / "logboek").unlink()
        (tmp_path / "logboek").mkdir()
        said = client.get("/metingen")
        assert (said.status_code, "aanspraak_verzoeken" in said.text) == (500, False)
        assert client.get("/v1/taken/0").status_code == 500
        assert client.get("/v1/besluiten").status_code == 200
