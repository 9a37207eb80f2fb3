"""`aanspraak toets`: the answer for one case."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from aanspraak.cli.case import read_case
from aanspraak.cli.explain import show_case
from aanspraak.cli.options import Besluit, Gegeven, Hervorming, Kennisdatum, Peildatum, law
from aanspraak.cli.terminal import raw, warn
from aanspraak.engine.answer import answer, table_for
from aanspraak.engine.collect import collect
from aanspraak.engine.model import PEILDATUM, UserError
from aanspraak.engine.questions import open_questions
from aanspraak.engine.render import as_data, as_markdown
from aanspraak.engine.render_list import list_as_data, list_as_markdown


def toets(
    ctx: typer.Context,
    casus: Annotated[
        str, typer.Argument(help="YAML- of JSON-bestand; - voor standaardinvoer; of een .csv of .parquet met --rij.")
    ] = "",
    besluit: Besluit = "",
    gegeven: Gegeven = None,
    peildatum: Peildatum = "",
    rij: Annotated[int | None, typer.Option(metavar="NUMMER", help="De rij van de tabel; 1 is de eerste.")] = None,
    kennisdatum: Kennisdatum = "",
    hervorming: Hervorming = "",
    als_json: Annotated[bool, typer.Option("--json", help="Het antwoord als JSON.")] = False,
    als_markdown: Annotated[bool, typer.Option("--markdown", help="Het antwoord als Markdown.")] = False,
) -> None:
    """Beantwoord één casus: wie betaalt, hoe, hoeveel en waarom; of welke vragen nog open zijn."""
    if als_json and als_markdown:
        raise UserError("Kies --json of --markdown, niet allebei.")
    rules = law(ctx, hervorming, kennisdatum)
    case = read_case(rules.base, casus, besluit, gegeven or [], peildatum, rij)
    if case.idle:
        warn(f"Niet van belang voor dit besluit: {', '.join(case.idle)}.")
    if not (als_json or als_markdown):
        show_case(rules, case.besluit, case.facts, case.peildatum, today=case.today)
        return
    base, asked = rules.base, (rules.base, case.besluit, case.facts, case.peildatum)
    questions = open_questions(table_for(base, case.besluit, case.facts), {**case.facts, PEILDATUM: case.peildatum})
    if base.decision(case.besluit).verzamel:
        found = collect(*asked)
        raw(_json(list_as_data(base, found, questions)) if als_json else list_as_markdown(base, found, questions))
    else:
        decided = answer(*asked)
        raw(_json(as_data(base, decided, questions)) if als_json else as_markdown(base, decided, questions))


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
