"""The pages of the documentation that are made from the rules: decisions, concepts, sources and reforms (Dutch)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.law import reforms
from aanspraak.engine.model import ALWAYS, Citation, Concept, Decision, Reform, Rule, RuleBase, Source, rules_of
from aanspraak.engine.phrases import consequence_words
from aanspraak.engine.reader import read_rules
from aanspraak.engine.reform import apply_reform
from aanspraak.engine.sources import coverage
from rulepages import words
from rulepages.history import change_days, changes_between, shifts

_SITUATIONS = 4
"""How many situations of one change are written out; of the rest the number is given."""


def rule_pages() -> dict[str, str]:
    """Every generated page: its path in the docs → its Markdown."""
    base = read_rules()
    environment = _environment(base)

    def render(template: str, **values: Any) -> str:
        return environment.get_template(template).render(**values)

    proposals = list(reforms(base).values())
    pages = {
        "regels/index.md": render("besluiten.md", themes=_themes(base)),
        "begrippen/index.md": render("begrippen.md", concepts=_by_name(base)),
        "bronnen/index.md": render("bronnen.md", rows=[_source_row(base, s) for s in base.bronnen.values()]),
        "hervormingen/index.md": render("hervormingen.md", reforms=proposals),
    }
    for decision in base.besluiten.values():
        pages[f"regels/{decision.id}.md"] = render("besluit.md", **_decision(base, decision))
    for concept in base.begrippen.values():
        pages[f"begrippen/{concept.id}.md"] = render("begrip.md", **_concept(base, concept))
    for source in base.bronnen.values():
        pages[f"bronnen/{source.id}.md"] = render("bron.md", **_source_row(base, source))
    for reform in proposals:
        pages[f"hervormingen/{reform.id}.md"] = render("hervorming.md", **_reform(base, reform))
    return pages


def navigation() -> list[dict[str, Any]]:
    """The generated pages as entries of the site's menu."""
    base = read_rules()
    decisions: list[Any] = ["regels/index.md"]
    for theme, group in _themes(base).items():
        decisions.append({theme: [{d.titel: f"regels/{d.id}.md"} for d in group]})
    return [
        {"Besluiten": decisions},
        {"Begrippen": ["begrippen/index.md", *({c.naam: f"begrippen/{c.id}.md"} for c in _by_name(base))]},
        {
            "Bronnen": [
                "bronnen/index.md",
                "tegenspraken.md",
                *({s.id: f"bronnen/{s.id}.md"} for s in base.bronnen.values()),
            ]
        },
        {"Hervormingen": ["hervormingen/index.md", *(f"hervormingen/{name}.md" for name in reforms(base))]},
    ]


def _environment(base: RuleBase) -> Environment:
    # Markdown, not HTML: `words.plain` escapes what Markdown would take for marks.
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )
    bare = (
        words.plain, words.listed, words.day, words.period, words.limit, words.rule_title, words.decision_link,
        consequence_words,
    )  # fmt: skip
    with_base = (
        words.prose, words.sentence, words.rule_link, words.covering_link, words.concept_link, words.conditions,
        words.conditions_cell, words.outcome, words.outcome_cell, words.terms, words.date_link, words.turned_rule,
        words.fact, words.citations, words.place, words.unknown_fields,
    )  # fmt: skip
    environment.filters |= {f.__name__: f for f in bare}
    environment.filters |= {f.__name__: partial(f, base) for f in with_base}
    environment.globals |= {"base": base, "shifts": shifts, "shown": _SITUATIONS, "always": ALWAYS}
    return environment


def _themes(base: RuleBase) -> dict[str, list[Decision]]:
    themes: dict[str, list[Decision]] = {}
    for decision in base.besluiten.values():
        themes.setdefault(base.themas[decision.thema], []).append(decision)
    return themes


def _by_name(base: RuleBase) -> list[Concept]:
    return sorted(base.begrippen.values(), key=lambda c: c.naam.casefold())


def _makers(base: RuleBase, decision: Decision) -> dict[str, Decision]:
    """The outcomes of other decisions that a decision has conditions on, with the decision that gives each."""
    names = dict.fromkeys(name for rule in decision.regels for name in rule.als)
    return {name: maker for name in names if (maker := base.producer(name))}


def _decision(base: RuleBase, decision: Decision) -> dict[str, Any]:
    makers = _makers(base, decision)
    examples: dict[str, list[Any]] = {}
    for example in decision.voorbeelden:
        examples.setdefault(str(example.verwacht.get("regel", "")), []).append(example)
    return {
        "decision": decision,
        "asked": [n for n in dict.fromkeys(n for r in decision.regels for n in r.als) if n not in makers],
        "makers": makers,
        "users": [d for d in base.besluiten.values() if decision in _makers(base, d).values()],
        "yields_to": {r.id: [o.id for o in decision.regels if r.id in o.in_afwijking_van] for r in decision.regels},
        "examples": examples,
        "history": list(change_days(base, decision)),
        "unknown": [r for r in decision.regels if words.unknown_fields(base, r)],
        "sources": list(dict.fromkeys(c.bron for rule in decision.regels for c in _grounds(rule))),
    }


def _concept(base: RuleBase, concept: Concept) -> dict[str, Any]:
    return {
        "concept": concept,
        "makers": [d for d in base.besluiten.values() if concept.id in d.uitkomst],
        "users": [d for d in base.besluiten.values() if any(concept.id in r.als for r in d.regels)],
        "counted": [r for _, r in rules_of(base) if r.grens and r.grens.gebruikt == concept.id],
        "impossible": [i for i in base.onmogelijk if concept.id in i.als],
    }


def _source_row(base: RuleBase, source: Source) -> dict[str, Any]:
    places: dict[Citation, list[str]] = {}
    for _, rule in rules_of(base):
        for cited in dict.fromkeys(c for c in _grounds(rule) if c.bron == source.id):
            places.setdefault(cited, []).append(rule.id)
    return {
        "source": source,
        "coverage": [row[1:] for row in coverage(base, reforms(base).values()) if row[0] is source],
        "places": dict(sorted(places.items(), key=lambda item: item[0].vindplaats)),
        "concepts": [c for c in base.begrippen.values() if any(g.bron == source.id for g in c.grond)],
    }


def _reform(base: RuleBase, reform: Reform) -> dict[str, Any]:
    reformed = apply_reform(base, reform)
    sides = (base, reform.vanaf), (reformed, reform.vanaf)
    touched = [
        d
        for d in reformed.besluiten.values()
        if any(under.id in {c.besluit for c in reform.wijzigingen} for under in decisions_under(reformed, d))
    ]
    return {
        "reform": reform,
        "changes": [(d, tuple(changes_between(*sides, d))) for d in touched],
    }


def _grounds(rule: Rule) -> tuple[Citation, ...]:
    return (*rule.grond, *(rule.praktijk.grond if rule.praktijk else ()))
