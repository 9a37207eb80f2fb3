"""A case on the pages: every question leads to an answer, and the answer is the engine's."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from lxml import html

from aanspraak.engine.answer import answer
from aanspraak.engine.boxes import parse_value
from aanspraak.engine.collect import collect
from aanspraak.engine.model import Example
from aanspraak.engine.reader import read_rules
from aanspraak.web.casus import LAYERS
from aanspraak.web.routes import CONTROLS
from tests.web.conftest import CASE

BASE = read_rules()
PARAMEDISCH = "bekostiging_paramedische_zorg"


@pytest.fixture(scope="module")
def site(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, follow_redirects=True) as client:
        yield client


def _page(site: httpx.Client, path: str, *status: int) -> html.HtmlElement:
    response = site.get(path)
    assert response.status_code in (status or (200,)), (path, response.text)
    page = html.fromstring(response.text)
    page.make_links_absolute(str(response.url))
    return page


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _submit(site: httpx.Client, page: html.HtmlElement, answers: dict[str, str]) -> html.HtmlElement:
    """Send the form of the page as a browser does; what was wrong comes back with it."""
    (form,) = page.xpath("//main//form[.//input[@name='beantwoord']]")
    fields = []
    for field in form.xpath(".//input | .//select"):
        if field.name in answers and field.name not in dict(fields):
            fields.append((field.name, answers[field.name]))
        elif field.name not in answers and (field.get("type") != "radio" or "checked" in field.attrib):
            fields.append((field.name, field.value))
    fields += [(name, value) for name, value in answers.items() if name not in dict(fields)]
    return _page(site, f"{form.action}?{urlencode(fields)}", 200, 400)


def _url(page: html.HtmlElement) -> str:
    """The page itself: where its first «Wijzig» would come back to."""
    return str(page.cssselect("a.wijzig")[0].get("href"))


@pytest.mark.parametrize("name", BASE.besluiten)
def test_every_walk_ends_in_the_answer_of_the_engine(site: httpx.Client, name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - which walk
    page = _submit(site, _page(site, f"/vraag/{name}"), {})
    asked = []
    while not page.cssselect("#uitgegaan"):
        (question,) = (n for n in page.xpath("//input[@name='beantwoord']/@value"))
        assert question not in asked
        asked.append(question)
        concept = BASE.concept(question)
        if concept.discrete:
            value = chance.choice(page.xpath(f"//input[@name='{question}']/@value"))
        else:
            value = str(chance.randint(0, 30)) if concept.soort == "getal" else "2026-03-02"
        page = _submit(site, page, {question: value} if chance.random() < 0.9 else {"overslaan": "ja"})
        if page.cssselect(".fout"):  # a number or day that cannot be with the other answers
            page = _submit(site, page, {"overslaan": "ja"})
    given = dict(parse_qsl(urlsplit(_url(page)).query))
    day = date.fromisoformat(given["peildatum"])
    facts = {n: parse_value(v, BASE.concept(n)) for n, v in given.items() if n in BASE.begrippen and v}
    if BASE.besluiten[name].verzamel:
        found = collect(BASE, name, facts, day)
        assert [r.omdat in _text(page) for r in found.treft] == [True] * len(found.treft)
        assert bool(found.mogelijk) == ("Wat nog kan gelden" in _text(page))
        return
    expected = answer(BASE, name, facts, day).uitkomst
    shown = [_text(dd) for dd in page.cssselect(".antwoord dd")]
    assert shown == [BASE.concept(n).waarden[v] for n, v in (expected or {}).items()]
    assert bool(shown) != ("Nog niet te zeggen" in _text(page))


@pytest.mark.parametrize("name", [n for n, d in BASE.besluiten.items() if not d.verzamel])
def test_the_address_of_an_example_gives_its_outcome(site: httpx.Client, name: str) -> None:
    examples = [e for e in BASE.besluiten[name].voorbeelden if "regel" in e.verwacht and not e.kennisdatum]
    for example in examples[:3]:
        page = _page(site, f"/antwoord/{name}?{_address(example)}")
        fields = {n: v for n, v in example.verwacht.items() if n in BASE.besluiten[name].uitkomst}
        shown = _text(page.cssselect(".antwoord")[0])
        assert [BASE.concept(n).waarden[str(v)] in shown for n, v in fields.items()] == [True] * len(fields)


def _address(example: Example) -> str:
    return urlencode({"peildatum": str(example.peildatum or date.today()), **example.gegeven})


def test_a_question_without_an_answer_says_so_and_stays(site: httpx.Client) -> None:
    path = f"/vraag/{PARAMEDISCH}?peildatum=2026-03-02&wlz_indicatie=ja&beantwoord=leveringsvorm"
    page = _page(site, path, 400)
    assert "Kies een van de antwoorden." in _text(page.cssselect("[role=alert]")[0])
    target = page.cssselect("[role=alert] a")[0].get("href").partition("#")[2]
    assert page.get_element_by_id(target).get("name") == "leveringsvorm"
    assert _text(page.find(".//title")).startswith("Fout: ")


@pytest.mark.parametrize(
    ("written", "says"),
    [("", "Vul een heel getal in."), ("oud", "geef een heel getal"), ("300", "ligt buiten 0 … 125")],
)
def test_a_wrong_number_is_shown_with_its_remedy(site: httpx.Client, written: str, says: str) -> None:
    page = _page(site, f"/vraag/{PARAMEDISCH}?peildatum=2026-03-02&beantwoord=leeftijd&leeftijd={written}", 400)
    assert says in _text(page.cssselect("[role=alert]")[0])
    assert page.get_element_by_id("leeftijd").value == written


def test_another_answer_drops_what_can_no_longer_be(site: httpx.Client) -> None:
    page = _page(site, f"/vraag/{PARAMEDISCH}?{CASE}&wijzig=wlz_indicatie")
    assert page.xpath("//input[@name='wlz_indicatie' and @checked]/@value") == ["ja"]
    page = _submit(site, page, {"wlz_indicatie": "nee"})
    given = dict(parse_qsl(urlsplit(_url(page)).query))
    assert given["wlz_indicatie"] == "nee"
    assert "leveringsvorm" not in given
    assert given["leeftijd"] == "82"


def test_back_brings_the_last_answer_with_what_was_chosen(site: httpx.Client) -> None:
    page = _page(site, f"/vraag/{PARAMEDISCH}?peildatum=2026-03-02&wlz_indicatie=ja")
    page = _page(site, page.cssselect(".terug a")[0].get("href"))
    assert page.xpath("//input[@name='wlz_indicatie' and @checked]/@value") == ["ja"]
    page = _page(site, page.cssselect(".terug a")[0].get("href"))
    assert page.get_element_by_id("peildatum").value == "2026-03-02"


def test_answers_that_cannot_go_together_can_be_changed(site: httpx.Client) -> None:
    page = _page(site, f"/antwoord/{PARAMEDISCH}?peildatum=2026-03-02&wlz_indicatie=nee&leveringsvorm=mpt", 400)
    assert "Zonder Wlz-indicatie is er geen leveringsvorm" in _text(page)
    assert [_text(a) for a in page.cssselect("a.wijzig")] == [
        "Wijzig de dag", "Wijzig Wlz-indicatie", "Wijzig leveringsvorm",
    ]  # fmt: skip
    for link in page.cssselect("a.wijzig"):
        assert _page(site, link.get("href")).cssselect("main form")


def test_a_day_outside_the_law_is_refused_where_it_is_asked(site: httpx.Client) -> None:
    page = _page(site, f"/vraag/{PARAMEDISCH}?beantwoord=peildatum&peildatum=1990-01-01", 400)
    assert "vanaf 1 januari 2015" in _text(page.cssselect("[role=alert]")[0])


def test_the_same_case_under_a_reform_stands_beside_it(site: httpx.Client) -> None:
    extra = "andere_dag=2027-03-01&andere_hervorming=alle-behandeling-wlz"
    page = _page(site, f"/antwoord/{PARAMEDISCH}?{CASE}&{extra}")
    rows = [[_text(cell) for cell in row] for row in page.cssselect("#vergelijk tbody tr")]
    assert rows[0] == ["Wet", "Geen van deze wetten", "Wet langdurige zorg (Wlz)"]
    assert "Verkenning, geen geldend recht." in _text(page)


def test_all_forms_of_care_stand_side_by_side(site: httpx.Client) -> None:
    page = _page(site, "/")
    page = _page(site, page.xpath("//a[contains(@href, 'vergelijk=')]/@href")[0])
    page = _submit(site, page, {"peildatum": "2026-03-02"})
    asked = []
    while not page.cssselect("#uitgegaan"):
        (question,) = page.xpath("//input[@name='beantwoord']/@value")
        asked.append(question)
        (value, *_) = page.xpath(f"//input[@name='{question}']/@value")
        page = _submit(site, page, {question: value or "3"})
    assert asked
    assert "zorgvorm" not in asked
    forms = BASE.concept("zorgvorm").waarden
    facts = {n: v for n, v in parse_qsl(urlsplit(_url(page)).query) if n in asked}
    order = BASE.besluiten["afweging_zorgvorm"].uitkomst["advies_zorgvorm"]
    advice = {
        words: answer(BASE, "afweging_zorgvorm", {**facts, "zorgvorm": form}, date(2026, 3, 2)).uitkomst or {}
        for form, words in forms.items()
    }
    shown = [_text(h2) for h2 in page.cssselect("article h2")]
    places = [order.index(advice[words]["advies_zorgvorm"]) for words in shown]
    assert set(shown) == set(forms.values())
    assert places == sorted(places)


def test_a_link_without_a_day_becomes_one_with_today(site: httpx.Client) -> None:
    response = site.get(f"/antwoord/{PARAMEDISCH}?wlz_indicatie=ja", follow_redirects=False)
    assert response.headers["location"].endswith(f"?peildatum={date.today()}&wlz_indicatie=ja")


def test_no_file_of_a_visitor_is_read(site: httpx.Client) -> None:
    page = _page(site, f"/antwoord/{PARAMEDISCH}?peildatum=2026-03-02&hervorming=/etc/hostname", 404)
    assert "Er is geen hervorming «/etc/hostname»" in _text(page)


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("onzin=1", 400, "telt niet bij deze vraag"),
        ("leeftijd=oud", 400, "geef een heel getal"),
        ("wijzig=onzin", 400, "telt niet bij deze vraag"),
        ("peildatum=gisteren", 400, "jjjj-mm-dd"),
        ("kennisdatum=9", 400, "jjjj-mm-dd"),
        ("vergelijk=leeftijd", 400, "geen vraag waarvan de antwoorden te vergelijken zijn"),
    ],
)
def test_a_wrong_address_is_told_in_words(site: httpx.Client, query: str, status: int, says: str) -> None:
    page = _page(site, f"/vraag/{PARAMEDISCH}?peildatum=2026-03-02&{query}", status)
    assert says in _text(page.find(".//main"))


def test_the_letter_holds_the_answer(site: httpx.Client) -> None:
    pytest.importorskip("weasyprint", reason="WeasyPrint ontbreekt: uv sync --extra pdf")
    response = site.get(f"/brief/{PARAMEDISCH}?{CASE}", timeout=60)
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == f'attachment; filename="motivering-{PARAMEDISCH}.pdf"'
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext ontbreekt: apt-get install poppler-utils")
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=response.content, capture_output=True, check=True)
    words = re.sub(r"\s+", " ", text.stdout.decode())
    for part in ("Geen van deze wetten", "Nog voor eigen rekening: 6", "82 jaar", "artikel 2.6", "2 maart 2026"):
        assert part in words


def test_what_the_pages_add_to_an_address_is_no_fact() -> None:
    assert not {*CONTROLS, *LAYERS} & BASE.begrippen.keys()
