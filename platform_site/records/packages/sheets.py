"""Tables of a package bound to models: rows to objects and back, with what was printed kept beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from modelcluster.fields import ParentalKey

from platform_site.records.packages.columns import Column, names_of
from platform_site.records.packages.files import Row, read_table
from platform_site.records.packages.problems import PackageError
from platform_site.records.packages.reading import Cell, CellError, Reading

PRINTED = "printed"


@dataclass(frozen=True)
class Sheet:
    """One table: its file, its columns in the order in which they are written, and the columns that a row must have.

    `owner` is the column that names the record that a child row belongs to; the table of the records has none.
    """

    file: str
    columns: tuple[Column, ...]
    owner: str = ""
    # Columns that are read and turned into others before anything else, by the importer.
    read_only: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        """The name of the table on the command line: the file's name without ending."""
        return self.file.rsplit(".", 1)[0]

    @property
    def known(self) -> tuple[str, ...]:
        """All columns that a file may have."""
        return ((self.owner,) if self.owner else ()) + names_of(self.columns) + self.read_only

    def read(self, reading: Reading) -> list[Row]:
        """Return the rows of the file with their values as text; none if the package has no such file.

        Problems of the file are added to the run.
        """
        if not (reading.wants(self.part) and reading.package.has(self.file)):
            return []
        required = ((self.owner,) if self.owner else ()) + tuple(c.name for c in self.columns if c.required)
        try:
            return read_table(
                reading.package.path(self.file),
                self.file,
                known=self.known,
                required=required,
                problems=reading.problems,
            )
        except PackageError as error:
            for problem in error.problems:
                reading.problems.add(problem.place, problem.reason)
            return []

    def parse(self, row: Row, reading: Reading) -> None:
        """Read the values of `row` into `row.typed`; what cannot be read is added to the run's problems."""
        for column in self.columns:
            if column.name not in row.values:
                continue
            cell = Cell(reading, row, column.name)
            try:
                row.typed[column.name] = column.read(cell)
            except CellError as error:
                reading.problems.add(cell.place, error)

    def apply(self, obj: Any, row: Row, *, fresh: bool) -> None:
        """Put what was read into `obj`, and keep beside it what was printed where the record says it in another way.

        As long as the record still says what the import made of a printed value, an export gives the printed one.
        """
        for column in self.columns:
            if column.name in row.typed:
                column.apply(obj, row.typed[column.name])
        if not hasattr(obj, "originals"):
            return
        printed = dict(obj.originals.get(PRINTED, {}))
        for column in self.columns:
            if column.left_to_site:
                continue
            if column.name in row.values or column.name in row.typed or fresh:
                given, says = row.values.get(column.name, ""), column.write(obj)
                printed.pop(column.name, None)
                if given != says:
                    printed[column.name] = {"printed": given, "as": says}
                    if column.name in row.mapped:
                        printed[column.name]["mapped"] = [list(mapped) for mapped in row.mapped[column.name]]
        obj.originals = {**obj.originals, PRINTED: printed}
        if not printed:
            del obj.originals[PRINTED]

    def check(self, part: Any, row: Row, reading: Reading) -> None:
        """Add to the run's problems what the model of a child row finds wrong, at the row's place."""
        parents = [field.name for field in part._meta.fields if isinstance(field, ParentalKey)]
        columns = {column.field_name: column.name for column in self.columns if column.field_name}
        try:
            part.full_clean(exclude=parents, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                place = row.place.at(columns[field]) if field in columns else row.place
                for message in messages:
                    reading.problems.add(place, message)

    def write(self, obj: Any) -> dict[str, str]:
        """Return the row of `obj`, with all columns: as printed where that still holds."""
        cells = {}
        printed = getattr(obj, "originals", {}).get(PRINTED, {})
        for column in self.columns:
            says = column.write(obj)
            kept = printed.get(column.name)
            cells[column.name] = kept["printed"] if kept and kept["as"] == says else says
        return cells

    def mapped(self, obj: Any) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield the rows of a mappings file that reading the row of `obj` again needs."""
        for column in self.columns:
            kept = getattr(obj, "originals", {}).get(PRINTED, {}).get(column.name)
            if kept and kept["as"] == column.write(obj):
                for name, value, list_name, codes in kept.get("mapped", ()):
                    for code in codes:
                        yield self.file, name, value, list_name, code

    def plain(self, obj: Any) -> dict[str, str]:
        """Return the row of `obj` as the record says it, whatever was printed."""
        return {column.name: column.write(obj) for column in self.columns}

    def same(self, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Say whether a record whose row is `current` needs no change for the `given` row."""
        return all(
            column.same(given[column.name], current[column.name]) for column in self.columns if column.name in given
        )
