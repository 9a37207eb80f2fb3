"""What the server measures of itself, as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from aanspraak.api import job_store
from aanspraak.api.job_store import Store

PREFIX = "aanspraak"

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
"""Those that are counted by name: a visitor could make up others without end."""


class Metrics:
    """Counts and durations by place (the folder of an address), and the queue as it is when asked."""

    def __init__(self, store: Store) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            f"{PREFIX}_verzoeken", "Verzoeken", ("plaats", "methode", "status"), registry=self._registry
        )
        self._seconds = Histogram(f"{PREFIX}_duur_seconden", "Duur", ("plaats",), registry=self._registry)
        ProcessCollector(namespace=PREFIX, registry=self._registry)
        self._registry.register(_Queue(store))

    def count(self, place: str, method: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(place, method if method in _METHODS else "anders", status).inc()
        self._seconds.labels(place).observe(seconds)

    def text(self) -> bytes:
        """All of it."""
        return generate_latest(self._registry)


class _Queue(Collector):
    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterable[GaugeMetricFamily]:
        jobs = GaugeMetricFamily(f"{PREFIX}_taken", "Taken", labels=("status",))
        for status, count in job_store.counts(self._store).items():
            jobs.add_metric((status,), count)
        yield jobs
