"""The peers behind a web server, one process each: `python -m peers.web zen|openfisca <port>`, in benchmarks/.

zen-engine has none of its own: Starlette and uvicorn, what `aanspraak serve` stands on, with one address. OpenFisca has
its own (Flask), which `openfisca serve` runs in gunicorn, as here; with one worker.
"""

from __future__ import annotations

import sys
from typing import Any

from aanspraak.engine.reader import read_rules
from cases import DAY, Step, largest, steps

CALCULATE = "/calculate"


def served() -> list[Step]:
    """The decision that all serve, with what it rests on."""
    return steps(largest(read_rules()), DAY)


def zen(port: int) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from peers import zen_engine

    evaluate = zen_engine.evaluator(served())

    async def calculate(request: Request) -> JSONResponse:
        return JSONResponse(evaluate(await request.json()))

    app = Starlette(routes=[Route(CALCULATE, calculate, methods=["POST"])])
    uvicorn.run(app, port=port, log_level="warning", access_log=False)


def openfisca(port: int) -> None:
    from gunicorn.app.base import BaseApplication
    from openfisca_core.parameters import ParameterNode
    from openfisca_web_api.app import create_app

    from peers.openfisca import system

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", f"127.0.0.1:{port}")
            self.cfg.set("worker_class", "gthread")  # the other kind closes the connection after every answer
            self.cfg.set("loglevel", "error")

        def load(self) -> Any:
            made = system(read_rules(), served())
            made.parameters = ParameterNode(data={"een": {"values": {"2015-01-01": 1}}})  # it wants one
            return create_app(made)

    Application().run()


if __name__ == "__main__":
    {"zen": zen, "openfisca": openfisca}[sys.argv[1]](int(sys.argv[2]))
