"""Many cases on the pages: what is sent comes back as the engine decides it, and every mistake has its place."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import duckdb
import httpx
import openpyxl
import pytest
from lxml import html

from aanspraak.engine.answer import answer
from aanspraak.engine.bulk_check import check
from aanspraak.engine.bulk_run import prepare
from aanspraak.engine.casefile import open_cases
from aanspraak.engine.collect import collect
from aanspraak.engine.model import Concept
from aanspraak.engine.reader import read_rules
from aanspraak.engine.rule_words import rule_title
from aanspraak.web.bulk_table import ROWS
from aanspraak.web.bulk_template import columns, csv_template, excel_template
from tests.web.jobs import BSN, CASES, DAY, as_csv, sent

BASE = read_rules()
PARAMEDISCH, LIST = "bekostiging_paramedische_zorg", "te_vertellen_rechten"


@pytest.fixture(scope="module")
def site(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as client:
        yield client


def opened(site: httpx.Client, path: str, status: int = 200) -> html.HtmlElement:
    said = site.get(path)
    assert said.status_code == status, (path, said.text)
    assert len(said.content) < 100_000
    return html.fromstring(said.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@dataclass(frozen=True)
class Shown:
    """A row as a visitor reads it."""

    nummer: int
    gegevens: str
    uitkomst: str
    reden: str
    regels: list[str]


def shown(page: html.HtmlElement) -> list[Shown]:
    rows = []
    for row in page.cssselect("table.rijen tbody tr"):
        number, *cells = (text(cell) for cell in row)
        links = [link.partition("#")[2] for link in row.xpath(".//a/@href")]
        rows.append(Shown(int(number.removeprefix("Rij ").replace(".", "")), *cells, links))
    return rows


@pytest.fixture(scope="module")
def job(site: httpx.Client) -> str:
    return sent(site, as_csv(CASES), PARAMEDISCH, LIST)


@pytest.fixture(scope="module")
def decided() -> list[tuple[str, str]]:
    """Of every case the rule, or the word in its place, and the reason."""
    cases = [{n: v for n, v in case.items() if v} | {"leeftijd": int(case["leeftijd"])} for case in CASES]
    found = [answer(BASE, PARAMEDISCH, case, DAY) for case in cases]
    none = ("", "Er ontbreken gegevens die het antwoord nog kunnen veranderen.")
    return [(one.regels[0].id, one.regels[0].omdat) if one.regels else none for one in found]


def test_every_row_has_its_outcome_its_rule_and_its_reason(
    site: httpx.Client, job: str, decided: list[tuple[str, str]]
) -> None:
    rows = [row for sheet in range(1, 6) for row in shown(opened(site, f"{job}?besluit={PARAMEDISCH}&blad={sheet}"))]
    assert [row.nummer for row in rows] == list(range(1, len(CASES) + 1))
    for row, case, (rule, why) in zip(rows, CASES, decided, strict=True):
        assert row.regels == ([rule] if rule else [])
        assert " ".join(why.split()) in row.reden
        assert f"Leeftijd: {case['leeftijd']}" in row.gegevens
        if rule:
            values = BASE.decision(PARAMEDISCH).rule(rule).dan
            assert all(BASE.concept(name).waarden[value] in row.uitkomst for name, value in values.items())
        else:
            assert row.uitkomst == "Nog niet te zeggen"


def test_the_counts_stand_by_their_bars(site: httpx.Client, job: str, decided: list[tuple[str, str]]) -> None:
    page = opened(site, f"{job}?besluit={PARAMEDISCH}")
    expected = Counter(rule_title(rule) if rule else "Nog niet te zeggen" for rule, _ in decided)
    found = {}
    for row in page.cssselect("table.tellingen tbody tr"):
        name, _, rows, share = (text(cell) for cell in row)
        found[name] = int(rows)
        assert share == f"{100 * int(rows) / len(CASES):.1f}%".replace(".", ",")
        assert float(row.cssselect("rect")[1].get("width")) == pytest.approx(100 * int(rows) / len(CASES), abs=0.01)
    assert found == expected


def test_rows_are_found_by_rule_by_outcome_and_where_nothing_is_known(
    site: httpx.Client, job: str, decided: list[tuple[str, str]]
) -> None:
    page = opened(site, f"{job}?besluit={PARAMEDISCH}")
    for choice in page.xpath("//select[@name='toon']/option/@value | //select[@name='toon']//optgroup/option/@value"):
        sheet = opened(site, f"{job}?besluit={PARAMEDISCH}&toon={choice}")
        part, _, value = choice.partition(":")
        held = [BASE.decision(PARAMEDISCH).rule(rule).dan if rule else {} for rule, _ in decided]
        wanted = [
            number
            for number, ((rule, _), outcome) in enumerate(zip(decided, held, strict=True), start=1)
            if not choice or (part == "regel" and (rule or "onbekend") == value) or outcome.get(part) == value
        ]
        assert [row.nummer for row in shown(sheet)] == wanted[:ROWS]
        assert f"{len(wanted)} rijen" in text(sheet.cssselect("#rijen ~ p[role=status]")[0])
        assert sheet.xpath("//option[@selected]/@value") == ([choice] if choice else [])


def test_a_checklist_tells_what_holds_and_what_still_can(site: httpx.Client, job: str) -> None:
    page = opened(site, f"{job}?besluit={LIST}")
    found = [collect(BASE, LIST, {"leeftijd": int(case["leeftijd"])}, DAY) for case in CASES]
    for row, one in zip(shown(page), found, strict=False):
        assert row.regels == [rule.id for rule in one.treft]
        assert not one.mogelijk or f"{len(one.mogelijk)} kunnen nog gelden" in row.uitkomst
    rule = found[0].treft[0].id
    held = [n for n, one in enumerate(found, start=1) if rule in [r.id for r in one.treft]]
    assert [row.nummer for row in shown(opened(site, f"{job}?besluit={LIST}&toon=regel:{rule}"))] == held[:ROWS]
    can = [n for n, one in enumerate(found, start=1) if rule in [why.regel.id for why in one.mogelijk]]
    assert [row.nummer for row in shown(opened(site, f"{job}?besluit={LIST}&toon=kan:{rule}"))] == can[:ROWS]


def test_what_is_not_there_is_told(site: httpx.Client, job: str) -> None:
    for path, says in (
        (f"{job}?toon=regel:niets", "Deze keuze is er niet"),
        (f"{job}/uitkomst.doc", "Dit bestand is er niet"),
        ("/veel/" + "0" * 32, "Deze taak is er niet"),
        ("/veel/gegevens/niets", "Er is geen besluit «niets»"),
        (f"/veel/gegevens/{LIST}/sjabloon.doc", "Kies uit xlsx, csv"),
    ):
        assert says in text(opened(site, path, 404))
    assert shown(opened(site, f"{job}?blad=9999999999999")) == shown(opened(site, f"{job}?blad=5"))


def test_the_downloads_are_those_of_the_api(site: httpx.Client, job: str) -> None:
    page = opened(site, job)
    links = [link for link in page.xpath("//a/@href") if "/uitkomst." in link]
    assert [link.rpartition(".")[2] for link in links] == ["csv", "xlsx", "parquet"]
    for link in links:
        kind = link.rpartition(".")[2]
        said = site.get(f"/v1/taken/{job.removeprefix('/veel/')}/uitkomst", params={"formaat": kind})
        assert site.get(link).content == said.content


def test_a_wrong_value_is_shown_with_its_row_its_column_and_what_to_do(site: httpx.Client) -> None:
    page = opened(site, sent(site, f"leeftijd;wlz_indicatie\n82;ja\noud;misschien\n{BSN};nee".encode(), PARAMEDISCH))
    found = {
        text(section.find("h2")): section for section in page.cssselect("section") if section.find("table") is not None
    }
    ages, indications = found["Kolom leeftijd (leeftijd)"], found["Kolom wlz_indicatie (Wlz-indicatie)"]
    assert "2 foute waarden. Geef een heel getal van 0 tot en met 125" in text(ages)
    assert [[text(cell) for cell in row] for row in ages.cssselect("tbody tr")] == [
        ["2", "leeftijd", "oud"], ["3", "leeftijd", "(mogelijk een BSN)"],
    ]  # fmt: skip
    assert "1 foute waarde. Kies uit ja, nee" in text(indications)
    assert page.xpath("//a[contains(@href, '/veel?besluit=')]")


def test_a_file_that_cannot_be_read_is_told(site: httpx.Client) -> None:
    page = opened(site, sent(site, b"iets;anders\n1;2", PARAMEDISCH))
    words = [text(line) for line in page.cssselect("main > p")]
    assert any(line.startswith("Geen enkele kolom is een gegeven van besluit") for line in words)


@pytest.mark.parametrize(
    ("fields", "name", "faults"),
    [
        ({}, "", {"#besluiten": "Kies ten minste één vraag.", "#bestand": "Kies een bestand."}),
        ({"besluit": LIST}, "brief.doc", {"#bestand": "eindigt op .csv, .xlsx of .parquet"}),
        ({"besluit": LIST, "peildatum": "gisteren"}, "a.csv", {"#peildatum": "jjjj-mm-dd"}),
        ({"besluit": LIST, "kennisdatum": "1"}, "a.csv", {"#kennisdatum": "jjjj-mm-dd"}),
        ({"besluit": "niets"}, "a.csv", {"#besluiten": "Er is geen besluit «niets»"}),
        (
            {"besluit": "termijn_spoedopname", "hervorming": "termijn-spoedopname", "open_van": "termijn-spoedopname",
             "open.dagen": "veel"},
            "a.csv", {"#hervorming": "«veel» is geen heel getal"},
        ),
    ],
    ids=["leeg", "soort", "dag", "kennisdatum", "besluit", "hervorming"],
)  # fmt: skip
def test_a_form_with_faults_comes_back(
    site: httpx.Client, fields: dict[str, str], name: str, faults: dict[str, str]
) -> None:
    said = site.post("/veel", data=fields, files={"bestand": (name, b"leeftijd\n82")})
    assert said.status_code == 400
    page = html.fromstring(said.text)
    found = {a.get("href"): text(a) for a in page.cssselect("[role=alert] a")}
    assert found.keys() == faults.keys()
    for place, words in faults.items():
        assert words in found[place]
        assert page.xpath(f"//*[@id='{place[1:]}']")
    known = fields.get("besluit", "") in BASE.besluiten
    assert page.xpath("//input[@name='besluit' and @checked]/@value") == ([fields["besluit"]] if known else [])


def test_a_reform_stays_chosen_with_its_own_values(site: httpx.Client) -> None:
    name = "termijn_spoedopname"
    page = opened(site, f"/veel?besluit={name}&hervorming=termijn-spoedopname:dagen=42")
    assert page.get_element_by_id("open-dagen").value == "42"
    heading = b"uitslag_indicatie;verblijf_in_instelling;dagen_sinds_besluit;dagen_opname_tot_besluit"
    fields = {"hervorming": "termijn-spoedopname", "open_van": "termijn-spoedopname", "open.dagen": "35"}
    job = sent(
        site, heading + b"\nafgegeven;ja;-1;38\nafgegeven;ja;-1;35", name, **{**fields, "peildatum": "2027-04-08"}
    )
    page = opened(site, job)
    assert [row.regels for row in shown(page)] == [["spoed-toch-te-laat"], ["spoed-langer-terugwerkend"]]
    assert "waarbinnen de indicatie terugwerkt: 35" in text(page.cssselect(".let-op")[0])


def test_too_much_is_refused_in_words(site: httpx.Client) -> None:
    said = site.post("/veel", files={f"veld{n}": (None, b"0" * 1_000_000) for n in range(101)})
    assert said.status_code == 413
    assert "een bestand mag 100 MB zijn" in said.text


def test_what_is_deleted_is_gone_at_once(site: httpx.Client) -> None:
    job = sent(site, as_csv(CASES[:2]), PARAMEDISCH)
    page = opened(site, job)
    (form,) = page.xpath("//form[@method='post']")
    said = site.post(urljoin(job, form.action))
    assert said.headers["location"] == "/veel?verwijderd=ja"
    assert "zijn verwijderd" in text(opened(site, said.headers["location"]).cssselect("main [role=status]")[0])
    for path in (job, f"{job}/uitkomst.csv"):
        opened(site, path, 404)


def test_a_page_elsewhere_sends_and_deletes_nothing(site: httpx.Client, job: str) -> None:
    for path in ("/veel", f"{job}/verwijder"):
        assert site.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    opened(site, job)


def example(concept: Concept) -> str:
    """The longest value that a cell can hold; of a number or a day one within its bounds."""
    if concept.soort == "datum":
        return DAY.isoformat()
    return max(concept.waarden, key=lambda value: len(concept.waarden[value])) if concept.waarden else str(concept.tot)


@pytest.mark.parametrize("name", BASE.besluiten)
def test_a_template_is_a_file_that_can_be_decided(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    decision = BASE.decision(name)
    heading = csv_template(BASE, decision).decode("utf-8-sig").strip().split(";")
    there = columns(BASE, decision)
    assert heading == [concept.id for concept in there]
    path = tmp_path_factory.mktemp("sjabloon") / "casussen.csv"
    row = ";".join(example(concept) for concept in there)
    path.write_text(f"{';'.join(heading)}\n{row}\n", encoding="utf-8")
    with duckdb.connect() as con:
        run = prepare(con, BASE, name, open_cases(con, path), DAY, DAY)
        assert set(run.used) == set(heading)
        assert run.absent == ()
        assert check(con, run) == 1


def test_a_template_in_excel_offers_the_values_and_tells_them() -> None:
    decision = BASE.decision(PARAMEDISCH)
    book = openpyxl.load_workbook(io.BytesIO(excel_template(BASE, decision)))
    cases, told = book["casussen"], book["gegevens"]
    there = columns(BASE, decision)
    assert [cell.value for cell in cases[1]] == [concept.id for concept in there]
    offered = {}
    for choice in cases.data_validations.dataValidation:
        first, last = re.fullmatch(r"gegevens!\$C\$(\d+):\$C\$(\d+)", choice.formula1).groups()
        column = str(choice.sqref).partition("2:")[0]
        offered[cases[f"{column}1"].value] = [told[f"C{row}"].value for row in range(int(first), int(last) + 1)]
    assert offered == {concept.id: list(concept.waarden) for concept in there if concept.discrete}
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_fullest_page_is_still_light(site: httpx.Client) -> None:
    there = columns(BASE, BASE.decision(PARAMEDISCH))
    row = {concept.id: example(concept) for concept in there} | {"wlz_indicatie": "ja"}
    opened(site, sent(site, as_csv([row] * ROWS), PARAMEDISCH))


def test_no_outcome_field_has_the_name_of_another_filter() -> None:
    assert not {"regel", "kan"} & BASE.begrippen.keys()
