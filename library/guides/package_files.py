"""A guide in a package: `guides/<name>/guide.yaml`, beside it one Markdown file per chapter (`docs/import.md`).

The file without a language in its name holds the original, `guide.fr.yaml` and `02-reasons.fr.md` translations.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from library.models import ChapterPage, GuidePage, LibraryDocument
from platform_site.blocks.markdown import from_markdown
from platform_site.pages.packages.reading import PageReader, markdown_row
from platform_site.pages.packages.writing import FILE_KEYS, head_of, with_days_as_text
from platform_site.records.addresses import plain_slug
from platform_site.records.packages.files import (
    Row,
    read_text,
    read_yaml,
    write_front_matter,
    write_text,
    write_yaml,
)
from platform_site.records.packages.problems import PackageError, Place
from platform_site.records.packages.reading import Reading

FOLDER = "guides/"
GUIDE_KEYS = (
    "title", "subtitle", "author", "author_organisation", "year", "language", "licence", "source", "source_lines",
    "chapters", "summary", "text", "changes", "slug", "checked_on", "record_source", "source_url", "imported_on",
)  # fmt: skip
CHAPTER_KEYS = (
    "title", "number", "order", "language", "slug", "intro", "checked_on", "source", "source_url", "imported_on",
    "source_lines",
)  # fmt: skip
# In a guide's file `source` is where it was printed. In its row that has another name, as everywhere `source` is what
# the site says.
ROW_NAMES = {"source": "printed_in", "record_source": "source"}
FILE_NAMES = {"printed_in": "source", "source": "record_source"}
NAME = re.compile(r"\A(?:\d+[-_])?(.*?)(?:\.([a-z]{2}))?\.(?:md|yaml)\Z")
YEAR = re.compile(r"\A[0-9]{4}\Z")
GUIDE_FILE = re.compile(r"\Aguide(?:\.[a-z]{2})?\.yaml\Z")


def is_guide(row: Mapping[str, Any]) -> bool:
    """Say whether a row is a guide's and not a chapter's."""
    return bool(row["file"].endswith(".yaml"))


def chapter_slug(row: Mapping[str, Any]) -> str:
    """Return the slug of a chapter: as given, else from the name of its file without number and language."""
    match = NAME.match(row["file"].rpartition("/")[2])
    return row.get("slug") or plain_slug(match[1] if match else row["file"])


def is_translation(file: str) -> bool:
    """Say whether a file holds a translation: it has a language in its name."""
    match = NAME.match(file.rpartition("/")[2])
    return bool(match and match[2])


class GuidePartReader(PageReader):
    """What guides and chapters have in common: documents come with the package and are there when it is read."""

    late_blocks = frozenset({"documents"})

    @abstractmethod
    def settle(self) -> None:
        """Find what the row refers to, when the rest of the package is on the site."""

    def settle_body(self, source: str) -> None:
        """Read the blocks of a text again; a document that does not exist is a problem of the row."""
        parts = from_markdown(source)
        named = [slug for name, value in parts if name == "documents" for slug in value["documents"]]
        known = set(LibraryDocument.objects.filter(slug__in=named).values_list("slug", flat=True))
        for slug in named:
            if slug not in known:
                self.problem("body", f"The library has no document {slug!r}.")
        self.typed["body"] = self.model._meta.get_field("body").to_python(parts)


class GuideReader(GuidePartReader):
    """Reads `guide.yaml`."""

    model = GuidePage

    def read(self) -> None:
        """Read every value that is given."""
        self.only({FILE_NAMES.get(key, key): value for key, value in self.values.items()}, (*GUIDE_KEYS, *FILE_KEYS))
        self.require("title")
        self.read_fields("title", "subtitle", "author_organisation", "licence", "checked_on", "source", "source_url")
        self.read_imported_on()
        typed = self.typed
        for key, name in (("author", "authors"), ("summary", "intro")):
            if key in self.values:
                typed[name] = self.field(GuidePage, name, self.text(self.values, key), key)
        if "year" in self.values:
            year = str(self.values["year"] or "")
            if year and not YEAR.match(year):
                self.problem("year", "Expected a year, YYYY.")
            typed["year"] = year[:4]
        for key in ("slug", "source_lines", "printed_in"):
            typed[key] = self.text(self.values, key)
        typed["changes"] = self._changes()
        self.read_language()
        if "text" in self.values:
            body = from_markdown(self.text(self.values, "text"))
            typed["body"] = GuidePage._meta.get_field("body").to_python(body)
            self.check_blocks(typed["body"], "text")

    def _changes(self) -> list[tuple[Any, str]]:
        found = []
        for number, change in enumerate(self.items(self.values, "changes"), 1):
            path = f"changes.{number}"
            if not isinstance(change, Mapping):
                self.problem(path, "Expected a date and a text.")
                continue
            self.only(change, ("date", "text"), f"{path}.")
            model = GuidePage._meta.get_field("changes").related_model
            day = self.field(model, "date", self.text(change, "date", f"{path}."), f"{path}.date")
            found.append((day, self.field(model, "text", self.text(change, "text", f"{path}."), f"{path}.text")))
        return found

    def settle(self) -> None:
        """Find the documents of the library that the guide refers to."""
        self.typed["source_document"] = self._document(self.typed["printed_in"])
        if "text" in self.values:
            self.settle_body(self.text(self.values, "text"))

    def _document(self, printed_in: str) -> LibraryDocument | None:
        """Return the document of the library that `source` names by its file or by its key, if the site has it."""
        kind, _, slug = printed_in.partition(":")
        if kind == "document":
            found = LibraryDocument.objects.filter(slug=slug).first()
            if found is None:
                self.problem("source", f"The library has no document {slug!r}.")
            return found
        if not printed_in.startswith("library/"):
            return None
        name = printed_in.removeprefix("library/")
        return LibraryDocument.objects.filter(files__name=name).order_by("pk").first()


class ChapterReader(GuidePartReader):
    """Reads the file of a chapter."""

    model = ChapterPage

    def settle(self) -> None:
        """Find the documents of the library that the chapter refers to."""
        self.settle_body(self.values["body"])

    def read(self) -> None:
        """Read every value that is given."""
        self.only(self.values, (*CHAPTER_KEYS, "body", *FILE_KEYS))
        self.require("title")
        self.read_fields("title", "number", "intro", "checked_on", "source", "source_url")
        self.read_imported_on()
        self.typed["source_lines"] = self.text(self.values, "source_lines")
        self.typed["slug"] = chapter_slug({**self.values, "slug": self.text(self.values, "slug")})
        order = self.values.get("order", 0)
        if not isinstance(order, int) or isinstance(order, bool):
            self.problem("order", "Expected a whole number.")
            order = 0
        self.typed["order"] = order
        self.read_language()
        self.read_body()


def read_guide(folder: Path, reading: Reading) -> list[Row]:
    """Return the rows of one guide, those of its `guide.yaml` first; what is wrong is added to the run's problems."""
    rows: list[Row] = []
    base = f"{FOLDER}{folder.name}/"
    # In the order of their names, the guide's own files first.
    for name, path in sorted(reading.package.entries(base), key=lambda entry: not GUIDE_FILE.match(entry[1].name)):
        row: Row | None
        if path.is_file() and GUIDE_FILE.match(path.name):
            row = _yaml_row(path, name, reading)
            reader: type[GuidePartReader] = GuideReader
        elif path.is_file() and path.suffix == ".md":
            row = markdown_row(path, name, reading)
            reader = ChapterReader
        else:
            reading.notes.add(Place(name), "No part of a guide; it is not imported.")
            continue
        if row is not None:
            row.values["file"] = f"{folder.name}/{path.name}"
            reader(reading, row).read()
            rows.append(row)
    _check(rows, base, reading)
    guides = sorted((row for row in rows if is_guide(row.values)), key=row_place)
    return [*guides, *(row for _slug, found in chapter_groups(rows) for row in found)]


