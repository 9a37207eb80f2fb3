"""The answer of a checklist as data (for JSON) and as Markdown; the parts are those of `render`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aanspraak.engine.cells import Facts
from aanspraak.engine.collect import Collected
from aanspraak.engine.derived import derived_facts
from aanspraak.engine.model import Rule, RuleBase
from aanspraak.engine.phrases import (
    consequence_words,
    list_grounds,
    miss_words,
    section,
    source_words,
    term_words,
    title,
    under_words,
    why_not_words,
)
from aanspraak.engine.render import decided_data, practice_data, question, rule_data, terms_data


def list_as_data(base: RuleBase, found: Collected, questions: Iterable[str] = ()) -> dict[str, Any]:
    """The answer of a checklist with its whole explanation, ready for JSON. `questions` are the inputs still open."""
    return {
        "besluit": found.besluit.id,
        "titel": found.besluit.titel,
        "vraag": found.besluit.vraag,
        "status": "open" if found.mogelijk else "beslist",
        "treft": [_hit(base, rule, found.waarden) for rule in found.treft],
        "mogelijk": [
            {**_hit(base, w.regel, found.waarden), "hangt_af_van": why_not_words(base, w)} for w in found.mogelijk
        ],
        "treft_niet": [
            {"regel": w.regel.id, "gevolg": w.regel.gevolg, "waarom_niet": miss_words(base, w)}
            for w in found.treft_niet
        ],
        "peildatum": found.peildatum.isoformat(),
        "kennisdatum": base.kennisdatum.isoformat() if base.kennisdatum else None,
        "hervormingen": list(base.hervormingen),
        "gegeven": {n: str(v) for n, v in found.gegeven.items() if v is not None},
        "afgeleid": dict(derived_facts(base, found.gegeven, found.waarden)),
        "vragen": [question(base, name) for name in questions],
        "rust_op": [decided_data(base, under) for under in found.rust_op],
    }


def _hit(base: RuleBase, rule: Rule, values: Facts) -> dict[str, Any]:
    return {
        **rule_data(base, rule),
        "gevolg": rule.gevolg,
        "voorwaarden": list(rule.voorwaarden),
        "regelen": list(rule.regelen),
        "termijnen": terms_data(rule, values),
        "praktijk": practice_data(base, rule.praktijk),
    }


def list_as_markdown(base: RuleBase, found: Collected, questions: Iterable[str] = ()) -> str:
    """The answer of a checklist as a page to read or to put in a file."""
    return "\n".join(_markdown(base, found, list(questions))) + "\n"


def _markdown(base: RuleBase, found: Collected, questions: list[str]) -> Iterator[str]:
    yield from title(base, found.besluit, found.peildatum)
    yield from ("", "## Wat geldt", "")
    if not found.treft:
        yield "Nog niets zeker." if found.mogelijk else "Niets."
    yield from (f"- {_row(rule)}" for rule in found.treft)
    yield from section("Wat nog kan gelden", (f"{_row(w.regel)} — {why_not_words(base, w)}" for w in found.mogelijk))
    yield from section("Dit moet nog bekend zijn", (base.concept(name).vraag for name in questions))
    yield from section("Termijnen", term_words(base, found.treft, found.waarden))
    yield from section("Voorwaarden", (line for rule in found.treft for line in rule.voorwaarden))
    yield from section("Te regelen", (line for rule in found.treft for line in rule.regelen))
    yield from section("In de praktijk", (rule.praktijk.tekst for rule in found.treft if rule.praktijk))
    yield from section("Wat niet geldt", (f"`{w.regel.id}`: {miss_words(base, w)}" for w in found.treft_niet))
    yield from section("Berust op", (under_words(base, under) for under in found.rust_op if under.regels))
    yield from section("Bronnen", (source_words(base, c) for c in list_grounds(found)))


def _row(rule: Rule) -> str:
    inferred = f" *Afleiding van ons, geen tekst van een bron: {rule.afleiding}*" if rule.afleiding else ""
    return f"**{consequence_words(rule)}**: {rule.omdat} (regel `{rule.id}`){inferred}"
