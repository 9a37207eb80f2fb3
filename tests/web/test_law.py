"""The pages about the rules: every link leads somewhere, every rule has an address, and nothing is heavy."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag

import httpx
import pytest
from lxml import html

from aanspraak.engine.model import rules_of
from aanspraak.engine.reader import read_rules

BASE = read_rules()
LIMIT = 100_000
"""Bytes of a page with its style sheets as they are sent, at most."""


@pytest.fixture(scope="module")
def site(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture(scope="module")
def pages(site: httpx.Client) -> dict[str, html.HtmlElement]:
    """Every page that can be reached from the first without filling in a form: address → page."""
    found: dict[str, html.HtmlElement] = {}
    todo, sheets = ["/"], html.fromstring(site.get("/").text).xpath("//link[@rel='stylesheet']/@href")
    style = sum(site.get(sheet).num_bytes_downloaded for sheet in sheets)
    while todo:
        path = todo.pop()
        response = site.get(path)
        assert response.status_code == 200, path
        if not response.headers["content-type"].startswith("text/html"):  # a file to keep
            continue
        assert len(response.content) + style < LIMIT, path
        found[path] = html.fromstring(response.text)
        links = {urldefrag(link).url for link in found[path].xpath("//a/@href | //link/@href | //img/@src")}
        pages = (link for link in links if link.startswith("/") and not link.startswith("/static/"))
        todo += [link for link in pages if link not in found and link not in todo]
    return found


def test_every_rule_has_an_address(pages: dict[str, html.HtmlElement]) -> None:
    for decision, rule in rules_of(BASE):
        page = pages[f"/regels/{decision.id}"]
        (place,) = page.xpath(f"//*[@id='{rule.id}']")
        assert " ".join(rule.omdat.split())[:40] in " ".join(place.text_content().split())


def test_every_link_within_a_page_has_its_place(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        for link in page.xpath("//a/@href"):
            target, fragment = urldefrag(link)
            if fragment and (target.startswith("/") or not target):
                there = pages[target or path]
                assert there.xpath(f"//*[@id='{fragment}']"), f"{path}: {link}"


def test_nothing_comes_from_elsewhere_and_nothing_is_a_script(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        assert not page.xpath("//script | //iframe | //*[@style] | //style"), path
        assert all(src.startswith("/static/") for src in page.xpath("//link/@href | //img/@src")), path
        outward = page.xpath("//a[starts-with(@href, 'http')]")
        assert all("noreferrer" in a.get("rel", "") for a in outward), path


def test_an_id_stands_once_on_a_page(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize(
    ("words", "decision", "rule"), [("mondzorg", "bekostiging_mondzorg", ""), ("H330 mpt", "", "h330-mpt")]
)
def test_search_finds_decisions_and_rules(site: httpx.Client, words: str, decision: str, rule: str) -> None:
    links = html.fromstring(site.get("/regels", params={"zoek": words}).text).xpath("//main//a/@href")
    assert not decision or f"/regels/{decision}" in links
    assert not rule or f"/regels/bekostiging_paramedische_zorg#{rule}" in links


def test_search_shows_its_words_and_runs_nothing(site: httpx.Client) -> None:
    text = site.get("/regels", params={"zoek": '"><script>alert(1)</script>'}).text
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_the_difference_between_two_days_names_what_changes(site: httpx.Client) -> None:
    path = "/regels/bekostiging_vervoer/verschil?van=2020-01-01&tot=2020-01-01"
    assert "Er verandert niets." in site.get(path).text
    path = "/regels/bekostiging_paramedische_zorg/verschil?hervorming=alle-behandeling-wlz"
    text = site.get(path).text
    assert "Algemeen verzekerd → Alles uit het pakket" in text
    assert "Verkenning, geen geldend recht." in text


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/regels/niets", 404, "Er is geen besluit «niets»"),
        ("/hervormingen/niets", 404, "Er is geen hervorming «niets»"),
        ("/regels/consult/verschil?van=1990-01-01", 400, "Kies twee dagen daarbinnen"),
        ("/regels/consult/verschil?van=gisteren", 400, "jjjj-mm-dd"),
    ],
)
def test_a_mistake_is_told_in_words(site: httpx.Client, path: str, status: int, says: str) -> None:
    response = site.get(path)
    assert response.status_code == status
    assert says in response.text
    assert response.headers["content-type"].startswith("text/html")
