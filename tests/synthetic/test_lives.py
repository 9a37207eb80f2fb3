"""People come, move, are reassessed and die; their care follows."""

import duckdb

SHORT_TERM = """
    SELECT client FROM zvw_declaraties WHERE sector IN ('ELV', 'GRZ')
    UNION SELECT client FROM kept WHERE soort IN ('crisis', 'vv9b')
"""
"""Clients with short-term care, during which there may be no Wlz care, or care of another sector."""

AROUND_WLZ = "SELECT client FROM kept WHERE soort IN ('crisis', 'vv9b')"
"""Clients with short-term care that the Wlz pays."""


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0])


def test_no_care_after_death(data: duckdb.DuckDBPyConnection) -> None:
    for table, end in (
        ("wlz_declaraties", "einddatum"),
        ("zvw_declaraties", "einddatum"),
        ("pgb_toekenningen", "einddatum"),
    ):
        assert not _count(data, f"SELECT 1 FROM {table} JOIN overlijden USING (client) WHERE {end} > datum"), table
    assert not _count(data, "SELECT 1 FROM indicaties JOIN overlijden USING (client) WHERE ingangsdatum > datum")


def test_care_runs_up_to_death(data: duckdb.DuckDBPyConnection) -> None:
    dead = _count(data, f"SELECT 1 FROM overlijden WHERE client NOT IN ({SHORT_TERM})")
    last_months = _count(
        data,
        "SELECT 1 FROM client_months JOIN overlijden USING (client)"
        f" WHERE maand = date_trunc('month', datum) AND client NOT IN ({SHORT_TERM})",
    )
    assert dead > 1000
    assert last_months == dead


def test_nobody_dies_twice(data: duckdb.DuckDBPyConnection) -> None:
    assert not _count(data, "SELECT client FROM overlijden GROUP BY client HAVING count(*) > 1")


def test_people_move_between_forms_and_profiles(data: duckdb.DuckDBPyConnection) -> None:
    assert _count(data, "SELECT client FROM client_months GROUP BY client HAVING count(DISTINCT bekostiging) > 1") > 100
    assert _count(data, "SELECT client FROM client_months GROUP BY client HAVING count(DISTINCT zorgprofiel) > 1") > 100
    sectors = f"""
        SELECT client FROM client_months WHERE client NOT IN ({SHORT_TERM})
        GROUP BY client HAVING count(DISTINCT sector) > 1
    """
    assert _count(data, sectors) == 0


def test_some_months_hold_two_forms_and_the_last_decides(data: duckdb.DuckDBPyConnection) -> None:
    both = "SELECT client, maand FROM kept WHERE soort = 'basis' GROUP BY ALL HAVING count(DISTINCT prestatiecode) > 1"
    assert _count(data, both) > 20


def test_care_is_unbroken(data: duckdb.DuckDBPyConnection) -> None:
    gaps = f"""
        SELECT client FROM client_months WHERE client NOT IN ({SHORT_TERM}) GROUP BY client
        HAVING count(*) <> date_diff('month', min(maand), max(maand)) + 1
    """
    assert not _count(data, gaps)


def test_every_client_month_has_an_indication_for_its_profile(data: duckdb.DuckDBPyConnection) -> None:
    """But around crisis care and VV9b, where the register lacks what it lacks in the source."""
    missing = f"""
        SELECT 1 FROM client_months AS month WHERE client NOT IN ({AROUND_WLZ}) AND NOT EXISTS (
            SELECT 1 FROM indicaties JOIN zorgzwaartepakketten USING (zorgzwaartepakket)
            WHERE indicaties.client = month.client AND ingangsdatum <= last_day(maand)
              AND coalesce(einddatum, DATE '9999-12-31') >= maand
              AND zorgzwaartepakketten.sector = month.sector
              AND zorgzwaartepakketten.zorgprofiel = month.zorgprofiel)
    """
    assert not _count(data, missing)


def test_one_indication_at_a_time(data: duckdb.DuckDBPyConnection) -> None:
    overlapping = """
        SELECT 1 FROM (
            SELECT *, lead(ingangsdatum) OVER (PARTITION BY client ORDER BY ingangsdatum) AS next FROM indicaties
        ) WHERE next <= coalesce(einddatum, DATE '9999-12-31')
    """
    assert not _count(data, overlapping)


def test_indications_end_when_they_are_no_longer_valid(data: duckdb.DuckDBPyConnection) -> None:
    longest = dict(
        data.execute(
            "SELECT sector || ' ' || zorgprofiel, max(date_diff('month', ingangsdatum, einddatum + 1))"
            " FROM indicaties JOIN zorgzwaartepakketten USING (zorgzwaartepakket)"
            " WHERE sector IN ('lvg', 'sglvg') OR (sector = 'vv' AND zorgprofiel = 9) GROUP BY ALL"
        ).fetchall()
    )
    assert longest["vv 9"] <= 6
    assert longest["lvg 3"] == 36
    assert all(months <= 36 for months in longest.values())


def test_profiles_that_are_no_longer_given_have_only_old_clients(data: duckdb.DuckDBPyConnection) -> None:
    newest = data.execute(
        "SELECT max(ingangsdatum) < DATE '2015-01-01', count(*) > 20 FROM indicaties"
        " WHERE zorgzwaartepakket IN ('750', '751', '752', '800', '802')"
    ).fetchone()
    assert newest == (True, True)


def test_pgb_and_mpt_go_together_for_some(data: duckdb.DuckDBPyConnection) -> None:
    both = """
        SELECT 1 FROM client_months AS month JOIN pgb_toekenningen AS grants
            ON grants.client = month.client AND begindatum <= last_day(maand) AND grants.einddatum >= maand
        WHERE bekostiging = 'mpt'
    """
    assert _count(data, both) > 100


def test_a_vpt_without_treatment_gets_treatment_apart(data: duckdb.DuckDBPyConnection) -> None:
    apart = """
        SELECT 1 FROM client_months AS month JOIN kept USING (client, maand)
        WHERE month.bekostiging = 'vpt_excl' AND kept.soort = 'modulair' AND kept.begindatum >= maand
    """
    assert _count(data, apart) > 50


def test_inclusive_stay_uses_less_of_the_zvw(data: duckdb.DuckDBPyConnection) -> None:
    per_month = dict(
        data.execute(
            "SELECT bekostiging, (sum(bedrag) / count(DISTINCT (month.client, maand)))::DOUBLE"
            " FROM client_months AS month"
            " LEFT JOIN zvw_declaraties AS zvw ON zvw.client = month.client"
            " AND date_trunc('month', zvw.begindatum) = maand AND zvw.sector IN ('HAZ', 'FRM') GROUP BY ALL"
        ).fetchall()
    )
    assert per_month["zzp_incl"] < 0.2 * per_month["zzp_excl"]
