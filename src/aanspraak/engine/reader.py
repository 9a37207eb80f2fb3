"""Rule files → the model. Every fault of every file is found before any is reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from aanspraak.engine.knowledge import as_known, knowledge_periods, known_on
from aanspraak.engine.model import LAST_DAY, Parameter, Reform, ReformChange, RuleBase, RuleError, UserError
from aanspraak.engine.parameters import fill_in, split_choice, with_choices, written
from aanspraak.engine.read_concepts import read_concepts, read_sources, read_themes
from aanspraak.engine.read_decision import read_decision, read_rules_of
from aanspraak.engine.reading import Reading
from aanspraak.engine.schema import ReformFile, check_shape
from aanspraak.engine.wellformed import recorded_faults, wellformed_faults
from aanspraak.engine.yaml_lines import Document, read_yaml

RULES = Path(__file__).parent.parent / "regels"
"""The law that comes with the program."""


@lru_cache(maxsize=8)
def read_rules(folder: Path = RULES) -> RuleBase:
    """All rules of a folder, as known today. Raises RuleError with every fault: file, line and remedy."""
    reading, decisions = Reading(), {}
    sources = folder / "bronnen.yaml"
    read_sources(reading, read_yaml(sources, sources.name))
    impossible = read_concepts(reading, (document for _, document in _documents(folder / "begrippen")))
    themes = folder / "themas.yaml"
    folders = {p.name for p in folder.iterdir() if p.is_dir()} - {"begrippen", "hervormingen"}
    named = read_themes(reading, read_yaml(themes, themes.name), folders)
    for theme in named:
        for path, document in _documents(folder / theme):
            if decision := read_decision(reading, path, document, theme):
                decisions[decision.id] = decision
    known = known_on(decisions, date.today().toordinal())
    base = RuleBase(reading.begrippen, reading.bronnen, known, impossible, ooit=decisions, folder=folder, themas=named)
    slices = (as_known(base, date.fromordinal(first)) for first, _ in knowledge_periods(base))
    known_faults = [fault for known in slices for fault in wellformed_faults(known)]
    if faults := dict.fromkeys([*reading.faults, *known_faults, *recorded_faults(base)]):
        raise RuleError(faults)
    return base


def reform_files(base: RuleBase) -> dict[str, Path]:
    """The reforms that come with the rules: name → file."""
    return {p.stem: p for p in sorted((base.folder / "hervormingen").glob("*.yaml"))} if base.folder else {}


def read_reform(base: RuleBase, name: str) -> Reform:
    """A reform by the name of its file in `hervormingen/`, or by the path of a file; after a colon the values chosen
    for its parameters (`name:parameter=value`), which are then part of its id.

    Raises UserError when there is none or it has no such parameter, RuleError with every fault.
    """
    name, chosen = split_choice(name)
    known = reform_files(base)
    path = known.get(name, Path(name))
    if not path.is_file():
        raise UserError(
            f"Er is geen hervorming «{name}». Kies uit {', '.join(known)}, of geef het pad van een bestand."
        )
    reading = Reading(dict(base.begrippen), dict(base.bronnen))
    document = read_yaml(path, path.name)
    shape = check_shape(document, ReformFile)
    if shape:
        shape = _with_choices(document, shape, chosen)
    changes = []
    if shape:
        start = (shape.vanaf.toordinal(), LAST_DAY)
        for i, change in enumerate(shape.wijzigingen):
            at = ("wijzigingen", i, "regels")
            rules = read_rules_of(reading, document, at, change.regels, start)
            if any(r.vastgelegd or r.eerder_bekend for r in change.regels):
                document.fault(at, "een hervorming is nog niet vastgelegd; haal vastgelegd en eerder_bekend weg")
            changes.append(ReformChange(change.besluit, frozenset(change.beeindig), rules, document.place(*at)))
        cited = reading.cite(document, ("grond",), shape.grond)
        values = {name: parameter.standaard for name, parameter in shape.parameters.items()} | chosen
        open_ = tuple(Parameter(name, p.naam, written(values[name])) for name, p in shape.parameters.items())
    reading.faults += document.faults
    if reading.faults or not shape:
        raise RuleError(reading.faults)
    return Reform(shape.hervorming, shape.titel, cited, shape.vanaf, tuple(shape.laat_open), tuple(changes), open_)


def _with_choices(document: Document, shape: ReformFile, chosen: Mapping[str, object]) -> ReformFile | None:
    """The reform with its parameters filled in, and with an id that tells what was chosen."""
    if unknown := sorted(chosen.keys() - shape.parameters.keys()):
        names = ", ".join(shape.parameters) or "geen"
        raise UserError(f"Hervorming «{shape.hervorming}» heeft geen parameter «{unknown[0]}». Wel: {names}.")
    fill_in(document, {**{name: parameter.standaard for name, parameter in shape.parameters.items()}, **chosen})
    filled = check_shape(document, ReformFile)
    return filled and filled.model_copy(update={"hervorming": with_choices(shape.hervorming, chosen)})


def _documents(folder: Path) -> Iterator[tuple[Path, Document]]:
    return ((p, read_yaml(p, f"{folder.name}/{p.name}")) for p in sorted(folder.glob("*.yaml")))
