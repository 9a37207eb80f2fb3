"""An answer as data (for JSON) and as Markdown. One shape for the command line, the API and the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from aanspraak.engine.answer import Answer
from aanspraak.engine.cells import Facts
from aanspraak.engine.dates import term_day
from aanspraak.engine.derived import derived_facts
from aanspraak.engine.model import Citation, Practice, Rule, RuleBase
from aanspraak.engine.phrases import (
    grounds,
    label,
    limit_words,
    nearest,
    other,
    section,
    source_words,
    term_words,
    title,
    under_words,
    why_not_words,
)
from aanspraak.engine.sources import juriconnect, link


def as_data(base: RuleBase, answer: Answer, questions: Iterable[str] = ()) -> dict[str, Any]:
    """The answer with its whole explanation, ready for JSON. `questions` are the inputs still open."""
    return {
        **decided_data(base, answer),
        "peildatum": answer.peildatum.isoformat(),
        "kennisdatum": base.kennisdatum.isoformat() if base.kennisdatum else None,
        "hervormingen": list(base.hervormingen),
        "gegeven": {n: str(v) for n, v in answer.gegeven.items() if v is not None},
        "afgeleid": dict(derived_facts(base, answer.gegeven, answer.waarden)),
        "vragen": [question(base, name) for name in questions],
        "rust_op": [decided_data(base, under) for under in answer.rust_op],
        "alternatieven": [
            {"regel": w.regel.id, "uitkomst": dict(w.regel.dan), "waarom_niet": why_not_words(base, w)}
            for w in answer.alternatieven
        ],
    }


def decided_data(base: RuleBase, answer: Answer) -> dict[str, Any]:
    """What a decision says, by which rules, and what comes with it."""
    rule = answer.regels[0] if answer.regels else None
    return {
        "besluit": answer.besluit.id,
        "titel": answer.besluit.titel,
        "vraag": answer.besluit.vraag,
        "status": "beslist" if rule else "open",
        "uitkomst": {n: {"waarde": v, "label": label(base, n, v)} for n, v in (answer.uitkomst or {}).items()},
        "regels": [rule_data(base, r) for r in answer.regels],
        "voorwaarden": list(rule.voorwaarden) if rule else [],
        "regelen": list(rule.regelen) if rule else [],
        "termijnen": terms_data(rule, answer.waarden) if rule else [],
        "grens": _limit(answer),
        "praktijk": practice_data(base, rule.praktijk if rule else None),
    }


def rule_data(base: RuleBase, rule: Rule) -> dict[str, Any]:
    """A rule with its reason and sources."""
    return {
        "id": rule.id,
        "omdat": rule.omdat,
        "bronnen": [source_data(base, c) for c in rule.grond],
        "afleiding": rule.afleiding or None,
    }


def terms_data(rule: Rule, values: Facts) -> list[dict[str, Any]]:
    """The terms of a rule, each with its day where that is known."""
    return [
        {
            "naam": term.naam,
            "vanaf": term.vanaf,
            "aantal": term.aantal,
            "eenheid": term.eenheid,
            "eerste_dag_telt": term.eerste_dag_telt,
            "dag": term_day(term, start).isoformat() if isinstance(start := values.get(term.vanaf), date) else None,
        }
        for term in rule.termijnen
    ]


def practice_data(base: RuleBase, practice: Practice | None) -> dict[str, Any] | None:
    """How practice differs, and who says so."""
    if practice is None:
        return None
    return {"tekst": practice.tekst, "bronnen": [source_data(base, c) for c in practice.grond]}


def as_markdown(base: RuleBase, answer: Answer, questions: Iterable[str] = ()) -> str:
    """The answer as a page to read or to put in a file."""
    return "\n".join(_markdown(base, answer, list(questions))) + "\n"


def _markdown(base: RuleBase, answer: Answer, questions: list[str]) -> Iterator[str]:
    yield from title(base, answer.besluit, answer.peildatum)
    yield from ("", "## Antwoord", "")
    if not answer.regels:
        yield "Nog niet te zeggen. Dit moet nog bekend zijn:\n"
        yield from (f"- {base.concept(name).vraag}" for name in questions)
    for name, value in (answer.uitkomst or {}).items():
        yield f"- **{base.concept(name).naam}**: {label(base, name, value)}"
    for rule in answer.regels:
        yield f"\n{rule.omdat} (regel `{rule.id}`)"
        if rule.afleiding:
            yield f"\n*Afleiding van ons, geen tekst van een bron: {rule.afleiding}*"
    if answer.regels:
        rules = [part.regels[0] for part in answer.samen if part.regels]
        yield from section("Hoeveel", (line for part in answer.samen for line in limit_words(part)))
        yield from section("Termijnen", term_words(base, rules, answer.waarden))
        yield from section("Voorwaarden", (line for rule in rules for line in rule.voorwaarden))
        yield from section("Te regelen", (line for rule in rules for line in rule.regelen))
        yield from section("In de praktijk", (rule.praktijk.tekst for rule in rules if rule.praktijk))
    yield from section("Berust op", (under_words(base, under) for under in answer.rust_op if under.regels))
    yield from section(
        "Waarom niet anders", (f"{other(base, answer, w)}: {why_not_words(base, w)}" for w in nearest(answer))
    )
    yield from section("Bronnen", (source_words(base, c) for c in grounds(answer)))


def question(base: RuleBase, name: str) -> dict[str, Any]:
    """An open question as data: id, text, help, and the values or range that can be answered."""
    concept = base.concept(name)
    return {
        "begrip": name,
        "soort": concept.soort,
        "vraag": concept.vraag,
        "uitleg": concept.uitleg,
        "waarden": dict(concept.waarden),
        "eenheid": concept.eenheid or None,
    }


def _limit(answer: Answer) -> dict[str, Any] | None:
    left = answer.resteert
    if left is None:
        return None
    return {
        "maximum": left.grens.maximum,
        "eerste_niet": left.grens.eerste_niet,
        "eenheid": left.grens.eenheid,
        "per": left.grens.per or None,
        "gebruikt": left.gebruikt,
        "resteert": left.resteert,
    }


def source_data(base: RuleBase, citation: Citation) -> dict[str, Any]:
    """A source and the place in it, with where to read it."""
    source = base.bronnen[citation.bron]
    return {
        "bron": citation.bron,
        "titel": source.titel,
        "vindplaats": citation.vindplaats,
        "link": link(source, citation.vindplaats),
        "juriconnect": juriconnect(source, citation.vindplaats),
    }
