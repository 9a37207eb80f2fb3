"""AW319: what is written is read back, and everything that can be wrong with a message is found and named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from aanspraak.claims import ei_lines
from aanspraak.claims.faults import InputFaults
from aanspraak.claims.pseudonym import pseudonymiser
from aanspraak.claims.read import read
from tests.claims.intake import KEY, rows, take_in
from tests.claims.messages import NO_BSN, Line, Person, as_file, message, put
from tests.claims.strategies import people

BSN, OTHER = "999900006", "999990019"
pseudonym = pseudonymiser(KEY)
TWO = [Person(BSN, (Line(), Line(cents=-250)), comment=True), Person(OTHER, (Line(code="V001"),))]


def wlz(persons: list[Person] = TWO) -> list[bytearray]:
    return message("AW319", "187", persons)


def test_a_message_written_by_hand_from_the_specification(tmp_path: Path) -> None:
    """Positions as the standard prints them, not as our layout has them."""

    def line(*parts: tuple[int, str]) -> bytes:
        text = " " * 310
        for first, part in parts:
            text = text[: first - 1] + part + text[first - 1 + len(part) :]
        return text.encode("latin-1")

    content = as_file([
        line((1, "011870104P"), (11, "000000"), (27, "5501"), (31, "0" * 24), (55, "47470001"), (63, "04"),
             (65, "20210101"), (73, "20210131"), (81, "F1"), (93, "20210205"), (115, "EUR")),
        line((1, "02"), (3, "000000000001"), (15, BSN), (24, "5501"), (28, "V77"), (54, "19400229"), (62, "2"),
             (63, "1"), (64, "Jansen-Müller"), (157, "00012"), (181, "2"), (182, "0000")),
        line((1, "04"), (3, "000000000002"), (15, BSN), (24, "5501"), (28, "V77"), (58, "1"), (59, "0000"),
             (83, "0" * 20), (103, "754"), (106, "20210101"), (114, "20210131"), (122, "055"), (125, "Z998"),
             (130, "0031"), (134, "14"), (136, "47470001"), (144, "0" * 21), (165, "00010003"), (173, "00310093"),
             (181, "D"), (182, "0000"), (186, "00310093"), (194, "D"), (195, "R1")),
        line((1, "99"), (3, "000001"), (9, "000000"), (15, "000001"), (21, "000000"), (27, "0000002"),
             (34, "00000310093"), (45, "D")),
    ])  # fmt: skip
    take_in(tmp_path, content)
    assert rows(tmp_path, "wlz_declaraties") == [(
        pseudonym(BSN), "Z998", date(2021, 1, 1), date(2021, 1, 31), Decimal("31.0000"), Decimal("3100.93"),
        "47470001", "754",
    )]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(people(date(2013, 1, 1)))
def test_what_is_written_is_read_back(persons: list[Person]) -> None:
    with TemporaryDirectory() as name:
        directory = Path(name)
        intake = take_in(directory, as_file(wlz(persons)))
        expected = [
            (
                None if person.bsn == NO_BSN else pseudonym(person.bsn), line.code, line.begin, line.end,
                Decimal(line.quantity), Decimal(line.cents) / 100, line.provider if int(line.provider) else None,
                line.package if int(line.package) else None,
            )
            for person in persons for line in person.lines
        ]  # fmt: skip
        assert intake.rows == ({"wlz_declaraties": len(expected)} if expected else {})
        assert intake.people["met BSN"] == sum(person.bsn != NO_BSN for person in persons)
        if expected:
            assert rows(directory, "wlz_declaraties") == expected
            sources, warnings = read(directory / "uit", ["wlz_declaraties"], directory, lambda _: None)
            assert (sources[0].parquet.name, warnings) == ("wlz_declaraties.parquet", [])


@pytest.mark.parametrize("size", [311, 312, 313, 700, 1500])
def test_the_size_of_a_batch_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Persons, numbering and totals go on from one batch to the next."""
    (tmp_path / "heel").mkdir()
    take_in(tmp_path / "heel", as_file(wlz(TWO * 5)))
    monkeypatch.setattr(ei_lines, "CHUNK", size)
    content = as_file(wlz(TWO * 5))
    take_in(tmp_path, content)
    assert rows(tmp_path, "wlz_declaraties") == rows(tmp_path / "heel", "wlz_declaraties")


