"""Load on a web server, in a process of its own: `python load.py <port> <path> <bodies.json> <seconds> [rate]`.

Without a rate, as fast as answers come over 16 kept-alive connections. With one, so many requests a second whatever the
answers do (open loop): time counts from the moment at which a request was due. Says the number of answers a second, and
how long they took in milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
from itertools import cycle
from pathlib import Path
from time import perf_counter

CONNECTIONS = 16
_Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def main(port: int, path: str, bodies: list[str], seconds: float, rate: float | None) -> dict[str, float]:
    requests = cycle([_request(path, body) for body in bodies])
    free: asyncio.Queue[_Pair] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    took: list[float] = []
    begin = perf_counter()

    async def ask(due: float) -> None:
        pair = await free.get()
        await _answer(pair, next(requests))
        took.append(perf_counter() - due)
        free.put_nowait(pair)

    async def without_end() -> None:
        while perf_counter() < begin + seconds:
            await ask(perf_counter())

    async with asyncio.TaskGroup() as group:
        if rate is None:
            for _ in range(CONNECTIONS):
                group.create_task(without_end())
        else:
            for number in range(int(seconds * rate)):
                due = begin + number / rate
                await asyncio.sleep(max(0, due - perf_counter()))
                group.create_task(ask(due))
    took.sort()
    percentile = {f"p{p}": 1000 * took[len(took) * p // 100] for p in (50, 99)}
    return {"answers": len(took), "a_second": len(took) / (perf_counter() - begin), **percentile}


def _request(path: str, body: str) -> bytes:
    kind = f"Content-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n" if body else ""
    method = "POST" if body else "GET"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{kind}\r\n{body}".encode()


async def _answer(pair: _Pair, request: bytes) -> None:
    reader, writer = pair
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise SystemExit(f"no answer: {head.decode()}")
    await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))


if __name__ == "__main__":
    asked = json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    limit = float(sys.argv[5]) if len(sys.argv) > 5 else None
    found = asyncio.run(main(int(sys.argv[1]), sys.argv[2], asked, float(sys.argv[4]), limit))
    print(json.dumps(found))  # noqa: T201
