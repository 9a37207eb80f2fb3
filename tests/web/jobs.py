"""Files of cases, sent as a visitor sends them."""

from __future__ import annotations

import re
import time
from datetime import date

import httpx

DAY = date(2026, 3, 2)
BSN = "123456782"
FORMS = ("mpt", "pgb", "logeren", "")
CASES = [
    {"wlz_indicatie": "ja", "leveringsvorm": FORMS[n % 4], "specifieke_kennis_nodig": "ja", "leeftijd": str(n)}
    for n in range(120)
]


def as_csv(cases: list[dict[str, str]]) -> bytes:
    return "\n".join([";".join(cases[0]), *(";".join(case.values()) for case in cases)]).encode()


def sent(site: httpx.Client, content: bytes, *decisions: str, **fields: str) -> str:
    """Send a file; the address of its job, when it is done."""
    data = {"besluit": list(decisions), "peildatum": DAY.isoformat(), **fields}
    said = site.post("/veel", data=data, files={"bestand": (f"{BSN}.csv", content)})
    assert said.status_code == 303, said.text
    address: str = said.headers["location"]
    assert re.fullmatch(r"/veel/[0-9a-f]{32}", address)  # nothing of the file
    until = time.monotonic() + 60
    while site.get(address).headers.get("refresh"):
        assert time.monotonic() < until
        time.sleep(0.1)
    return address
