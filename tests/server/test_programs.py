"""Programs with an access token: what each role may, and which tokens will not do."""

from __future__ import annotations

import base64
import hmac
import json
import time
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from tests.server.provider import Secured

CASE = "/v1/besluiten/aard_paramedische_zorg/antwoorden"
JOB: dict[str, Any] = {"params": {"besluit": "aard_paramedische_zorg"}, "headers": {"content-type": "text/csv"}}
FILE = b"specifieke_kennis_nodig\nja\n"


def test_without_a_token_the_law_is_open_and_data_is_not(guarded: Secured) -> None:
    with httpx.Client(base_url=guarded.address) as nobody:
        assert nobody.post(CASE, json={}).status_code == 200
        for path in ("/", "/regels", "/v1/besluiten", "/v1/openapi.json", "/gezond", "/gezond/leeft"):
            assert nobody.get(path).status_code == 200, path
        for path in ("/v1/taken/0", "/veel", "/monitor", "/metingen", "/logboek"):
            said = nobody.get(path)
            assert (said.status_code, said.headers["www-authenticate"]) == (401, "Bearer"), path
            assert "Authorization: Bearer" in said.json()["detail"]
        assert nobody.post("/v1/taken", content=FILE, **JOB).status_code == 401
        assert nobody.get("/bestaat/niet").status_code == 404


@pytest.mark.parametrize(
    ("role", "job", "metrics"),
    [("niemand", 403, 403), ("lezer", 202, 403), ("analist", 202, 403), ("beheerder", 202, 200)],
)
def test_each_role_may_what_it_may(guarded: Secured, role: str, job: int, metrics: int) -> None:
    with guarded.program(role) as program:
        assert program.post("/v1/taken", content=FILE, **JOB).status_code == job
        assert program.get("/metingen").status_code == metrics
        assert program.get("/logboek").status_code == metrics


def test_a_job_is_its_makers(guarded: Secured) -> None:
    with guarded.program("lezer") as maker, guarded.program("beheerder") as other:
        path = maker.post("/v1/taken", content=FILE, **JOB).headers["location"]
        assert maker.get(path).status_code == 200
        assert other.get(path).status_code == 404
        assert other.delete(path).status_code == 404
        assert other.get(f"{path}/uitkomst").status_code == 404
        assert maker.delete(path).status_code == 204


def unsigned(guarded: Secured) -> str:
    """A token that says it needs no signature."""
    return f"{encoded({'alg': 'none', 'kid': 'een'})}.{guarded.signed().split('.')[1]}."


def confused(guarded: Secured) -> str:
    """Signed with what everyone has, the public key, as if it were a shared secret."""
    text = f"{encoded({'alg': 'HS256', 'kid': 'een'})}.{guarded.signed().split('.')[1]}"
    signature = hmac.digest(guarded.key.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def encoded(header: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()


FALSE = {
    "none": unsigned,
    "publieke sleutel als geheim": confused,
    "andere sleutel": lambda g: g.signed(key=RSAKey.generate_key(2048, {"kid": "een"})),
    "onbekende sleutel": lambda g: g.signed({"kid": "twee"}, RSAKey.generate_key(2048, {"kid": "twee"})),
    "andere uitgever": lambda g: g.signed(iss="https://elders.example"),
    "geen uitgever": lambda g: g.signed(iss=None),
    "voor een ander": lambda g: g.signed(aud="urn:elders"),
    "voor een ander, van de uitgever": lambda g: g.token("beheerder", "urn:elders"),
    "voor ons als client": lambda g: g.signed(aud="aanspraak"),
    "voor niemand": lambda g: g.signed(aud=None),
    "verlopen": lambda g: g.signed(exp=int(time.time()) - 60),
    "zonder einde": lambda g: g.signed(exp=None),
    "nog niet": lambda g: g.signed(nbf=int(time.time()) + 600),
    "van niemand": lambda g: g.signed(sub=None),
    "onzin": lambda _: "a.b.c",
}


@pytest.mark.parametrize("make", FALSE.values(), ids=FALSE)
def test_a_false_token_is_refused_everywhere(guarded: Secured, make: object) -> None:
    assert callable(make)
    headers = {"authorization": f"Bearer {make(guarded)}"}
    for path in ("/metingen", "/v1/besluiten"):
        said = httpx.get(f"{guarded.address}{path}", headers=headers)
        assert said.status_code == 401
        assert said.headers["www-authenticate"] == "Bearer"


def test_a_token_made_by_hand_is_good_when_it_is_right(guarded: Secured) -> None:
    for right in (guarded.signed(), guarded.signed(aud=["urn:elders", "urn:aanspraak"], roles="zorg-beheerder")):
        assert httpx.get(f"{guarded.address}/metingen", headers={"authorization": f"bearer {right}"}).is_success
    basic = httpx.get(f"{guarded.address}/metingen", auth=("beheerder", "geheim"))
    assert basic.status_code == 401
