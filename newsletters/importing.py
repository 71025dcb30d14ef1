"""News in packages: `news/*.md` (`docs/import.md`)."""

from __future__ import annotations

from newsletters.models import NewsListPage, NewsPage
from platform_site.pages.packages.importer import TextPageImporter
from platform_site.pages.packages.publishing import add_page
from platform_site.pages.packages.reading import PageReader
from platform_site.pages.packages.writing import FILE_KEYS
from platform_site.records.addresses import plain_slug
from platform_site.records.gate import PublishRefused
from platform_site.records.packages import registry
from platform_site.records.packages.files import Row

FOLDER = "news/"
HEAD_KEYS = (
    "title", "date", "key", "language", "original", "slug", "intro", "checked_on", "source", "source_url",
    "imported_on", "source_lines",
)  # fmt: skip


class NewsReader(PageReader):
    """Reads one file of a news item."""

    model = NewsPage

    def read(self) -> None:
        """Read every value that is given."""
        self.only(self.values, (*HEAD_KEYS, "body", *FILE_KEYS))
        self.require("title", "date")
        self.read_fields("title", "date", "intro", "source", "source_url", "checked_on")
        self.read_common()


class NewsImporter(TextPageImporter):
    """News items with their translations; one file per language."""

    record_type = "news"
    order = 52
    files = {FOLDER: "news"}
    model = NewsPage
    folder = FOLDER
    reader = NewsReader
    head_keys = HEAD_KEYS
    always = ("title", "date")
    fields = ("title", "date", "intro", "checked_on", "body")

    def new_page(self, row: Row) -> NewsPage:
        """Return a new item below the list of news in its language."""
        typed = row.typed
        parent = NewsListPage.objects.filter(locale__language_code=typed["language"]).first()
        if parent is None:
            raise PublishRefused(["The site has no list of news."])
        page: NewsPage = add_page(parent, NewsPage(title=typed["title"], slug=typed["slug"], date=typed["date"]))
        return page

    def default_file(self, page: NewsPage, group: list[NewsPage]) -> str:
        """Return the name of the file of an item that was made on the site: it begins with the day."""
        name = f"{group[0].date.isoformat()}-{plain_slug(group[0].slug)}"
        return f"{name}.{page.locale.language_code}.md" if len(group) > 1 else f"{name}.md"


registry.register(NewsImporter())
