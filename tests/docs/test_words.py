"""Parts of rules in words: nothing is left out, and nothing in them is taken for a mark of Markdown."""

from __future__ import annotations

from datetime import date
from types import ModuleType

import pytest
from jinja2 import Environment

from aanspraak.engine.model import FIRST_DAY, LAST_DAY, Citation, Limit, RuleBase
from aanspraak.engine.reader import read_rules


@pytest.fixture
def words(rulepages: ModuleType) -> ModuleType:
    return rulepages.words


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return read_rules()


def test_a_condition_names_every_value(words: ModuleType, base: RuleBase) -> None:
    concept = base.concept("aandoening")
    half = frozenset(list(concept.waarden)[: len(concept.waarden) // 2])
    found = words.condition(base, "aandoening", half)
    assert [v for v in half if f"«{words.plain(concept.waarden[v])}»" not in found] == []


def test_a_condition_on_most_values_names_the_rest(words: ModuleType, base: RuleBase) -> None:
    concept = base.concept("leveringsvorm")
    box = frozenset(concept.waarden) - {"mpt"}
    assert words.condition(base, "leveringsvorm", box) == "alles behalve «Modulair pakket thuis (mpt)»"


def test_a_condition_on_a_number(words: ModuleType, base: RuleBase) -> None:
    assert words.condition(base, "leeftijd", ((18, 125),)) == "18 of meer"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (FIRST_DAY, LAST_DAY, "altijd"),
        (date(2021, 1, 1).toordinal(), LAST_DAY, "vanaf 1 januari 2021"),
        (FIRST_DAY, date(2020, 12, 31).toordinal(), "tot en met 31 december 2020"),
        (
            date(2015, 3, 1).toordinal(),
            date(2020, 12, 31).toordinal(),
            "1 maart 2015 tot en met 31 december 2020",
        ),
    ],
)
def test_a_period(words: ModuleType, first: int, last: int, expected: str) -> None:
    assert words.period((first, last)) == expected


def test_a_limit(words: ModuleType) -> None:
    most = Limit("behandelingen", "behandelingen_kalenderjaar", maximum=9, per="kalenderjaar")
    assert words.limit(most) == "Ten hoogste 9 behandelingen per kalenderjaar."
    first = Limit("behandelingen", "behandelingen_aandoening", eerste_niet=20)
    assert words.limit(first) == "De eerste 20 behandelingen zijn voor eigen rekening."


def test_places_in_one_source_stand_together_and_laws_open_at_the_article(words: ModuleType, base: RuleBase) -> None:
    law, report = words.citations(
        base, [Citation("wlz", "3.1.1 lid 1 c"), Citation("significant-2022", "2.4"), Citation("wlz", "3.3.2")]
    )
    assert law.startswith(
        "[Wet langdurige zorg](../bronnen/wlz.md): [artikel 3.1.1 lid 1 c](https://wetten.overheid.nl/"
    )
    assert law.count("[artikel ") == 2
    assert report.endswith(": 2.4")


def test_ids_in_a_text_become_links_with_titles(words: ModuleType, base: RuleBase) -> None:
    found = words.sentence(base, "Zie het besluit aard_paramedische_zorg\nen significant-2022 2.4, niet_bekend.")
    assert found == (
        "Zie het besluit [Aard van de paramedische zorg](../regels/aard_paramedische_zorg.md) en "
        "[Verkennend onderzoek naar de paramedische zorg aan Wlz-cliënten](../bronnen/significant-2022.md) 2.4, "
        "niet\\_bekend."
    )


def test_marks_in_a_text_are_shown_and_not_obeyed(words: ModuleType) -> None:
    markdown = pytest.importorskip("markdown", reason="mkdocs ontbreekt: uv sync --group docs")
    text = "a *b* _c_ [d](e) <f> `g` | {h} # 20 < 30 & \\i"
    html = markdown.markdown(words.plain(text), extensions=["tables", "attr_list"])
    assert Environment(autoescape=True).from_string("<p>{{ t }}</p>").render(t=text) == html
