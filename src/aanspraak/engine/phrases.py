"""Parts of an answer in Dutch sentences, for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from aanspraak.engine.answer import Answer, WhyNot
from aanspraak.engine.boxes import box_words, named, short_names, value_words
from aanspraak.engine.cells import Facts
from aanspraak.engine.collect import Collected
from aanspraak.engine.dates import term_day
from aanspraak.engine.derived import derived_facts
from aanspraak.engine.model import (
    PEILDATUM,
    PEILDATUM_CONCEPT,
    Box,
    Citation,
    Concept,
    Decision,
    Rule,
    RuleBase,
    Term,
    Unit,
)
from aanspraak.engine.sources import cited, link

_SINGULAR: dict[Unit, str] = {"dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar"}


def given_words(base: RuleBase, given: Facts, values: Facts) -> Iterator[str]:
    """The facts of a case, and the numbers that followed from their dates."""
    derived = derived_facts(base, given, values)
    for name, value in {**given, **derived}.items():
        concept = base.concept(name)
        if value is None or name == PEILDATUM:
            continue
        how = concept.afgeleid if name in derived else None
        dates = [base.concept(part).naam for part in (how.van, how.tot)] if how else []
        follows = f" (volgt uit {' en '.join(dates)})" if dates else ""
        yield f"{concept.naam}: {value_words(value, concept)}{follows}"


def title(base: RuleBase, decision: Decision, day: date) -> Iterator[str]:
    """What a page in Markdown is about: the decision, the days, and reforms."""
    yield f"# {decision.titel}\n\n{decision.vraag}\n"
    known = f", zoals bekend op {value_words(base.kennisdatum, PEILDATUM_CONCEPT)}" if base.kennisdatum else ""
    yield f"Peildatum: {value_words(day, PEILDATUM_CONCEPT)}{known}"
    if base.hervormingen:
        yield f"Met hervorming: {', '.join(base.hervormingen)}. Dit is een verkenning, geen geldend recht."


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading with a list under it; nothing where there are no lines."""
    items = list(lines)
    if items:
        yield from ("", f"## {title}", "", *(f"- {item}" for item in items))


def grounds(answer: Answer) -> list[Citation]:
    """All that the answer, and what it rests on, stands on; each once."""
    return grounds_of(rule for part in answer.samen for rule in part.regels)


def list_grounds(found: Collected) -> list[Citation]:
    """The same of a checklist: of the rules that match or still can, and of what they rest on."""
    own = (*found.treft, *(why.regel for why in found.mogelijk))
    return grounds_of([*own, *(rule for under in found.rust_op for rule in under.regels)])


def grounds_of(rules: Iterable[Rule]) -> list[Citation]:
    """The sources of rules, and of how practice differs; each once."""
    return list(dict.fromkeys(c for r in rules for c in (*r.grond, *(r.praktijk.grond if r.praktijk else ()))))


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
        return f"deze regel geldt alleen {box_words((why.regel.geldig,), PEILDATUM_CONCEPT)}"
    if not why.begrip:
        return "een regel die voorgaat kan nog gelden"
    concept = base.concept(why.begrip)
    if why.is_ is None:
        return f"nog niet bekend: {concept.naam}; dit geldt {_at(why.vereist, concept)}"
    return _against(concept, why.is_, why.vereist)


@lru_cache(maxsize=4096)
def _against(concept: Concept, is_: str | int | date, box: Box) -> str:
    """That a value is not where a rule holds. Kept: an answer says it of every rule that does not decide."""
    said = f"«{short_names(concept)[str(is_)]}»" if concept.discrete else value_words(is_, concept)
    return f"{concept.naam} is {said}, en dit geldt {_at(box, concept)}"


def miss_words(base: RuleBase, why: WhyNot) -> str:
    """Why a rule of a checklist does not match, in one sentence."""
    if why.wijkt_voor or why.begrip == PEILDATUM or why.is_ is not None:
        return why_not_words(base, why)
    concept = base.concept(why.begrip)
    return f"dit geldt {_at(why.vereist, concept, concept.naam)}, en dat kan niet samen met de andere gegevens"


def _at(box: Box, concept: Concept, name: str = "") -> str:
    """Where a rule holds: «alleen bij X», or «niet bij Y» where these are fewer."""
    but, words = named(box, concept, labels=True) if isinstance(box, frozenset) else (False, box_words(box, concept))
    return f"{'niet' if but else 'alleen'} bij {f'{name} ' if name else ''}{words}"


def consequence_words(rule: Rule) -> str:
    """What it means that a rule of a checklist matches."""
    return {"afwijzen": "Afwijzen", "signaleren": "Let op", "informeren": "Ter informatie"}[rule.gevolg or "informeren"]


def other(base: RuleBase, answer: Answer, why: WhyNot) -> str:
    """The outcome of a rule that does not decide, as far as it differs: the first two fields of it."""
    differs = [(n, v) for n, v in why.regel.dan.items() if v != (answer.uitkomst or {}).get(n)]
    return ", ".join(dict.fromkeys(label(base, n, v) for n, v in differs[:2]))


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


def term_words(base: RuleBase, rules: Iterable[Rule], values: Facts) -> Iterator[str]:
    """The terms that rules give: the day where it is known, else how to count it."""
    for term in dict.fromkeys(term for rule in rules for term in rule.termijnen):
        start = values.get(term.vanaf)
        if isinstance(start, date):
            yield f"{term.naam}: {value_words(term_day(term, start), PEILDATUM_CONCEPT)} ({duration_words(base, term)})"
        else:
            yield f"{term.naam}: {duration_words(base, term)}"


def duration_words(base: RuleBase, term: Term) -> str:
    """How a term is counted: «14 dagen na opnamedatum»; «14 dagen, waarvan opnamedatum de eerste is»."""
    number, name = abs(term.aantal), base.concept(term.vanaf).naam
    much = f"{number} {term.eenheid if number > 1 else _SINGULAR[term.eenheid]}"
    if not term.eerste_dag_telt:
        return f"{much} {'na' if term.aantal > 0 else 'voor'} {name}"
    return f"{much}{'' if term.aantal > 0 else ' terug'}, {name} telt als eerste dag"


def source_words(base: RuleBase, citation: Citation) -> str:
    """A source with the place in it, linked to the text."""
    ((_, source),) = cited(base, [citation])
    where = link(source, citation.vindplaats)
    text = f"{source.titel}, {citation.vindplaats}"
    return f"[{text}]({where})" if where else text


def under_words(base: RuleBase, under: Answer) -> str:
    """What a decision underneath decided, and why."""
    values = ", ".join(label(base, n, v) for n, v in under.regels[0].dan.items())
    return f"{under.besluit.titel}: {values}. {under.regels[0].omdat}"
