"""Plain Dutch in the rules, as far as it can be measured: short sentences, no officialese, no abbreviation that is not
spelled out where it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aanspraak.engine.graph import inputs_of
from aanspraak.engine.law import reforms
from aanspraak.engine.model import Concept, Decision, Rule
from aanspraak.engine.reader import read_rules

BASE = read_rules()
REFORMS = reforms(BASE).values()

LONGEST = 22
"""Words in a sentence, at most; a semicolon or colon ends one."""

SPELLED_OUT = {
    "AVG": "arts (voor )?verstandelijk gehandicapten",
    "arts VG": "arts (voor )?verstandelijk gehandicapten",
    "SO": "specialist ouderengeneeskunde",
    "CIZ": "Centrum indicatiestelling zorg",
    "NZa": "Nederlandse Zorgautoriteit",
    "Bzv": "Besluit zorgverzekering",
    "Blz": "Besluit langdurige zorg",
    "Rlz": "Regeling langdurige zorg",
    "AWBZ": "Algemene Wet Bijzondere Ziektekosten",
    "LVG": "licht verstandelijk gehandicapt",
    "SGLVG": "sterk gedragsgestoord",
    "vpt": "volledig pakket thuis",
    "mpt": "modulair pakket thuis",
    "pgb": "persoonsgebonden budget",
    "zzp": "zorgzwaartepakket",
    "gzsp": "geneeskundige zorg voor specifieke patiëntgroepen",
    "elv": "eerstelijnsverblijf",
    "grz": "geriatrische revalidatie",
    "CVA": "beroerte",
    "MS": "multiple sclerose",
}
"""Abbreviation → what it stands for (a pattern). Of the three laws (Wlz, Zvw, Wmo) every reader knows the name."""

OFFICIALESE = (
    "ten laste van", "in het kader van", "met betrekking tot", "ten aanzien van", "in verband met", "met het oog op",
    "op basis waarvan", "teneinde", "middels", "conform", "inzake", "derhalve", "tevens", "reeds", "thans", "echter",
    "alsmede", "evenals", "indien", "dient te", "dienen te", "desbetreffende", "zulks", "hetgeen", "alwaar",
    "bijv.", "d.w.z.", "o.a.", "m.b.t.", "i.v.m.", "t.b.v.", "enz.", "e.d.", "c.q.", "z.s.m.", "naar rato", "expertise",
)  # fmt: skip


class Text(NamedTuple):
    """A text, where it stands, and what else is read with it."""

    place: str
    words: str
    beside: str


def test_sentences_are_short() -> None:
    long = [(t.place, s) for t in texts() for s in sentences(t.words) if len(s.split()) > LONGEST]
    assert long == []


def test_no_officialese() -> None:
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, OFFICIALESE))})(?!\w)", re.IGNORECASE)
    assert [(t.place, found[0]) for t in texts() if (found := pattern.search(t.words))] == []


def test_abbreviations_are_spelled_out_where_they_are_read() -> None:
    unexplained = [
        (text.place, short)
        for text in texts()
        for short, full in SPELLED_OUT.items()
        if re.search(rf"(?<![\w(-]){re.escape(short)}(?![\w-])", text.words)
        and not re.search(full, f"{text.words} {text.beside}", re.IGNORECASE)
    ]
    assert unexplained == []


def test_sentences_of_reforms_are_whole() -> None:
    """An unquoted comma in a YAML list would cut a sentence in two."""
    rules = [rule for reform in REFORMS for change in reform.wijzigingen for rule in change.regels]
    lines = [line for rule in rules for line in (rule.omdat, *rule.voorwaarden, *rule.regelen)]
    lines += [line for reform in REFORMS for line in reform.laat_open]
    assert [line for line in lines if line[0].islower() or not line.strip().endswith((".", "?"))] == []


def sentences(words: str) -> list[str]:
    return re.split(r"(?<=[.?!:;])\s+", " ".join(words.split()))


def texts() -> Iterator[Text]:
    """Every text that people read, of the decisions, concepts and reforms."""
    for decision in BASE.besluiten.values():
        yield from decision_texts(decision)
    for concept in BASE.begrippen.values():
        lines = (concept.naam, concept.vraag, concept.uitleg, *concept.waarden.values())
        yield from (Text(concept.id, line, " ".join(lines)) for line in lines)
    yield from (Text(impossible.plaats, impossible.omdat, "") for impossible in BASE.onmogelijk)
    for reform in REFORMS:
        whole = " ".join((reform.titel, *reform.laat_open))
        yield from (Text(reform.id, line, whole) for line in (reform.titel, *reform.laat_open))
        for change in reform.wijzigingen:
            for rule in change.regels:
                yield from rule_texts(BASE.besluiten[change.besluit], rule)


def decision_texts(decision: Decision) -> Iterator[Text]:
    beside = asked_and_answered(decision)
    for words in (decision.titel, decision.vraag, decision.toelichting):
        yield Text(decision.id, words, beside)
    for rule in decision.regels:
        yield from rule_texts(decision, rule)


def rule_texts(decision: Decision, rule: Rule) -> Iterator[Text]:
    lines = [rule.omdat, rule.afleiding, *rule.voorwaarden, *rule.regelen, *(t.naam for t in rule.termijnen)]
    lines += [rule.praktijk.tekst] if rule.praktijk else []
    beside = " ".join((asked_and_answered(decision), *lines))
    yield from (Text(f"{decision.id}: {rule.id}", line, beside) for line in lines)


def asked_and_answered(decision: Decision) -> str:
    """What is read with every answer: the question, and the concepts that are asked for it or that it gives."""
    names = dict.fromkeys((*inputs_of(BASE, decision), *decision.uitkomst))
    concepts = (concept_words(BASE.concept(name)) for name in names)
    return " ".join((decision.titel, decision.vraag, *concepts))


def concept_words(concept: Concept) -> str:
    return " ".join((concept.naam, concept.vraag, concept.uitleg, *concept.waarden.values()))