@pytest.mark.parametrize(
    ("change", "end"),
    [
        (lambda content: content, b"\n"),
        (lambda content: content[:-2], b"\r\n"),
        (lambda content: b"\xef\xbb\xbf" + content, b"\r\n"),
        (lambda content: content + b"\x1a", b"\r\n"),
    ],
)
def test_line_ends_and_marks_of_old_programs(tmp_path: Path, change: Callable[[bytes], bytes], end: bytes) -> None:
    take_in(tmp_path, change(as_file(wlz(), end)))
    assert len(rows(tmp_path, "wlz_declaraties")) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp850"])
def test_names_in_any_character_set(tmp_path: Path, encoding: str) -> None:
    lines = wlz()
    name = "Crèvecœur-Ångström" if encoding == "utf-8" else "Crève-Zuñiga"
    text = lines[1].decode()
    lines[1] = bytearray((text[:63] + name.ljust(25) + text[88:]).encode(encoding))
    take_in(tmp_path, as_file(lines))
    assert len(rows(tmp_path, "wlz_declaraties")) == 3


def test_lines_without_a_place_in_the_contract_are_counted(tmp_path: Path) -> None:
    """Message 428 has district nursing as well as short-term stay: only the latter is a sector of the contract."""
    persons = [Person(BSN, (Line(code_list="065"), Line(code="4010", code_list="068")))]
    intake = take_in(tmp_path, as_file(message("AW319", "428", persons)))
    assert rows(tmp_path, "zvw_declaraties", "sector, prestatiecode, verzekering") == [("ELV", "4010", "basis")]
    assert list(intake.left_out.values()) == [1]
    assert "wijkverpleging" in next(iter(intake.left_out))


def test_a_file_without_line_ends_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ei_lines, "CHUNK", 500)
    with pytest.raises(InputFaults, match="heeft geen regeleinden"):
        take_in(tmp_path, as_file(wlz(), b""))


def test_a_test_message_is_read_with_a_warning(tmp_path: Path) -> None:
    lines = wlz()
    put(lines[0], "AW319", "voorloop", "soort_bericht", "T")
    assert take_in(tmp_path, as_file(lines)).warnings == ["bestand1 is een testbericht."]


def field(row: int, record: str, key: str, text: str) -> Callable[[list[bytearray]], None]:
    """A change: the field of the line gets this text."""
    return lambda lines: put(lines[row - 1], "AW319", record, key, text)


def drop(row: int) -> Callable[[list[bytearray]], None]:
    return lambda lines: lines.pop(row - 1)


def again(row: int) -> Callable[[list[bytearray]], None]:
    return lambda lines: lines.append(bytearray(lines[row - 1]))


def cut(row: int, width: int) -> Callable[[list[bytearray]], None]:
    return lambda lines: lines.__setitem__(row - 1, lines[row - 1].ljust(width)[:width])


