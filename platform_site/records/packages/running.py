"""Running an import: read everything, then change the site in one transaction, or not at all."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from platform_site.records.gate import PublishRefused
from platform_site.records.packages import mapping, registry
from platform_site.records.packages.comparing import compare
from platform_site.records.packages.importer import Importer, Incoming
from platform_site.records.packages.package import Package, open_package
from platform_site.records.packages.problems import MOST_PROBLEMS, PackageError, Place, Problem
from platform_site.records.packages.reading import Reading
from platform_site.records.packages.report import FileCounts, ImportReport
from platform_site.records.packages.withdrawing import note, withdraw_all
from platform_site.vocabulary import versions

Progress = Callable[[str, int, int], None]


def import_package(
    folder: Path,
    *,
    dry_run: bool = False,
    only: Iterable[str] = (),
    mappings: Path | None = None,
    publish_offices: bool = False,
    overwrite: bool = False,
    source: str = "",
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the package in `folder`, all or nothing, and return what was done.

    `only` names parts (`services`), `mappings` a file instead of the package's own, `publish_offices` shows printed
    office contacts to everybody, `overwrite` replaces what was changed on the site since the last import, `source` says
    where the content is from, instead of `package.yaml`. A second run changes nothing. If anything is wrong, nothing is
    changed, and the report's `problems` say what.
    """
    started = time.monotonic()
    report = ImportReport(dry_run=dry_run)
    try:
        reading = _open(folder, frozenset(only), mappings, today or dt.date.today())  # noqa: DTZ011  the operator's day
        reading.publish_offices, reading.overwrite = publish_offices, overwrite
        if source:
            reading.package = replace(reading.package, source=source)
        report.without_place = _without_place(reading.package)
        plan = [(importer, importer.read(reading)) for importer in registry.importers()]
        if not reading.problems:
            _apply(plan, reading, report, progress)
    except PackageError as error:
        report.problems = error.problems
    else:
        report.problems = reading.problems.found
        report.notes = reading.notes.found
        if reading.problems.left_out:
            place = Place(folder.name)
            report.problems.append(
                Problem(place, f"There are {reading.problems.left_out} more; {MOST_PROBLEMS} are named.")
            )
    if report.problems:
        # What was counted before something was refused did not come about.
        report.files = {}
    for problem in report.problems:
        report.count(problem.place.file).refused += 1
    report.done = not report.problems and not dry_run
    report.seconds = time.monotonic() - started
    return report


def _open(folder: Path, only: frozenset[str], mappings: Path | None, today: dt.date) -> Reading:
    """Return the run over an opened package. Raises PackageError for what is missing or unknown as a whole."""
    package = open_package(folder)
    parts = registry.parts()
    problems = [
        Problem(Place("--only"), f"There is no part {part!r}; there are {', '.join(parts)}.")
        for part in sorted(only - set(parts))
    ]
    problems += [
        Problem(Place(parts[p]), "The package has no such file.")
        for p in sorted(only & set(parts))
        if not _present(package, parts[p])
    ]
    if not only and not any(_present(package, file) for file in parts.values()):
        problems.append(
            Problem(Place(package.folder.name), f"The folder has no file of the format ({', '.join(parts.values())}).")
        )
    if problems:
        raise PackageError(problems)
    reading = Reading(package, mapping.Mappings(), today, only)
    if mappings is not None:
        reading.mappings = mapping.load_mappings(mappings, mappings.name, reading.problems)
    elif package.has(mapping.FILE):
        reading.mappings = mapping.load_mappings(package.path(mapping.FILE), mapping.FILE, reading.problems)
    return reading


def _present(package: Package, file: str) -> bool:
    return package.path(file).exists()


def _without_place(package: Package) -> dict[str, str]:
    """Return what lies in the package and is not imported, with the reason."""
    files = registry.parts().values()
    # Of a folder the part itself says what it does not take.
    taken = set(files) | {f"{file.split('/')[0]}/" for file in files if "/" in file} | registry.ABOUT
    return {
        name: registry.WITHOUT_PLACE.get(name, "No part of the format.")
        for name in package.names()
        if name not in taken
    }


def _apply(
    plan: list[tuple[Importer, list[Incoming]]], reading: Reading, report: ImportReport, progress: Progress | None
) -> None:
    """Write the plan in one transaction that is undone for a trial run and when something is refused."""
    try:
        with transaction.atomic():
            for importer, records in plan:
                if reading.problems:
                    # What comes later refers to what was refused.
                    break
                for file in importer.files:
                    if any(file in incoming.parts for incoming in records):
                        report.count(file)
                for number, incoming in enumerate(records, start=1):
                    _apply_record(importer, incoming, reading, report)
                    if progress:
                        progress(importer.record_type, number, len(records))
            if not reading.problems:
                withdraw_all(reading)
            if report.dry_run or reading.problems:
                transaction.set_rollback(True)
    finally:
        # Tokens of data versions that were read inside may be undone by now.
        versions.forget()


def _apply_record(importer: Importer, incoming: Incoming, reading: Reading, report: ImportReport) -> None:
    record = importer.find(incoming.key)
    if record is None:
        counts = {file: FileCounts(created=len(rows)) for file, rows in incoming.parts.items()}
    else:
        counts = compare(importer, incoming, importer.rows_of(record))
        if not any(count.created or count.changed or count.removed for count in counts.values()):
            _count(report, counts)
            return
        reason = importer.changed_since(record)
        if reason and not reading.overwrite:
            report.kept.append(Problem(incoming.place, f"{incoming.key!r} is kept. {reason}"))
            _count(report, {file: _as_kept(count) for file, count in counts.items()})
            return
    before = len(reading.problems)
    built = importer.build(incoming, record, reading)
    if len(reading.problems) > before:
        return
    try:
        stored = importer.store(built)
        importer.mark_imported(stored)
        note(reading, stored, place=incoming.place, **importer.withdrawal(incoming))
    except PublishRefused as error:
        for sentence in error.reasons:
            reading.problems.add(incoming.place, sentence)
        return
    _count(report, counts)


def _as_kept(counts: FileCounts) -> FileCounts:
    return FileCounts(same=counts.same, kept=counts.created + counts.changed + counts.removed)


def _count(report: ImportReport, counts: dict[str, FileCounts]) -> None:
    for file, found in counts.items():
        total = report.count(file)
        for name, value in vars(found).items():
            setattr(total, name, getattr(total, name) + value)
