"""Columns of the library's tables that have rules of their own."""

from __future__ import annotations

from typing import Any

from library.models import DocumentFile, DocumentInstrument, LibraryDocument
from library.uploads import plain_name
from platform_site.records.packages.columns import Column, FieldColumn, OwnColumn
from platform_site.records.packages.reading import Cell, CellError
from platform_site.vocabulary.store import term_id, vocabulary

DEFAULT_LANGUAGE = "en"


def first_file(document: LibraryDocument) -> DocumentFile | None:
    """Return the file that stands in the table of documents itself."""
    rows = sorted(document.files.all(), key=lambda row: (row.sort_order, row.pk or 0))
    return rows[0] if rows else None


class FileNameColumn(Column):
    """The name of a file that lies beside the tables. With `first` it is the first file of the document of the row."""

    left_to_site = True

    def __init__(self, name: str, *, first: bool = False, required: bool = False) -> None:
        super().__init__(name, required=required)
        self.first = first

    def parse(self, cell: Cell) -> str:
        """Return the name. Raises CellError for what is no plain name of a file in the folder."""
        if cell.text and (cell.text != plain_name(cell.text) or cell.text.startswith(".")):
            raise CellError("Expected the plain name of a file in the folder: no folders, no odd characters.")
        return cell.text

    def apply(self, obj: Any, value: Any) -> None:
        """Say which file is wanted; the importer reads it when the row is whole."""
        if not self.first:
            obj.name = obj.pending = value
            return
        rows = sorted(obj.files.all(), key=lambda row: (row.sort_order, row.pk or 0))
        if not value:
            obj.files = rows[1:]
            return
        row = rows[0] if rows else DocumentFile(sort_order=0)
        row.name = row.pending = value
        obj.files = [row, *rows[1:]]

    def write(self, obj: Any) -> str:
        """Return the name."""
        row = first_file(obj) if self.first else obj
        return row.name if row else ""


class FingerprintColumn(Column):
    """What tells one file from another of the same name. Made while a package is read; stands in no file."""

    left_to_site = True

    def __init__(self, name: str, *, first: bool = False) -> None:
        super().__init__(name, extra=True)
        self.first = first

    def apply(self, obj: Any, value: Any) -> None:
        """Nothing: the importer compares."""

    def write(self, obj: Any) -> str:
        """Return the fingerprints of the file as it was given and as it is kept."""
        row = first_file(obj) if self.first else obj
        return f"{row.given_sha256} {row.stored.sha256}" if row is not None and row.stored_id else ""

    def same(self, given: str, current: str) -> bool:
        """Say whether the given file is the one that was given before, or the one that was kept."""
        return not given or given in current.split()


class YearColumn(Column):
    """The year of publication; a finer date of the same year on the site stays."""

    def parse(self, cell: Cell) -> str:
        """Return the year. Raises CellError for anything else."""
        if cell.text and not (cell.text.isascii() and cell.text.isdecimal() and len(cell.text) == 4):
            raise CellError("Expected a year, YYYY.")
        if cell.text == "0000":
            raise CellError("There was no such year.")
        return cell.text

    def apply(self, obj: Any, value: Any) -> None:
        """Set the date unless it lies in the year."""
        if obj.published_on[:4] != value:
            obj.published_on = value

    def write(self, obj: Any) -> str:
        """Return the year."""
        return str(obj.published_on[:4])


class ExtraPartColumn(FieldColumn):
    """The date of publication where it is finer than the year."""

    def __init__(self, name: str, field: Any) -> None:
        super().__init__(name, field, extra=True)

    def apply(self, obj: Any, value: Any) -> None:
        """Set the date; without one only the year of the other column stays."""
        obj.published_on = value or obj.published_on[:4]

    def write(self, obj: Any) -> str:
        """Return the date, "" for a bare year."""
        return obj.published_on if len(obj.published_on) > 4 else ""


