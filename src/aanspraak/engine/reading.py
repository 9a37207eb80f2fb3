"""What reading rule files shares: the concepts and sources read so far, and the parts that stand in any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from aanspraak.engine.boxes import parse_box
from aanspraak.engine.model import PEILDATUM, Box, Citation, Concept, Range, Source
from aanspraak.engine.yaml_lines import Document, Path_


@dataclass
class Reading:
    """Faults are gathered, so that all are found before any is reported."""

    begrippen: dict[str, Concept] = field(default_factory=dict)
    bronnen: dict[str, Source] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def boxes(self, document: Document, at: Path_, raw: Mapping[str, object]) -> dict[str, Box]:
        """Conditions as input → cell."""
        found = {}
        for name, cell in raw.items():
            try:
                found[name] = parse_box(cell, self.begrippen[name])
            except (KeyError, ValueError) as error:
                document.fault((*at, name), fault_words(name, error))
        return found

    def cite(self, document: Document, at: Path_, grounds: Iterable[str]) -> tuple[Citation, ...]:
        """Citations; a source that is not known is a fault."""
        found = []
        for i, ground in enumerate(grounds):
            source, place = split_ground(ground)
            if self.bronnen and source not in self.bronnen:
                document.fault((*at, i), f"onbekende bron «{source}»; beschrijf haar in bronnen.yaml")
            elif not place:
                document.fault((*at, i), f"«{ground}» noemt geen vindplaats; zet artikel of paragraaf erachter")
            found.append(Citation(source, place))
        return tuple(found)

    def check_date(self, document: Document, at: Path_, name: str) -> None:
        """A fault where that is no date."""
        if name != PEILDATUM and (name not in self.begrippen or self.begrippen[name].soort != "datum"):
            document.fault(at, f"«{name}» is geen datum; noem een begrip van de soort datum, of peildatum")

    def validity(self, document: Document, at: Path_, text: str, within: Range) -> Range:
        """A period `from/until` as first and last day, within that of the whole."""
        first, _, until = text.partition("/")
        try:
            valid = (
                date.fromisoformat(first).toordinal() if first else within[0],
                date.fromisoformat(until).toordinal() - 1 if until else within[1],
            )
        except ValueError:
            document.fault(at, f"«{text}» is geen geldigheid; schrijf jjjj-mm-dd/ of jjjj-mm-dd/jjjj-mm-dd")
            return within
        if "/" not in text or not within[0] <= valid[0] <= valid[1] <= within[1]:
            document.fault(at, f"geldigheid «{text}» is leeg of valt buiten die van het besluit; verbeter van/tot")
        return valid


def split_ground(ground: str) -> tuple[str, str]:
    """The source and the place in it."""
    source, _, place = ground.partition(" ")
    return source, place.strip()


def fault_words(name: str, error: Exception) -> str:
    """Why a value or cell of a concept cannot be read."""
    if isinstance(error, KeyError):
        return f"onbekend begrip «{name}»; beschrijf het in begrippen/ of verbeter de spelling"
    return f"{name}: {error}"
