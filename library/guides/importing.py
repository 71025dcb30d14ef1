"""Guides in packages: reading, building, storing, exporting (`docs/import.md`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from library.guides.contents import in_order
from library.guides.package_files import (
    FOLDER,
    chapter_groups,
    chapter_slug,
    is_guide,
    read_guide,
    settle,
    write_guide_file,
)
from library.models import ChapterPage, GuideChange, GuideListPage, GuidePage
from platform_site.blocks.markdown import to_markdown
from platform_site.pages.packages.publishing import (
    LEFT_TO_SITE,
    add_page,
    drop_translations,
    fill,
    keep_originals,
    publish,
    translation_of,
)
from platform_site.pages.packages.writing import FILE_KEYS, group_of
from platform_site.records.addresses import plain_slug
from platform_site.records.gate import PublishRefused
from platform_site.records.packages import registry
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import CHANGED_HERE, Importer, Incoming, Parts, Writing, is_as_imported
from platform_site.records.packages.objects import with_printed
from platform_site.records.packages.package import NEVER
from platform_site.records.packages.problems import Place
from platform_site.records.packages.provenance import is_foreign
from platform_site.records.packages.reading import Reading

GUIDE_FIELDS = (
    "title", "subtitle", "authors", "author_organisation", "year", "licence", "intro", "checked_on", "body",
    "source_document",
)  # fmt: skip
CHAPTER_FIELDS = ("title", "number", "intro", "checked_on", "body")


@dataclass
class BuiltGuide:
    """A guide, ready to be written: what is there already, and the rows."""

    existing: Any | None
    rows: list[Row]
    reading: Reading
    # It was from another source and is replaced as a whole.
    taken_over: bool

    @property
    def guides(self) -> list[Row]:
        """The rows of the guide itself, the original first."""
        return [row for row in self.rows if is_guide(row.values)]


class GuideImporter(Importer):
    """Advocacy guides with their chapters: a folder each, a file per chapter and language."""

    record_type = "guide"
    # After the documents of the library, which guides refer to.
    order = 49
    files = {FOLDER: "guides"}

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Return the guides of the package."""
        top = reading.package.path(FOLDER)
        if not (reading.wants("guides") and top.is_dir()):
            return []
        found = []
        for name, folder in reading.package.entries(FOLDER):
            if not folder.is_dir():
                reading.notes.add(Place(name), "No guide of the format; it is not imported.")
                continue
            rows = read_guide(folder, reading)
            if rows:
                found.append(Incoming(folder.name, rows[0].place, {FOLDER: rows}))
        return found

    # --- the site -----------------------------------------------------------------------------------------------
    def find(self, key: str) -> GuidePage | None:
        """Return the guide that was imported from this folder, else the one whose address it would get."""
        pages = GuidePage.objects.filter(alias_of=None).order_by("pk")
        return pages.filter(originals__key=key).first() or pages.filter(slug=plain_slug(key)).first()

    def rows_of(self, record: Any) -> Parts:
        """Return the guide and its chapters, with their translations."""
        return _rows(record, only_live=False)

    def same(self, file: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
        """Compare what is given of front matter and text."""
        return all(
            value == (current.get(key) or type(value)()) or (key in LEFT_TO_SITE and not value)
            for key, value in given.items()
            if key not in FILE_KEYS
        )

    def row_key(self, file: str, row: Mapping[str, Any]) -> Any:
        """A chapter, or the guide itself, has one file per language."""
        return ("" if is_guide(row) else chapter_slug(row), row.get("language") or "en")

    def build(self, incoming: Incoming, record: Any | None, reading: Reading) -> BuiltGuide:
        """Return the guide and the rows to write into it: places in the tree are made when it is stored."""
        for row in incoming.parts[FOLDER]:
            settle(row, reading)
        rows = incoming.parts[FOLDER]
        taken_over = record is not None and is_foreign(record, rows[0].values, reading)
        return BuiltGuide(record, rows, reading, taken_over)

    def store(self, record: Any) -> GuidePage:
        """Write and publish the guide and its chapters. Raises PublishRefused."""
        built: BuiltGuide = record
        first = built.guides[0]
        current = {self.row_key(FOLDER, row): row for row in _stored_rows(built.existing)}
        with transaction.atomic():
            guide = built.existing or _new_guide(first)
            for row in built.guides:
                self._write(guide, row, built, current, is_first=row is first, is_new=built.existing is None)
            chapters = {page.slug: page for page in _chapters(guide)}
            order = []
            for slug, rows in chapter_groups(built.rows):
                chapter = chapters.pop(slug, None)
                is_new = chapter is None
                chapter = chapter or _new_chapter(guide, rows[0])
                order.append(chapter)
                for row in rows:
                    self._write(chapter, row, built, current, is_first=row is rows[0], is_new=is_new)
                drop_translations(chapter, kept={row.typed["language"] for row in rows})
            for gone in chapters.values():
                for page in group_of(gone):
                    page.delete()
            drop_translations(guide, kept={row.typed["language"] for row in built.guides})
            _put_in_order(order)
        # Its place may have changed.
        return GuidePage.objects.get(pk=guide.pk)

    def _write(
        self, page: Any, row: Row, built: BuiltGuide, current: Mapping[Any, Any], *, is_first: bool, is_new: bool
    ) -> None:
        """Write one row into the page of its language, if it differs. Raises PublishRefused."""
        language = row.typed["language"]
        key = self.row_key(FOLDER, row.values)
        if key in current and self.same(FOLDER, row.values, current[key]) and not built.taken_over:
            return
        target, fresh = (page, is_new) if is_first else translation_of(page, language)
        guide_row = is_guide(row.values)
        fill(target, row, built.reading, fields=GUIDE_FIELDS if guide_row else CHAPTER_FIELDS, fresh=fresh)
        kept = {"source_lines": row.typed["source_lines"]}
        if guide_row:
            kept["key"] = built.rows[0].values["file"].partition("/")[0]
            if "changes" in row.values:
                target.changes = [
                    GuideChange(date=day, text=text, sort_order=at)
                    for at, (day, text) in enumerate(row.typed["changes"])
                ]
        keep_originals(target, row, kept)
        # Place and number of the chapters are known before all of them are there.
        slugs = [slug for slug, _rows_of_it in chapter_groups(built.rows)]
        if guide_row:
            says = guide_object(target, group_of(target), len(slugs))
        else:
            says = chapter_object(target, group_of(target), slugs.index(row.typed["slug"]) + 1)
        publish(target, row, says, leave=FILE_KEYS, fresh=fresh)

    def changed_since(self, record: Any) -> str:
        """Return why an import must not change the guide, a chapter or one of their translations."""
        for page in _all_pages(record):
            if not page.live:
                return "It is not published on this site, or a chapter of it is not."
            if not is_as_imported(page):
                return CHANGED_HERE
        return ""

    def met_elsewhere(self, incoming: Incoming, record: Any, reading: Reading) -> GuidePage | None:
        """Return the guide if it is from elsewhere."""
        return record if is_foreign(record, incoming.parts[FOLDER][0].values, reading) else None

    def mark_imported(self, record: Any) -> None:
        """Note for the guide, its chapters and their translations that their content is what the import made."""
        for page in _all_pages(record):
            super().mark_imported(page)

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterator[GuidePage]:
        """Return the published guides in the order of the tree; drafts are noted."""
        for page in GuidePage.objects.filter(alias_of=None).order_by("path").select_related("locale"):
            if page.pk != group_of(page)[0].pk:
                continue
            if page.live:
                yield page
            else:
                writing.notes.add(Place(FOLDER, page.slug), "It is not published and is left out.")

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out chapters and translations that are not published."""
        for chapter in _chapters(record):
            if not chapter.live:
                writing.notes.add(Place(FOLDER, chapter.slug), "It is not published and is left out.")
        return _rows(record, only_live=True)

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one file per row."""
        for row in rows:
            write_guide_file(folder, row)


def _stored_rows(guide: Any | None) -> list[dict[str, Any]]:
    return _rows(guide, only_live=False)[FOLDER] if guide is not None else []


def _rows(guide: GuidePage, *, only_live: bool) -> Parts:
    group = _in_row_order(guide, only_live)
    chapters = [page for page in _chapters(guide) if page.live or not only_live]
    rows = [with_printed(page, guide_object(page, group, len(chapters))) for page in group]
    for position, chapter in enumerate(chapters, 1):
        below = _in_row_order(chapter, only_live)
        rows += [with_printed(page, chapter_object(page, below, position)) for page in below]
    return {FOLDER: rows}


def _in_row_order(page: Any, only_live: bool) -> list[Any]:
    """Return a page and its translations as the rows of a package stand: the original first, then by language."""
    first, *others = [member for member in group_of(page) if member.live or not only_live]
    return [first, *sorted(others, key=lambda member: member.locale.language_code)]


def _chapters(guide: Any) -> list[Any]:
    """Return the originals of the chapters of a guide, in order, drafts too."""
    parents = [page.path for page in GuidePage.objects.filter(translation_key=guide.translation_key)]
    pages = ChapterPage.objects.filter(alias_of=None).select_related("locale").order_by("pk")
    found: dict[Any, Any] = {}
    for page in pages:
        if page.path[: -Page.steplen] in parents:
            found.setdefault(page.translation_key, page)
    return in_order(found.values())


def _all_pages(guide: Any) -> list[Any]:
    return [*group_of(guide), *(page for chapter in _chapters(guide) for page in group_of(chapter))]


def _new_guide(row: Row) -> Any:
    section = GuideListPage.objects.filter(locale__language_code=row.typed["language"]).first()
    if section is None:
        raise PublishRefused(["The site has no list of guides."])
    slug = row.typed["slug"] or plain_slug(row.values["file"].partition("/")[0])
    return add_page(section, GuidePage(title=row.typed["title"], slug=slug))


def _new_chapter(guide: Any, row: Row) -> Any:
    parent = GuidePage.objects.get(translation_key=guide.translation_key, locale__language_code=row.typed["language"])
    return add_page(parent, ChapterPage(title=row.typed["title"], slug=row.typed["slug"]))


def _put_in_order(chapters: list[Any]) -> None:
    """Let the originals of chapters stand in the tree in the given order, those of each guide page among themselves."""
    fresh = [ChapterPage.objects.get(pk=chapter.pk) for chapter in chapters]
    if [page.pk for page in in_order(fresh)] == [page.pk for page in fresh]:
        return
    for chapter in chapters:
        page = ChapterPage.objects.get(pk=chapter.pk)
        page.move(page.get_parent(), pos="last-child")


def _shared_object(page: Any) -> dict[str, Any]:
    return {
        "title": page.title,
        "language": "" if page.locale.language_code == "en" else page.locale.language_code,
        "checked_on": page.checked_on.isoformat() if page.checked_on else "",
        "source": page.source,
        "source_url": page.source_url,
        "imported_on": page.imported_on.isoformat() if page.imported_on else NEVER,
        "source_lines": page.originals.get("source_lines", ""),
        "head": page.originals.get("head", ""),
    }


def guide_object(page: Any, group: list[Any], chapters: int) -> dict[str, Any]:
    """Return what `guide.yaml` says of a guide with so many chapters, by the names of a row."""
    folder = group[0].originals.get("key") or group[0].slug
    language = "" if page.pk == group[0].pk else f".{page.locale.language_code}"
    document = page.source_document
    return {
        **_shared_object(page),
        "subtitle": page.subtitle,
        "author": page.authors,
        "author_organisation": page.author_organisation,
        "year": int(page.year) if page.year.isascii() and page.year.isdecimal() else page.year,
        "licence": page.licence,
        "printed_in": f"document:{document.slug}" if document else "",
        "chapters": 0 if language else chapters,
        "summary": page.intro,
        "text": to_markdown(page.body),
        "changes": [{"date": change.date.isoformat(), "text": change.text} for change in page.changes.all()],
        "slug": "" if group[0].slug == plain_slug(folder) else group[0].slug,
        "file": page.originals.get("file") or f"{folder}/guide{language}.yaml",
    }


def chapter_object(page: Any, group: list[Any], position: int) -> dict[str, Any]:
    """Return front matter, text and file of a chapter that stands at `position` in its guide."""
    language = "" if page.pk == group[0].pk else f".{page.locale.language_code}"
    guide = group_of(page.guide)
    folder = (guide[0].originals.get("key") or guide[0].slug) if guide else page.guide.slug
    file = page.originals.get("file") or f"{folder}/{position:02}-{group[0].slug}{language}.md"
    return {
        **_shared_object(page),
        "number": page.number,
        "order": position,
        "slug": "" if group[0].slug == chapter_slug({"file": file}) else group[0].slug,
        "intro": page.intro,
        "body": to_markdown(page.body),
        "file": file,
    }


registry.register(GuideImporter())
