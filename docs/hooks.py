"""MkDocs hook: the pages made from the rules and the tables join the written ones. Nothing is written but the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from rulepages import navigation, rule_pages
from rulepages.tables import table_page

DUTCH = ("commandoregel.md", "tegenspraken.md")
"""Written pages for users; the other written pages are for developers and English."""

CONTRIBUTING = Path(__file__).parent.parent / "CONTRIBUTING.md"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the generated pages in the menu, after the start page; and at its end, among those for developers, the
    written pages that mkdocs.yml does not name."""
    first, *rest = config.nav or []
    config.nav = [first, *navigation(), *rest]
    others = [p.name for p in sorted(Path(config.docs_dir).glob("*.md")) if p.name not in str(config.nav)]
    config.nav[-1]["For developers"].extend(others)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for path, markdown in {**rule_pages(), "tabellen.md": table_page(), "contributing.md": _contributing()}.items():
        files.append(File.generated(config, path, content=markdown))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Say the language of a page: screen readers need to know."""
    dutch = page.file.generated_by or page.file.src_uri in DUTCH
    page.meta.setdefault("lang", "nl" if dutch else "en")
    return markdown


def _contributing() -> str:
    """The page at the root of the repository, with its links as they are in the site; the code is not in the site."""
    text = CONTRIBUTING.read_text(encoding="utf-8").replace("](docs/", "](")
    return "---\nlang: en\n---\n" + re.sub(r"\[([^\]]+)\]\((?:src|tests|benchmarks|examples)/[^)]*\)", r"\1", text)
