"""Serving: `aanspraak serve` beside the same decision behind other web servers, and its pages.

    uv run --project benchmarks benchmarks/bediening.py [seconds]

Each server is one process on its own address on this machine, asked by load.py in another: so two cores are used.
Writes its part of docs/snelheid.md.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

import httpx

from aanspraak.engine.model import PEILDATUM, RuleBase
from aanspraak.engine.reader import read_rules
from cases import DAY, largest, random_cases, steps
from measure import Section, machine, show, write_into
from peers import openfisca
from peers.web import CALCULATE

HERE = Path(__file__).parent
_PAGE = HERE.parent / "docs" / "snelheid.md"
_CASES, _RATE, _STARTS = 500, 200, 3
_REFORM = "alle-behandeling-wlz"
_Facts = dict[str, Any]

_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Modules are compiled on the first start and kept, as where a program is installed."""


@dataclass(frozen=True, slots=True)
class Server:
    """How to start a server on a port, what to send it for a case, and where in its answer the rule is."""

    name: str
    command: Callable[[int, str], list[str]]
    path: str
    body: Callable[[_Facts], _Facts]
    rule: Callable[[_Facts], str]


def servers(base: RuleBase) -> list[Server]:
    table = largest(base)
    name, served = table.decision.id, steps(table, DAY)
    program = Path(sys.executable).with_name("aanspraak")

    def situation(facts: _Facts) -> _Facts:
        known = openfisca.inputs(base, served, facts) | {f"{name}_regel": None}
        return {"clienten": {"een": {key: {openfisca.PERIOD: value} for key, value in known.items()}}}

    def peer(which: str) -> Callable[[int, str], list[str]]:
        return lambda port, _: [sys.executable, "-m", "peers.web", which, str(port)]

    return [
        Server(
            "Aanspraak, full explanation",
            lambda port, folder: [str(program), "serve", "--poort", str(port), "--map", folder],
            f"/v1/besluiten/{name}/antwoorden",
            lambda facts: {"gegeven": facts, PEILDATUM: DAY.isoformat()},
            lambda said: said["regels"][0]["id"],
        ),
        Server("zen-engine, with trace", peer("zen"), CALCULATE, dict, lambda said: said["result"][f"{name}_regel"]),
        Server(
            "OpenFisca, without trace", peer("openfisca"), CALCULATE, situation,
            lambda said: said["clienten"]["een"][f"{name}_regel"][openfisca.PERIOD],
        ),
    ]  # fmt: skip


def serving_section(base: RuleBase, seconds: float) -> Section:
    """Answers a second, how long they take at a fixed rate, and how soon the first is there."""
    drawn = random_cases(largest(base), _CASES, seed=7, day=DAY).to_pylist()
    cases = [{k: v for k, v in case.items() if k != PEILDATUM} for case in drawn]
    rows, expected, ours = [], None, 0.0
    for server in servers(base):
        bodies = [json.dumps(server.body(case)) for case in cases]
        starts = [_first_answer(server, bodies[0]) for _ in range(_STARTS)]
        with _running(server) as (port, process), _client(port) as client:
            rules = [server.rule(_answer(client, server.path, body)) for body in bodies]
            if rules != (expected := expected or rules):
                raise SystemExit(f"{server.name}: its answers differ")
            before = _cpu(process)
            full = _load(port, server.path, bodies, seconds)
            cpu = (_cpu(process) - before) / full["answers"]
            steady = _load(port, server.path, bodies, seconds, _RATE)
        ours = ours or full["a_second"]
        keeps_up = steady["a_second"] > 0.95 * _RATE
        late = [f"{steady[p]:,.1f}" if keeps_up else "falls behind" for p in ("p50", "p99")]
        much = (f"{full['a_second']:,.0f}", f"{ours / full['a_second']:.1f}×", f"{1000 * cpu:.2f}")
        rows.append((server.name, *much, *late, f"{min(starts):.2f}"))
    return Section(
        "Serving",
        f"`{largest(base).decision.id}` over HTTP on this machine: {_CASES} random cases as JSON, the rule id of each "
        f"equal. One process a server, {seconds:.0f} seconds over 16 kept-alive connections from another process. At "
        f"{_RATE} requests a second, time counts from when a request was due. Start: from nothing to the first answer, "
        f"best of {_STARTS}.",
        (
            "what",
            "answers a second",
            "ours against it",
            "CPU ms an answer",
            f"p50 at {_RATE} a second, ms",
            "p99, ms",
            "start, s",
        ),
        tuple(rows),
    )


