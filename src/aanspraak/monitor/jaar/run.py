"""From the results of the monitors to one yearly report."""

from pathlib import Path

from aanspraak.claims.manifest import NAME, is_synthetic, sha256
from aanspraak.errors import UserError
from aanspraak.monitor.folder import Result, make_folder
from aanspraak.monitor.jaar.content import TEXT, Published, forms, protection, regions, trajectories
from aanspraak.monitor.publication.run import monitor_of, open_tables, published
from aanspraak.monitor.regio.compute import TABLES
from aanspraak.monitor.report import Report, Section

_PUBLISHED = {"leveringsvormen": forms, "trajecten": trajectories}


def run(sources: list[Path], target: Path, pdf: bool) -> None:
    """One report on the results of monitors in `sources`, one directory each, into the new directory `target`.

    What comes from claims is made safe to publish first. Raises `UserError`; then `target` is not made.
    """
    make_folder(target, "jaar", pdf, lambda _: _result(_by_monitor(sources)))


def _result(found: dict[str, Path]) -> Result:
    sections: list[Section] = []
    for monitor, tell in _PUBLISHED.items():
        if monitor in found:
            sections += tell(Published(*published(found[monitor])))
    from_claims = bool(sections)
    if "regio" in found:
        with open_tables(found["regio"], list(TABLES), "regio") as con:
            sections += regions(con)
    if from_claims:
        sections.append(protection())
    synthetic = any(is_synthetic(source) for source in found.values())
    facts = [("Over", TEXT["bronnen"][monitor]) for monitor in found]
    given = [{"monitor": name, "bestand": NAME, "sha256": sha256(one / NAME)} for name, one in found.items()]
    return Result(Report(TEXT["titel"], synthetic, facts, sections), {"invoer": given}, safe=True)


def _by_monitor(sources: list[Path]) -> dict[str, Path]:
    """The directories by the monitor that made them, in the order of the report."""
    known = tuple(TEXT["bronnen"])
    found: dict[str, Path] = {}
    for source in sources:
        monitor = monitor_of(source, known)
        if monitor in found:
            raise UserError(f"{found[monitor]} en {source} zijn allebei van de monitor {monitor}. Geef er één.")
        found[monitor] = source
    return {monitor: found[monitor] for monitor in known if monitor in found}
