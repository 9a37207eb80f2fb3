"""The tables of a data set: one definition for reading, for checking and for the documentation.

Column names are the field's own Dutch terms. A `Rule` is what a row must satisfy beyond its single columns.
"""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a column is stored: the value is the DuckDB type, the label is what a user reads."""

    TEXT = "VARCHAR"
    DATE = "DATE"
    MONEY = "DECIMAL(18,2)"
    QUANTITY = "DECIMAL(18,4)"
    INTEGER = "INTEGER"
    BOOLEAN = "BOOLEAN"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.TEXT: "tekst",
    Kind.DATE: "datum (jjjj-mm-dd)",
    Kind.MONEY: "bedrag in euro's (decimale punt, hoogstens 2 decimalen)",
    Kind.QUANTITY: "getal (decimale punt, hoogstens 4 decimalen)",
    Kind.INTEGER: "geheel getal",
    Kind.BOOLEAN: "ja of nee (ook true/false of 1/0)",
}


@dataclass(frozen=True)
class Column:
    """One column; `lowest` and `highest` are inclusive, ISO dates or whole numbers written as text."""

    name: str
    kind: Kind
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    lowest: str = ""
    highest: str = ""
    private: bool = False
    """A value of this column may point at a person: never shown in a message."""


@dataclass(frozen=True)
class Rule:
    """`faulty` is SQL over the typed columns of one table; `column` is the one to name in the message."""

    faulty: str
    column: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Table:
    name: str
    meaning: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()


def _text(name: str, nullable: bool = False, allowed: tuple[str, ...] = (), pattern: str = "") -> Column:
    return Column(name, Kind.TEXT, nullable, allowed, pattern)


def _day(name: str, nullable: bool = False, highest: str = "2099-12-31") -> Column:
    return Column(name, Kind.DATE, nullable, lowest="1990-01-01", highest=highest)


# The tables stand for data of the care sector, so an empty client number is a fact of life that a step
# counts and removes; it is not a fault.
_CLIENT = Column("client", Kind.TEXT, nullable=True, private=True)
_PAKKET = _text("zorgzwaartepakket", nullable=True, pattern="[0-9]{3}")
_BEDRAG = Column("bedrag", Kind.MONEY)
_AANTAL = Column("aantal", Kind.QUANTITY)
_AANBIEDER = _text("zorgaanbieder", nullable=True)
_OPEN_END = "9999-12-31"

ZVW_SECTOREN = ("HAZ", "FRM", "PMZ", "MND", "MSZ", "GGZ", "HLP", "ELV", "GRZ", "GZS")
WLZ_SECTOREN = ("vv", "vg", "lvg", "sglvg", "lg", "zgaud", "zgvis", "ggz")
SOORTEN = (
    "basis", "toeslag", "modulair", "crisis", "vv9b", "elv", "grz", "gzsp", "mutatiedag", "overig",
)  # fmt: skip


def _period(begin: str, end: str) -> Rule:
    return Rule(f"{end} < {begin}", end, f"ligt voor {begin}", f"Zet in {end} dezelfde dag als {begin} of een latere.")


_NO_BLANKS = Rule("client <> trim(client)", "client", "heeft spaties aan het begin of eind", "Haal de spaties weg.")
_ONE_AT_A_TIME = Rule(
    "lead(geldig_van) OVER (PARTITION BY prestatiecode ORDER BY geldig_van)"
    f" < coalesce(geldig_tot, DATE '{_OPEN_END}')",
    "prestatiecode",
    "staat op dezelfde dag meer dan eens in de koppellijst",
    "Laat per prestatiecode de ene periode eindigen voor de volgende begint (geldig_tot telt zelf niet mee).",
)
_WITH_OR_WITHOUT = Rule(
    "behandeling IS NULL AND soort IN ('basis', 'vv9b') AND leveringsvorm IN ('zzp', 'vpt')",
    "behandeling",
    "ontbreekt bij een basisprestatie van zzp of vpt",
    "Vul incl of excl in; zonder dat is de bekostiging niet te bepalen.",
)
_KNOWN_ONCE = Rule(
    "count(*) OVER (PARTITION BY zorgzwaartepakket) > 1",
    "zorgzwaartepakket",
    "komt meer dan eens voor",
    "Laat per zorgzwaartepakket één regel staan.",
)

_ALL = (
    Table(
        "wlz_declaraties",
        "Gedeclareerde Wlz-zorg in natura, per declaratieregel; een negatief bedrag is een correctie.",
        (
            _CLIENT, _text("prestatiecode"), _day("begindatum"), _day("einddatum"), _AANTAL, _BEDRAG,
            _AANBIEDER, _PAKKET,
        ),
        (_period("begindatum", "einddatum"), _NO_BLANKS),
    ),
    Table(
        "pgb_toekenningen",
        "Toegekende persoonsgebonden budgetten uit de Wlz.",
        # The Bemiddelingsregister says who has a pgb and when, not how much; the method needs no amount.
        (_CLIENT, _day("begindatum"), _day("einddatum"), _PAKKET, Column("bedrag", Kind.MONEY, nullable=True)),
        (_period("begindatum", "einddatum"), _NO_BLANKS),
    ),
    Table(
        "zvw_declaraties",
        "Gedeclareerde Zvw-zorg; het toegekende bedrag zonder eigen risico en eigen bijdrage.",
        (
            _CLIENT, _text("sector", allowed=ZVW_SECTOREN), _text("zorgsoort", nullable=True),
            _text("prestatiecode", nullable=True), _day("begindatum"), _day("einddatum"), _AANTAL, _BEDRAG,
            _text("verzekering", allowed=("basis", "aanvullend")), _AANBIEDER,
        ),
        (_period("begindatum", "einddatum"), _NO_BLANKS),
    ),
    Table(
        "indicaties",
        "Indicatiebesluiten van het CIZ.",
        (_CLIENT, _day("afgiftedatum"), _day("ingangsdatum"), _day("einddatum", True, _OPEN_END), _PAKKET),
        (_period("ingangsdatum", "einddatum"), _NO_BLANKS),
    ),
    Table("overlijden", "Dag van overlijden.", (_CLIENT, _day("datum")), (_NO_BLANKS,)),
    Table(
        "prestaties",
        "De koppellijst: wat een prestatiecode is; geldig_tot is de eerste dag dat het niet meer geldt.",
        (
            _text("prestatiecode"), _text("soort", allowed=SOORTEN),
            _text("leveringsvorm", True, ("zzp", "vpt", "mpt")), _text("behandeling", True, ("incl", "excl")),
            _text("sector", True, WLZ_SECTOREN),
            Column("zorgprofiel", Kind.INTEGER, True, lowest="1", highest="99"),
            Column("dagprestatie", Kind.BOOLEAN), _text("eenheid", nullable=True),
            _day("geldig_van"), _day("geldig_tot", True, _OPEN_END),
        ),
        (_period("geldig_van", "geldig_tot"), _ONE_AT_A_TIME, _WITH_OR_WITHOUT),
    ),
    Table(
        "zorgzwaartepakketten",
        "Codelijst COD163: sector en zorgprofiel van een zorgzwaartepakket.",
        (
            _text("zorgzwaartepakket", pattern="[0-9]{3}"), _text("sector", True, WLZ_SECTOREN),
            Column("zorgprofiel", Kind.INTEGER, True, lowest="1", highest="99"),
        ),
        (_KNOWN_ONCE,),
    ),
)  # fmt: skip

TABLES = {table.name: table for table in _ALL}
