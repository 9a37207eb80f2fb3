"""An answer as data (for JSON) and as Markdown. One shape for the command line, the API and the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from aanspraak.engine.answer import Answer, WhyNot
from aanspraak.engine.boxes import box_words, value_words
from aanspraak.engine.model import PEILDATUM, Citation, RuleBase
from aanspraak.engine.sources import cited, juriconnect, link


def as_data(base: RuleBase, answer: Answer, questions: Iterable[str] = ()) -> dict[str, Any]:
    """The answer with its whole explanation, ready for JSON. `questions` are the inputs still open."""
    return {
        **_decided(base, answer),
        "peildatum": answer.peildatum.isoformat(),
        "hervormingen": list(base.hervormingen),
        "gegeven": {n: str(v) for n, v in answer.gegeven.items() if v is not None},
        "vragen": [question(base, name) for name in questions],
        "rust_op": [_decided(base, under) for under in answer.rust_op],
        "alternatieven": [
            {"regel": w.regel.id, "uitkomst": dict(w.regel.dan), "waarom_niet": why_not_words(base, w)}
            for w in answer.alternatieven
        ],
    }


def _decided(base: RuleBase, answer: Answer) -> dict[str, Any]:
    """What a decision says, by which rules, and what comes with it."""
    rule = answer.regels[0] if answer.regels else None
    practice = rule.praktijk if rule else None
    return {
        "besluit": answer.besluit.id,
        "titel": answer.besluit.titel,
        "vraag": answer.besluit.vraag,
        "status": "beslist" if rule else "open",
        "uitkomst": {n: {"waarde": v, "label": label(base, n, v)} for n, v in (answer.uitkomst or {}).items()},
        "regels": [
            {
                "id": r.id,
                "omdat": r.omdat,
                "bronnen": [_source(base, c) for c in r.grond],
                "afleiding": r.afleiding or None,
            }
            for r in answer.regels
        ],
        "voorwaarden": list(rule.voorwaarden) if rule else [],
        "regelen": list(rule.regelen) if rule else [],
        "grens": _limit(answer),
        "praktijk": {"tekst": practice.tekst, "bronnen": [_source(base, c) for c in practice.grond]}
        if practice
        else None,
    }


def as_markdown(base: RuleBase, answer: Answer, questions: Iterable[str] = ()) -> str:
    """The answer as a page to read or to put in a file."""
    return "\n".join(_markdown(base, answer, list(questions))) + "\n"


def _markdown(base: RuleBase, answer: Answer, questions: list[str]) -> Iterator[str]:
    yield f"# {answer.besluit.titel}\n\n{answer.besluit.vraag}\n"
    yield f"Peildatum: {value_words(answer.peildatum, base.concept(PEILDATUM))}"
    if base.hervormingen:
        yield f"Met hervorming: {', '.join(base.hervormingen)}. Dit is een verkenning, geen geldend recht."
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
        yield from _section("Hoeveel", (line for part in answer.samen for line in limit_words(part)))
        yield from _section("Voorwaarden", (line for rule in rules for line in rule.voorwaarden))
        yield from _section("Te regelen", (line for rule in rules for line in rule.regelen))
        yield from _section("In de praktijk", (rule.praktijk.tekst for rule in rules if rule.praktijk))
    yield from _section("Berust op", (_under_words(base, under) for under in answer.rust_op if under.regels))
    yield from _section(
        "Waarom niet anders", (f"{other(base, answer, w)}: {why_not_words(base, w)}" for w in nearest(answer))
    )
    yield from _section("Bronnen", (_source_words(base, c) for c in grounds(answer)))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    items = list(lines)
    if items:
        yield from ("", f"## {title}", "", *(f"- {item}" for item in items))


def grounds(answer: Answer) -> list[Citation]:
    """All that the answer, and what it rests on, stands on; each once."""
    rules = [rule for part in answer.samen for rule in part.regels]
    return list(dict.fromkeys(c for r in rules for c in (*r.grond, *(r.praktijk.grond if r.praktijk else ()))))


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


def label(base: RuleBase, name: str, value: str) -> str:
    """A value of an outcome in words."""
    return base.concept(name).waarden[value]


def nearest(answer: Answer) -> list[WhyNot]:
    """For every other outcome the rule in force that came nearest: the one whose conditions held longest."""
    best: dict[tuple[tuple[str, str], ...], tuple[int, WhyNot]] = {}
    for why in answer.alternatieven:
        if why.begrip == PEILDATUM:
            continue
        outcome = tuple(sorted(why.regel.dan.items()))
        held = list(why.regel.als).index(why.begrip) if why.begrip in why.regel.als else -1
        if why.regel.dan != answer.uitkomst and held > best.get(outcome, (-2, why))[0]:
            best[outcome] = (held, why)
    return [why for _, why in best.values()]


def why_not_words(base: RuleBase, why: WhyNot) -> str:
    """Why a rule does not decide, in one sentence."""
    if why.wijkt_voor:
        return f"regel {why.wijkt_voor} gaat voor"
    if why.begrip == PEILDATUM:
        first, last = (date.fromordinal(day) for day in why.regel.geldig)
        return f"deze regel geldt alleen van {first.isoformat()} tot en met {last.isoformat()}"
    concept = base.concept(why.begrip)
    asked = box_words(why.vereist, concept, labels=True)
    if why.is_ is None:
        return f"alleen bij {concept.naam} = {asked}; dat is nog niet bekend"
    is_ = value_words(why.is_, concept)
    return f"{concept.naam} is {f'«{is_}»' if concept.discrete else is_}, en dit geldt alleen bij {asked}"


def other(base: RuleBase, answer: Answer, why: WhyNot) -> str:
    """The outcome of a rule that does not decide, as far as it differs: the first two fields of it."""
    differs = [(n, v) for n, v in why.regel.dan.items() if v != (answer.uitkomst or {}).get(n)]
    return ", ".join(label(base, n, v) for n, v in differs[:2])


def limit_words(answer: Answer) -> Iterator[str]:
    """The limit and what is left of it, in sentences."""
    left = answer.resteert
    if left is None:
        return
    limit = left.grens
    per = f" per {limit.per}" if limit.per else ""
    if limit.eerste_niet is not None:
        yield f"De eerste {limit.eerste_niet} {limit.eenheid}{per} zijn voor eigen rekening."
    if limit.maximum is not None:
        yield f"Ten hoogste {limit.maximum} {limit.eenheid}{per}."
    if left.resteert is None:
        yield f"Hoeveel er over is, hangt af van wat al is gebruikt; dat is niet gegeven ({limit.gebruikt})."
    elif limit.maximum is not None:
        yield f"Gebruikt: {left.gebruikt}. Nog over: {left.resteert}."
    else:
        yield f"Gehad: {left.gebruikt}. Nog voor eigen rekening: {left.resteert}."


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


def _source(base: RuleBase, citation: Citation) -> dict[str, Any]:
    source = base.bronnen[citation.bron]
    return {
        "bron": citation.bron,
        "titel": source.titel,
        "vindplaats": citation.vindplaats,
        "link": link(source, citation.vindplaats),
        "juriconnect": juriconnect(source, citation.vindplaats),
    }


def _source_words(base: RuleBase, citation: Citation) -> str:
    ((_, source),) = cited(base, [citation])
    where = link(source, citation.vindplaats)
    text = f"{source.titel}, {citation.vindplaats}"
    return f"[{text}]({where})" if where else text


def _under_words(base: RuleBase, under: Answer) -> str:
    values = ", ".join(label(base, n, v) for n, v in under.regels[0].dan.items())
    return f"{under.besluit.titel}: {values}. {under.regels[0].omdat}"
