"""The importer of a kind of record that stands in one JSON file: a list of objects, each with the record's number."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.db.models import Q

from platform_site.records.packages.files import Row, read_json, write_json
from platform_site.records.packages.importer import Importer, Incoming, Parts, Writing
from platform_site.records.packages.objects import ObjectReader, keep_printed, kept_mappings, with_printed
from platform_site.records.packages.package import NEVER
from platform_site.records.packages.problems import PackageError, Place
from platform_site.records.packages.provenance import state_source
from platform_site.records.packages.reading import Reading
from platform_site.texts.models import original_text
from platform_site.vocabulary.store import term_id

# An empty value leaves these to the site; what was given is not kept beside them.
LEFT_TO_SITE = ("source", "source_url", "imported_on", "withdrawn", "withdrawn_language", "successor")


class NumberedReader(ObjectReader):
    """Reads one object of the file into `row.typed`; what is wrong is added to the run's problems."""

    model: ClassVar[Any]

    @abstractmethod
    def read(self) -> None:
        """Read every key that is given."""

    def read_record(self, plain: Sequence[str]) -> None:
        """Read what every record has: its number, the fields `plain`, the country, withdrawal and import."""
        values, typed = self.values, self.typed
        typed[self.model.number_field] = values[self.model.number_field]
        for key in plain:
            if key in values:
                typed[key] = self.field(self.model, key, self.text(values, key))
        for key, field in (
            ("withdrawn", "withdrawn_reason"),
            ("withdrawn_language", "withdrawn_language"),
            ("successor", "successor"),
        ):
            self.field(self.model, field, self.text(values, key), key)
        if "imported_on" in values:
            day = self.text(values, "imported_on")
            typed["imported_on"] = NEVER if day == NEVER else self.field(self.model, "imported_on", day)
        if values.get("country"):
            typed["country"] = self.code("country", "countries", self.text(values, "country"))

    def read_language(self) -> None:
        """Read the language of the original."""
        self.typed["language"] = self.language("language", self.values.get("language") or "en")
        self.typed["language_given"] = "language" in self.values

    def translations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Yield the code, the path and the values of each further language."""
        translations = self.values["translations"] or {}
        if not isinstance(translations, dict):
            self.problem("translations", "Expected an object from language to texts.")
            return
        for language, values in translations.items():
            path = f"translations.{language}"
            code = self.language(path, language)
            if code == self.typed["language"]:
                self.problem(path, "The original is in this language.")
            if not isinstance(values, dict):
                self.problem(path, "Expected an object with texts.")
                continue
            yield code, f"{path}.", values


class NumberedImporter(Importer):
    """Records with a number in a list of objects. Subclasses state what follows; the rest is here."""

    model: ClassVar[Any]
    reader: ClassVar[type[NumberedReader]]
    # The keys of the format that every object has; the others are written only where they say something.
    keys: ClassVar[tuple[str, ...]]
    # One and several of them in the report.
    noun: ClassVar[str]
    nouns: ClassVar[str]

    @property
    def file(self) -> str:
        """The name of the file."""
        return next(iter(self.files))

    def place(self, number: object) -> Place:
        """Return where the report says that the record of this number stands."""
        return Place(self.file, f"{self.noun} {number}")

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Return the records of the file, in its order."""
        numbers = self.model.objects.values_list(self.model.number_field, flat=True)
        on_site = {str(number) for number in numbers}
        reading.names[self.record_type] = set(on_site)
        if not (reading.wants(self.files[self.file]) and reading.package.has(self.file)):
            return []
        found = self._numbered(reading)
        reading.names[self.record_type] |= set(found)
        for number, incoming in found.items():
            (row,) = incoming.parts[self.file]
            if number not in on_site and reading.package.language != "en":
                row.values.setdefault("language", reading.package.language)
            self.reader(reading, row).read()
        return list(found.values())

    def _numbered(self, reading: Reading) -> dict[str, Incoming]:
        """Return the objects of the file by number; those without a number of their own are problems of the run."""
        try:
            given = read_json(reading.package.path(self.file), self.file)
        except PackageError as error:
            for problem in error.problems:
                reading.problems.add(problem.place, problem.reason)
            return {}
        if not isinstance(given, list):
            reading.problems.add(Place(self.file), f"Expected a list of {self.nouns}.")
            return {}
        name = self.model.number_field
        found: dict[str, Incoming] = {}
        for position, values in enumerate(given, start=1):
            number = values.get(name) if isinstance(values, dict) else None
            if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 1_000_000:
                place = Place(self.file, f"entry {position}")
                reading.problems.add(place, f"Expected an object with a {name} between 1 and 999999.")
            elif str(number) in found:
                reading.problems.add(self.place(number), "The number stands twice in the file.")
            else:
                place = self.place(number)
                found[str(number)] = Incoming(str(number), place, {self.file: [Row(place, values)]})
        return found

    # --- the site -----------------------------------------------------------------------------------------------
    @abstractmethod
    def records(self) -> Any:
        """Return the query of all records, with what an object of the file holds."""

    @abstractmethod
    def as_object(self, record: Any) -> dict[str, Any]:
        """Return what `record` says, by the keys of the format."""

    def find(self, key: str) -> Any | None:
        """Return the record of this number."""
        return self.records().filter(**{self.model.number_field: int(key)}).first()

    def rows_of(self, record: Any) -> Parts:
        """Return the record as an object, as given where that still holds."""
        return {self.file: [with_printed(record, self.as_object(record))]}

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare the keys that are given."""
        return all(value == current.get(key) or (key in LEFT_TO_SITE and not value) for key, value in given.items())

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> Any:
        """Return the record with the values of the object; what no key speaks of stays."""
        fresh = record is None
        if record is None:
            record = self.model()
        (row,) = incoming.parts[self.file]
        state_source(record, row.values, reading, fresh=fresh)
        record.imported_on = reading.imported_on
        if self.refused(row, reading):
            return record
        apply_record(record, row.typed)
        self.apply(record, row.typed, fresh=fresh)
        keep_printed(record, row, self.as_object(record), leave=LEFT_TO_SITE, fresh=fresh)
        return record

    def refused(self, row: Row, reading: Reading) -> bool:
        """Say whether the object cannot be taken as long as another one is not; that is a problem of the run."""
        return False

    @abstractmethod
    def apply(self, record: Any, typed: Mapping[str, Any], *, fresh: bool) -> None:
        """Give `record` what its reader has read and `apply_record` did not give it."""

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterable[Any]:
        """Return what is or was published, by number; drafts are noted."""
        name = self.model.number_field
        travels = Q(live=True) | Q(withdrawn_on__isnull=False)
        absent = self.model.objects.exclude(travels).order_by(name).values_list(name, flat=True)
        writing.absent[self.record_type] = {str(number) for number in absent}
        writing.absent_keys.update(f"{self.record_type}:{number}" for number in absent)
        for number in absent:
            writing.notes.add(self.place(number), "It is not published and is left out.")
        found: Iterable[Any] = self.records().filter(travels).order_by(name).iterator(chunk_size=200)
        return found

    def mapped(self, record: Any) -> Iterable[tuple[str, str, str, str, str]]:
        """Return the mappings of what was given in own words."""
        return kept_mappings(record, self.file, self.as_object(record))

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write the list; extra keys only where a record has them."""
        kept = [{k: v for k, v in row.items() if k in self.keys or v not in ("", None)} for row in rows]
        write_json(folder / file, kept)


