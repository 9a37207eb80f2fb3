"""`aanspraak serve`: the pages and the API, on this machine or for those who log in."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from aanspraak.cli.terminal import say
from aanspraak.engine.model import RuleBase, UserError
from aanspraak.monitor.results import find_results
from aanspraak.server.app import create_app
from aanspraak.server.patience import Patient
from aanspraak.server.settings import ISSUER, Settings, read_settings

DATA = Path(typer.get_app_dir("aanspraak"))
"""The folder that this system gives a program for what it keeps."""

CONNECTIONS = 500
"""Visitors at one time, with those who say nothing; a process may have 1024 files open."""

LAST = 30
"""Seconds that requests have left when the server is told to stop."""


def serve(
    ctx: typer.Context,
    poort: Annotated[int, typer.Option(metavar="NUMMER", min=0, max=65535, help="De poort; 0 kiest een vrije.")] = 8000,
    host: Annotated[str, typer.Option(metavar="ADRES", help="Het adres waarop wordt geluisterd.")] = "127.0.0.1",
    map_: Annotated[
        Path, typer.Option("--map", metavar="MAP", help="Waar bestanden staan die worden beslist; een dag lang.")
    ] = DATA,
    resultaten: Annotated[
        list[Path] | None,
        typer.Option(metavar="MAP", help="Een resultaat van een monitor, of een map met resultaten. Mag vaker."),
    ] = None,
    logboek: Annotated[
        Path | None,
        typer.Option(metavar="BESTAND", help="Het logboek; met inloggen is er altijd een, in --map."),
    ] = None,
) -> None:
    """Start de pagina's en de API op deze computer. Stoppen: Ctrl-C."""
    settings = read_settings(log=logboek, folder=map_)
    results = find_results(resultaten or [])
    with _listening(host, poort, settings) as listening:
        app = create_app(ctx.find_object(RuleBase), map_, settings, results)
        say(f"Open {settings.oidc.public_url if settings.oidc else _url(listening)} in een browser. Stoppen: Ctrl-C.")
        # No access log: the address of a page can hold the answers of a case.
        config = uvicorn.Config(
            app, http=Patient, log_level="warning", access_log=False, server_header=False, lifespan="on",
            limit_concurrency=CONNECTIONS, timeout_graceful_shutdown=LAST,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int, settings: Settings) -> socket.socket:
    """A socket that listens. Raises UserError for an address beyond this machine and for a port that is taken."""
    if settings.oidc is None and not _is_loopback(host):
        raise UserError(
            f"--host {host}: van buiten deze computer is inloggen nodig. Zet {ISSUER} en wat daarbij hoort "
            "(docs/beheer.md), of laat --host weg; de pagina's zijn dan op http://127.0.0.1 te openen."
        )
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UserError(f"--poort {port}: is niet te gebruiken ({error.strerror}); kies een andere.") from None


def _url(listening: socket.socket) -> str:
    address, port, *_ = listening.getsockname()
    return f"http://{f'[{address}]' if ':' in address else address}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
