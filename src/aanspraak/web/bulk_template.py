"""An empty file of cases for a decision: the columns that it looks at, with what can stand in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from aanspraak.engine.casevalues import allowed
from aanspraak.engine.derived import asked_for
from aanspraak.engine.graph import inputs_of
from aanspraak.engine.model import PEILDATUM, Concept, Decision, RuleBase

_ROWS = 1_000
"""Rows of the Excel file in which a value can be chosen from a list."""


def columns(base: RuleBase, decision: Decision) -> list[Concept]:
    """The inputs of a decision in the order of its questions; for a number that follows from dates, the dates."""
    names = asked_for(base, inputs_of(base, decision), {})
    return [base.concept(name) for name in names if name != PEILDATUM]


def csv_template(base: RuleBase, decision: Decision) -> bytes:
    """The heading as CSV, as Excel opens it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(concept.id for concept in columns(base, decision))
    return out.getvalue().encode("utf-8-sig")


def excel_template(base: RuleBase, decision: Decision) -> bytes:
    """The heading as an Excel file in which values can be chosen, with a second sheet that tells all of them."""
    book = openpyxl.Workbook()
    cases, told = book.worksheets[0], book.create_sheet("gegevens")
    cases.title = "casussen"
    told.append(["kolom", "vraag", "waarde", "betekenis"])
    for number, concept in enumerate(columns(base, decision), start=1):
        place = cases.cell(1, number, concept.id)
        place.font, width = Font(bold=True), max(14, len(concept.id) + 2)
        cases.column_dimensions[place.column_letter].width = width
        first = told.max_row + 1
        for value, words in _values(concept):
            told.append([concept.id, concept.vraag, value, words])
        if concept.discrete:
            choice = DataValidation("list", formula1=f"gegevens!$C${first}:$C${told.max_row}", allow_blank=True)
            choice.add(f"{place.column_letter}2:{place.column_letter}{_ROWS}")
            cases.add_data_validation(choice)
    cases.freeze_panes = told.freeze_panes = "A2"
    for cell, width in zip(told[1], (28, 60, 28, 60), strict=True):
        cell.font = Font(bold=True)
        told.column_dimensions[cell.column_letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TEMPLATES: dict[str, Callable[[RuleBase, Decision], bytes]] = {"xlsx": excel_template, "csv": csv_template}
"""The kinds of empty file."""


def _values(concept: Concept) -> Sequence[tuple[str, str]]:
    return list(concept.waarden.items()) or [("", allowed(concept))]
