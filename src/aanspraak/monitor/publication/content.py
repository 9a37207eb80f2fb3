"""What the report of a publication says."""

from aanspraak.monitor.dutch import amount, count, share
from aanspraak.monitor.exhibit import Table
from aanspraak.monitor.publication.publish import SHOWN, UNDER, Publication, Row
from aanspraak.monitor.publication.tables import SMALLEST, PublicationSet, PublishedTable
from aanspraak.monitor.report import Block, Report, Section, origin

UNSAFE = "onveilig"


def report(wanted: PublicationSet, found: Publication, synthetic: bool, secondary: bool) -> Report:
    """The published tables, and how they were made safe; `secondary` False marks every table unsafe."""
    warning = "" if secondary else f"{UNSAFE.upper()}: "
    facts = [
        origin(synthetic),
        ("Cellen", count(found.cells)),
        (f"Onderdrukt: minder dan {SMALLEST}", count(found.primary)),
        ("Bedragen weggelaten: te veel van één cliënt", count(found.dominated)),
        ("Bedragen weggelaten: andere te herleiden", count(found.amounts) if secondary else "niet gedaan"),
        ("Onderdrukt: anders te herleiden", count(found.secondary) if secondary else "niet gedaan"),
        ("Veilig", "ja: de aanval vindt niets" if secondary else _given_away(found)),
    ]
    tables = [
        Section(
            table.id,
            warning + table.title,
            blocks=[
                _block(wanted, table, measure, found.tables[table.id], warning)
                for measure in (table.columns if found.tables[table.id] else ())
            ],
        )
        for table in wanted.tables
    ]
    return Report(warning + wanted.title, synthetic, facts, [method(secondary), *tables])


def _given_away(found: Publication) -> str:
    return (
        f"nee: {count(found.exposed)} onderdrukte cellen zijn nauwer te bepalen, {count(found.exact)} daarvan precies"
    )


def method(secondary: bool) -> Section:
    """How the tables are made safe, or that they are not."""
    safe = [
        f"Aantallen zijn afgerond op tientallen, half naar boven. Een aantal onder de {SMALLEST} staat er als «<10» "
        "of, waar dat teken te veel zou zeggen, als ·. Een streepje (–) is een echte nul: de cel komt niet voor. Bij "
        "bedragen, aandelen en gemiddelden betekent het dat er niets te geven is.",
        "Elke cel onder de tien blijft voor een lezer even onbekend als een getal van 1 tot en met 9: uit totalen, "
        "deeltotalen, andere tabellen van dit rapport en de afronding samen is zij niet nauwer te bepalen. Waar dat "
        "nodig was, zijn andere cellen ook onderdrukt (·). Een aanval met lineaire programmering op alles wat hier "
        "staat, heeft dat nagegaan.",
        "Unieke personen kunnen in meer cellen staan en tellen niet op: een totaal is minstens het grootste onderdeel "
        "en hoogstens de som. Ook daar rekent de aanval mee.",
        "Bedragen en dagen zijn afgerond op ongeveer wat tien cliënten hebben. Is meer dan de helft van één cliënt en "
        "beschermt de afronding die niet genoeg, dan is het bedrag weggelaten (·), en is het ook niet te berekenen.",
        "Aandelen en gemiddelden zijn berekend uit de afgeronde cijfers van dit rapport en voegen er dus niets aan "
        "toe. Een gemiddelde staat er alleen als de afronding teller en noemer elk hoogstens 5% verschuift.",
    ]
    unsafe = [
        "Niet publiceren. Dit is de werkwijze van de bron, ter vergelijking: afronden en cellen onder de tien "
        "weglaten, zonder na te gaan of zij uit de rest te berekenen zijn."
    ]
    return Section("methode", "Hoe dit rapport beschermt", safe if secondary else unsafe)


def _block(wanted: PublicationSet, table: PublishedTable, measure: str, rows: list[Row], warning: str) -> Block:
    title = f"{warning}{wanted.heading(measure)}, naar {wanted.heading(table.dimensions[-1]).lower()}"
    return Block(f"{table.id}-{measure}", title, wide(wanted, table, measure, rows), table.source)


def wide(wanted: PublicationSet, table: PublishedTable, measure: str, rows: list[Row]) -> Table:
    """One measure of these rows of a table, with the last dimension across."""
    down = table.dimensions[:-1]
    columns = sorted({row.key[-1] for row in rows})
    found = {row.key: _written(row, measure, wanted.columns[measure][0]) for row in rows}
    keys = list(dict.fromkeys(row.key[:-1] for row in rows))
    shown = tuple(
        (*(wanted.label(value) for value in key), *(found.get((*key, column), "–") for column in columns))
        for key in keys
    )
    headings = (*(wanted.heading(name) for name in down), *(wanted.label(column) for column in columns))
    return Table(headings, shown, names=len(down))


def _written(row: Row, measure: str, kind: str) -> str:
    value = row.numbers[measure]
    if value is None and row.shown == SHOWN and measure not in row.left_out:
        return "–"
    if value is None:
        return row.shown if row.shown == UNDER and measure in _counts(row) else "·"
    if kind == "aandeel":
        return share(value)
    return count(value) if isinstance(value, int) else amount(value)


def _counts(row: Row) -> list[str]:
    """The first measure is the count, which alone can say "<10"."""
    return list(row.numbers)[:1]
