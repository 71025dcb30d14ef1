"""What an app gives, so that its records travel in packages: reading, building, storing, writing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from platform_site.records.packages.files import Row
from platform_site.records.packages.problems import Place, Problems
from platform_site.records.packages.provenance import is_foreign
from platform_site.records.packages.reading import Reading
from platform_site.records.services import publish_record

CHANGED_HERE = "It was changed on this site since it was imported, or made here."
# Kept in `originals`: the revision that an import made. Another latest revision means that somebody worked on it since.
IMPORTED_REVISION = "imported_revision"
Parts = dict[str, list[dict[str, Any]]]


@dataclass
class Incoming:
    """One record as a package gives it: its name, where it is named first, and its rows by file.

    A file that is not among the `parts` was not given (or not asked for), and what the record has of it stays.
    """

    key: str
    place: Place
    parts: dict[str, list[Row]] = field(default_factory=dict)
    # It only adds to what the site has, wherever that is from: an organisation that becomes a member of a network.
    only_adds: bool = False


@dataclass
class Writing:
    """One run of an export. `absent` are the names, by record type, that nothing in the package may refer to;
    `absent_keys` the keys of these records, and of others that turned out to have no place in it.
    """

    notes: Problems = field(default_factory=Problems)
    absent: dict[str, set[str]] = field(default_factory=dict)
    absent_keys: set[str] = field(default_factory=set)


class Importer(ABC):
    """One kind of content: reads it out of a package, writes it into one."""

    record_type: ClassVar[str]
    # Lower ones first: what others refer to is there before them.
    order: ClassVar[int]
    # Words for the rows of a file, for `--only` and for the report: file (or folder) to the name on the command line.
    files: ClassVar[Mapping[str, str]]
    # By file: columns that are named like what a package says once for all its records, and mean something else.
    own_columns: ClassVar[Mapping[str, frozenset[str]]] = {}

    @abstractmethod
    def read(self, reading: Reading) -> list[Incoming]:
        """Return what the package gives, typed; what is wrong is added to the run's problems."""

    @abstractmethod
    def find(self, key: str) -> Any | None:
        """Return the record of this name on the site, whatever its state, or None."""

    @abstractmethod
    def rows_of(self, record: Any) -> Parts:
        """Return the record as rows by file: what an export writes."""

    @abstractmethod
    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Say whether the row `current` of a record needs no change for the `given` one."""

    def row_key(self, file: str, row: Mapping[str, Any]) -> Any:
        """Return what tells the rows of one record in `file` apart; rows with the same key are told apart by order."""
        return ""

    @abstractmethod
    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return `record` (or a new one) with the content of `incoming`, not saved."""

    def lacking(self, record: Any, incoming: Incoming) -> list[tuple[Place, str]]:
        """Return the keys that the rows name and `record`, built of them, does not: what they name is not there yet."""
        return []

    def store(self, record: Any) -> Any:
        """Publish a record that was built and return it as saved. Raises PublishRefused."""
        return publish_record(record=record)

    def withdrawal(self, incoming: Incoming) -> dict[str, str]:
        """Return `reason` (empty: it is live), its `language` and `successor`, where a record is given as withdrawn."""
        for rows in incoming.parts.values():
            for row in rows:
                if row.values.get("withdrawn"):
                    return {
                        "reason": row.values["withdrawn"],
                        "language": row.values.get("withdrawn_language") or "",
                        "successor": row.values.get("successor") or "",
                    }
        return {"reason": "", "language": "", "successor": ""}

    def mark_imported(self, record: Any) -> None:
        """Note that the content of `record` is what the import made."""
        originals = {**record.originals, IMPORTED_REVISION: record.latest_revision_id}
        type(record).objects.filter(pk=record.pk).update(originals=originals)

    def changed_since(self, record: Any) -> str:
        """Return, as a sentence, why an import must not change `record` on its own; the empty text if it may.

        Somebody worked on it since the last import (a draft counts), or took it off the site.
        """
        if not record.live:
            return (
                "It is not published on this site." if record.withdrawn_on is None else "It was withdrawn on this site."
            )
        return "" if is_as_imported(record) else CHANGED_HERE

    def met_elsewhere(self, incoming: Incoming, record: Any, reading: Reading) -> Any | None:
        """Return what the site has under this key from another source than the package's, or None."""
        if incoming.only_adds:
            return None
        main = next(iter(self.files))
        values = incoming.parts[main][0].values if incoming.parts.get(main) else {}
        return record if is_foreign(record, values, reading) else None

    @abstractmethod
    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return the records that an export holds, in their order; what is left out is noted."""

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Return the record as rows by file, without references to what the export leaves out."""
        return self.rows_of(record)

    def without_absent(self, file: str, row: dict[str, Any], writing: Writing) -> dict[str, Any]:
        """Return a row of `file` without keys of what is not exported: that is known when all records were read."""
        return row

    def mapped(self, record: Any) -> Iterable[tuple[str, str, str, str, str]]:
        """Return the rows of a mappings file that importing the exported record again needs."""
        return ()

    @abstractmethod
    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write `rows` (at least one) into `file` of the package in `folder`."""


def is_as_imported(record: Any) -> bool:
    """Say whether the newest content of `record` is what an import made."""
    return IMPORTED_REVISION in record.originals and record.originals[IMPORTED_REVISION] == record.latest_revision_id
