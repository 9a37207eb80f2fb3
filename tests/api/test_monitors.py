"""Results of monitors over HTTP, in the shape of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from aanspraak.api import monitor_models as shapes
from aanspraak.monitor.results import Result
from aanspraak.monitor.results_rows import chosen
from tests.web.results import GROUP
from tests.web.results import folder as folder
from tests.web.results import results as results
from tests.web.results import shown as shown

pytestmark = GROUP

TABLE = "/monitors/leveringsvormen/tabellen/uitgaven_per_dag"


@pytest.fixture(scope="module")
def api(shown: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{shown}/v1") as client:
        yield client


def test_every_result_and_table_is_as_the_lists_say(api: httpx.Client, results: dict[str, Result]) -> None:
    listed = shapes.Monitors.model_validate_json(api.get("/monitors").content).items
    assert [one.monitor for one in listed] == list(results)
    assert {one.monitor: one.veilig for one in listed}["publicatie"]
    for line in listed:
        page = shapes.Monitor.model_validate_json(api.get(f"/monitors/{quote(line.monitor)}").content)
        assert page.model_dump(exclude={"tabellen"}) == line.model_dump()
        assert [table.tabel for table in page.tabellen] == list(results[line.monitor].tables)
        for table in page.tabellen:
            there = f"/monitors/{quote(line.monitor)}/tabellen/{table.tabel}"
            said = shapes.Rijen.model_validate_json(api.get(there).content)
            assert said.synthetisch
            assert said.monitor == line.monitor
            assert all(list(row) == [column.kolom for column in table.kolommen] for row in said.items)


def test_pages_lead_to_each_other_and_hold_every_row(api: httpx.Client, results: dict[str, Result]) -> None:
    result = results["leveringsvormen"]
    wanted = (("jaar", ("2021",)), ("sector", ("vv", "vg")))
    truth = chosen(result, result.tables["uitgaven_per_dag"], wanted).to_pylist()
    path, rows, last = f"{TABLE}?jaar=2021&sector=vv&sector=vg&grootte=100", [], ""
    while path:
        said = api.get(path.removeprefix("/v1"))
        page = said.json()
        assert page["aantal"] == len(truth) > 100
        rows += page["items"]
        links = {name: to for to, name in re.findall(r'<([^>]+)>; rel="(\w+)"', said.headers["link"])}
        path, last = links.get("next", ""), links["last"]
        assert api.get(last.removeprefix("/v1")).json()["pagina"] == page["paginas"]
    assert [(row["soort_zorg"], row["uitgaven"]) for row in rows] == [
        (row["soort_zorg"], row["uitgaven"] and float(row["uitgaven"])) for row in truth
    ]
    assert {(row["sector"], row["jaar"]) for row in rows} == {("vv", 2021), ("vg", 2021)}


def test_a_page_past_the_last_is_empty(api: httpx.Client) -> None:
    said = api.get(f"{TABLE}?pagina=1000000")
    assert said.json()["items"] == []
    assert 'rel="next"' not in said.headers["link"]


def test_a_table_comes_as_a_file_too(api: httpx.Client) -> None:
    said = api.get(f"{TABLE}?sector=vv&jaar=2021&zorgprofiel=leeg&formaat=csv")
    assert said.headers["content-type"] == "text/csv; charset=utf-8"
    assert said.headers["api-version"]
    heading, *lines = said.content.decode("utf-8-sig").splitlines()
    assert heading.startswith("sector;bekostiging;zorgprofiel;jaar;")
    rows = api.get(f"{TABLE}?sector=vv&jaar=2021&zorgprofiel=leeg&grootte=1000").json()["items"]
    assert [line.split(";")[4] for line in lines] == [row["soort_zorg"] for row in rows]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/monitors/leveringsvorm", 404, "Er is geen monitor «leveringsvorm». Bedoelt u leveringsvormen"),
        ("/monitors/leveringsvormen/tabellen/clientmaanden", 404, "Er is geen tabel «clientmaanden»"),
        (f"{TABLE}?jaar=1900", 422, "jaar: «1900» is er niet. Kies uit 2018"),
        (f"{TABLE}?prijs=1", 422, "De tabel uitgaven_per_dag heeft geen «prijs». Kies uit sector"),
        (f"{TABLE}?pagina=0", 400, "pagina"),
        (f"{TABLE}?grootte=1001", 400, "grootte"),
        (f"{TABLE}?formaat=xml", 400, "formaat"),
    ],
)
def test_a_mistake_is_told(api: httpx.Client, path: str, status: int, says: str) -> None:
    said = api.get(path)
    assert (said.status_code, said.headers["content-type"]) == (status, "application/problem+json")
    assert says in said.json()["detail"]