# Lines of TWO: 1 header, 2 person, 3 and 4 performances (4 is credit), 5 comment, 6 person, 7 performance, 8 trailer.
PLANTED = {
    "te kort": (cut(3, 309), "heeft regels die niet 310 tekens lang zijn", "rij 3: '309 tekens'"),
    "retourbericht": (cut(3, 370), "Dit lijkt een retourbericht", "rij 3: '370 tekens'"),
    "lege regel": (cut(3, 0), "heeft regels die niet 310 tekens lang zijn", "rij 3: '0 tekens'"),
    "onbekend record": (lambda lines: lines[4].__setitem__(slice(0, 2), b"03"), "is geen bekend record", "rij 5: '03'"),
    "tweede voorloop": (lambda lines: lines.insert(3, lines[0]), "voorlooprecord dat niet vooraan", "rij 4: '01'"),
    "na het sluitrecord": (again(5), "staat na het sluitrecord", "rij 9: '98'"),
    "geen sluitrecord": (drop(8), "heeft geen sluitrecord", "in zijn geheel"),
    "versie": (field(1, "voorloop", "subversie", "03"), "Subversienummer berichtstandaard (positie", "rij 1: '03'"),
    "valuta": (field(1, "voorloop", "valuta", "NLG"), "Valutacode (positie 115-117): is geen bekende", "rij 1: 'NLG'"),
    "geen getal": (field(3, "prestatie", "aantal", "3x"), "Aantal uitgevoerde prestaties (positie 130-133)", "'3?'"),
    "spaties voor getal": (field(3, "prestatie", "bedrag", "   31005"), "is geen getal met voorloopnullen", "rij 3"),
    "dag bestaat niet": (field(3, "prestatie", "begindatum", "20210229"), "is geen bestaande datum", "rij 3: '2021022"),
    "nuldatum": (field(3, "prestatie", "einddatum", "00000000"), "is geen bestaande datum", "rij 3"),
    "voor 2013": (field(3, "prestatie", "begindatum", "20121231"), "ligt voor 2013-01-01", "rij 3: '20121231'"),
    "eind voor begin": (field(3, "prestatie", "einddatum", "20201231"), "ligt voor de begindatum", "rij 3: '20201231'"),
    "toekomst": (field(3, "prestatie", "einddatum", "20261123"), "ligt in de toekomst", "rij 3: '20261123'"),
    "codelijst": (field(3, "prestatie", "prestatiecodelijst", "065"), "past niet bij dit bericht", "rij 3: '065'"),
    "tijdseenheid": (field(3, "prestatie", "tijdseenheid", "99"), "Tijdseenheid zorgperiode", "rij 3: '99'"),
    "debet of credit": (field(3, "prestatie", "debet_credit", "X"), "Kies uit: D, C.", "rij 3: 'X'"),
    "prestatiecode leeg": (field(3, "prestatie", "prestatiecode", ""), "(positie 125-129): is leeg", "rij 3"),
    "vreemd teken": (field(3, "prestatie", "prestatiecode", "Z\x01"), "heeft een teken dat niet", "rij 3: 'Z\\x01'"),
    "referentie leeg": (field(3, "prestatie", "referentie", ""), "Referentienummer dit prestatierecord", "rij 3"),
    "referentie twee keer": (field(7, "prestatie", "referentie", "R2"), "komt eerder in dit bericht voor", "rij 7"),
    "credit zonder debet": (field(4, "prestatie", "vorige_referentie", ""), "is leeg bij een creditregel", "rij 4"),
    "reserve gevuld": (field(3, "prestatie", "reserve", "x"), "de regel misschien verschoven", "rij 3"),
    "volgnummer": (field(7, "prestatie", "nummer", "000000000009"), "volgt niet op het vorige record", "rij 7: '9'"),
    "commentaar": (field(5, "commentaar", "nummer", "000000000001"), "volgt niet op het vorige record", "rij 5"),
    "ander bsn": (field(3, "prestatie", "bsn", OTHER), "is niet dat van de verzekerde", "rij 3"),
    "andere uzovi": (field(3, "prestatie", "uzovi", "5502"), "UZOVI-nummer (positie 24-27)", "rij 3: '5502'"),
    "elfproef": (field(6, "verzekerde", "bsn", "999990018"), "voldoet niet aan de elfproef", "rij 6"),
    "nullen als bsn": (field(6, "verzekerde", "bsn", "000000000"), "voldoet niet aan de elfproef", "rij 6"),
    "zonder verzekerde": (drop(2), "heeft geen verzekerdenrecord voor zich", "rij 2"),
    "aantal": (field(8, "sluit", "prestaties", "000002"), "klopt niet: het zijn er 3", "rij 8: '2'"),
    "regel weg": (drop(7), "klopt niet: het zijn er 2", "rij 7: '3'"),
    "totaal": (field(8, "sluit", "bedrag", "00000000001"), "is niet de som van de regels (6198.50 euro)", "rij 8"),
    "teken van het totaal": (field(8, "sluit", "debet_credit", "C"), "is niet de som van de regels", "rij 8"),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_every_fault_is_found_and_named(tmp_path: Path, kind: str) -> None:
    change, problem, place = PLANTED[kind]
    lines = wlz()
    change(lines)
    with pytest.raises(InputFaults) as caught:
        take_in(tmp_path, as_file(lines))
    said = str(caught.value)
    assert problem in said
    assert place in said
    assert said.startswith("De invoer heeft ")
    assert [file.name for file in tmp_path.iterdir()] == ["bestand1"], "a refused file leaves nothing behind"
    for secret in (BSN, OTHER, "999990018", pseudonym(BSN)):
        assert secret not in said


def test_the_btw_of_three_digits(tmp_path: Path) -> None:
    """A known mistake: three digits for the VAT instead of four shifts the amount and what follows by one position."""
    lines = wlz()
    del lines[2][181]
    lines[2] += b" "
    with pytest.raises(InputFaults, match=r"Indicatie debet/credit \(02\) \(positie 194\): is geen bekende code"):
        take_in(tmp_path, as_file(lines))


@pytest.mark.parametrize("size", [400, 4096])
def test_a_line_that_cannot_be_read_is_one_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """The numbering goes on behind it and the totals are not held against it."""
    monkeypatch.setattr(ei_lines, "CHUNK", size)
    lines = wlz(TWO * 3)
    cut(3, 309)(lines)
    lines[8][:2] = b"77"
    with pytest.raises(InputFaults, match="De invoer heeft 2 fouten") as caught:
        take_in(tmp_path, as_file(lines))
    assert "rij 3: '309 tekens'" in str(caught.value)
    assert "rij 9: '77'" in str(caught.value)


def test_all_faults_are_counted_and_some_are_shown(tmp_path: Path) -> None:
    lines = wlz([Person(BSN, (replace(Line(), code_list="999"),) * 300)])
    put(lines[0], "AW319", "voorloop", "valuta", "USD")
    with pytest.raises(InputFaults) as caught:
        take_in(tmp_path, as_file(lines))
    assert "De invoer heeft 301 fouten" in str(caught.value)
    assert "past niet bij dit bericht (300×)" in str(caught.value)
    assert "nog 281 plaatsen" in str(caught.value)


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    content = as_file(wlz())
    with pytest.raises(InputFaults, match="bestand2: is hetzelfde bestand als bestand1"):
        take_in(tmp_path, content, content)


def test_a_good_file_beside_a_bad_one_is_not_written(tmp_path: Path) -> None:
    bad = wlz()
    bad.pop()
    with pytest.raises(InputFaults, match="bestand2: heeft geen sluitrecord"):
        take_in(tmp_path, as_file(wlz()), as_file(bad))
    assert not (tmp_path / "uit").exists()


def test_another_key_gives_other_pseudonyms_and_the_same_key_the_same(tmp_path: Path) -> None:
    found = []
    for name, key in (("een", KEY), ("twee", KEY), ("drie", KEY[::-1])):
        (tmp_path / name).mkdir()
        take_in(tmp_path / name, as_file(wlz()), key=key)
        found.append(sorted(rows(tmp_path / name, "wlz_declaraties", "DISTINCT client")))
        assert BSN not in (tmp_path / name / "uit" / "manifest.json").read_text()
        assert key.decode() not in (tmp_path / name / "uit" / "manifest.json").read_text()
    assert found[0] == found[1]
    assert len({client for answer in found for (client,) in answer}) == 4
