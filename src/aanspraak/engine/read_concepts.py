"""Files of `begrippen/`, `bronnen.yaml` and `themas.yaml` → concepts, impossible combinations, sources and themes."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date

from aanspraak.engine.model import FIRST_DAY, LAST_DAY, PEILDATUM, Citation, Concept, Derived, Impossible, Source
from aanspraak.engine.reading import Reading, split_ground
from aanspraak.engine.schema import ConceptsFile, ConceptShape, SourcesFile, ThemesFile, check_shape
from aanspraak.engine.yaml_lines import Document, Path_


def read_sources(reading: Reading, document: Document) -> None:
    """Add the sources to the reading."""
    if shape := check_shape(document, SourcesFile):
        for key, s in shape.bronnen.items():
            reading.bronnen[key] = Source(
                key, s.titel, s.uitgever, str(s.datum), s.bwb, s.link, s.stand, s.delen, s.voorstellen
            )
    reading.faults += document.faults


def read_themes(reading: Reading, document: Document, folders: Set[str]) -> dict[str, str]:
    """The folders with decisions in their order → what each is called."""
    shape = check_shape(document, ThemesFile)
    named = shape.themas if shape else dict.fromkeys(sorted(folders), "")
    for name in named.keys() - folders:
        document.fault(("themas", name), f"er is geen map «{name}» met besluiten; haal haar hier weg of maak haar")
    for name in sorted(folders - named.keys()):
        document.fault(("themas",), f"de map «{name}» staat er niet bij; noem haar, en hoe zij heet")
    reading.faults += document.faults
    return named


def read_concepts(reading: Reading, documents: Iterable[Document]) -> tuple[Impossible, ...]:
    """Add the concepts of all files to the reading, and give what cannot exist; the sources are read already.
    A file may speak of the concepts of another."""
    shapes = []
    for document in documents:
        if shape := check_shape(document, ConceptsFile):
            shapes.append((document, shape))
            for name, concept in shape.begrippen.items():
                at = ("begrippen", name)
                if name in reading.begrippen or name == PEILDATUM:
                    document.fault(at, f"begrip «{name}» bestaat al; kies een andere naam")
                reading.begrippen[name] = _concept(document, at, name, concept)
        else:
            reading.faults += document.faults
    found: list[Impossible] = []
    for document, shape in shapes:
        found += _impossible(reading, document, shape)
        for name, concept in shape.begrippen.items():
            reading.cite(document, ("begrippen", name, "grond"), concept.grond)
            _check_derived(reading, document, ("begrippen", name, "afgeleid"), reading.begrippen[name])
        reading.faults += document.faults
    return tuple(found)


def _concept(document: Document, at: Path_, name: str, c: ConceptShape) -> Concept:
    values = {"ja": "Ja", "nee": "Nee"} | c.waarden if c.soort == "ja_nee" else c.waarden
    low, high = (b.toordinal() if isinstance(b, date) else b for b in (c.van, c.tot))
    if c.soort == "keuze" and len(values) < 2:
        document.fault(at, f"begrip «{name}» heeft minder dan twee waarden; vul waarden aan")
    if c.soort == "getal" and (low is None or high is None or low >= high):
        document.fault(at, f"getal «{name}» heeft van en tot nodig, met van < tot")
    if not c.vraag and not c.afgeleid:
        document.fault(at, "«vraag» ontbreekt; voeg het toe")
    for standard, codes in c.codes.items():
        for value in codes.keys() - values.keys():
            document.fault((*at, "codes", standard, value), f"«{value}» is geen waarde van «{name}»")
    return Concept(
        name, c.soort, c.naam, c.vraag, c.uitleg, values, c.eenheid,
        FIRST_DAY if low is None else low, LAST_DAY if high is None else high, c.codes,
        tuple(Citation(*split_ground(g)) for g in c.grond), _derived(document, (*at, "afgeleid"), c),
    )  # fmt: skip


def _derived(document: Document, at: Path_, c: ConceptShape) -> Derived | None:
    if not c.afgeleid:
        return None
    if c.soort != "getal":
        document.fault(at, "alleen een getal kan uit datums volgen; maak de soort getal of haal afgeleid weg")
    pairs = list(c.afgeleid.items())
    if len(pairs) != 1 or len(pairs[0][1]) != 2:
        document.fault(at, "schrijf één eenheid met twee datums: {dagen: [van, tot]}")
        return None
    ((unit, (first, last)),) = pairs
    return Derived(unit, first, last)


def _check_derived(reading: Reading, document: Document, at: Path_, concept: Concept) -> None:
    for name in (concept.afgeleid.van, concept.afgeleid.tot) if concept.afgeleid else ():
        reading.check_date(document, at, name)


def _impossible(reading: Reading, document: Document, shape: ConceptsFile) -> list[Impossible]:
    found = []
    for i, impossible in enumerate(shape.onmogelijk):
        at = ("onmogelijk", i)
        boxes = reading.boxes(document, (*at, "als"), impossible.als)
        found.append(Impossible(boxes, impossible.omdat, document.place(*at)))
    return found
