"""Running an import: read everything, then change the site in one transaction, or not at all."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import transaction

from platform_site.records.gate import PublishRefused
from platform_site.records.packages import mapping, registry
from platform_site.records.packages.comparing import Difference, compare
from platform_site.records.packages.importer import Importer, Incoming
from platform_site.records.packages.package import Package, open_package
from platform_site.records.packages.problems import MOST_PROBLEMS, PackageError, Place, Problem
from platform_site.records.packages.reading import Reading
from platform_site.records.packages.report import FileCounts, ImportReport
from platform_site.records.packages.withdrawing import note, withdraw_all
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary_names

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
        reading.check_named_keys()
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
        report.files, report.changed = {}, []
    for problem in report.problems:
        report.count(problem.place.file).refused += 1
    report.done = not report.problems and not dry_run
    report.seconds = time.monotonic() - started
    return report


def _open(folder: Path, only: frozenset[str], mappings: Path | None, today: dt.date) -> Reading:
    """Return the run over an opened package. Raises PackageError for what is missing or unknown as a whole."""
    if not vocabulary_names():
        # Said first and alone: without the lists every single value would be unknown.
        sentence = "The controlled lists of this site are empty, so no value can be read. Run load_vocabularies first."
        raise PackageError([Problem(Place(folder.name), sentence)])
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
    conflicts: list[Problem] = []
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
                    conflict = _apply_record(importer, incoming, reading, report)
                    if conflict:
                        conflicts.append(Problem(incoming.place, conflict))
                    if progress:
                        progress(importer.record_type, number, len(records))
            # Known by now is everything that the package would replace, in all its files.
            for problem in conflicts:
                reading.problems.add(problem.place, problem.reason)
            if not reading.problems:
                _write_again(reading)
            if not reading.problems:
                withdraw_all(reading)
            if report.dry_run or reading.problems:
                transaction.set_rollback(True)
    finally:
        # Tokens of data versions that were read inside may be undone by now.
        versions.forget()


def _apply_record(importer: Importer, incoming: Incoming, reading: Reading, report: ImportReport) -> str:
    """Write one record. Returns, as a sentence, why it must not replace what the site has; else the empty text."""
    record = importer.find(incoming.key)
    differences: dict[str, Difference] = {}
    elsewhere = None
    if record is None:
        counts = {file: FileCounts(created=len(rows)) for file, rows in incoming.parts.items()}
    else:
        differences = compare(importer, incoming, importer.rows_of(record))
        counts = {file: difference.counts for file, difference in differences.items()}
        if not any(differences.values()):
            _count(report, counts)
            return ""
        elsewhere = importer.met_elsewhere(incoming, record, reading)
        reason = importer.changed_since(record)
        # What was made on the site and states no source is the site's own: it is kept.
        if elsewhere is not None and not reading.overwrite and (elsewhere.source or not reason):
            return _conflict(elsewhere, reading)
        if reason and not reading.overwrite:
            report.kept.append(Problem(incoming.place, f"{incoming.key!r} is kept. {reason}"))
            _count(report, {file: _as_kept(count) for file, count in counts.items()})
            return ""
    was_from = f" It was from {elsewhere.source!r}." if elsewhere is not None else ""
    before = len(reading.problems)
    built = importer.build(incoming, record, reading)
    if len(reading.problems) > before:
        return ""
    try:
        stored = importer.store(built)
        importer.mark_imported(stored)
        if importer.lacking(built, incoming):
            reading.waiting.append((importer, incoming))
        note(reading, stored, place=incoming.place, **importer.withdrawal(incoming))
    except PublishRefused as error:
        for sentence in error.reasons:
            reading.problems.add(incoming.place, sentence)
        return ""
    _count(report, counts)
    for file, difference in differences.items():
        if difference:
            place = _place(incoming, file)
            report.changed.append(Problem(place, f"{incoming.key!r}: {difference}.{was_from}"))
    return ""


def _write_again(reading: Reading) -> None:
    """Write the records again that name others which came later: programmes name charts, documents name programmes."""
    for importer, incoming in reading.waiting:
        built = importer.build(incoming, importer.find(incoming.key), reading)
        for place, key in importer.lacking(built, incoming):
            reading.problems.add(place, f"{key!r} did not come to the site under this key.")
        try:
            importer.mark_imported(importer.store(built))
        except PublishRefused as error:
            for sentence in error.reasons:
                reading.problems.add(incoming.place, sentence)


def _conflict(elsewhere: Any, reading: Reading) -> str:
    """Return why a package must not replace a record of the site that is from another source."""
    source = f"the source {elsewhere.source!r}" if elsewhere.source else "a source that it does not state"
    return (
        f"The site has {str(elsewhere)!r} here, from {source}; the package is from {reading.package.source!r}. "
        "Give the package's record another key, or replace the one of the site with --overwrite; "
        "if both are from one source, give it with --source."
    )


def _place(incoming: Incoming, file: str) -> Place:
    """Return where the package first speaks of a record in `file`."""
    rows = incoming.parts[file]
    if incoming.place.file.startswith(file):
        return incoming.place
    return rows[0].place if rows else Place(file)


def _as_kept(counts: FileCounts) -> FileCounts:
    return FileCounts(same=counts.same, kept=counts.created + counts.changed + counts.removed)


def _count(report: ImportReport, counts: dict[str, FileCounts]) -> None:
    for file, found in counts.items():
        total = report.count(file)
        for name, value in vars(found).items():
            setattr(total, name, getattr(total, name) + value)
