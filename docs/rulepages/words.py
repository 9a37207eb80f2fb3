"""Parts of rules as Markdown for readers: conditions with labels instead of ids, dates, links between pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from aanspraak.engine import rule_words
from aanspraak.engine.boxes import value_words
from aanspraak.engine.law import reforms
from aanspraak.engine.model import (
    PEILDATUM,
    Box,
    Citation,
    Decision,
    Limit,
    Rule,
    RuleBase,
    rules_of,
)
from aanspraak.engine.phrases import label, term_words
from aanspraak.engine.rule_words import day as day
from aanspraak.engine.rule_words import period as period
from aanspraak.engine.rule_words import rule_title as rule_title
from aanspraak.engine.sources import link

UNKNOWN = "onbekend"
"""The outcome value by which a rule says that no source tells it."""

_SPECIAL = re.compile(r"([\\`*_\[\]>|{}#])")


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _escape(" ".join(text.split()))


def prose(base: RuleBase, text: str) -> str:
    """Paragraphs as `sentence` gives them."""
    return "\n\n".join(sentence(base, paragraph) for paragraph in re.split(r"\n\s*\n|\n(?=\S)", text.strip()))


def sentence(base: RuleBase, text: str) -> str:
    """Text on one line; the ids of decisions and sources in it become links."""
    # Ids with a hyphen or underscore only: «wlz» or «consult» may be plain words.
    known = {name: ("regels", d.titel) for name, d in base.besluiten.items()}
    known |= {name: ("bronnen", s.titel) for name, s in base.bronnen.items()}
    parts = re.split(r"([a-z0-9]+(?:[-_][a-z0-9]+)+)", " ".join(text.split()))
    return "".join(
        f"[{plain(known[part][1])}]({page(known[part][0], part)})" if part in known else _escape(part) for part in parts
    )


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("<", "&lt;")


def page(kind: str, name: str, anchor: str = "") -> str:
    """The address of a generated page from another one: all stand one folder deep."""
    return f"../{kind}/{name}.md" + (f"#{anchor}" if anchor else "")


def rule_link(base: RuleBase, rule_id: str) -> str:
    """A link to a rule of the rule base; the bare title where a reform brings it."""
    home = next((d for d, r in rules_of(base) if r.id == rule_id), None)
    title = plain(rule_title(rule_id))
    return f"[{title}]({page('regels', home.id, rule_id)})" if home else title


def covering_link(base: RuleBase, name: str) -> str:
    """A link to what covers a part of a source: a reform or a rule."""
    reform = reforms(base).get(name)
    return f"[{plain(reform.titel)}]({page('hervormingen', name)})" if reform else rule_link(base, name)


def turned_rule(base: RuleBase, rule_id: str, recorded: Mapping[str, date]) -> str:
    """A link to a rule that begins or ends, with the day that was recorded where it was not always known."""
    since = f" (vastgelegd op {day(recorded[rule_id])})" if rule_id in recorded else ""
    return rule_link(base, rule_id) + since


def decision_link(decision: Decision) -> str:
    return f"[{plain(decision.titel)}]({page('regels', decision.id)})"


def terms(base: RuleBase, rule: Rule) -> list[str]:
    """The terms that a rule gives, in words."""
    return [plain(words) for words in term_words(base, [rule], {})]


def date_link(base: RuleBase, name: str) -> str:
    """A link to a date; the peildatum has no page."""
    return PEILDATUM if name == PEILDATUM else concept_link(base, name)


def concept_link(base: RuleBase, name: str) -> str:
    return f"[{plain(base.concept(name).naam)}]({page('begrippen', name)})"


def condition(base: RuleBase, name: str, box: Box) -> str:
    """What a cell asks, every value by its label."""
    return plain(rule_words.condition(base, name, box))


def conditions(base: RuleBase, boxes: Mapping[str, Box]) -> list[str]:
    """Every condition as «begrip: waarde», the concept linked."""
    return [f"{concept_link(base, name)}: {condition(base, name, box)}" for name, box in boxes.items()]


def conditions_cell(base: RuleBase, boxes: Mapping[str, Box]) -> str:
    """The same for a table, without links."""
    return _cell((_name(base, name), condition(base, name, box)) for name, box in boxes.items())


def outcome(base: RuleBase, values: Mapping[str, str]) -> list[str]:
    """Every outcome field as «begrip: **waarde**», the concept linked."""
    return [f"{concept_link(base, name)}: **{plain(label(base, name, value))}**" for name, value in values.items()]


def outcome_cell(base: RuleBase, values: Mapping[str, str]) -> str:
    """The same for a table, without links."""
    return _cell((_name(base, name), plain(label(base, name, value))) for name, value in values.items())


def fact(base: RuleBase, name: str, value: str | int | date) -> str:
    """A given fact as «begrip: waarde»."""
    concept = base.concept(name)
    return f"{plain(concept.naam)}: {plain(value_words(value, concept))}"


def limit(grens: Limit) -> str:
    """How much is insured, or comes first for the client's own account."""
    return plain(rule_words.limit(grens))


def citations(base: RuleBase, grounds: Iterable[Citation]) -> list[str]:
    """Every source once: its title linked to its page here, the places in it linked to the text itself."""
    places: dict[str, list[str]] = {}
    for cited in grounds:
        places.setdefault(cited.bron, []).append(place(base, cited))
    return [
        f"[{plain(base.bronnen[source].titel)}]({page('bronnen', source)}): {'; '.join(dict.fromkeys(found))}"
        for source, found in places.items()
    ]


def place(base: RuleBase, cited: Citation) -> str:
    """The place in a source, linked to the text where it can be read."""
    source = base.bronnen[cited.bron]
    where = link(source, cited.vindplaats)
    is_article = source.bwb and not cited.vindplaats.startswith("bijlage")
    words = plain(f"artikel {cited.vindplaats}" if is_article else cited.vindplaats)
    return f"[{words}]({where})" if where else words


def unknown_fields(base: RuleBase, rule: Rule) -> list[str]:
    """The names of the outcome fields that the rule leaves unknown."""
    return [plain(base.concept(name).naam) for name, value in rule.dan.items() if value == UNKNOWN]


def listed(items: Iterable[str]) -> str:
    """Items below each other in a table cell."""
    return "<br>".join(items)


def _name(base: RuleBase, name: str) -> str:
    return plain(base.concept(name).naam)


def _cell(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<span class="regel-deel"><small>{name}:</small> {value}</span>' for name, value in pairs)
