"""Running an export: what is published, as a package that an import reads back."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from platform_site.records.packages import mapping, registry
from platform_site.records.packages.files import write_table, write_yaml
from platform_site.records.packages.importer import Parts, Writing
from platform_site.records.packages.package import FORMAT, MANIFEST, NEVER
from platform_site.records.packages.problems import PackageError, Place, Problem

# What a package can say once for all its records.
SHARED = ("source", "source_url", "imported_on")


@dataclass
class ExportReport:
    """The outcome of one export: rows by file, and what was left out."""

    files: dict[str, int] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the report for a person."""
        lines = [f"{file}: {number}" for file, number in self.files.items()]
        if self.notes:
            lines += ["", "Left out:", *(f"  {note}" for note in self.notes)]
        return lines


def export_package(folder: Path, *, progress: Callable[[str, int, int], None] | None = None) -> ExportReport:
    """Write what is published, whatever its audience, into `folder`, which must be empty or not there.

    The package holds what readers do not see: office contacts that are not shown, entries for members only. Raises
    PackageError if the folder cannot be used; then nothing is left behind.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PackageError([Problem(Place(str(folder)), "The folder must be empty or not there.")])
    if not folder.absolute().parent.is_dir():
        raise PackageError([Problem(Place(str(folder.absolute().parent)), "There is no such folder.")])
    try:
        with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".export-") as waiting:
            report = _write(Path(waiting), progress)
            folder.mkdir(mode=0o700, exist_ok=True)
            for path in Path(waiting).iterdir():
                shutil.move(path, folder / path.name)
    except OSError as error:
        raise PackageError(
            [Problem(Place(str(folder)), f"It cannot be written: {error.strerror or error}.")]
        ) from error
    return report


def _write(folder: Path, progress: Callable[[str, int, int], None] | None) -> ExportReport:
    writing, report = Writing(), ExportReport()
    rows: Parts = {}
    mappings: dict[tuple[str, ...], None] = {}
    # One transaction: everything as it was at one moment.
    with transaction.atomic():
        for importer in registry.importers():
            for number, record in enumerate(importer.exported(writing), start=1):
                for file, found in importer.exported_rows(record, writing).items():
                    rows.setdefault(file, []).extend(found)
                mappings.update(dict.fromkeys(importer.mapped(record)))
                if progress:
                    progress(importer.record_type, number, 0)
    _leave_out_absent(rows, writing)
    shared = _shared_values(rows)
    for importer in registry.importers():
        for file in importer.files:
            if rows.get(file):
                importer.write(folder, file, rows[file])
                report.files[file] = len(rows[file])
    if mappings:
        lines = [dict(zip(mapping.COLUMNS, line, strict=True)) for line in mappings]
        write_table(folder / mapping.FILE, mapping.COLUMNS, lines)
    if shared.get("imported_on", NEVER) != NEVER:
        shared["imported_on"] = dt.date.fromisoformat(shared["imported_on"])
    write_yaml(folder / MANIFEST, {"format": FORMAT, **shared})
    report.notes = writing.notes.found
    return report


def _leave_out_absent(rows: Parts, writing: Writing) -> None:
    """Take the keys of what is not exported out of the rows."""
    for importer in registry.importers():
        for file in importer.files:
            if file in rows:
                rows[file] = [importer.without_absent(file, row, writing) for row in rows[file]]


def _shared_values(rows: Parts) -> dict[str, Any]:
    """Move what all records share (the source, the day of the import) out of their rows, and return it."""
    shared: dict[str, Any] = {}
    own = {file: names for importer in registry.importers() for file, names in importer.own_columns.items()}
    for name in SHARED:
        holders = [row for file, found in rows.items() if name not in own.get(file, ()) for row in found if name in row]
        values = {row[name] for row in holders}
        if len(values) == 1:
            shared[name] = values.pop()
            for row in holders:
                row[name] = ""
        elif name == "source":
            # Said outright, because an empty one would stand for the folder's name.
            shared[name] = ""
    return shared
