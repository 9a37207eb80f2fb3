"""What is kept, in a file and on a real PostgreSQL server: the same tests for both."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

from aanspraak.api import job_store
from aanspraak.api.job_store import HELD, Store, open_store
from aanspraak.database import connect
from aanspraak.errors import UserError
from aanspraak.server import sessions
from aanspraak.server.sessions import Sessions
from aanspraak.server.settings import Settings
from aanspraak.users import Role
from tests.api.test_jobs import ROWS, as_csv, done
from tests.server.postgres import postgres
from tests.server.process import serving
from tests.server.test_serve import started, wait_for


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """The URL of a database: "" for a file."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(url: str, tmp_path: Path) -> Iterator[Engine]:
    found = connect(tmp_path, url)
    yield found
    found.dispose()


@pytest.fixture
def store(database: Engine, tmp_path: Path) -> Store:
    found = open_store(database, tmp_path)
    with database.begin() as con:
        con.execute(job_store._JOBS.delete())
    return found


def put(store: Store, maker: str = "") -> str:
    job = job_store.new_id(store)
    job_store.add(store, job, maker, {})
    return job


def test_the_oldest_comes_first_and_once(store: Store) -> None:
    jobs = [put(store) for _ in range(3)]
    taken = [job_store.take(store) for _ in range(4)]
    assert [job.taak if job else None for job in taken] == [*jobs, None]
    assert job_store.counts(store) == {"bezig": 3}


def test_a_job_that_is_left_is_taken_again(store: Store) -> None:
    job = put(store)
    assert job_store.take(store)
    job_store.change(store, job, gehouden=datetime.now(UTC) - HELD + timedelta(seconds=5))
    assert job_store.take(store) is None
    job_store.change(store, job, gehouden=datetime.now(UTC) - HELD - timedelta(seconds=5))
    again = job_store.take(store)
    assert again
    assert again.taak == job


def test_a_job_is_its_makers(store: Store) -> None:
    job = put(store, "abc")
    assert job_store.get(store, job, "abc")
    assert job_store.get(store, job, "") is None


def test_many_who_reach_at_once_never_hold_the_same(store: Store, url: str, tmp_path: Path) -> None:
    """Each with a connection of its own, as processes have."""
    jobs = {put(store) for _ in range(30)}
    ready = threading.Barrier(4)

    def reach() -> list[str]:
        own = Store(connect(tmp_path, url), store.folder)
        ready.wait()
        held = []
        while job := job_store.take(own):
            held.append(job.taak)
        own.database.dispose()
        return held

    with ThreadPoolExecutor(4) as pool:
        held = [job for found in [pool.submit(reach) for _ in range(4)] for job in found.result()]
    assert sorted(held) == sorted(jobs)


def test_a_session(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Sessions(database)
    first, second = (kept.open("abc", Role.analist, "token") for _ in range(2))
    assert first != second
    user = kept.user(first)
    assert user
    assert (user.kenmerk, user.rol) == ("abc", Role.analist)
    assert user == Sessions(database).user(first)  # another process says the same
    assert user.formulier != getattr(kept.user(second), "formulier", "")
    with database.connect() as con:
        rows = str(con.execute(sessions._SESSIONS.select()).all())
    assert first not in rows
    assert kept.close(first) == "token"
    assert (kept.user(first), kept.close(first)) == (None, "")
    assert kept.user(second)
    monkeypatch.setattr(sessions, "SESSION", timedelta(seconds=-1))
    assert kept.user(kept.open("abc", Role.analist, "")) is None


def test_a_login_is_taken_once_and_not_too_late(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Sessions(database)
    login = kept.begin("/over")
    assert kept.take(login.state) == login
    assert kept.take(login.state) is None
    assert kept.take("geraden") is None
    monkeypatch.setattr(sessions, "LOGIN", timedelta(seconds=-1))
    assert kept.take(kept.begin("/over").state) is None


def test_a_user_is_known_by_the_same_letters_always(database: Engine, tmp_path: Path) -> None:
    here, again = Sessions(database), Sessions(database)
    assert here.pseudonym("https://a.example iemand") == again.pseudonym("https://a.example iemand")
    assert here.pseudonym("https://a.example iemand") != here.pseudonym("https://b.example iemand")
    elsewhere = connect(tmp_path / "elders")
    assert Sessions(elsewhere).pseudonym("https://a.example iemand") != here.pseudonym("https://a.example iemand")
    elsewhere.dispose()


def test_a_file_is_decided(store: Store, url: str, tmp_path: Path) -> None:
    assert job_store.counts(store) == {}
    with serving(tmp_path, Settings(database=url)) as address:
        with httpx.Client(base_url=f"{address}/v1") as client:
            assert done(client, as_csv(ROWS))["status"] == "klaar"
        assert httpx.get(f"{address}/gezond").json()["database"] == "goed"
        assert 'aanspraak_taken{status="klaar"} 1.0' in httpx.get(f"{address}/metingen").text


def test_two_processes_share_the_queue(postgres_url: str, tmp_path: Path) -> None:
    """What the one is sent the other knows too, and whichever does it, both say that it is done."""
    with (
        started(tmp_path, AANSPRAAK_DATABASE=postgres_url) as (_, one),
        started(tmp_path, AANSPRAAK_DATABASE=postgres_url) as (_, two),
    ):
        made = [
            httpx.post(
                f"{address}/v1/taken",
                params={"besluit": "aard_paramedische_zorg"},
                content=as_csv(ROWS),
                headers={"content-type": "text/csv"},
            ).headers["location"]
            for address in (one, two, one)
        ]
        for path in made:
            for address in (two, one):
                wait_for(lambda at=f"{address}{path}": httpx.get(at).json()["status"] == "klaar")  # type: ignore[misc]


def test_a_user_who_may_make_no_tables_is_told(postgres_url: str, tmp_path: Path) -> None:
    owner = connect(tmp_path, postgres_url)
    with owner.begin() as con:
        con.execute(text("CREATE ROLE gast LOGIN"))
    owner.dispose()
    guest = connect(tmp_path, postgres_url.replace("proef@/postgres", "gast@/template1"))
    with pytest.raises(UserError, match="gast mag geen tabellen maken"):
        Sessions(guest)
    guest.dispose()


def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    connect(tmp_path).dispose()
    assert stat.S_IMODE((tmp_path / "aanspraak.sqlite").stat().st_mode) == 0o600


def test_a_database_that_cannot_be_is_told_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    for url, words in {
        "geen adres": "is geen adres als postgresql://",
        "mysql://a:geheim@server/naam": "«mysql» kan niet",
        f"postgresql://a:geheim@/naam?host={tmp_path}": "geen verbinding met postgresql://a:***@/naam",
    }.items():
        with pytest.raises(UserError) as error:
            connect(tmp_path, url)
        assert words in str(error.value)
        assert "geheim" not in str(error.value)
