"""Importing and exporting pages of text that stand by themselves: one Markdown file per language."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.db import transaction

from platform_site.blocks.markdown import to_markdown
from platform_site.pages.packages.publishing import (
    LEFT_TO_SITE,
    drop_translations,
    fill,
    keep_originals,
    publish,
    translation_of,
)
from platform_site.pages.packages.reading import PageReader, markdown_row
from platform_site.pages.packages.writing import FILE_KEYS, group_of, parent_path, stem_of, write_markdown
from platform_site.records.addresses import plain_slug
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import CHANGED_HERE, Importer, Incoming, Parts, Writing, is_as_imported
from platform_site.records.packages.objects import with_printed
from platform_site.records.packages.package import NEVER
from platform_site.records.packages.problems import Place
from platform_site.records.packages.provenance import is_foreign
from platform_site.records.packages.reading import Reading

# Which language a page was first written in is settled when it is made.
NOT_CONTENT = (*FILE_KEYS, "original")


@dataclass
class BuiltPages:
    """A page with its translations, ready to be written: what is there already, and the rows, the original first.

    `parts` are the rows of further files of the page type.
    """

    existing: Any | None
    rows: list[Row]
    reading: Reading
    parts: Mapping[str, list[Row]]


class TextPageImporter(Importer):
    """Pages of one type with their translations; files with one `key` are one page in several languages."""

    model: ClassVar[Any]
    folder: ClassVar[str]
    reader: ClassVar[type[PageReader]]
    # The front matter in the order in which it is written; those of `always` also without a value.
    head_keys: ClassVar[tuple[str, ...]]
    always: ClassVar[tuple[str, ...]]
    # Keys that are fields of the page type.
    fields: ClassVar[tuple[str, ...]]

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Return the pages of the package, parents first."""
        folder = reading.package.path(self.folder)
        if not (reading.wants(self.files[self.folder]) and folder.is_dir()):
            return []
        groups: dict[str, list[Row]] = {}
        for name, path in reading.package.entries(self.folder):
            if f"{name}/" in self.files:
                continue
            if path.suffix != ".md" or not path.is_file():
                reading.notes.add(Place(name), "No page of the format; it is not imported.")
                continue
            row = markdown_row(path, name, reading)
            if row is not None:
                self.reader(reading, row).read()
                groups.setdefault(row.typed["key"], []).append(row)
        found = [self._incoming(key, rows, reading) for key, rows in groups.items()]
        return sorted(found, key=lambda incoming: incoming.parts[self.folder][0].values.get("parent", "").count("/"))

    def _incoming(self, key: str, rows: list[Row], reading: Reading) -> Incoming:
        marked = [row for row in rows if row.values.get("original")]
        if len(marked) > 1:
            reading.problems.add(marked[1].place.at("original"), "Another file says that it is the original.")
        # Else the page is written in the package's language, or in that of the first file.
        rows.sort(key=lambda row: (row not in marked, row.typed["language"] != reading.package.language))
        languages: set[str] = set()
        for row in rows:
            if row.typed["language"] in languages:
                reading.problems.add(row.place.at("language"), f"There is another file of {key!r} in this language.")
            languages.add(row.typed["language"])
        return Incoming(key, rows[0].place, {self.folder: rows})

    # --- the site -----------------------------------------------------------------------------------------------
    def find(self, key: str) -> Any | None:
        """Return the page that was imported under this key, else the one whose address it would get."""
        pages = self.model.objects.filter(alias_of=None).order_by("pk")
        return pages.filter(originals__key=key).first() or pages.filter(slug=plain_slug(key)).first()

    def rows_of(self, record: Any) -> Parts:
        """Return the page and its translations."""
        group = group_of(record)
        return {self.folder: [with_printed(page, self.page_object(page, group)) for page in group]}

    def page_object(self, page: Any, group: list[Any]) -> dict[str, Any]:
        """Return the front matter, the body and the file of a page. Empty values are left to the writer."""
        file = page.originals.get("file") or self.default_file(page, group)
        key = page.originals.get("key") or (group[0].slug if len(group) > 1 else "")
        own = {key: getattr(page, key) for key in self.fields if key != "body"}
        return {
            **{key: value.isoformat() if hasattr(value, "isoformat") else value or "" for key, value in own.items()},
            "key": key,
            "language": "" if page.locale.language_code == "en" else page.locale.language_code,
            # Without a mark the English file is the original.
            "original": page.pk == group[0].pk and len(group) > 1 and page.locale.language_code != "en",
            "slug": "" if group[0].slug == plain_slug(key or stem_of(file)) else group[0].slug,
            "source": page.source,
            "source_url": page.source_url,
            "imported_on": page.imported_on.isoformat() if page.imported_on else NEVER,
            "source_lines": page.originals.get("source_lines", ""),
            "body": to_markdown(page.body),
            "file": file,
            "head": page.originals.get("head", ""),
        }

    def default_file(self, page: Any, group: list[Any]) -> str:
        """Return the name of the file of a page that was made on the site."""
        name = "-".join(part for part in (parent_path(group[0]).replace("/", "-"), group[0].slug) if part)
        return f"{name}.{page.locale.language_code}.md" if len(group) > 1 else f"{name}.md"

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare what is given of front matter and body."""
        return all(
            value == (current.get(key) or type(value)()) or (key in LEFT_TO_SITE and not value)
            for key, value in given.items()
            if key not in NOT_CONTENT
        )

    def row_key(self, file: str, row: Mapping[str, Any]) -> Any:
        """A page has one file per language."""
        return row.get("language") or "en"

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> BuiltPages:
        """Return the page and the rows to write into it: places in the tree are made when it is stored."""
        return BuiltPages(record, incoming.parts[self.folder], reading, incoming.parts)

    @abstractmethod
    def new_page(self, row: Row) -> Any:
        """Return a new page, not published, at the place that the row gives. Raises PublishRefused without one."""

    def store(self, record: Any) -> Any:
        """Write and publish the page and its translations. Raises PublishRefused."""
        built: BuiltPages = record
        first = built.rows[0]
        with transaction.atomic():
            existing = self.rows_of(built.existing)[self.folder] if built.existing else []
            current = {self.row_key(self.folder, row): row for row in existing}
            languages = {page.locale.language_code: page for page in group_of(built.existing)} if built.existing else {}
            original = built.existing or self.new_page(first)
            for row in built.rows:
                key = row.typed["language"]
                known = key in current and self.same(self.folder, row.values, current[key])
                if known and not is_foreign(languages[key], row.values, built.reading):
                    continue
                page, fresh = (original, not built.existing) if row is first else translation_of(original, key)
                self._publish(page, row, built.reading, fresh=fresh)
            drop_translations(original, kept={row.typed["language"] for row in built.rows})
        return original

    def _publish(self, page: Any, row: Row, reading: Reading, *, fresh: bool) -> None:
        """Put the row into `page` and publish it. Raises PublishRefused."""
        fill(page, row, reading, fields=self.fields, fresh=fresh)
        keep_originals(page, row, {key: row.typed[key] for key in ("key", "source_lines")})
        publish(page, row, self.page_object(page, group_of(page)), leave=NOT_CONTENT, fresh=fresh)

    def changed_since(self, record: Any) -> str:
        """Return why an import must not change the page or one of its translations."""
        for page in group_of(record):
            if not page.live:
                return "It is not published on this site."
            if not is_as_imported(page):
                return CHANGED_HERE
        return ""

    def met_elsewhere(self, incoming: Incoming, record: Any, reading: Reading) -> Any | None:
        """Return the first language of the page that is from elsewhere; one that is given no more would go."""
        values = {row.typed["language"]: row.values for row in incoming.parts[self.folder]}
        for page in group_of(record):
            if is_foreign(page, values.get(page.locale.language_code, {}), reading):
                return page
        return None

    def mark_imported(self, record: Any) -> None:
        """Note for each language that its content is what the import made."""
        for page in group_of(record):
            super().mark_imported(page)

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterator[Any]:
        """Return the published pages in the order of the tree; drafts are noted."""
        for page in self.model.objects.filter(alias_of=None).order_by("path").select_related("locale"):
            if not page.live:
                writing.notes.add(Place(self.folder, page.slug), "It is not published and is left out.")
            elif page.pk == next(other.pk for other in group_of(page) if other.live):
                yield page

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out translations that are not published."""
        group = [page for page in group_of(record) if page.live]
        return {self.folder: [with_printed(page, self.page_object(page, group)) for page in group]}

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one file per page and language."""
        write_markdown(folder / self.folder, rows, self.head_keys, self.always)
