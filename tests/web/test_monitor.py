"""The pages about results of monitors: choose, look, take along; in a real browser and for everyone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag

import httpx
import openpyxl
import pyarrow.parquet as pq
import pytest
from lxml import html

from aanspraak.monitor.results import Result
from aanspraak.monitor.results_figures import MOST
from aanspraak.monitor.results_rows import chosen
from aanspraak.web.monitor import ROWS, read_choice
from tests.web.results import GROUP, ODD
from tests.web.results import folder as folder
from tests.web.results import results as results
from tests.web.results import shown as shown
from tests.web.test_access import tab_to
from tests.web.test_law import LIMIT

pytestmark = GROUP

MARK = "Synthetisch: verzonnen gegevens, geen regel gaat over een echt mens."
STATES = {
    "lijst": "/monitor",
    "resultaat": "/monitor/trajecten",
    "figuur": "/monitor/leveringsvormen/figuur_04",
    "stroom": "/monitor/trajecten/stroom",
    "tabel": "/monitor/leveringsvormen/clienten_per_profiel",
    "tabel-lang": "/monitor/leveringsvormen/uitgaven_per_dag?sector=vv&pagina=2",
    "tabel-een": "/monitor/leveringsvormen/clienten_per_jaar?sector=vv&bekostiging=zzp_incl&jaar=2021",
    "publicatie": "/monitor/publicatie/week_voor?jaar=2021",
    "fout": "/monitor/bestaat-niet",
}


@pytest.fixture(scope="module")
def site(shown: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shown) as client:
        yield client


@pytest.fixture
def address(shown: str) -> str:
    """Where `visit` goes in these tests."""
    return shown


def test_every_page_is_light_and_says_that_the_data_are_synthetic(
    site: httpx.Client, results: dict[str, Result]
) -> None:
    found: dict[str, html.HtmlElement] = {}
    todo = ["/monitor"]
    while todo:
        path = todo.pop()
        response = site.get(path)
        assert response.status_code == 200, path
        assert len(response.content) < LIMIT, path
        page = found[path] = html.fromstring(response.text)
        assert not page.xpath("//script | //style | //*[@style]"), path
        assert path == "/monitor" or MARK in page.text_content(), path
        links = [urldefrag(link).url for link in page.xpath("//main//a/@href")]
        pages = [link for link in links if link.startswith("/monitor") and not _is_file(link)]
        todo += [link for link in dict.fromkeys(pages) if link not in found and link not in todo]
    tables = {f"/monitor/{quote(one.name)}/{name}" for one in results.values() for name in one.tables}
    assert tables <= set(found)


def _is_file(link: str) -> bool:
    return any(part in link for part in ("/figuur.", "/tabel.", "/rapport/"))


def test_without_results_the_page_tells_how_to_make_them(visit: Callable[..., Any], tmp_path: Path) -> None:
    from tests.server.process import serving

    with serving(tmp_path) as bare:
        text = visit(f"{bare}/monitor").locator("main").inner_text()
    assert "aanspraak monitor leveringsvormen --invoer" in text
    assert "aanspraak serve --resultaten" in text


def test_a_choice_changes_the_table_and_the_figure(visit: Callable[..., Any], results: dict[str, Result]) -> None:
    page = visit("/monitor/leveringsvormen/clienten_per_jaar", java_script_enabled=False)
    assert page.get_by_label("Jaar", exact=True).input_value() == ""
    before = page.locator("figure img").get_attribute("src")
    page.get_by_label("Sector", exact=True).select_option(label="verpleging en verzorging (vv)")
    page.get_by_label("Jaar", exact=True).select_option("2021")
    page.get_by_label("In de figuur").select_option(label="Unieke cliënten")
    page.get_by_role("button", name="Toon").click()
    page.wait_for_url("**sector=vv**")
    assert page.get_by_label("Jaar", exact=True).input_value() == "2021"
    assert page.locator("figure img").get_attribute("src") != before
    assert page.request.get(page.locator("figure img").get_attribute("src")).headers["content-type"] == "image/svg+xml"
    result = results["leveringsvormen"]
    wanted = (("sector", ("vv",)), ("jaar", ("2021",)))
    truth = chosen(result, result.tables["clienten_per_jaar"], wanted).to_pylist()
    rows = [row.inner_text().split("\t") for row in page.locator("tbody tr").all()]
    assert [row[0] for row in rows] == [result.manifest.labels[row["bekostiging"]] for row in truth]
    assert [int(row[1].replace(".", "")) for row in rows] == [row["unieke_clienten"] for row in truth]


def test_a_choice_with_the_keyboard_alone(visit: Callable[..., Any]) -> None:
    page = visit("/monitor/publicatie/trajecten_per_zorgvorm", java_script_enabled=False)
    tab_to(page, "#keuze-jaar")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.wait_for_url("**jaar=2018**")
    assert "2018" not in page.locator("tbody").inner_text()  # what is chosen is said above


def test_the_figure_is_drawn_and_can_be_taken_along(visit: Callable[..., Any]) -> None:
    page = visit("/monitor/trajecten/stroom")
    image = page.locator("figure img")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 400
    assert MARK in page.request.get(image.get_attribute("src")).text()
    with page.expect_download() as taken:
        page.get_by_role("link", name="als PNG").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"\x89PNG")
    assert taken.value.suggested_filename == "trajecten-stroom-synthetisch.png"


def test_a_table_opens_with_something_to_look_at(results: dict[str, Result]) -> None:
    seen = 0
    for result in results.values():
        for name in result.tables.keys() - result.figures.keys():
            table = result.tables[name]
            opening = read_choice(result, table, {}).choice
            found = chosen(result, table, opening).num_rows
            assert found <= MOST, name
            assert found or not chosen(result, table, ()).num_rows, name
            seen += bool(opening)
    assert seen > 3


def test_rows_come_in_pages(site: httpx.Client, results: dict[str, Result]) -> None:
    result = results["leveringsvormen"]
    seen, path = 0, "/monitor/leveringsvormen/uitgaven_per_dag?sector=vg"
    while path:
        page = html.fromstring(site.get(path).text)
        seen += len(page.xpath("//tbody/tr"))
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert seen == chosen(result, result.tables["uitgaven_per_dag"], (("sector", ("vg",)),)).num_rows > 5 * ROWS


def test_files_hold_the_choice_and_the_mark(site: httpx.Client, results: dict[str, Result]) -> None:
    path, choice = "/monitor/leveringsvormen/uitgaven_per_dag/tabel", "?sector=vv&zorgprofiel=leeg&jaar=2021"
    result = results["leveringsvormen"]
    wanted = (("sector", ("vv",)), ("zorgprofiel", ("leeg",)), ("jaar", ("2021",)))
    truth = chosen(result, result.tables["uitgaven_per_dag"], wanted)
    assert truth.num_rows > 10
    csv = site.get(f"{path}.csv{choice}")
    assert csv.headers["content-disposition"].endswith("''leveringsvormen-uitgaven_per_dag-synthetisch.csv")
    assert csv.content.startswith(b"\xef\xbb\xbf")
    heading, *lines = csv.content.decode("utf-8-sig").splitlines()
    assert heading.split(";") == [*truth.column_names, "synthetisch"]
    assert [line.split(";")[-1] for line in lines] == ["ja"] * truth.num_rows
    parquet = pq.read_table(BytesIO(site.get(f"{path}.parquet{choice}").content))
    assert parquet.drop_columns("synthetisch").equals(truth)
    sheet = openpyxl.load_workbook(BytesIO(site.get(f"{path}.xlsx{choice}").content)).worksheets[0]
    assert sheet.max_row == truth.num_rows + 1
    assert sheet.cell(2, 1).value == "vv"


def test_a_publication_says_what_it_hides_and_nothing_more(site: httpx.Client, results: dict[str, Result]) -> None:
    page = html.fromstring(site.get("/monitor/publicatie/week_voor?jaar=").text)
    result = results["publicatie"]
    table = result.tables["week_voor"]
    truth = chosen(result, table, ()).to_pylist()
    assert {row["cel"] for row in truth} >= {"getoond", "<10"}
    shown = [row.xpath("./td/text()")[0] for row in page.xpath("//tbody/tr")]
    for row, words in zip(truth, shown, strict=False):
        assert words == {"<10": "<10", "onderdrukt": "·"}.get(row["cel"], words)
        assert (words[0].isdigit()) == (row["cel"] == "getoond")


def test_a_folder_can_be_called_anything(site: httpx.Client) -> None:
    page = html.fromstring(site.get(f"/monitor/{quote(ODD)}/week_voor").text)
    for link in page.xpath("//figure//img/@src | //figure//a/@href | //main//a[contains(@href, '/tabel.')]/@href"):
        said = site.get(link)
        assert said.status_code == 200
        assert quote(ODD, safe="") in said.headers["content-disposition"]
    assert site.get(f"/monitor/{quote(ODD)}/rapport/rapport.html").status_code == 200


def test_the_report_can_be_kept(site: httpx.Client, folder: Path) -> None:
    said = site.get("/monitor/trajecten/rapport/rapport.html")
    assert said.headers["content-disposition"] == 'attachment; filename="trajecten-rapport.html"'
    assert said.content == (folder / "trajecten" / "rapport.html").read_bytes()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/monitor/niets", "Er is geen resultaat «niets»"),
        ("/monitor/trajecten/trajecten", "Er is geen tabel «trajecten»"),
        ("/monitor/trajecten/rapport/manifest.json", "Er is geen manifest.json"),
        ("/monitor/trajecten/ligduur?jaar=1900", "jaar: «1900» is er niet. Kies uit 2018"),
        ("/monitor/trajecten/ligduur?prijs=1", "heeft geen «prijs»"),
        ("/monitor/trajecten/ligduur?pagina=nul", "«nul» is geen nummer van een pagina"),
        ("/monitor/trajecten/ligduur?pagina=" + "9" * 99, "is geen nummer van een pagina"),
        ("/monitor/trajecten/ligduur?maat=prijs", "maat: «prijs» is er niet"),
        ("/monitor/trajecten/ligduur/tabel.docx", "Er is geen tabel als «docx»"),
        ("/monitor/leveringsvormen/tabel_1/figuur.svg", "Van deze keuze is er geen figuur"),
    ],
)
def test_a_mistake_is_told_in_words(site: httpx.Client, path: str, says: str) -> None:
    said = site.get(path)
    assert (said.status_code, says in said.text) == (404, True), said.text


@pytest.mark.parametrize(
    ("path", "look"),
    [
        *((path, "light") for path in STATES.values()),
        *((STATES[name], "dark") for name in ("lijst", "figuur", "tabel")),
    ],
)
def test_axe_finds_nothing(visit: Callable[..., Any], axe: Callable[[Any], list[str]], path: str, look: str) -> None:
    page = visit(path, color_scheme=look)
    assert axe(page) == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", STATES.values(), ids=STATES)
def test_a_page_fits_at_four_times_its_size(visit: Callable[..., Any], path: str) -> None:
    page = visit(path, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    ("name", "path", "look"),
    [
        ("web-monitor", "/monitor/leveringsvormen/figuur_04", "light"),
        ("web-monitor-tabel", "/monitor/leveringsvormen/clienten_per_profiel", "dark"),
    ],
)
def test_a_picture_for_the_docs(visit: Callable[..., Any], tmp_path: Path, name: str, path: str, look: str) -> None:
    page = visit(path, viewport={"width": 1280, "height": 1300}, color_scheme=look)
    page.locator("figure img").evaluate("image => image.decode()")
    picture = Path(os.environ.get("SCHERMBEELDEN", tmp_path)) / f"{name}.png"
    page.screenshot(path=picture)
    assert int.from_bytes(picture.read_bytes()[16:20]) == 1280