class InstrumentsColumn(Column):
    """Legal instruments, each with its article after a blank: `coe_convention_trafficking art. 13`."""

    def __init__(self, name: str) -> None:
        super().__init__(name, extra=True)

    def parse(self, cell: Cell) -> list[tuple[str, str]]:
        """Return pairs of code and article. Raises CellError for an unknown instrument."""
        found = []
        for part in cell.parts():
            value, _blank, article = part.partition(" ")
            for code in cell.codes("legal_instruments", [value]):
                if len(article) > 120:
                    raise CellError("An article has 120 characters at most.")
                found.append((code, article.strip()))
        return found

    def apply(self, obj: Any, value: Any) -> None:
        """Set the instruments in this order; what is known of the subject of an article stays with it."""
        known = {(row.instrument_id, row.article): (row.subject, row.subject_language) for row in obj.instruments.all()}
        rows = []
        for number, (code, article) in enumerate(value):
            row = DocumentInstrument(
                instrument_id=term_id("legal_instruments", code), article=article, sort_order=number
            )
            row.subject, row.subject_language = known.get((row.instrument_id, article), ("", DEFAULT_LANGUAGE))
            rows.append(row)
        obj.instruments = rows

    def write(self, obj: Any) -> str:
        """Return the pairs."""
        rows = sorted(obj.instruments.all(), key=lambda row: (row.sort_order, row.pk or 0))
        return ";".join(f"{row.entry.code} {row.article}".strip() for row in rows if row.entry)


class SubjectsColumn(Column):
    """What the articles of `instruments` are about, one text for each in the same order: `;reflection period;fr:délai`.

    A text in another language than English has its code before it.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, extra=True)

    def parse(self, cell: Cell) -> list[tuple[str, str]]:
        """Return pairs of language and text, "" where nothing is said. Raises CellError for a text that is too long."""
        field: Any = DocumentInstrument._meta.get_field("subject")
        pairs = [_with_language(part.strip()) for part in cell.text.split(";")] if cell.text else []
        return [(language, cell.clean(field, words) if words else "") for language, words in pairs]

    def apply(self, obj: Any, value: Any) -> None:
        """Set the subjects of the instruments, which stand in a column before this one."""
        rows = _in_order(obj)
        for number, row in enumerate(rows):
            language, words = value[number] if number < len(value) else (DEFAULT_LANGUAGE, "")
            row.subject, row.subject_language = words, language
        obj.instruments = rows

    def write(self, obj: Any) -> str:
        """Return the texts, "" where no article has one."""
        rows = [row for row in _in_order(obj) if row.entry]
        return ";".join(_subject_cell(row) for row in rows) if any(row.subject for row in rows) else ""


def _in_order(document: Any) -> list[Any]:
    return sorted(document.instruments.all(), key=lambda row: (row.sort_order, row.pk or 0))


def _with_language(text: str) -> tuple[str, str]:
    code, colon, words = text.partition(":")
    return (code, words.strip()) if colon and code in vocabulary("languages") else (DEFAULT_LANGUAGE, text)


def _subject_cell(row: Any) -> str:
    bare = _with_language(row.subject) == (row.subject_language, row.subject)
    return row.subject if bare or not row.subject else f"{row.subject_language}:{row.subject}"


def _set_language(document: Any, value: str) -> None:
    row = first_file(document)
    if row is not None and value:
        row.language, row.language_given = value, True
        document.files = list(document.files.all())


def _language(document: Any) -> str:
    """Return the language of the first file where it is not the document's first."""
    row = first_file(document)
    languages = document.codes("languages")
    return row.language if row and row.language != (languages[0] if languages else "") else ""


def _language_code(cell: Cell) -> str:
    return cell.codes("languages", [cell.text])[0] if cell.text else ""


def _first_field(name: str) -> OwnColumn:
    def apply(document: Any, value: str) -> None:
        row = first_file(document)
        if row is not None:
            setattr(row, name, value)

    def write(document: Any) -> str:
        row = first_file(document)
        value: str = getattr(row, name) if row else ""
        return "" if name == "key" and row and value == row.language else value

    field: Any = DocumentFile._meta.get_field(name)
    return OwnColumn(
        f"file_{name}",
        parse=lambda cell: cell.clean(field, cell.text) if cell.text else "",
        apply=apply,
        write=write,
        extra=True,
    )


# The first file of a document stands in its own row.
FIRST_FILE: tuple[Column, ...] = (
    OwnColumn("file_language", parse=_language_code, apply=_set_language, write=_language, extra=True),
    _first_field("label"),
    _first_field("key"),
)
