"""Everyone can send a file and read what comes back: axe-core, a phone, the keyboard alone, in real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from aanspraak.api import job_store
from aanspraak.api.jobs import Order
from aanspraak.database import connect
from tests.server.process import serving
from tests.web.jobs import CASES, as_csv, sent
from tests.web.test_access import tab_to

PARAMEDISCH, LIST = "bekostiging_paramedische_zorg", "te_vertellen_rechten"
FAULTY = b"leeftijd;wlz_indicatie\n82;ja\noud;misschien\n200;nee"
STATES = ("leeg", "fout", "voorstel", "gegevens", "bezig", "foute waarden", "uitkomst", "lijst", "hervorming")


@dataclass(frozen=True)
class Busy:
    """A job that another process is at."""

    store: job_store.Store
    job: str
    address: str


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Busy]:
    folder = tmp_path_factory.mktemp("bezig")
    store = job_store.open_store(connect(folder), folder)
    job = job_store.new_id(store)
    order = Order(besluiten=[LIST], peildatum=None, kennisdatum=None, hervorming=None, formaat="csv")
    job_store.add(store, job, "", order)
    job_store.change(store, job, status="bezig", voortgang=40.0, gehouden=datetime.now(UTC) + timedelta(hours=1))
    with serving(folder) as address:
        yield Busy(store, job, f"{address}/veel/{job}")
    store.database.dispose()


@pytest.fixture(scope="module")
def addresses(address: str, busy: Busy) -> dict[str, str]:
    """State → where it is to be seen; «fout» is the empty form, that is then sent."""
    with httpx.Client(base_url=address) as site:
        done = sent(site, as_csv(CASES), PARAMEDISCH, LIST)
        return {
            "leeg": "/veel",
            "fout": "/veel",
            "voorstel": f"/veel?besluit={PARAMEDISCH}&hervorming=een-leveringsvorm-beide",
            "gegevens": f"/veel/gegevens/{PARAMEDISCH}",
            "foute waarden": sent(site, FAULTY, PARAMEDISCH),
            "uitkomst": f"{done}?besluit={PARAMEDISCH}&blad=2",
            "lijst": f"{done}?besluit={LIST}",
            "hervorming": "/hervormingen/een-leveringsvorm-beide",
            "bezig": busy.address,
        }


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_a_page_fits_at_four_times_its_size(
    visit: Callable[..., Any], axe: Callable[[Any], list[str]], addresses: dict[str, str], state: str
) -> None:
    page = visit("/static/teken.svg")
    page.route("**/veel/*", _without_refresh)
    page.goto(addresses[state])
    if state == "fout":
        page.locator("form[method=post] button").click()
        assert page.locator("[role=alert] a").count() == 2
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look)
        assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # WCAG 1.4.10: 1280 pixels wide at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1


def _without_refresh(route: Any) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, headers={n: v for n, v in answer.headers.items() if n != "refresh"})


def test_a_page_that_waits_looks_again_by_itself(busy: Busy) -> None:
    for status, says in (("wacht", "andere bestanden voor"), ("bezig", "Wij zijn op 40%")):
        job_store.change(busy.store, busy.job, status=status)
        said = httpx.get(busy.address)
        assert says in said.text
        assert int(said.headers["refresh"]) > 0
        assert "http-equiv" not in said.text


def test_a_file_with_the_keyboard_alone_and_without_scripts(visit: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "casussen.csv"
    path.write_bytes(as_csv(CASES))
    page = visit(f"/veel?besluit={LIST}", java_script_enabled=False)
    keys = page.keyboard
    tab_to(page, f"#b-{LIST}")
    tab_to(page, "#bestand")
    page.set_input_files("#bestand", path)  # what the dialog of the browser does
    page.focus("#bestand")
    tab_to(page, "#peildatum")
    tab_to(page, "form[method=post] button")
    keys.press("Enter")
    page.wait_for_selector("table.tellingen", timeout=30_000)  # the page looked again until it was done
    assert page.locator("table.rijen tbody tr").count() > 0
    tab_to(page, "a.knop")
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename == "uitkomst.csv"
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    tab_to(page, "#toon")
    keys.press("ArrowDown")
    tab_to(page, "form[method=get] button")
    keys.press("Enter")
    page.wait_for_url("**toon=regel*")
    tab_to(page, "form[method=post] button")
    keys.press("Enter")
    page.wait_for_url("**/veel?verwijderd=ja")
    assert "zijn verwijderd" in page.locator("main [role=status]").inner_text()
