"""Results of monitors as the API gives them: the contract, from which OpenAPI is made."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from aanspraak.api.law_models import Lijst
from aanspraak.api.models import Shape
from aanspraak.monitor.result_manifest import Kind, Step


class Monitorregel(Shape):
    """Een resultaat. `veilig`: alles mag naar buiten."""

    monitor: str
    stap: Step
    titel: str
    gemaakt: datetime
    uit: list[str]
    synthetisch: bool
    veilig: bool


class Kolom(Shape):
    """Een kolom; bij een dimensie de waarden waaruit te kiezen is, met hun namen."""

    kolom: str
    titel: str
    soort: Kind
    waarden: dict[str, str]


class Tabelregel(Shape):
    tabel: str
    titel: str
    bron: str | None
    kolommen: list[Kolom]


class Monitor(Monitorregel):
    tabellen: list[Tabelregel]


class Monitors(Lijst):
    items: list[Monitorregel]


class Rijen(Shape):
    """Rijen van een tabel, een pagina tegelijk. Een getal dat er niet mag staan of er niet is, is leeg."""

    monitor: str
    tabel: str
    titel: str
    bron: str | None
    synthetisch: bool
    veilig: bool
    aantal: int = Field(description="Rijen op alle pagina's samen.")
    pagina: int
    paginas: int
    items: list[dict[str, str | int | float | bool | None]]