def row_place(row: Row) -> tuple[bool, str]:
    """Return by what the rows of one text are sorted: the original first, then by language."""
    return is_translation(row.values["file"]), row.typed["language"]


def settle(row: Row, reading: Reading) -> None:
    """Find what a row refers to among what the package has brought; what is missing is added to the run's problems."""
    reader = GuideReader if is_guide(row.values) else ChapterReader
    reader(reading, row).settle()


def _yaml_row(path: Path, name: str, reading: Reading) -> Row | None:
    try:
        text = read_text(path, name)
        values = with_days_as_text(read_yaml(text, name))
    except PackageError as error:
        for problem in error.problems:
            reading.problems.add(problem.place, problem.reason)
        return None
    if reading.package.language != "en":
        values.setdefault("language", reading.package.language)
    return Row(Place(name), {**{ROW_NAMES.get(key, key): value for key, value in values.items()}, "head": text})


def _check(rows: list[Row], base: str, reading: Reading) -> None:
    """Add what is wrong with the files of a guide together."""
    guides = [row for row in rows if is_guide(row.values)]
    originals = [row for row in rows if not is_translation(row.values["file"])]
    if not any(is_guide(row.values) for row in originals):
        reading.problems.add(Place(f"{base}guide.yaml"), "The file is missing.")
        return
    names = {row.typed["slug"] for row in originals if not is_guide(row.values)}
    seen: set[tuple[str, str]] = set()
    for row in rows:
        slug = "" if is_guide(row.values) else row.typed["slug"]
        if (slug, row.typed["language"]) in seen:
            reading.problems.add(row.place.at("language"), "There is another file of this in this language.")
        seen.add((slug, row.typed["language"]))
        if slug and slug not in names:
            reading.problems.add(row.place, "A translation needs its original, the file without a language.")
    said = next(row for row in guides if not is_translation(row.values["file"]))
    if "chapters" in said.values and said.values["chapters"] != len(names):
        reading.problems.add(said.place.at("chapters"), f"There are {len(names)} chapters in the folder.")


def write_guide_file(folder: Path, row: Mapping[str, Any]) -> None:
    """Write one row into its file below `folder`."""
    path = folder / FOLDER / row["file"]
    if not is_guide(row):
        write_front_matter(path, head_of(row, CHAPTER_KEYS, ("title",)), f"\n{row['body']}" if row["body"] else "")
        return
    values = {FILE_NAMES.get(key, key): value for key, value in row.items()}
    head = head_of(values, GUIDE_KEYS, ("title",))
    if isinstance(head, str):
        write_text(path, head)
    else:
        write_yaml(path, head)


def chapter_groups(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield slug and rows of each chapter, the original first, in the order of the chapters."""
    chapters: dict[str, list[Row]] = {}
    for row in rows:
        if not is_guide(row.values):
            chapters.setdefault(row.typed["slug"], []).append(row)
    for found in chapters.values():
        found.sort(key=row_place)
    yield from sorted(chapters.items(), key=lambda item: (item[1][0].typed["order"], item[1][0].values["file"]))
