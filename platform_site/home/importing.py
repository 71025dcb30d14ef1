"""Plain pages in packages: `pages/*.md` (`docs/import.md`)."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from platform_site.home.models import HomePage, PlainPage
from platform_site.pages.packages.importer import TextPageImporter
from platform_site.pages.packages.publishing import add_page
from platform_site.pages.packages.reading import PageReader
from platform_site.pages.packages.writing import FILE_KEYS, parent_path, stem_of
from platform_site.records.addresses import plain_slug
from platform_site.records.gate import PublishRefused
from platform_site.records.packages import registry
from platform_site.records.packages.files import Row

FOLDER = "pages/"
HEAD_KEYS = (
    "title", "kind", "category", "key", "language", "original", "slug", "parent", "intro", "checked_on", "source",
    "source_url", "imported_on", "source_lines",
)  # fmt: skip


class PlainPageReader(PageReader):
    """Reads one file of a plain page."""

    model = PlainPage

    def read(self) -> None:
        """Read every value that is given."""
        self.only(self.values, (*HEAD_KEYS, "body", *FILE_KEYS))
        self.require("title", "kind")
        self.read_fields("title", "kind", "category", "intro", "source", "source_url", "checked_on")
        self.read_imported_on()
        typed = self.typed
        for key in ("parent", "slug", "key", "source_lines"):
            typed[key] = self.text(self.values, key)
        if not isinstance(self.values.get("original", False), bool):
            self.problem("original", "Expected true or false.")
        typed["key"] = typed["key"] or stem_of(self.values["file"])
        typed["slug"] = typed["slug"] or plain_slug(typed["key"])
        self.read_language()
        self.read_body()


class PageImporter(TextPageImporter):
    """Plain pages with their translations; one file per language."""

    record_type = "page"
    order = 50
    files = {FOLDER: "pages"}
    model = PlainPage
    folder = FOLDER
    reader = PlainPageReader
    head_keys = HEAD_KEYS
    always = ("title", "kind")
    fields = ("title", "kind", "category", "intro", "checked_on", "body")

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
