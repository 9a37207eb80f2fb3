"""A reform that leaves things open: what is filled in counts, and stands in the address."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from lxml import html

from aanspraak.engine.law import named_law, reforms
from aanspraak.engine.reader import read_rules
from aanspraak.web.proposal import asks_more, chosen

BASE = read_rules()
NAME, DECISION = "termijn-spoedopname", "termijn_spoedopname"
FORMS = "een-leveringsvorm-setting"
CASE = {
    "peildatum": "2027-04-08", "uitslag_indicatie": "afgegeven", "dagen_sinds_besluit": "-1",
    "verblijf_in_instelling": "ja", "dagen_opname_tot_besluit": "38",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, follow_redirects=True) as client:
        yield client


def opened(site: httpx.Client, path: str, status: int = 200) -> html.HtmlElement:
    response = site.get(path)
    assert response.status_code == status, (path, response.text)
    page = html.fromstring(response.text)
    page.make_links_absolute(str(response.url))
    return page


def filled(page: html.HtmlElement, form: str, **values: str) -> str:
    """The address that a form sends to, with fields that are found by the end of their names."""
    (found,) = (one for one in page.forms if urlsplit(one.action).path == form)
    fields = {name: value for name, value in found.form_values() if value is not None}
    for end, value in values.items():
        (name,) = (name for name in found.fields if name and name.rpartition(".")[2] == end)
        fields[name] = value
    return f"{form}?{urlencode(fields)}"


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    ("reform", "fields", "expected"),
    [
        (NAME, {}, NAME),
        (NAME, {"open_van": NAME, "open.dagen": "42"}, f"{NAME}:dagen=42"),
        (NAME, {"open_van": NAME, "open.dagen": "28"}, NAME),
        (NAME, {"open_van": NAME, "open.dagen": " "}, NAME),
        (NAME, {"open_van": FORMS, "open.dagen": "42"}, NAME),
        (f"{NAME}:dagen=42", {}, f"{NAME}:dagen=42"),
        (f"{NAME}:dagen=42", {"open_van": NAME, "open.dagen": "28"}, NAME),
        (FORMS, {"open_van": FORMS, "open.modulair": "mpt, logeren  pgb"}, f"{FORMS}:modulair=mpt+logeren+pgb"),
        ("", {"open_van": NAME, "open.dagen": "42"}, ""),
        ("niets", {"open_van": "niets", "open.dagen": "42"}, "niets"),
    ],
)
def test_what_is_filled_in_is_chosen_where_it_differs(reform: str, fields: dict[str, str], expected: str) -> None:
    assert chosen(BASE, reform, fields) == expected


def test_only_a_reform_that_leaves_things_open_asks_more() -> None:
    for name, reform in reforms(BASE).items():
        assert asks_more(BASE, name, {}) == bool(reform.parameters)
        assert not asks_more(BASE, name, {"open_van": name})
    assert not asks_more(BASE, "", {})
    assert not asks_more(BASE, f"{NAME}:dagen=42", {})


def test_the_page_of_a_reform_takes_other_values(site: httpx.Client) -> None:
    page = opened(site, f"/hervormingen/{NAME}")
    assert page.get_element_by_id("open-dagen").value == "28"
    page = opened(site, filled(page, f"/hervormingen/{NAME}", dagen="42"))
    assert page.get_element_by_id("open-dagen").value == "42"
    assert "binnen 42 dagen terug" in text(page)
    (link,) = page.xpath("//main//ul[@class='keuzelijst']//a/@href")
    assert dict(parse_qsl(urlsplit(link).query)) == {"hervorming": f"{NAME}:dagen=42"}
    assert "42 dagen" in text(opened(site, link))


@pytest.mark.parametrize("name", [name for name, reform in reforms(BASE).items() if reform.parameters])
def test_every_open_value_can_be_filled_in_again(site: httpx.Client, name: str) -> None:
    page = opened(site, f"/hervormingen/{name}")
    given = {
        p.id: "".join(page.get_element_by_id(f"open-{p.id}").value.split()) for p in reforms(BASE)[name].parameters
    }
    assert given == {p.id: p.waarde for p in reforms(BASE)[name].parameters}
    (form,) = (one for one in page.forms if one.action.endswith(f"/{name}"))
    response = site.get(f"/hervormingen/{name}?{urlencode(form.form_values())}")
    assert urlsplit(str(response.url)).path == f"/hervormingen/{name}"  # nothing was changed


def test_a_case_asks_for_what_the_reform_leaves_open(site: httpx.Client) -> None:
    page = opened(site, f"/vraag/{DECISION}")
    page = opened(site, filled(page, f"/vraag/{DECISION}", hervorming=NAME, peildatum=CASE["peildatum"]))
    assert page.get_element_by_id("peildatum").value == CASE["peildatum"]
    response = site.get(filled(page, f"/vraag/{DECISION}", dagen="42"))
    address = dict(parse_qsl(urlsplit(str(response.url)).query))
    assert address == {"peildatum": CASE["peildatum"], "hervorming": f"{NAME}:dagen=42"}
    found = opened(site, f"/antwoord/{DECISION}?{urlencode(CASE | address)}")
    assert BASE.concept("wet").waarden["wlz"] in text(found.cssselect(".antwoord")[0])
    now = opened(site, f"/antwoord/{DECISION}?{urlencode(CASE | address | {'hervorming': NAME})}")
    assert BASE.concept("wet").waarden["zvw"] in text(now.cssselect(".antwoord")[0])


def test_an_answer_is_compared_under_other_values(site: httpx.Client) -> None:
    page = opened(site, f"/antwoord/{DECISION}?{urlencode(CASE)}")
    page = opened(site, filled(page, f"/antwoord/{DECISION}", andere_hervorming=NAME))
    assert not page.cssselect("#vergelijk tbody")
    page = opened(site, filled(page, f"/antwoord/{DECISION}", dagen="42"))
    rows = [[text(cell) for cell in row] for row in page.cssselect("#vergelijk tbody tr")]
    assert rows[0] == ["Wet", BASE.concept("wet").waarden["zvw"], BASE.concept("wet").waarden["wlz"]]


def test_a_difference_is_shown_under_other_values(site: httpx.Client) -> None:
    path = "/regels/keuze_leveringsvorm/verschil"
    page = opened(site, f"{path}?hervorming={FORMS}")
    changed = opened(site, filled(page, path, modulair="mpt"))
    assert text(changed.find(".//main")) != text(page.find(".//main"))
    assert "modulair" not in text(page.cssselect(".let-op")[0])
    (parameter,) = (p for p in reforms(BASE)[FORMS].parameters if p.id == "modulair")
    assert f"{parameter.naam}: mpt." in text(changed.cssselect(".let-op")[0])
    assert named_law(BASE, f"{FORMS}:modulair=mpt").reform


def test_a_value_that_cannot_be_is_told(site: httpx.Client) -> None:
    for path in (f"/hervormingen/{NAME}:dagen=veel", f"/regels/{DECISION}/verschil?hervorming={NAME}:dagen=veel"):
        assert "«veel» is geen heel getal" in text(opened(site, path, 400))
    assert "heeft geen parameter «weken». Wel: dagen." in text(opened(site, f"/hervormingen/{NAME}:weken=6", 404))
