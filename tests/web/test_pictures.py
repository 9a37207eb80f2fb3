"""The pictures of docs/webapp.md; `SCHERMBEELDEN=docs/beelden pytest -n0 tests/web/test_pictures.py` takes them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.conftest import CASE
from tests.web.jobs import CASES, as_csv, sent

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PICTURES = {
    "web-start": ("/", WIDE, "light", "Wie betaalt deze zorg?"),
    "web-vraag": (
        "/vraag/bekostiging_paramedische_zorg?peildatum=2026-03-02&wlz_indicatie=ja",
        WIDE, "light", "In welke vorm krijgt de cliënt de Wlz-zorg?",
    ),
    "web-antwoord": (f"/antwoord/bekostiging_paramedische_zorg?{CASE}", WIDE, "light", "Wie betaalt deze paramedische"),
    "web-antwoord-telefoon": (
        f"/antwoord/bekostiging_paramedische_zorg?{CASE}", PHONE, "light", "Wie betaalt deze paramedische",
    ),
    "web-naast": (
        "/antwoord/afweging_zorgvorm?peildatum=2026-03-02&vergelijk=zorgvorm&wlz_indicatie=ja&aanleiding=medisch"
        "&verblijf_nodig=ja&zorgdoel=behandeling&leveringsvorm=mpt&acute_crisis=nee&grondslag=somatisch",
        WIDE, "light", "Vergelijking: vorm van kortdurende zorg",
    ),
    "web-regels": ("/regels/bekostiging_paramedische_zorg#tabel", WIDE, "dark", "Bekostiging van paramedische zorg"),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_for_the_docs(visit: Callable[..., Any], tmp_path: Path, name: str) -> None:
    path, size, look, heading = PICTURES[name]
    _taken(visit(path, viewport=size, color_scheme=look), name, heading, tmp_path)


def test_a_picture_of_many_cases(visit: Callable[..., Any], address: str, tmp_path: Path) -> None:
    with httpx.Client(base_url=address) as site:
        job = sent(site, as_csv(CASES), "bekostiging_paramedische_zorg", "aard_paramedische_zorg")
    page = visit(job, viewport={"width": 1280, "height": 1500})
    _taken(page, "web-veel", "Uitkomst van uw bestand", tmp_path)


def _taken(page: Any, name: str, heading: str, folder: Path) -> None:
    assert heading in page.locator("h1").inner_text()
    picture = Path(os.environ.get("SCHERMBEELDEN", folder)) / f"{name}.png"
    page.screenshot(path=picture)
    assert int.from_bytes(picture.read_bytes()[16:20]) == page.viewport_size["width"]
