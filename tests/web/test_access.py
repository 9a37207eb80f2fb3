"""Everyone can use the pages: axe-core, the keyboard alone, a phone, and 400% zoom, in real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import CASE

PARAMEDISCH = "bekostiging_paramedische_zorg"
STATES = {
    "start": "/",
    "zoeken": "/?zoek=mondzorg",
    "zoeken-niets": "/?zoek=xyzzy",
    "dag": f"/vraag/{PARAMEDISCH}",
    "dag-fout": f"/vraag/{PARAMEDISCH}?beantwoord=peildatum&peildatum=",
    "vraag-keuze": f"/vraag/{PARAMEDISCH}?peildatum=2026-03-02&wlz_indicatie=ja",
    "vraag-fout": f"/vraag/{PARAMEDISCH}?peildatum=2026-03-02&wlz_indicatie=ja&beantwoord=leveringsvorm",
    "vraag-lang": f"/vraag/{PARAMEDISCH}?{CASE}&wijzig=aandoening",
    "vraag-getal": f"/vraag/{PARAMEDISCH}?{CASE}&wijzig=leeftijd",
    "vraag-getal-fout": f"/vraag/{PARAMEDISCH}?peildatum=2026-03-02&leeftijd=oud&beantwoord=leeftijd",
    "vraag-datum": "/vraag/termijn_spoedopname?peildatum=2026-03-02&wijzig=opnamedatum",
    "antwoord": f"/antwoord/{PARAMEDISCH}?{CASE}",
    "antwoord-open": f"/antwoord/{PARAMEDISCH}?peildatum=2026-03-02&wlz_indicatie=ja",
    "antwoord-naast": f"/antwoord/{PARAMEDISCH}?{CASE}&andere_dag=2027-03-01&andere_hervorming=alle-behandeling-wlz",
    "antwoord-hervorming": f"/antwoord/{PARAMEDISCH}?{CASE}&hervorming=alle-behandeling-wlz",
    "antwoord-lijst": "/antwoord/te_vertellen_rechten?peildatum=2026-03-02",
    "tegenstrijdig": f"/antwoord/{PARAMEDISCH}?peildatum=2026-03-02&wlz_indicatie=nee&leveringsvorm=mpt",
    "naast": "/antwoord/afweging_zorgvorm?peildatum=2026-03-02&vergelijk=zorgvorm&wlz_indicatie=nee&aanleiding=medisch",
    "regels": "/regels",
    "regels-zoeken": "/regels?zoek=pgb",
    "besluit": f"/regels/{PARAMEDISCH}",
    "lijst": "/regels/meerzorg_gronden",
    "verschil": f"/regels/{PARAMEDISCH}/verschil?van=2019-01-01&tot=2021-01-01",
    "verschil-hervorming": f"/regels/{PARAMEDISCH}/verschil?hervorming=alle-behandeling-wlz",
    "verschil-fout": f"/regels/{PARAMEDISCH}/verschil?van=1990-01-01&tot=2021-01-01",
    "hervormingen": "/hervormingen",
    "hervorming": "/hervormingen/alle-behandeling-wlz",
    "bronnen": "/bronnen",
    "over": "/over",
    "onbekend": "/regels/bestaat_niet",
}
"""Every page, in every state it can have."""
DESIGN_SYSTEM = "link[href$='nl.css']"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("path", STATES.values(), ids=STATES)
def test_axe_finds_nothing(visit: Callable[..., Any], axe: Callable[[Any], list[str]], path: str, look: str) -> None:
    page = visit(path, color_scheme=look)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert axe(page) == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("path", STATES.values(), ids=STATES)
def test_a_page_fits_at_four_times_its_size(visit: Callable[..., Any], path: str) -> None:
    page = visit(path, viewport={"width": 320, "height": 640})  # WCAG 1.4.10: 1280 pixels wide at 400%
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", ["start", "vraag-fout", "vraag-getal", "antwoord-naast", "besluit"])
def test_a_page_does_without_the_design_system(
    visit: Callable[..., Any], axe: Callable[[Any], list[str]], name: str, look: str
) -> None:
    page = visit(STATES[name], color_scheme=look, viewport={"width": 320, "height": 640})
    page.locator(DESIGN_SYSTEM).evaluate_all("links => links.forEach(link => link.remove())")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_design_system_dresses_the_pages(visit: Callable[..., Any]) -> None:
    page = visit(STATES["vraag-keuze"])
    if not page.locator(DESIGN_SYSTEM).count():
        pytest.skip("nl.css is niet gemaakt: make setup")
    drawn = "radio => getComputedStyle(radio).appearance"
    assert page.locator("[type=radio]").first.evaluate(drawn) == "none"
    page.locator(DESIGN_SYSTEM).evaluate("link => link.remove()")
    assert page.locator("[type=radio]").first.evaluate(drawn) == "auto"


def test_a_case_with_the_keyboard_alone(visit: Callable[..., Any]) -> None:
    page = visit(f"/vraag/{PARAMEDISCH}", java_script_enabled=False)
    keys = page.keyboard
    keys.press("Tab")
    assert _focused(page, "a.naar-inhoud")
    keys.press("Enter")
    keys.press("Tab")  # past the skip link: the first link of the content
    assert _focused(page, "main a")
    tab_to(page, "button[type=submit]")
    keys.press("Enter")
    page.wait_for_url("**peildatum=*")
    tab_to(page, "#wlz_indicatie-1")
    keys.press("Space")
    tab_to(page, "button:not(.tweede)")
    keys.press("Enter")
    page.wait_for_url("**wlz_indicatie=ja")
    tab_to(page, "input[type=radio]")
    for _ in range(4):
        keys.press("ArrowDown")
    assert _focused(page, "#leveringsvorm-5")
    tab_to(page, "button:not(.tweede)")
    keys.press("Enter")
    page.wait_for_url("**leveringsvorm=mpt")
    tab_to(page, "#specifieke_kennis_nodig-1")
    keys.press("Space")
    keys.press("Enter")  # in a form, Enter is the first button
    page.wait_for_url("**/antwoord/**")
    assert "H330" in page.locator(".antwoord").inner_text()


def tab_to(page: Any, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if _focused(page, selector):
            return
    raise AssertionError(f"{selector} is not reached with Tab")


def _focused(page: Any, selector: str) -> bool:
    return bool(page.locator(f"{selector}:focus").count())
