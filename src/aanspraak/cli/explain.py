"""An answer to read in a terminal or a pipe: the outcome first, then why, how much, what to do, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from rich.style import Style
from rich.text import Text

from aanspraak.cli.terminal import bullets, heading, out, pairs, say
from aanspraak.engine.answer import Answer, WhyNot, answer, table_for
from aanspraak.engine.boxes import value_words
from aanspraak.engine.cells import Facts
from aanspraak.engine.collect import Collected, collect
from aanspraak.engine.law import Law
from aanspraak.engine.model import (
    PEILDATUM,
    PEILDATUM_CONCEPT,
    Box,
    Citation,
    Concept,
    Decision,
    Reform,
    Rule,
    RuleBase,
)
from aanspraak.engine.phrases import (
    consequence_words,
    given_words,
    grounds,
    label,
    limit_words,
    list_grounds,
    miss_words,
    nearest,
    other,
    term_words,
    why_not_words,
)
from aanspraak.engine.questions import effects, open_questions
from aanspraak.engine.sources import cited, link


def show_case(law: Law, name: str, facts: Facts, day: date, *, today: bool) -> None:
    """The whole answer for a case; with questions still open, those as well."""
    when = f"Peildatum {value_words(day, PEILDATUM_CONCEPT)}"
    when += " (vandaag; kies een andere met --peildatum)" if today else ""
    when += f", zoals bekend op {value_words(known, PEILDATUM_CONCEPT)}" if (known := law.base.kennisdatum) else ""
    if law.reform:
        warn_reform(law.reform)
    if law.base.decision(name).verzamel:
        _show_list(law.base, collect(law.base, name, facts, day), when)
    else:
        _show_answer(law.base, answer(law.base, name, facts, day), when)


def _show_answer(base: RuleBase, answer: Answer, when: str) -> None:
    outcome = [(base.concept(n).naam, label(base, n, v)) for n, v in (answer.uitkomst or {}).items()]
    pairs(outcome or [("antwoord", "nog niet te zeggen")], answer.besluit.titel, when)
    if outcome:
        _decided(base, answer)
    else:
        _still_open(base, answer.besluit, answer.gegeven, answer.peildatum)
    _section("Berust op", (_under(base, under) for under in answer.rust_op if under.uitkomst))
    _section("Waarom niet anders", _why_not(base, answer))
    _section("Uitgegaan van", given_words(base, answer.gegeven, answer.waarden))
    _section("Bronnen", source_lines(base, grounds(answer)))


def _show_list(base: RuleBase, found: Collected, when: str) -> None:
    """The rules of a checklist: those that match, those that still can, and those that cannot."""
    counts = f"{len(found.treft)} van {len(found.besluit.regels)}"
    more = f", nog {len(found.mogelijk)} mogelijk" if found.mogelijk else ""
    pairs([("wat geldt", counts + more)], found.besluit.titel, when)
    if found.treft:
        heading("Wat geldt")
    for rule in found.treft:
        _reason(rule, f"{consequence_words(rule)}: ")
    if found.mogelijk:
        _section("Wat nog kan gelden", map(partial(_possible, base), found.mogelijk))
        _still_open(base, found.besluit, found.gegeven, found.peildatum)
    _with_it(base, found.treft, found.waarden)
    _section("Wat niet geldt", (f"{w.regel.id} — {miss_words(base, w)}" for w in found.treft_niet))
    _section("Berust op", (_under(base, under) for under in found.rust_op if under.uitkomst))
    _section("Uitgegaan van", given_words(base, found.gegeven, found.waarden))
    _section("Bronnen", source_lines(base, list_grounds(found)))


def _possible(base: RuleBase, why: WhyNot) -> str:
    rule = why.regel
    return f"{consequence_words(rule)}: {rule.omdat} (regel {rule.id}) — {why_not_words(base, why)}"


def warn_reform(reform: Reform) -> None:
    """Say that what follows is no law, and what the reform leaves open."""
    day = reform.vanaf.isoformat()
    say(f"Verkenning, geen geldend recht: hervorming «{reform.titel}» vanaf {day}.", style="bold yellow")
    if reform.laat_open:
        say("Wat het voorstel open laat:")
        bullets(reform.laat_open)
    say()


def _decided(base: RuleBase, answer: Answer) -> None:
    heading("Waarom")
    for rule in answer.regels:
        _reason(rule)
    parts = [part for part in answer.samen if part.regels]
    rules = [part.regels[0] for part in parts]
    _section("Hoeveel", (line for part in parts for line in _limit(part)))
    _with_it(base, rules, answer.waarden)


def _reason(rule: Rule, before: str = "") -> None:
    say(f"{before}{rule.omdat} (regel {rule.id})", indent=2)
    if rule.afleiding:
        say(f"Afleiding van ons, geen tekst van een bron: {rule.afleiding}", style="yellow", indent=2)


def _with_it(base: RuleBase, rules: Sequence[Rule], values: Facts) -> None:
    """What comes with the rules that hold."""
    _section("Termijnen", term_words(base, rules, values))
    _section("Voorwaarden", (line for rule in rules for line in rule.voorwaarden))
    _section("Te regelen", (line for rule in rules for line in rule.regelen))
    _section("In de praktijk", (rule.praktijk.tekst for rule in rules if rule.praktijk))


def _limit(answer: Answer) -> Iterator[str]:
    yield from limit_words(answer)
    if answer.resteert and answer.resteert.gebruikt is None:
        yield f"Geef het erbij: --gegeven {answer.resteert.grens.gebruikt}=GETAL"


def _still_open(base: RuleBase, decision: Decision, given: Facts, day: date) -> None:
    """The first question with its answers; of those after it, that may no longer count then, only the text."""
    table = table_for(base, decision.id, given)
    facts = {**given, PEILDATUM: day}
    first, *later = open_questions(table, facts)
    heading("Dit moet nog bekend zijn")
    say()
    say(base.concept(first).vraag, indent=2)
    possible = [effect.als for effect in effects(table, facts, first)]
    rows = [(f"--gegeven {first}={value}", words) for value, words in answers(base.concept(first), possible)]
    width = max(len(option) for option, _ in rows)
    for option, words in rows:
        say(f"{option:{width}}  {words}", indent=4)
    _section("Daarna misschien nog", (f"{base.concept(name).vraag} (--gegeven {name}=…)" for name in later))


def answers(concept: Concept, possible: Iterable[Box]) -> list[tuple[str, str]]:
    """What can be answered to a question: the value to give, and its label or range."""
    if concept.discrete:
        values = frozenset().union(*possible)
        return [(value, words) for value, words in concept.waarden.items() if value in values]
    if concept.soort == "datum":
        return [("JJJJ-MM-DD", "een datum")]
    unit = f" ({concept.eenheid})" if concept.eenheid else ""
    return [("GETAL", f"een heel getal van {concept.van} tot en met {concept.tot}{unit}")]


def _section(title: str, lines: Iterable[str | Text]) -> None:
    if items := list(lines):
        heading(title)
        bullets(items)


def _under(base: RuleBase, under: Answer) -> str:
    rule = under.regels[0]
    values = ", ".join(label(base, n, v) for n, v in rule.dan.items())
    return f"{under.besluit.titel}: {values}. {rule.omdat} (regel {rule.id})"


def _why_not(base: RuleBase, answer: Answer) -> list[str]:
    """Every other outcome, told by what is different in it, with what stands in its way."""
    if answer.uitkomst is None:
        return []
    return [f"{other(base, answer, why)} — {why_not_words(base, why)}" for why in nearest(answer)]


def source_lines(base: RuleBase, grounds: Iterable[Citation]) -> list[Text]:
    """Sources with their links, each once."""
    lines = []
    for citation, source in cited(base, grounds):
        where = link(source, citation.vindplaats)
        name = f"{source.titel}, {citation.vindplaats}"
        if out.is_terminal and where:
            lines.append(Text.assemble((name, Style(link=where)), "\n", (where, Style(dim=True, link=where))))
        else:
            lines.append(Text(f"{name}: {where}" if where else name))
    return lines
