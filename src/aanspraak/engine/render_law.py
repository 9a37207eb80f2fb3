"""The law itself as data (for JSON): decisions, rules, concepts, sources, reforms, and the days rules change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from aanspraak.engine.asking import accepted
from aanspraak.engine.boxes import box_words
from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import (
    FIRST_DAY,
    LAST_DAY,
    Box,
    Citation,
    Concept,
    Decision,
    Limit,
    Range,
    Reform,
    Rule,
    RuleBase,
    Source,
    rules_of,
)
from aanspraak.engine.phrases import label
from aanspraak.engine.render import practice_data, question, rule_data, source_data, terms_data
from aanspraak.engine.timeline import Turn


def period_data(valid: Range) -> dict[str, str | None]:
    """The first and the last day; None where it has no first or last."""
    first, last = valid
    return {
        "van": None if first == FIRST_DAY else date.fromordinal(first).isoformat(),
        "tot_en_met": None if last == LAST_DAY else date.fromordinal(last).isoformat(),
    }


def decision_line(decision: Decision) -> dict[str, Any]:
    """What a decision is about."""
    return {
        "besluit": decision.id,
        "thema": decision.thema,
        "titel": decision.titel,
        "vraag": decision.vraag,
        "lijst": decision.verzamel,
        "geldig": period_data(decision.geldig),
        "aantal_regels": len(decision.regels),
    }


def decision_page(base: RuleBase, decision: Decision) -> dict[str, Any]:
    """A decision with all its rules. `gegevens` are the facts that it looks at, `rust_op` the decisions under it."""
    return {
        **decision_line(decision),
        "toelichting": decision.toelichting or None,
        "uitkomst": {n: {v: label(base, n, v) for v in values} for n, values in decision.uitkomst.items()},
        "gegevens": [question(base, name) for name in accepted(base, decision)],
        "rust_op": [d.id for d in decisions_under(base, decision) if d is not decision],
        "regels": [rule_page(base, decision, rule) for rule in decision.regels],
    }


def rule_page(base: RuleBase, decision: Decision, rule: Rule) -> dict[str, Any]:
    """A rule with its conditions, what it decides, and when it holds and was known."""
    return {
        **rule_data(base, rule),
        "besluit": decision.id,
        "als": box_data(base, rule.als),
        "dan": {n: {"waarde": v, "label": label(base, n, v)} for n, v in rule.dan.items()},
        "gevolg": rule.gevolg,
        "geldig": period_data(rule.geldig),
        "vastgelegd": period_data(rule.vastgelegd),
        "in_afwijking_van": sorted(rule.in_afwijking_van),
        "voorwaarden": list(rule.voorwaarden),
        "regelen": list(rule.regelen),
        "termijnen": terms_data(rule, {}),
        "grens": _limit(rule.grens),
        "praktijk": practice_data(base, rule.praktijk),
    }


def box_data(base: RuleBase, boxes: Mapping[str, Box]) -> list[dict[str, Any]]:
    """Conditions, each with the values or the intervals that it admits, and in words."""
    return [{"begrip": name, **admitted(box, base.concept(name))} for name, box in boxes.items()]


def admitted(box: Box, concept: Concept) -> dict[str, Any]:
    """The values of a cell in the order of the concept, or its closed intervals; and the cell in words."""
    words = box_words(box, concept, labels=True)
    if isinstance(box, frozenset):
        return {"waarden": [value for value in concept.waarden if value in box], "intervallen": [], "woorden": words}

    def edge(number: int) -> int | str:
        return date.fromordinal(number).isoformat() if concept.soort == "datum" else number

    return {"waarden": [], "intervallen": [{"van": edge(a), "tot_en_met": edge(b)} for a, b in box], "woorden": words}


def concept_page(base: RuleBase, concept: Concept) -> dict[str, Any]:
    """A concept: how it is asked, what it can be, and its codes in standards."""
    how = concept.afgeleid
    return {
        **question(base, concept.id),
        "naam": concept.naam,
        "van": _edge(concept, concept.van),
        "tot_en_met": _edge(concept, concept.tot),
        "codes": {standard: dict(codes) for standard, codes in concept.codes.items()},
        "afgeleid": {"eenheid": how.eenheid, "van": how.van, "tot": how.tot} if how else None,
        "bronnen": [source_data(base, c) for c in concept.grond],
    }


def _edge(concept: Concept, number: int) -> int | str | None:
    if concept.discrete:
        return None
    return date.fromordinal(number).isoformat() if concept.soort == "datum" else number


def source_line(source: Source) -> dict[str, Any]:
    """A law or document. `verschenen` is as the source says it: a day, a year, or «onbekend»."""
    return {
        "bron": source.id,
        "titel": source.titel,
        "uitgever": source.uitgever,
        "verschenen": source.datum,
        "bwb": source.bwb,
        "link": source.link,
        "stand": source.stand.isoformat() if source.stand else None,
    }


def source_page(base: RuleBase, source: Source) -> dict[str, Any]:
    """A source with the rules that cite it, and where."""
    cited = [
        {"besluit": decision.id, "regel": rule.id, "vindplaatsen": places}
        for decision, rule in rules_of(base)
        if (places := _places(rule, source))
    ]
    return {**source_line(source), "aangehaald_door": cited}


def _places(rule: Rule, source: Source) -> list[str]:
    grounds: Iterable[Citation] = (*rule.grond, *(rule.praktijk.grond if rule.praktijk else ()))
    return list(dict.fromkeys(c.vindplaats for c in grounds if c.bron == source.id))


def reform_page(base: RuleBase, reform: Reform) -> dict[str, Any]:
    """A reform: an exploration, no law. What it changes, and what it leaves open."""
    return {
        "hervorming": reform.id,
        "titel": reform.titel,
        "vanaf": reform.vanaf.isoformat(),
        "bronnen": [source_data(base, c) for c in reform.grond],
        "laat_open": list(reform.laat_open),
        "parameters": [{"parameter": p.id, "naam": p.naam, "waarde": p.waarde} for p in reform.parameters],
        "wijzigingen": [
            {
                "besluit": change.besluit,
                "vervalt": sorted(change.beeindig),
                "nieuw": [rule.id for rule in change.regels],
            }
            for change in reform.wijzigingen
        ],
    }


def turns_data(base: RuleBase, turns: Iterable[Turn]) -> list[dict[str, Any]]:
    """The days on which rules begin or end, and since when that was known."""

    def rules(turn: Turn, found: Iterable[Rule]) -> list[dict[str, Any]]:
        days = turn.vastgelegd
        return [
            {**rule_data(base, rule), "vastgelegd": days[rule.id].isoformat() if rule.id in days else None}
            for rule in found
        ]

    return [
        {
            "dag": turn.dag.isoformat(),
            "besluit": turn.besluit.id,
            "vervalt": rules(turn, turn.vervalt),
            "begint": rules(turn, turn.begint),
        }
        for turn in turns
    ]


def _limit(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    return {
        "maximum": limit.maximum,
        "eerste_niet": limit.eerste_niet,
        "eenheid": limit.eenheid,
        "per": limit.per or None,
        "geteld_in": limit.gebruikt,
    }
