"""Plain pages in packages: `pages/*.md` (`docs/import.md`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from platform_site.home.importing_versions import (
    VERSION_KEYS,
    VERSIONS,
    check_versions,
    read_versions,
    store_versions,
    version_rows,
)
from platform_site.home.models import HomePage, PlainPage
from platform_site.pages.packages.importer import BuiltPages, TextPageImporter
from platform_site.pages.packages.publishing import add_page
from platform_site.pages.packages.reading import PageReader
from platform_site.pages.packages.writing import FILE_KEYS, group_of, parent_path, write_markdown
from platform_site.records.gate import PublishRefused
from platform_site.records.packages import registry
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Incoming, Parts, Writing
from platform_site.records.packages.problems import Place
from platform_site.records.packages.reading import Reading

FOLDER = "pages/"
HEAD_KEYS = (
    "title", "kind", "category", "adopted_on", "key", "language", "original", "slug", "parent", "intro", "checked_on",
    "source", "source_url", "imported_on", "source_lines",
)  # fmt: skip


class PlainPageReader(PageReader):
    """Reads one file of a plain page."""

    model = PlainPage

    def read(self) -> None:
        """Read every value that is given."""
        self.only(self.values, (*HEAD_KEYS, "body", *FILE_KEYS))
        self.require("title", "kind")
        self.read_fields("title", "kind", "category", "adopted_on", "intro", "source", "source_url", "checked_on")
        self.typed["parent"] = self.text(self.values, "parent")
        self.read_common()


class PageImporter(TextPageImporter):
    """Plain pages with their translations; one file per language."""

    record_type = "page"
    order = 50
    files = {FOLDER: "pages", VERSIONS: "page_versions"}
    model = PlainPage
    folder = FOLDER
    reader = PlainPageReader
    head_keys = HEAD_KEYS
    always = ("title", "kind")
    fields = ("title", "kind", "category", "adopted_on", "intro", "checked_on", "body")

    def read(self, reading: Reading) -> list[Incoming]:
        """Return the pages, each with its earlier versions if the package gives any."""
        found = super().read(reading)
        versions = read_versions(reading)
        if reading.only and versions and not found:
            reading.problems.add(Place(VERSIONS), "Earlier versions come with their pages: import the pages too.")
            return []
        for incoming in found:
            if rows := versions.pop(incoming.key, None):
                incoming.parts[VERSIONS] = rows
                check_versions(rows, incoming.parts[FOLDER], reading)
        for rows in versions.values():
            reading.problems.add(rows[0].place.at("key"), "There is no page with this key in the package.")
        return found

    def rows_of(self, record: Any) -> Parts:
        """Return the page, its translations and earlier versions."""
        return {**super().rows_of(record), **version_rows(group_of(record))}

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out translations that are not published."""
        group = [page for page in group_of(record) if page.live]
        return {**super().exported_rows(record, writing), **version_rows(group)}

    def row_key(self, file: str, row: Mapping[str, Any]) -> Any:
        """A version is known by its language and its day."""
        language = super().row_key(file, row)
        return (language, row["adopted_on"]) if file == VERSIONS else language

    def store(self, record: Any) -> Any:
        """Write and publish the page and its translations, then their earlier versions. Raises PublishRefused."""
        built: BuiltPages = record
        with transaction.atomic():
            page = super().store(built)
            if VERSIONS in built.parts:
                store_versions(page, built.parts[VERSIONS])
        return page

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one file per page or version, and language."""
        if file == VERSIONS:
            write_markdown(folder / VERSIONS, rows, VERSION_KEYS, ("title", "key", "adopted_on"))
        else:
            super().write(folder, file, rows)

    def page_object(self, page: Any, group: list[Any]) -> dict[str, Any]:
        """Add the place in the tree."""
        return {**super().page_object(page, group), "parent": parent_path(group[0])}

    def new_page(self, row: Row) -> PlainPage:
        """Return a new page below the one that the row names, else below the home page."""
        typed = row.typed
        parent: Page = HomePage.objects.get(locale__language_code=typed["language"], alias_of=None)
        if typed["parent"]:
            above = PlainPage.objects.filter(url_path=f"{parent.url_path}{typed['parent'].strip('/')}/").first()
            if above is None:
                raise PublishRefused([f"There is no page {typed['parent']!r} to stand below."])
            parent = above
        page: PlainPage = add_page(
            parent,
            PlainPage(title=typed["title"], slug=typed["slug"], kind=typed["kind"], category=typed.get("category", "")),
        )
        return page


registry.register(PageImporter())
