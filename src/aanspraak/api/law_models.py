"""The law as the API gives it: the contract, from which OpenAPI is made; built by `engine.render_law`."""

from __future__ import annotations

from datetime import date
from typing import Any

from aanspraak.api.models import Bronvermelding, Grond, Praktijk, Shape, Termijn, Toegelaten, Vraag, Waarde
from aanspraak.engine.model import Consequence, Unit


class Periode(Shape):
    van: date | None
    tot_en_met: date | None


class Besluitregel(Shape):
    besluit: str
    thema: str
    titel: str
    vraag: str
    lijst: bool
    geldig: Periode
    aantal_regels: int


class Voorwaarde(Toegelaten):
    begrip: str


class Grens(Shape):
    maximum: int | None
    eerste_niet: int | None
    eenheid: str
    per: str | None
    geteld_in: str


class Regel(Grond):
    besluit: str
    als: list[Voorwaarde]
    dan: dict[str, Waarde]
    gevolg: Consequence | None
    geldig: Periode
    vastgelegd: Periode
    in_afwijking_van: list[str]
    voorwaarden: list[str]
    regelen: list[str]
    termijnen: list[Termijn]
    grens: Grens | None
    praktijk: Praktijk | None


class Besluit(Besluitregel):
    toelichting: str | None
    uitkomst: dict[str, dict[str, str]]
    gegevens: list[Vraag]
    rust_op: list[str]
    regels: list[Regel]


class Afgeleid(Shape):
    eenheid: Unit
    van: str
    tot: str


class Begrip(Vraag):
    naam: str
    van: int | date | None
    tot_en_met: int | date | None
    codes: dict[str, dict[str, str]]
    afgeleid: Afgeleid | None
    bronnen: list[Bronvermelding]


class Bron(Shape):
    bron: str
    titel: str
    uitgever: str
    verschenen: str
    bwb: str | None
    link: str | None
    stand: date | None


class Aanhaling(Shape):
    besluit: str
    regel: str
    vindplaatsen: list[str]


class BronMetRegels(Bron):
    aangehaald_door: list[Aanhaling]


class Wijziging(Shape):
    besluit: str
    vervalt: list[str]
    nieuw: list[str]


class Parameter(Shape):
    """Wat een voorstel openlaat. `waarde`: waarmee gerekend wordt; kies een andere met «naam:parameter=waarde»."""

    parameter: str
    naam: str
    waarde: str


class Hervorming(Shape):
    """Een verkenning, geen geldend recht."""

    hervorming: str
    titel: str
    vanaf: date
    bronnen: list[Bronvermelding]
    laat_open: list[str]
    parameters: list[Parameter]
    wijzigingen: list[Wijziging]


class Wending(Grond):
    vastgelegd: date | None


class Dag(Shape):
    dag: date
    besluit: str
    vervalt: list[Wending]
    begint: list[Wending]


class Tijdlijn(Shape):
    besluit: str
    dagen: list[Dag]


class Andere(Shape):
    voor: Waarde
    na: Waarde


class Verandering(Shape):
    """Situaties waarin een andere regel geldt. Van een lijst: `voor` of `na` is leeg waar de regel niet geldt.
    `uitkomst`: alleen wat anders wordt. Van meer dan honderd groepen van situaties staan hier de eerste honderd."""

    voor: Grond | None
    na: Grond | None
    uitkomst: dict[str, Andere]
    aantal_situaties: int
    situaties: list[list[Voorwaarde]]


class Verschil(Shape):
    besluit: str
    van: date
    tot: date
    hervorming: str | None
    veranderingen: list[Verandering]


class Lijst(Shape):
    """A list is an object, so that something can be added beside it later."""

    @classmethod
    def of(cls, items: list[Any]) -> dict[str, Any]:
        return {"items": items}


class Besluiten(Lijst):
    items: list[Besluitregel]


class Regels(Lijst):
    items: list[Regel]


class Begrippen(Lijst):
    items: list[Begrip]


class Bronnen(Lijst):
    items: list[Bron]


class Hervormingen(Lijst):
    items: list[Hervorming]
