"""The site itself: it builds without a warning, every link in it leads somewhere, and it fetches nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from aanspraak.engine.model import Rule, RuleBase
from aanspraak.engine.reader import RULES, read_reform, read_rules

ROOT = Path(__file__).parents[2]
HOST = "http://site.test/"
INLINE = {"a", "strong", "em", "code", "small", "span"}


pytestmark = pytest.mark.xdist_group("site")  # one worker builds it, once


class Page(HTMLParser):
    """What a page links to, loads and can be linked at, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.lang = ""
        self._text: list[str] = []
        self.feed(html)
        self.text = " ".join("".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._text.append(" ")
        known = {name: value or "" for name, value in attrs}
        self.anchors |= {known[name] for name in ("id", "name") if name in known}
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        if tag in ("script", "img", "iframe", "source") and "src" in known:
            self.loads.append(known["src"])
        if tag == "link" and known.get("rel") not in ("canonical", "prev", "next"):
            self.loads.append(known["href"])
        if tag == "div" and "lang" in known:
            self.lang = known["lang"]

    def handle_data(self, data: str) -> None:
        self._text.append(data)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for module in ("material", "mkdocstrings"):
        pytest.importorskip(module, reason=f"{module} ontbreekt: uv sync --group docs")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        # Never --quiet: then MkDocs does not count its warnings, and --strict lets them pass.
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Address (without host) → page."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def base() -> RuleBase:
    return read_rules()


def test_every_link_within_the_site_leads_to_a_page_and_a_place_on_it(site: Path, pages: dict[str, Page]) -> None:
    broken = []
    for address, page in pages.items():
        if address == "404.html":
            continue
        for link in page.links:
            target = urlsplit(urljoin(HOST + address, link))
            if target.netloc != urlsplit(HOST).netloc:
                continue
            path, anchor = target.path.lstrip("/"), unquote(target.fragment)
            there = pages.get(path)
            if there is None and not (site / path).is_file():
                broken.append(f"{address}: {link}")
            elif there and anchor and anchor not in there.anchors:
                broken.append(f"{address}: {link} (geen anker)")
    assert broken == []


@pytest.mark.parametrize("name", [path.name for path in sorted(ROOT.glob("*.md"))])
def test_every_link_in_the_repository_leads_to_a_file(name: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not urlsplit(link).netloc and not (ROOT / link).exists()] == []


def test_nothing_is_fetched_from_elsewhere(site: Path, pages: dict[str, Page]) -> None:
    outside = {load for page in pages.values() for load in page.loads if urlsplit(load).netloc}
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    outside |= {url for url in re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", styles) if urlsplit(url).netloc}
    assert outside == set()
    # Material fetches a drawing library when a page has Mermaid, and facts of a repository when one is named.
    html = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    assert 'class="mermaid"' not in html
    assert 'data-md-component="source"' not in html


def test_every_rule_has_a_place_of_its_own_with_its_reason_and_conditions(
    pages: dict[str, Page], base: RuleBase
) -> None:
    for decision in base.besluiten.values():
        page = pages[f"regels/{decision.id}/"]
        for rule in decision.regels:
            assert rule.id in page.anchors
            assert _shown(base, rule.omdat) in page.text
            for text in (*rule.voorwaarden, *rule.regelen, *_practice(rule), rule.afleiding):
                assert _shown(base, text) in page.text, f"{rule.id}: {text}"
        for example in decision.voorbeelden:
            assert _words(example.naam) in page.text


def test_every_concept_source_and_reform_has_a_page(pages: dict[str, Page], base: RuleBase) -> None:
    for concept in base.begrippen.values():
        page = pages[f"begrippen/{concept.id}/"]
        for label in concept.waarden.values():
            assert _words(label) in page.text
        for codes in concept.codes.values():
            for code in codes.values():
                assert code in page.text
    for source in base.bronnen.values():
        page = pages[f"bronnen/{source.id}/"]
        for title in source.delen.values():
            assert _words(title) in page.text
    for path in (RULES / "hervormingen").glob("*.yaml"):
        reform = read_reform(base, path.stem)
        page = pages[f"hervormingen/{reform.id}/"]
        for text in reform.laat_open:
            assert _shown(base, text) in page.text
        for change in reform.wijzigingen:
            assert {rule.id for rule in change.regels} <= page.anchors


def test_history_tells_on_which_day_what_changed(pages: dict[str, Page]) -> None:
    page = pages["regels/consult/"]
    assert {"dag-2020-01-01", "dag-2021-01-01"} <= page.anchors
    assert "Tijdelijke subsidieregeling extramurale behandeling → Zorgverzekeringswet (Zvw)" in page.text
    under = pages["regels/bekostiging_paramedische_zorg/"]
    assert "dag-2018-01-01" in under.anchors, "a day on which only a decision underneath changed"


def test_open_points_and_inferences_are_marked(pages: dict[str, Page], base: RuleBase) -> None:
    for decision in base.besluiten.values():
        marks = pages[f"regels/{decision.id}/"].text
        assert ("Wat wij afleiden" in marks) == any(rule.afleiding for rule in decision.regels)
        assert ("Wat geen bron zegt:" in marks) == any("onbekend" in rule.dan.values() for rule in decision.regels)


def test_the_architecture_names_every_module_of_the_engine() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {path.stem for path in (ROOT / "src/aanspraak/engine").glob("*.py")} - {"__init__"}
    assert {module for module in modules if f"`{module}`" not in text} == set()


def test_pages_say_their_language(pages: dict[str, Page]) -> None:
    assert pages["regels/consult/"].lang == "nl"
    assert pages["commandoregel/"].lang == "nl"
    assert pages["architecture/"].lang == "en"
    assert pages["contributing/"].lang == "en"


def _practice(rule: Rule) -> tuple[str, ...]:
    return (rule.praktijk.tekst,) if rule.praktijk else ()


def _words(text: str) -> str:
    return " ".join(text.split())


def _shown(base: RuleBase, text: str) -> str:
    """Text as a page shows it: ids of decisions and sources stand there as links with their titles."""
    titles = {**base.besluiten, **base.bronnen}
    return re.sub(
        r"[a-z0-9]+(?:[-_][a-z0-9]+)+", lambda m: titles[m[0]].titel if m[0] in titles else m[0], _words(text)
    )
