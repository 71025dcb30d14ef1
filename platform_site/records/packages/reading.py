"""What importers share while a package is read: its files, its mappings, the names that rows may refer to."""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from platform_site.records.packages.files import Row
from platform_site.records.packages.mapping import Mappings, UnknownValueError
from platform_site.records.packages.package import Package
from platform_site.records.packages.problems import Place, Problems


@dataclass
class Reading:
    """One run over a package. `problems` stop it; `notes` are worth knowing and do not."""

    package: Package
    mappings: Mappings
    today: dt.date
    only: frozenset[str] = frozenset()
    publish_offices: bool = False
    overwrite: bool = False
    problems: Problems = field(default_factory=Problems)
    notes: Problems = field(default_factory=Problems)
    # Names that rows may refer to, by record type: those of the package and those of the site.
    names: dict[str, set[str]] = field(default_factory=dict)
    # What follows the type in the keys of these records, where that is not their name.
    public_ids: dict[str, set[str]] = field(default_factory=dict)
    # Keys (record type and public id) that rows name, with their place: what they name may come later in the package.
    named_keys: list[tuple[str, str, Place]] = field(default_factory=list)
    # What is written again at the end, because it names records that came later: importer and incoming record.
    waiting: list[tuple[Any, Any]] = field(default_factory=list)
    # What one importer leaves for a later one, by name.
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def imported_on(self) -> dt.date | None:
        """The day from which the freshness of what is imported counts; None for what was made on a site."""
        return None if self.package.made_here else self.package.imported_on or self.today

    def wants(self, part: str) -> bool:
        """Say whether the part (`services`: a file's name without ending) was asked for."""
        return not self.only or part in self.only

    def refer(self, record_type: str, name: str, place: Place) -> bool:
        """Say whether a record of this name is in the package or on the site; if not, add the problem."""
        return self._known(record_type, name, self.names.get(record_type, set()), place)

    def check_named_keys(self) -> None:
        """Add to the problems which of the named keys are neither in the package nor on the site."""
        for record_type, public_id, place in self.named_keys:
            known = self.public_ids.get(record_type, self.names.get(record_type, set()))
            self._known(record_type, public_id, known, place)

    def _known(self, record_type: str, name: str, known: set[str], place: Place) -> bool:
        if name in known:
            return True
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Is {near[0]!r} meant?" if near else ""
        self.problems.add(
            place, f"There is no {record_type} named {name!r}, neither in the package nor on the site.{hint}"
        )
        return False


class CellError(ValueError):
    """A value cannot be read; the message is a sentence."""


class Cell:
    """One value of a row while it is read: knows its place, its run, and keeps what was mapped."""

    def __init__(self, reading: Reading, row: Row, name: str) -> None:
        self.reading = reading
        self.row = row
        self.name = name
        self.value: Any = row.values.get(name, "")
        self.place = row.place.at(name)

    @property
    def text(self) -> str:
        """The value as text."""
        return str(self.value)

    def parts(self) -> list[str]:
        """Return the values of a cell that holds several, joined with `;`."""
        return [part for part in (part.strip() for part in self.text.split(";")) if part]

    def codes(self, list_name: str, values: list[str]) -> list[str]:
        """Return the codes that `values` stand for in a controlled list. Raises CellError for an unknown one."""
        found: list[str] = []
        for value in values:
            try:
                codes = self.reading.mappings.codes(self.place.file, self.name, value, list_name)
            except UnknownValueError as error:
                raise CellError(str(error)) from error
            if codes != [value]:
                self.row.mapped.setdefault(self.name, []).append((self.name, value, list_name, codes))
            found.extend(code for code in codes if code not in found)
        return found

    def clean(self, model_field: models.Field[Any, Any], value: Any) -> Any:
        """Return `value` as the model's field wants it. Raises CellError with the field's own sentences."""
        try:
            return model_field.clean(value, None)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from error