def apply_record(record: Any, typed: Mapping[str, Any]) -> None:
    """Give `record` what `NumberedReader.read_record` has read of every kind of record."""
    setattr(record, record.number_field, typed[record.number_field])
    for key in ("source", "source_url", "imported_on"):
        if typed.get(key):
            setattr(record, key, None if typed[key] == NEVER else typed[key])
    if "audience" in typed:
        record.audience = typed["audience"] or "public"
    if typed.get("country"):
        record.country_id = term_id("countries", typed["country"])


def apply_texts(
    record: Any, typed: Mapping[str, Any], translations: Mapping[str, Mapping[str, str]] | None
) -> list[Any]:
    """Give `record` its prose: of the original, and of further languages where `translations` are given.

    Return its rows, that of the original first.
    """
    rows = list(record.texts.all())
    text_class = record.texts.model
    original = original_text(rows)
    if original is None:
        original = text_class(is_original=True)
        rows.insert(0, original)
    if typed["language_given"] or original.pk is None:
        original.language = typed["language"]
    _set(original, typed["prose"])
    if translations is not None:
        existing = {row.language: row for row in rows if row is not original}
        rows = [original]
        for language, prose in translations.items():
            row = existing.get(language) or text_class(language=language)
            _set(row, prose)
            rows.append(row)
    record.texts = rows
    return [original, *(row for row in rows if row is not original)]


def _set(row: Any, prose: Mapping[str, str]) -> None:
    for name, text in prose.items():
        setattr(row, name, text)
