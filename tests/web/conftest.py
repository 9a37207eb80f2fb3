"""Pages in a real browser: Chromium against the real server, and axe-core from npm to find what shuts people out."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import address as address
from tests.npm import node_modules

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=nl-NL",
)  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

CASE = (
    "peildatum=2026-03-02&wlz_indicatie=ja&leveringsvorm=verblijf_zonder_behandeling&specifieke_kennis_nodig=nee"
    "&deel_van_integrale_zorg=nee&discipline=fysiotherapie&zorgkader=los&geneeskundig_doel=ja&leeftijd=82"
    "&aandoening=extrapiramidale_aandoening&behandelingen_aandoening=14"
)
"""examples/casussen/parkinson-verblijf.yaml, as an address."""


@pytest.fixture(scope="session")
def chromium() -> Any:
    api = pytest.importorskip("playwright.sync_api", reason="Playwright ontbreekt: uv sync")
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium ontbreekt: apt-get install chromium")
    return _started(api)


@cache
def _started(api: Any) -> Any:
    """Once in a process, until its end: folders of tests that share the fixture each make it, and Playwright cannot
    start twice."""
    playwright = api.sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    atexit.register(playwright.stop)
    atexit.register(browser.close)
    return browser


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site: `visit("/regels", color_scheme="dark")`, without scripts of its own, in Dutch."""
    contexts = []

    def opened(path: str, **context: Any) -> Any:
        contexts.append(chromium.new_context(base_url=address, locale="nl-NL", bypass_csp=True, **context))
        page = contexts[-1].new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], list[str]]:
    """What axe-core finds wrong on an open page: rule, place and why."""
    script = (node_modules(HERE) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def found(page: Any) -> list[str]:
        page.evaluate(script)
        result = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
        assert len(result["passes"]) > 10
        return [f"{v['id']} {n['target']}: {n['failureSummary']}" for v in result["violations"] for n in v["nodes"]]

    return found
