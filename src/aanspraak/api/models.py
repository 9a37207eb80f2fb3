"""Cases in and answers out: the contract, from which OpenAPI is made.

Answers are built by `engine.render` and not checked against these models while serving; the tests do that.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr

from aanspraak.engine.model import FIRST_DAY, LAST_DAY, Consequence, Kind, Unit

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(raw: object) -> object:
    if raw is None or isinstance(raw, date):
        return raw
    if isinstance(raw, str) and _DAY.fullmatch(raw) and _exists(raw):
        return raw
    first, last = (date.fromordinal(day).isoformat() for day in (FIRST_DAY, LAST_DAY))
    raise ValueError(f"geef een datum als jjjj-mm-dd, van {first} tot en met {last}")


def _exists(text: str) -> bool:
    try:
        return FIRST_DAY <= date.fromisoformat(text).toordinal() <= LAST_DAY
    except ValueError:
        return False


Day = Annotated[date, BeforeValidator(_day)]
Fact = StrictStr | StrictInt | None


class Casus(BaseModel):
    """Wat van een casus bekend is. Wat u weglaat is onbekend: niets wordt ingevuld."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"gegeven": {"specifieke_kennis_nodig": "ja"}, "peildatum": "2026-01-01"}]},
    )

    gegeven: dict[str, Fact] = Field(default={}, description="Naam van het gegeven → waarde; geen persoonsgegevens.")
    peildatum: Day | None = Field(default=None, description="De dag waar het om gaat. Zonder: vandaag.")
    kennisdatum: Day | None = Field(default=None, description="Zoals de regels op die dag bekend waren.")
    hervorming: StrictStr | None = Field(
        default=None, description="Een verkenning, geen geldend recht; met eigen waarden: «naam:parameter=waarde»."
    )


class Shape(BaseModel):
    """A shape of an answer: nothing beside what it names."""

    model_config = ConfigDict(extra="forbid")


class Probleem(Shape):
    """Een fout (RFC 9457), met wat eraan te doen is."""

    type: str = Field(description="Altijd about:blank: de status zegt wat voor fout het is.")
    title: str
    status: int
    detail: str
    fouten: list[Fout] | None = Field(default=None, description="Bij een verzoek dat niet klopt: wat er niet klopt.")


class Fout(Shape):
    """Een plaats in het verzoek die niet klopt."""

    plaats: str
    melding: str


class Bronvermelding(Shape):
    bron: str
    titel: str
    vindplaats: str
    link: str | None
    juriconnect: str | None


class Waarde(Shape):
    waarde: str
    label: str


class Grond(Shape):
    """Een regel met haar reden en bronnen. `afleiding`: wij leiden de regel af, geen bron zegt haar."""

    id: str
    omdat: str
    bronnen: list[Bronvermelding]
    afleiding: str | None


class Termijn(Shape):
    naam: str
    vanaf: str
    aantal: int
    eenheid: Unit
    eerste_dag_telt: bool
    dag: date | None


class Praktijk(Shape):
    tekst: str
    bronnen: list[Bronvermelding]


class Resterend(Shape):
    """Een grens, en wat ervan over is."""

    maximum: int | None
    eerste_niet: int | None
    eenheid: str
    per: str | None
    gebruikt: int | None
    resteert: int | None


class Vraag(Shape):
    begrip: str
    soort: Kind
    vraag: str
    uitleg: str
    waarden: dict[str, str]
    eenheid: str | None


class Beslissing(Shape):
    besluit: str
    titel: str
    vraag: str
    status: Literal["beslist", "open"]
    uitkomst: dict[str, Waarde]
    regels: list[Grond]
    voorwaarden: list[str]
    regelen: list[str]
    termijnen: list[Termijn]
    grens: Resterend | None
    praktijk: Praktijk | None


class Alternatief(Shape):
    regel: str
    uitkomst: dict[str, str]
    waarom_niet: str


class _Omstandigheden(Shape):
    peildatum: date
    kennisdatum: date | None
    hervormingen: list[str]
    gegeven: dict[str, str]
    afgeleid: dict[str, int]
    vragen: list[Vraag]
    rust_op: list[Beslissing]
    niet_van_belang: list[str] = Field(description="Gegevens waar dit besluit niet naar kijkt.")


class Antwoord(Beslissing, _Omstandigheden):
    """Het antwoord van een besluit; met status «open» staat in `vragen` wat nog bekend moet zijn."""

    alternatieven: list[Alternatief]


class Treffer(Grond):
    gevolg: Consequence
    voorwaarden: list[str]
    regelen: list[str]
    termijnen: list[Termijn]
    praktijk: Praktijk | None


class MogelijkeTreffer(Treffer):
    hangt_af_van: str


class Misser(Shape):
    regel: str
    gevolg: Consequence
    waarom_niet: str


class Lijstantwoord(_Omstandigheden):
    """Het antwoord van een lijst: alle regels die gelden, die nog kunnen gelden, en die niet gelden."""

    besluit: str
    titel: str
    vraag: str
    status: Literal["beslist", "open"]
    treft: list[Treffer]
    mogelijk: list[MogelijkeTreffer]
    treft_niet: list[Misser]


class Interval(Shape):
    van: int | date
    tot_en_met: int | date


class Toegelaten(Shape):
    """Waarden, of gesloten intervallen van getallen of dagen; en hetzelfde in woorden."""

    waarden: list[str]
    intervallen: list[Interval]
    woorden: str


class Gevolg(Toegelaten):
    """Antwoorden die hetzelfde openlaten, met de regels die dan nog kunnen gelden."""

    regels: list[str]


class OpenVraag(Vraag):
    antwoorden: list[Gevolg] = Field(description="Leeg: het antwoord verandert alleen wat er over is of welke dag.")


class OpenVragen(Shape):
    """De vragen die nog tellen, in volgorde; van de eerste ook wat elk antwoord openlaat."""

    besluit: str
    peildatum: date
    volgende: OpenVraag | None
    daarna: list[Vraag]
