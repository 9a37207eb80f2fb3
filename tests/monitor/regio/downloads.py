"""Small files in the formats that Vektis used over the years; the numbers are made up."""

from pathlib import Path
from random import Random

AGES = [" 0 t/m  4 jaar", "40 t/m 44 jaar", "90+"]
COSTS = [
    "kosten_farmacie", "kosten_huisarts_inschrijftarief", "kosten_huisarts_consult", "kosten_huisarts_mdz",
    "kosten_huisarts_overig", "kosten_paramedische_zorg_fysiotherapie", "kosten_paramedische_zorg_overig",
    "kosten_geriatrische_revalidatiezorg", "kosten_eerstelijnsverblijf", "kosten_verpleging_en_verzorging",
    "kosten_gzsp",
]  # fmt: skip

Line = dict[str, str]


def lines(year: int, places: list[str]) -> list[Line]:
    """For every municipality, sex and age some costs, and the one line that Vektis cannot place."""
    random = Random(year)  # noqa: S311 - made-up numbers, the same every time
    keys = [(place, sex, age) for sex in "MV" for age in AGES for place in places]
    made = []
    for place, sex, age in [*keys, ("", "", "")]:
        line = {"geslacht": sex, "leeftijdsklasse": age, "gemeentenaam": place, "aantal_bsn": "12"}
        line["aantal_verzekerdejaren"] = f"{random.uniform(5, 4000):.2f}"
        made.append(line | {name: f"{random.uniform(0, 90000):.2f}" for name in COSTS})
    return made


def write(file: Path, rows: list[Line], delimiter: str = ";", encoding: str = "utf-8", header: str = "") -> None:
    """`header` is "hoofdletters" or "afgekapt", as in the files of 2018 and 2023."""
    names = list(rows[0])
    shown = {"hoofdletters": [n.upper() for n in names], "afgekapt": [n[:32] for n in names]}.get(header, names)
    text = [delimiter.join(shown), *(delimiter.join(row.values()) for row in rows)]
    file.write_text("\n".join(text) + "\n", encoding=encoding)
