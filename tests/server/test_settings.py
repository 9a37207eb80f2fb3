"""The environment of a server: what is right is taken, what is wrong is told, and no secret is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from aanspraak.errors import UserError
from aanspraak.server.app import create_app
from aanspraak.server.settings import read_settings
from aanspraak.users import Role

GOOD = {
    "AANSPRAAK_OIDC_ISSUER": "https://inloggen.voorbeeld.example/realms/zorg",
    "AANSPRAAK_OIDC_CLIENT_ID": "aanspraak",
    "AANSPRAAK_OIDC_CLIENT_SECRET": "heel geheim",
    "AANSPRAAK_OIDC_PUBLIC_URL": "https://aanspraak.voorbeeld.example",
}


def test_without_any_the_server_is_for_this_machine(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, None, {"PATH": "/bin", "AANSPRAAK_OIDC_ISSUER": ""})
    assert (settings.oidc, settings.log, settings.database) == (None, None, "")
    assert read_settings(tmp_path, tmp_path / "log", {}).log == tmp_path / "log"


def test_what_is_not_said_has_one_meaning(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, None, GOOD)
    assert settings.oidc
    assert settings.log == tmp_path / "logboek.jsonl"
    assert settings.oidc.audience == GOOD["AANSPRAAK_OIDC_PUBLIC_URL"]
    assert settings.oidc.claim == "roles"
    assert settings.oidc.roles == {"lezer": Role.lezer, "analist": Role.analist, "beheerder": Role.beheerder}
    assert "geheim" not in repr(settings)


def test_several_names_for_a_role(tmp_path: Path) -> None:
    oidc = read_settings(tmp_path, None, GOOD | {"AANSPRAAK_OIDC_ROLES": "a=b=lezer, c=lezer"}).oidc
    assert oidc
    assert oidc.roles == {"a=b": Role.lezer, "c": Role.lezer}


WRONG = {
    "ISSUER": ("", "AANSPRAAK_OIDC_ISSUER ontbreekt"),
    "CLIENT_ID": ("", "AANSPRAAK_OIDC_CLIENT_ID ontbreekt"),
    "PUBLIC_URL": ("http://aanspraak.voorbeeld.example", "met https:// begint"),
    "CLIENT_SECRET": ("", "AANSPRAAK_OIDC_SECRET_FILE (of AANSPRAAK_OIDC_CLIENT_SECRET) ontbreekt"),
    "ROLES": ("zorg-lezers", "schrijf waarde=rol, met rol lezer, analist, beheerder"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told(tmp_path: Path, name: str) -> None:
    value, words = WRONG[name]
    with pytest.raises(UserError) as error:
        read_settings(tmp_path, None, GOOD | {f"AANSPRAAK_OIDC_{name}": value})
    assert words in str(error.value)


@pytest.mark.parametrize(
    "url", ["https://a.example/pad", "https://a.example/", "aanspraak.example", "https://", "http://localhost.example"]
)
def test_a_public_address_is_a_name_and_nothing_else(tmp_path: Path, url: str) -> None:
    with pytest.raises(UserError, match="AANSPRAAK_OIDC_PUBLIC_URL"):
        read_settings(tmp_path, None, GOOD | {"AANSPRAAK_OIDC_PUBLIC_URL": url})


def test_a_secret_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "geheim"
    given = {name: value for name, value in GOOD.items() if not name.endswith("SECRET")}
    given["AANSPRAAK_OIDC_SECRET_FILE"] = str(file)
    with pytest.raises(UserError, match="is niet te lezen"):
        read_settings(tmp_path, None, given)
    file.write_text("\n")
    with pytest.raises(UserError, match="is leeg"):
        read_settings(tmp_path, None, given)
    file.write_text("uit een bestand\n")
    oidc = read_settings(tmp_path, None, given).oidc
    assert oidc
    assert oidc.secret == "uit een bestand"  # noqa: S105


def test_over_https_a_browser_holds_us_to_it(tmp_path: Path) -> None:
    """Cookies that no neighbour can set, and never http again; under no other name. The provider is not there."""
    settings = read_settings(tmp_path, None, GOOD | {"AANSPRAAK_OIDC_ISSUER": "https://127.0.0.1:1"})
    app = create_app(folder=tmp_path, settings=settings)
    with TestClient(app, base_url=GOOD["AANSPRAAK_OIDC_PUBLIC_URL"]) as client:
        assert client.get("/").headers["strict-transport-security"] == "max-age=31536000"
        assert client.get("/", headers={"host": "elders.example"}).status_code == 403
        said = client.get("/inloggen")
        assert (said.status_code, "niet te bereiken" in said.text) == (503, True)
        said = client.get("/v1/taken/0", headers={"authorization": "Bearer a.b.c"})
        assert (said.status_code, said.headers["content-type"]) == (503, "application/problem+json")
        response = Response()
        app.state.identity.set_cookie(response, app.state.identity.cookie, "geheim")
        assert response.headers["set-cookie"].startswith("__Host-aanspraak=geheim; HttpOnly; Max-Age=28800; Path=/;")
        assert response.headers["set-cookie"].endswith("; Secure")
