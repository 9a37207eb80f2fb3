"""Logging in and out in a real browser, at a real provider; and what someone else could try."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.server.provider import Secured


@pytest.fixture
def browser(chromium: Any, guarded: Secured) -> Iterator[Callable[[], Any]]:
    """A browser of someone who has not been here; it asks nothing of the internet."""
    opened = []

    def open_one() -> Any:
        opened.append(chromium.new_context(base_url=guarded.address, locale="nl-NL", bypass_csp=False))
        opened[-1].route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())
        return opened[-1].new_page()

    yield open_one
    for context in opened:
        context.close()


def log_in(page: Any, name: str) -> None:
    """What the provider asks: a name, a password, and whether we may know."""
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", "maakt niet uit")
    page.click("button[type=submit]")
    page.click("button[type=submit]")


def secret(page: Any) -> dict[str, Any]:
    """The cookie of the session."""
    found: dict[str, Any] = next(c for c in page.context.cookies() if c["name"] == "aanspraak")
    return found


def test_in_and_out(browser: Callable[[], Any], guarded: Secured) -> None:
    page = browser()
    page.goto("/account?x=1")
    assert page.locator("main a", has_text="Inloggen").count() == 1
    page.goto("/metingen")
    assert page.url.startswith(f"{guarded.issuer}/interaction/")
    log_in(page, "beheerder")
    assert page.url == f"{guarded.address}/metingen"  # where the user was going
    cookie = secret(page)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert not [c for c in page.context.cookies(guarded.address) if c["name"] == "aanspraak-aanmelding"]
    page.goto("/")
    page.click("nav >> text=Account")
    assert "beheerder" in page.locator("dl").inner_text()
    kenmerk = page.locator("code").inner_text()
    assert re.fullmatch("[a-p]{32}", kenmerk)
    page.click("text=Uitloggen")
    page.wait_for_url(f"{guarded.issuer}/**")
    assert page.url.startswith(f"{guarded.issuer}/session/end")
    page.click("text=Sign out")
    assert page.url == f"{guarded.address}/"
    assert page.locator("nav >> text=Inloggen").count() == 1
    page.context.add_cookies([cookie])  # who kept the cookie is out as well
    page.goto("/metingen")
    assert page.url.startswith(f"{guarded.issuer}/interaction/")
    out, into = guarded.events()[-1], [e for e in guarded.events() if e["gebeurtenis"]["code"] == "aanmelding"][-1]
    assert into["gebruiker"] == {"id": kenmerk, "rol": "beheerder"}
    assert (into["gebeurtenis"]["actie"], into["gebeurtenis"]["resultaat"]) == ("E", "geslaagd")
    assert (out["gebeurtenis"]["code"], out["gebruiker"]["id"]) == ("toegang", None)
    assert (out["gebeurtenis"]["resultaat"], out["gebeurtenis"]["status"]) == ("geweigerd", 303)
    assert "afmelding" in {e["gebeurtenis"]["code"] for e in guarded.events() if e["gebruiker"]["id"] == kenmerk}


def test_the_pages_of_an_account_shut_nobody_out(
    browser: Callable[[], Any], guarded: Secured, axe: Callable[[Any], list[str]]
) -> None:
    page = browser()
    page.goto("/inloggen?naar=/logboek")
    log_in(page, "niemand")
    assert page.locator("h1").inner_text() == "Dit lukt niet"
    assert "Uw rol laat dit niet toe" in page.locator("main").inner_text()
    page.goto("/account")
    assert "Rol\ngeen" in page.locator("dl").inner_text()
    context = page.context.browser.new_context(base_url=guarded.address, bypass_csp=True)
    context.add_cookies([secret(page)])
    seen = context.new_page()
    for path in ("/account", "/logboek", "/inloggen/terug"):
        seen.goto(path)
        assert axe(seen) == []
    context.close()


def test_a_reader_sees_no_metrics_and_makes_a_job(browser: Callable[[], Any], guarded: Secured) -> None:
    page = browser()
    page.goto("/inloggen")
    log_in(page, "lezer")
    assert page.url == f"{guarded.address}/account"
    assert page.goto("/metingen").status == 403
    with httpx.Client(base_url=guarded.address, cookies={"aanspraak": secret(page)["value"]}) as client:
        made = client.post(
            "/v1/taken",
            params={"besluit": "aard_paramedische_zorg"},
            content=b"specifieke_kennis_nodig\nja\n",
            headers={"content-type": "text/csv"},
        )
        assert made.status_code == 202
        for site in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elders.example"}, {"origin": "null"}):
            assert client.delete(made.headers["location"], headers=site).status_code == 403
        for own in ({"sec-fetch-site": "same-origin"}, {"origin": guarded.address}):
            assert client.get(made.headers["location"], headers=own).status_code == 200
        assert client.post("/uitloggen", data={"formulier": "geraden"}).status_code == 400
        assert client.post("/uitloggen").status_code == 400
        assert client.get("/account").text.count("lezer") == 1  # still in
    with guarded.program("lezer") as same:  # the provider knows this program by the name of that user
        assert same.get(made.headers["location"]).status_code == 200


def test_a_form_brings_the_secret_of_its_session(browser: Callable[[], Any], guarded: Secured, tmp_path: Path) -> None:
    """The page for files does, so it works in a browser; a form without it, or with that of another session, is not
    ours."""
    file = tmp_path / "casussen.csv"
    file.write_text("specifieke_kennis_nodig\nja\n")
    page = browser()
    page.goto("/veel?besluit=aard_paramedische_zorg")
    log_in(page, "lezer")
    assert page.url == f"{guarded.address}/veel?besluit=aard_paramedische_zorg"
    mine = page.locator("input[name=formulier]").get_attribute("value")
    page.set_input_files("input[type=file]", file)
    page.locator("form[method=post] button[type=submit], form[method=post] button:not([type])").first.click()
    assert re.fullmatch(rf"{guarded.address}/veel/[0-9a-f]{{32}}", page.url)
    other = browser()
    other.goto("/inloggen")
    log_in(other, "lezer")
    with httpx.Client(base_url=guarded.address, cookies={"aanspraak": secret(other)["value"]}) as client:
        for form in ({}, {"formulier": mine}, {"formulier": ""}):
            data = {"besluit": "aard_paramedische_zorg", **form}
            said = client.post("/veel", data=data, files={"bestand": ("a.csv", file.read_bytes(), "text/csv")})
            assert (said.status_code, "formulier is verlopen" in said.text) == (400, True)
            assert client.post(f"{page.url}/verwijder", data=form).status_code == 400
        page.click("button >> text=Verwijder nu")
        page.wait_for_url(f"{guarded.address}/veel?verwijderd=ja")
        assert ("/veel", "D", "geslaagd") in [
            (e["object"]["klasse"], e["gebeurtenis"]["actie"], e["gebeurtenis"]["resultaat"]) for e in guarded.events()
        ]
        own = re.search('name="formulier" value="([0-9a-f]+)"', client.get("/veel").text)
        assert own
        data = {"besluit": "aard_paramedische_zorg", "formulier": own[1]}
        said = client.post("/veel", data=data, files={"bestand": ("a.csv", file.read_bytes(), "text/csv")})
        assert said.status_code == 303


@pytest.fixture
def begun(guarded: Secured) -> Iterator[tuple[httpx.Client, dict[str, str]]]:
    """A browser that went to log in, and what it says when it is sent back with a code that is no code."""
    with httpx.Client(base_url=guarded.address) as client:
        there = parse_qs(urlsplit(client.get("/inloggen").headers["location"]).query)
        yield client, {"state": there["state"][0], "code": "geen", "iss": guarded.issuer}


def test_what_goes_to_the_provider(guarded: Secured) -> None:
    sent = httpx.get(f"{guarded.address}/inloggen", params={"naar": "//elders.example"})
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid"]
    assert asked["redirect_uri"] == [f"{guarded.address}/inloggen/terug"]
    assert len({*asked["state"], *asked["nonce"], *asked["code_challenge"]}) == 3
    assert "HttpOnly" in sent.headers["set-cookie"]


def test_a_state_is_used_once(begun: tuple[httpx.Client, dict[str, str]]) -> None:
    client, said = begun
    first = client.get("/inloggen/terug", params=said)
    assert (first.status_code, "niet aangemeld" in first.text) == (403, True)  # the provider knows no such code
    again = client.get("/inloggen/terug", params=said)
    assert (again.status_code, "al gebruikt" in again.text) == (400, True)


def test_a_state_is_of_one_browser(begun: tuple[httpx.Client, dict[str, str]], guarded: Secured) -> None:
    """Someone who has another open a link with his own code and state logs nobody in."""
    assert httpx.get(f"{guarded.address}/inloggen/terug", params=begun[1]).status_code == 400
    made_up = begun[1] | {"state": "geraden"}
    for cookies in ({}, {"aanspraak-aanmelding": "geraden"}):
        with httpx.Client(base_url=guarded.address, cookies=cookies) as other:
            assert other.get("/inloggen/terug", params=made_up).status_code == 400
            assert other.get("/inloggen/terug").status_code == 400


def test_an_answer_of_another_provider_is_refused(begun: tuple[httpx.Client, dict[str, str]]) -> None:
    client, said = begun
    assert client.get("/inloggen/terug", params=said | {"iss": "https://elders.example"}).status_code == 403


def test_a_session_is_new_at_every_login(browser: Callable[[], Any], guarded: Secured) -> None:
    """A session that someone put in a browser before its owner logged in is not the one that is opened."""
    page = browser()
    page.context.add_cookies([{"name": "aanspraak", "value": "gekozen", "url": guarded.address}])
    page.goto("/inloggen")
    log_in(page, "lezer")
    first = secret(page)["value"]
    assert first != "gekozen"
    page.goto("/inloggen")  # the provider still knows the user
    assert page.url == f"{guarded.address}/account"
    assert secret(page)["value"] != first
    old = httpx.get(f"{guarded.address}/account", cookies={"aanspraak": first})
    assert "niet ingelogd" in old.text
    assert "niet ingelogd" in httpx.get(f"{guarded.address}/account", cookies={"aanspraak": "gekozen"}).text


def test_after_logging_in_nobody_is_sent_elsewhere(browser: Callable[[], Any], guarded: Secured) -> None:
    page = browser()
    page.goto("/inloggen")
    log_in(page, "lezer")
    for naar in ("https://elders.example", "//elders.example", "/\\elders.example", "/a\nb", "over"):
        page.goto("/over")
        page.goto(str(httpx.URL("/inloggen", params={"naar": naar})))
        assert page.url == f"{guarded.address}/account"
