"""The tables of a data set: one definition for reading, for checking and for the documentation.

Column names are the field's own Dutch terms. What is said of a column stands in the documentation as it is here.
"""

from aanspraak.claims.columns import Column, Kind, Rule, Table


def _text(name: str, meaning: str, nullable: bool = False, allowed: tuple[str, ...] = (), pattern: str = "") -> Column:
    return Column(name, Kind.TEXT, meaning, nullable, allowed, pattern)


def _day(name: str, meaning: str, nullable: bool = False, highest: str = "2099-12-31") -> Column:
    return Column(name, Kind.DATE, meaning, nullable, lowest="1990-01-01", highest=highest)


# The tables stand for data of the care sector, so an empty client number is a fact of life that a step
# counts and removes; it is not a fault.
_CLIENT = Column("client", Kind.TEXT, "pseudoniem van de cliënt; leeg of 0 is niemand", nullable=True, private=True)
_BEGIN = _day("begindatum", "eerste dag van de zorg")
_EIND = _day("einddatum", "laatste dag van de zorg")
_PAKKET = _text("zorgzwaartepakket", "code van het zorgzwaartepakket (COD163)", nullable=True, pattern="[0-9]{3}")
_AANTAL = Column("aantal", Kind.QUANTITY, "in de eenheid van de prestatie")
_AANBIEDER = _text("zorgaanbieder", "AGB-code van wie declareert", nullable=True)
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

_PERIOD = _period("begindatum", "einddatum")

_ALL = (
    Table(
        "wlz_declaraties",
        "Gedeclareerde Wlz-zorg in natura, een rij per declaratieregel.",
        (
            _CLIENT, _text("prestatiecode", "wat is gedeclareerd; staat in prestaties"), _BEGIN, _EIND, _AANTAL,
            Column("bedrag", Kind.MONEY, "gedeclareerd bedrag; negatief is een correctie"), _AANBIEDER, _PAKKET,
        ),
        (_PERIOD, _NO_BLANKS),
    ),
    Table(
        "pgb_toekenningen",
        "Toegekende persoonsgebonden budgetten uit de Wlz.",
        (
            _CLIENT, _day("begindatum", "eerste dag van de toekenning"),
            _day("einddatum", "laatste dag van de toekenning"), _PAKKET,
            # The Bemiddelingsregister says who has a pgb and when, not how much; the method needs no amount.
            Column("bedrag", Kind.MONEY, "toegekend bedrag; het Bemiddelingsregister noemt het niet", nullable=True),
        ),
        (_PERIOD, _NO_BLANKS),
    ),
    Table(
        "zvw_declaraties",
        "Gedeclareerde Zvw-zorg, een rij per declaratieregel.",
        (
            _CLIENT, _text("sector", "het deel van de Zvw-zorg", allowed=ZVW_SECTOREN),
            _text("zorgsoort", "nadere aanduiding, zoals fysiotherapie; geen bericht noemt die", nullable=True),
            _text("prestatiecode", "wat is gedeclareerd", nullable=True), _BEGIN, _EIND, _AANTAL,
            Column(
                "bedrag", Kind.MONEY,
                "toegekend bedrag zonder eigen risico en eigen bijdrage; uit een bericht het gedeclareerde bedrag",
            ),
            _text("verzekering", "waar de regel onder valt", allowed=("basis", "aanvullend")), _AANBIEDER,
        ),
        (_PERIOD, _NO_BLANKS),
    ),
    Table(
        "indicaties",
        "Indicatiebesluiten van het CIZ.",
        (
            _CLIENT, _day("afgiftedatum", "dag van het besluit"), _day("ingangsdatum", "eerste dag dat het geldt"),
            _day("einddatum", "laatste dag dat het geldt; leeg is onbepaald", True, _OPEN_END), _PAKKET,
        ),
        (_period("ingangsdatum", "einddatum"), _NO_BLANKS),
    ),
    Table("overlijden", "Overleden cliënten.", (_CLIENT, _day("datum", "dag van overlijden")), (_NO_BLANKS,)),
    Table(
        "prestaties",
        "De koppellijst: wat een prestatiecode is, en wanneer.",
        (
            _text("prestatiecode", "de code zoals in de declaraties"),
            _text("soort", "of de prestatie een leveringsvorm bepaalt, en anders wat zij is", allowed=SOORTEN),
            _text("leveringsvorm", "de leveringsvorm waar de prestatie bij hoort", True, ("zzp", "vpt", "mpt")),
            _text("behandeling", "met of zonder behandeling in het pakket", True, ("incl", "excl")),
            _text("sector", "de sector van het pakket", True, WLZ_SECTOREN),
            Column("zorgprofiel", Kind.INTEGER, "het nummer van het profiel", True, lowest="1", highest="99"),
            Column("dagprestatie", Kind.BOOLEAN, "of aantal in dagen is"),
            _text("eenheid", "de eenheid van aantal", nullable=True),
            _day("geldig_van", "eerste dag dat de rij geldt"),
            _day("geldig_tot", "eerste dag dat de rij niet meer geldt; leeg is nog geldig", True, _OPEN_END),
        ),
        (_period("geldig_van", "geldig_tot"), _ONE_AT_A_TIME, _WITH_OR_WITHOUT),
    ),
    Table(
        "zorgzwaartepakketten",
        "De codelijst COD163: wat een zorgzwaartepakket is.",
        (
            _text("zorgzwaartepakket", "de code", pattern="[0-9]{3}"),
            _text("sector", "de sector van het pakket", True, WLZ_SECTOREN),
            Column("zorgprofiel", Kind.INTEGER, "het nummer van het profiel", True, lowest="1", highest="99"),
        ),
        (_KNOWN_ONCE,),
    ),
)  # fmt: skip

TABLES = {table.name: table for table in _ALL}
