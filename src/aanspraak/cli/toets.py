"""`aanspraak toets`: the answer for one case."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from aanspraak.cli.case import read_case
from aanspraak.cli.explain import show_answer
from aanspraak.cli.options import Besluit, Gegeven, Hervorming, Peildatum, law
from aanspraak.cli.terminal import raw, warn
from aanspraak.engine.answer import answer, table_for
from aanspraak.engine.model import PEILDATUM, UserError
from aanspraak.engine.questions import open_questions
from aanspraak.engine.render import as_data, as_markdown


def toets(
    ctx: typer.Context,
    casus: Annotated[
        str, typer.Argument(help="YAML- of JSON-bestand; - voor standaardinvoer; of een .csv of .parquet met --rij.")
    ] = "",
    besluit: Besluit = "",
    gegeven: Gegeven = None,
    peildatum: Peildatum = "",
    rij: Annotated[int | None, typer.Option(metavar="NUMMER", help="De rij van de tabel; 1 is de eerste.")] = None,
    hervorming: Hervorming = "",
    als_json: Annotated[bool, typer.Option("--json", help="Het antwoord als JSON.")] = False,
    als_markdown: Annotated[bool, typer.Option("--markdown", help="Het antwoord als Markdown.")] = False,
) -> None:
    """Beantwoord één casus: wie betaalt, hoe, hoeveel en waarom; of welke vragen nog open zijn."""
    if als_json and als_markdown:
        raise UserError("Kies --json of --markdown, niet allebei.")
    rules = law(ctx, hervorming)
    case = read_case(rules.base, casus, besluit, gegeven or [], peildatum, rij)
    found = answer(rules.base, case.besluit, case.facts, case.peildatum)
    if case.idle:
        warn(f"Niet van belang voor dit besluit: {', '.join(case.idle)}.")
    if not (als_json or als_markdown):
        show_answer(rules, found, today=case.today)
        return
    table = table_for(rules.base, case.besluit, case.facts)
    questions = open_questions(table, {**case.facts, PEILDATUM: case.peildatum})
    if als_json:
        raw(json.dumps(as_data(rules.base, found, questions), ensure_ascii=False, indent=2) + "\n")
    else:
        raw(as_markdown(rules.base, found, questions))
