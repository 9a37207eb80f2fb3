"""An answer to read in a terminal or a pipe: the outcome first, then why, how much, what to do, and the sources."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style
from rich.text import Text

from aanspraak.cli.options import Law
from aanspraak.cli.terminal import bullets, heading, out, pairs, say
from aanspraak.engine.answer import Answer, table_for
from aanspraak.engine.boxes import value_words
from aanspraak.engine.model import PEILDATUM, Box, Citation, Concept, Reform, RuleBase
from aanspraak.engine.questions import effects, open_questions
from aanspraak.engine.render import label, limit_words, nearest, why_not_words
from aanspraak.engine.sources import cited, link


def show_answer(law: Law, answer: Answer, *, today: bool) -> None:
    """The whole answer; with questions still open, those instead of an outcome."""
    base = law.base
    day = value_words(answer.peildatum, base.concept(PEILDATUM))
    when = f"Peildatum {day}" + (" (vandaag; kies een andere met --peildatum)" if today else "")
    if law.reform:
        warn_reform(law.reform)
    outcome = [(base.concept(n).naam, label(base, n, v)) for n, v in (answer.uitkomst or {}).items()]
    pairs(outcome or [("antwoord", "nog niet te zeggen")], answer.besluit.titel, when)
    if outcome:
        _decided(answer)
    else:
        _still_open(base, answer)
    _section("Berust op", (_under(base, under) for under in answer.rust_op if under.uitkomst))
    _section("Waarom niet anders", _why_not(base, answer))
    given = ((base.concept(n), v) for n, v in answer.gegeven.items() if v is not None and n != PEILDATUM)
    _section("Uitgegaan van", (f"{concept.naam}: {value_words(v, concept)}" for concept, v in given))
    grounds = [c for rule in answer.regels for c in (*rule.grond, *(rule.praktijk.grond if rule.praktijk else ()))]
    _section("Bronnen", source_lines(base, grounds))


def warn_reform(reform: Reform) -> None:
    """Say that what follows is no law, and what the reform leaves open."""
    day = reform.vanaf.isoformat()
    say(f"Verkenning, geen geldend recht: hervorming «{reform.titel}» vanaf {day}.", style="bold yellow")
    if reform.laat_open:
        say("Wat het voorstel open laat:")
        bullets(reform.laat_open)
    say()


def _decided(answer: Answer) -> None:
    heading("Waarom")
    for rule in answer.regels:
        say(f"{rule.omdat} (regel {rule.id})", indent=2)
        if rule.afleiding:
            say(f"Afleiding van ons, geen tekst van een bron: {rule.afleiding}", style="yellow", indent=2)
    rule = answer.regels[0]
    limit = list(limit_words(answer))
    if answer.resteert and answer.resteert.gebruikt is None:
        limit.append(f"Geef het erbij: --gegeven {answer.resteert.grens.gebruikt}=GETAL")
    _section("Hoeveel", limit)
    _section("Voorwaarden", rule.voorwaarden)
    _section("Te regelen", rule.regelen)
    _section("In de praktijk", (rule.praktijk.tekst,) if rule.praktijk else ())


def _still_open(base: RuleBase, answer: Answer) -> None:
    table = table_for(base, answer.besluit.id, answer.gegeven)
    facts = {**answer.gegeven, PEILDATUM: answer.peildatum}
    heading("Dit moet nog bekend zijn")
    for name in open_questions(table, facts):
        concept = base.concept(name)
        say()
        say(concept.vraag, indent=2)
        possible = [effect.als for effect in effects(table, facts, name)]
        rows = [(f"--gegeven {name}={value}", words) for value, words in answers(concept, possible)]
        width = max(len(option) for option, _ in rows)
        for option, words in rows:
            say(f"{option:{width}}  {words}", indent=4)


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
    return " ".join([f"{under.besluit.titel}: {values}. {rule.omdat} (regel {rule.id})", *limit_words(under)])


def _why_not(base: RuleBase, answer: Answer) -> list[str]:
    """Every other outcome, told by what is different in it, with what stands in its way."""
    if answer.uitkomst is None:
        return []
    return [
        f"{'; '.join(label(base, n, v) for n, v in why.regel.dan.items() if v != answer.uitkomst[n])}"
        f" — {why_not_words(base, why)}"
        for why in nearest(answer)
    ]


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
