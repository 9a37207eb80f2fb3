"""Parts of rules in words for a page: dates in full, conditions and outcomes by their labels, sources with links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from aanspraak.engine.boxes import value_words
from aanspraak.engine.model import Box, Citation, RuleBase
from aanspraak.engine.phrases import label
from aanspraak.engine.rule_words import condition, day
from aanspraak.engine.sources import cited, link

_ID = re.compile(r"([a-z0-9]+(?:[-_][a-z0-9]+)+)")
"""An id with a hyphen or underscore in a text: «wlz» or «consult» may be plain words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source and the places in it, each with where to read it (None: nowhere online)."""

    bron: str
    titel: str
    plaatsen: tuple[tuple[str, str | None], ...]


def capital(text: str) -> str:
    """The text with a capital; abbreviations in it stay as they are."""
    return text[:1].upper() + text[1:]


def concept_name(base: RuleBase, name: str) -> str:
    """What an input or outcome field is called."""
    return base.concept(name).naam


def conditions(base: RuleBase, boxes: Mapping[str, Box]) -> list[tuple[str, str]]:
    """Conditions as (concept, what it must be), every value by its label."""
    return [(base.concept(name).naam, condition(base, name, box)) for name, box in boxes.items()]


def outcome(base: RuleBase, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Outcome fields as (concept, label)."""
    return [(base.concept(name).naam, label(base, name, value)) for name, value in values.items()]


def value(base: RuleBase, name: str, given: str | int | date) -> str:
    """A fact in words, a day in full."""
    return day(given) if isinstance(given, date) else value_words(given, base.concept(name))


def references(base: RuleBase, grounds: Iterable[Citation]) -> list[Reference]:
    """Citations as a reader wants them: every source once, with all places in it."""
    places: dict[str, list[tuple[str, str | None]]] = {}
    for c, source in cited(base, grounds):
        places.setdefault(source.id, []).append((_place(source.bwb, c.vindplaats), link(source, c.vindplaats)))
    return [Reference(name, base.bronnen[name].titel, tuple(found)) for name, found in places.items()]


def _place(bwb: str | None, place: str) -> str:
    return f"artikel {place}" if bwb and not place.startswith("bijlage") else place


def paragraphs(text: str) -> list[str]:
    """A longer text of a rule file, paragraph by paragraph."""
    return re.split(r"\n\s*\n|\n(?=\S)", text.strip()) if text else []


def prose(base: RuleBase, text: str) -> Markup:
    """A text in which the ids of decisions and sources are links."""
    known = {name: (f"/regels/{name}", d.titel) for name, d in base.besluiten.items()}
    known |= {name: (f"/bronnen#{name}", s.titel) for name, s in base.bronnen.items()}
    linked = Markup('<a href="{}">{}</a>')
    return Markup().join(linked.format(*known[part]) if part in known else part for part in _ID.split(text))