def pages_section(base: RuleBase) -> Section:
    """How large the pages are and how long the server takes for them, as a browser would see."""
    names, day = list(base.besluiten), DAY.isoformat()
    kinds = {
        "lists, sources, about": ["/", "/?zoek=mondzorg", "/regels", "/hervormingen", "/bronnen", "/over"],
        "a decision with all its rules": [f"/regels/{name}" for name in names],
        "what a reform changes": [f"/regels/{name}/verschil?hervorming={_REFORM}" for name in names],
        "the first question": [f"/vraag/{name}?{PEILDATUM}={day}" for name in names],
        "an answer, nothing known": [f"/antwoord/{name}?{PEILDATUM}={day}" for name in names],
    }
    rows = []
    with _running(servers(base)[0]) as (port, _), _client(port) as client:
        style = sum(_page(client, f"/static/{name}.css")[0] for name in ("stijl", "nl"))
        for kind, paths in kinds.items():
            first, again = ([_page(client, path) for path in paths] for _ in range(2))
            size = max(size for size, _ in first) + style
            times = max(t for _, t in first), median(t for _, t in again), max(t for _, t in again)
            rows.append((kind, f"{len(paths)}", f"{size / 1000:.0f}", *(f"{1000 * t:.0f}" for t in times)))
    return Section(
        "Pages",
        f"Every page of a kind, asked twice one after another of a server that has just started. Size: as sent, with "
        f"the style sheets ({style / 1000:.0f} kB, which a browser keeps).",
        ("pages", "number", "largest, kB", "slowest first time, ms", "median after, ms", "slowest after, ms"),
        tuple(rows),
    )


def _page(client: httpx.Client, path: str) -> tuple[int, float]:
    begin = perf_counter()
    response = client.get(path, follow_redirects=True).raise_for_status()
    return response.num_bytes_downloaded, perf_counter() - begin


def _answer(client: httpx.Client, path: str, body: str) -> Any:
    response = client.post(path, content=body, headers={"Content-Type": "application/json"})
    if response.is_error:
        raise SystemExit(f"{path}: {response.text}")
    return response.json()


def _first_answer(server: Server, body: str) -> float:
    """Seconds from the start of the process to its first answer."""
    begin = perf_counter()
    with _running(server) as (port, _), _client(port) as client:
        _answer(client, server.path, body)
        return perf_counter() - begin


@contextmanager
def _running(server: Server) -> Iterator[tuple[int, int]]:
    """The port on which the server listens, as soon as it does, and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(  # noqa: S603
            server.command(port, folder), cwd=HERE, stdout=subprocess.DEVNULL, env=_ENVIRONMENT
        ) as process,
    ):
        try:
            while not _listens(port):
                if process.poll() is not None:
                    raise SystemExit(f"{server.name} does not start")
                sleep(0.005)
            yield port, process.pid
        finally:
            process.terminate()


def _client(port: int) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)


def _cpu(process: int) -> float:
    """CPU seconds of a process and those that it started."""
    task = Path(f"/proc/{process}")
    ticks = task.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    children = task.joinpath("task", str(process), "children").read_text(encoding="utf-8").split()
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") + sum(_cpu(int(child)) for child in children)


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _load(port: int, path: str, bodies: list[str], *numbers: float) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "bodies.json")
        file.write_text(json.dumps(bodies), encoding="utf-8")
        command = [sys.executable, str(HERE / "load.py"), str(port), path, str(file), *map(str, numbers)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return dict(json.loads(said))


def main(words: list[str]) -> None:
    """Run, show, write."""
    base = read_rules()
    sections = [serving_section(base, float(words[0]) if words else 10), pages_section(base)]
    print(machine())  # noqa: T201
    show(sections)
    write_into(_PAGE, sections, "bediening")


if __name__ == "__main__":
    main(sys.argv[1:])
