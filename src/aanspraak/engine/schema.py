"""The shape of the rule files (docs/regelformaat.md), checked by Pydantic, with faults in Dutch."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from aanspraak.engine.model import Consequence, Kind, Unit
from aanspraak.engine.yaml_lines import Document

Text = Annotated[str, BeforeValidator(lambda v: str(v) if isinstance(v, int) else v), StringConstraints(min_length=1)]
FieldId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
OneOrMore = Annotated[list[RuleId], BeforeValidator(lambda v: v if isinstance(v, list) else [v])]
Conditions = dict[FieldId, Any]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ConceptShape(Shape):
    soort: Kind
    naam: Text
    vraag: str = ""
    uitleg: str = ""
    waarden: dict[str, Text] = {}
    eenheid: str = ""
    van: int | date | None = None
    tot: int | date | None = None
    codes: dict[str, dict[str, Text]] = {}
    grond: list[Text] = []
    afgeleid: dict[Unit, list[FieldId]] = {}


class ImpossibleShape(Shape):
    als: Conditions = Field(min_length=1)
    omdat: Text


class ConceptsFile(Shape):
    begrippen: dict[FieldId, ConceptShape]
    onmogelijk: list[ImpossibleShape] = []


class SourceShape(Shape):
    titel: Text
    uitgever: Text
    datum: date | str = ""
    bwb: str | None = None
    link: str | None = None
    stand: date | None = None
    delen: dict[str, Text] = {}
    voorstellen: dict[str, Text] = {}


class SourcesFile(Shape):
    bronnen: dict[str, SourceShape]


class ThemesFile(Shape):
    themas: dict[str, Text]


class LimitShape(Shape):
    eenheid: Text
    gebruikt: FieldId
    maximum: int | None = None
    eerste_niet: int | None = None
    per: str = ""


class TermShape(Shape):
    naam: Text
    vanaf: FieldId
    duur: str
    eerste_dag_telt: Literal["ja", "nee"]


class PracticeShape(Shape):
    tekst: Text
    grond: list[Text] = Field(min_length=1)


class RuleShape(Shape):
    id: RuleId
    als: Conditions = {}
    dan: dict[FieldId, Text] = {}
    gevolg: Consequence | None = None
    grond: list[Text] = Field(min_length=1)
    omdat: Text
    in_afwijking_van: OneOrMore = []
    geldig: str | None = None
    voorwaarden: list[Text] = []
    regelen: list[Text] = []
    grens: LimitShape | None = None
    praktijk: PracticeShape | None = None
    termijnen: list[TermShape] = []
    vastgelegd: str = ""
    eerder_bekend: dict[date, str] = {}
    afleiding: str = ""


class ExampleShape(Shape):
    naam: Text
    gegeven: dict[FieldId, Any]
    verwacht: dict[FieldId, Any] = Field(min_length=1)
    peildatum: date | None = None
    kennisdatum: date | None = None


class DecisionFile(Shape):
    besluit: FieldId
    titel: Text
    vraag: Text
    treffer: Literal["verzamel"] | None = None
    uitkomst: dict[FieldId, list[Text]] = {}
    geldig: str
    regels: list[RuleShape] = Field(min_length=1)
    voorbeelden: list[ExampleShape] = []
    toelichting: str = ""


class ChangeShape(Shape):
    besluit: FieldId
    beeindig: list[RuleId] = []
    regels: list[RuleShape] = []


class ParameterShape(Shape):
    naam: Text
    standaard: int | Text | list[Text]


class ReformFile(Shape):
    hervorming: RuleId
    titel: Text
    grond: list[Text] = Field(min_length=1)
    vanaf: date
    parameters: dict[FieldId, ParameterShape] = {}
    laat_open: list[Text] = []
    wijzigingen: list[ChangeShape] = Field(min_length=1)


S = TypeVar("S", bound=Shape)

_FAULTS = {
    "missing": "«{key}» ontbreekt; voeg het toe",
    "extra_forbidden": "«{key}» hoort hier niet; haal het weg of verbeter de spelling",
    "too_short": "«{key}» is leeg; vul het in",
    "string_too_short": "«{key}» is leeg; vul het in",
    "string_pattern_mismatch": "«{value}» is geen geldige naam; gebruik kleine letters, cijfers en streepjes",
    "literal_error": "«{value}» kan niet bij «{key}»; kies {expected}",
}


def check_shape(document: Document, shape: type[S]) -> S | None:
    """The document as that shape; None, with every fault added to the document, where it is not."""
    if document.faults:
        return None
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        for fault in error.errors():
            path = tuple(part for part in fault["loc"] if part != "[key]")
            text = _FAULTS.get(fault["type"], "«{key}» heeft de verkeerde vorm («{value}»); zie docs/regelformaat.md")
            key = next((str(part) for part in reversed(path) if isinstance(part, str)), document.name)
            expected = fault.get("ctx", {}).get("expected", "").replace(" or ", " of ")
            document.fault(path, text.format(key=key, value=str(fault["input"])[:60], expected=expected))
        return None
