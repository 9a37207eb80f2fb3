"""What a form asks of a file of cases, read with all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import FormData, UploadFile

from aanspraak.api.jobs import BUSY, KINDS, Order
from aanspraak.engine.law import named_law
from aanspraak.engine.model import PEILDATUM, RuleBase, UserError
from aanspraak.web import proposal
from aanspraak.web.casus import KNOWN, REFORM, read_day

Faults = list[tuple[str, str]]
"""What is wrong in a form: field → what, with the remedy."""


def read_order(base: RuleBase, form: FormData, *, full: bool) -> tuple[Faults, Order]:
    """The order in a form, and its faults; with any of these it cannot be made. `full`: too many jobs wait."""
    faults = Faults()
    written = {name: value for name, value in form.items() if isinstance(value, str)}
    names = [str(name) for name in dict.fromkeys(form.getlist("besluit"))]
    if not names:
        faults.append(("besluiten", "Kies ten minste één vraag."))
    file = form.get("bestand")
    given = file.filename or "" if isinstance(file, UploadFile) else ""
    kind = Path(given).suffix.lower()[1:]
    if not given:
        faults.append(("bestand", "Kies een bestand."))
    elif kind not in KINDS:
        faults.append(("bestand", "Kies een bestand dat eindigt op .csv, .xlsx of .parquet."))
    elif full:
        faults.append(("bestand", BUSY))
    day, known = (_day(written.get(name, ""), name, faults) for name in (PEILDATUM, KNOWN))
    reform = proposal.chosen(base, written.get(REFORM, ""), written)
    try:
        law = named_law(base, reform, read_day(known or "", KNOWN))
        for name in names:
            law.base.decision(name)
    except UserError as error:
        faults.append((REFORM if reform else "besluiten", error.said.partition("\n")[0]))
    return faults, {
        "besluiten": names,
        "peildatum": day,
        "kennisdatum": known,
        "hervorming": reform or None,
        "formaat": kind,
    }


def _day(written: str, field: str, faults: Faults) -> str | None:
    try:
        found = read_day(written, field)
    except UserError as error:
        faults.append((field, error.said))
        return None
    return found.isoformat() if found else None
