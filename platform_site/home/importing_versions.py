"""Earlier versions of pages in packages: `pages/versions/*.md` (`docs/import.md`)."""

from __future__ import annotations

from typing import Any

from platform_site.blocks.markdown import to_markdown
from platform_site.home.models import EarlierVersion
from platform_site.pages.packages.reading import PageReader, markdown_row
from platform_site.pages.packages.writing import FILE_KEYS, group_of
from platform_site.records.packages.files import Row
from platform_site.records.packages.importer import Parts
from platform_site.records.packages.objects import keep_printed, with_printed
from platform_site.records.packages.problems import Place
from platform_site.records.packages.reading import Reading

VERSIONS = "pages/versions/"
VERSION_KEYS = ("title", "key", "adopted_on", "language", "intro")


class VersionReader(PageReader):
    """Reads one file of an earlier version."""

    model = EarlierVersion

    def read(self) -> None:
        """Read every value that is given."""
        self.only(self.values, (*VERSION_KEYS, "body", *FILE_KEYS))
        self.require("title", "key", "adopted_on")
        self.read_fields("title", "adopted_on", "intro")
        self.typed["key"] = self.text(self.values, "key")
        self.read_language()
        self.read_body()


def read_versions(reading: Reading) -> dict[str, list[Row]]:
    """Return the earlier versions of the package by the keys of their pages."""
    folder = reading.package.path(VERSIONS)
    found: dict[str, list[Row]] = {}
    if not (reading.wants("page_versions") and folder.is_dir()):
        return found
    for name, path in reading.package.entries(VERSIONS):
        if path.suffix != ".md" or not path.is_file():
            reading.notes.add(Place(name), "No earlier version of a page; it is not imported.")
            continue
        row = markdown_row(path, name, reading)
        if row is not None:
            VersionReader(reading, row).read()
            found.setdefault(row.typed["key"], []).append(row)
    return found


def check_versions(versions: list[Row], pages: list[Row], reading: Reading) -> None:
    """Add what is wrong with the versions of a page: each is of a language that it has, and older than its text."""
    adopted = {row.typed["language"]: row.typed.get("adopted_on") for row in pages}
    seen = set()
    for row in versions:
        language, day = row.typed["language"], row.typed.get("adopted_on")
        if language not in adopted:
            reading.problems.add(row.place.at("language"), "The page has no text in this language.")
        elif day and not (adopted[language] and day < adopted[language]):
            reading.problems.add(
                row.place.at("adopted_on"), "An earlier version is adopted before the page's own `adopted_on`."
            )
        if (language, day) in seen:
            reading.problems.add(row.place.at("adopted_on"), "There is another version of this day.")
        seen.add((language, day))


def version_rows(group: list[Any]) -> Parts:
    """Return the earlier versions of a page and its translations as rows, the newest first; no key where none is."""
    key = group[0].originals.get("key") or group[0].slug if group else ""
    rows = []
    for page in group:
        language = page.locale.language_code
        for version in EarlierVersion.objects.filter(page=page):
            rows.append(with_printed(version, _version_object(version, key, language)))
    return {VERSIONS: rows} if rows else {}


def _version_object(version: EarlierVersion, key: str, language: str) -> dict[str, Any]:
    day = version.adopted_on.isoformat()
    ending = "md" if language == "en" else f"{language}.md"
    return {
        "title": version.title,
        "key": key,
        "adopted_on": day,
        "language": "" if language == "en" else language,
        "intro": version.intro,
        "body": to_markdown(version.body),
        "file": version.originals.get("file") or f"{key}-{day}.{ending}",
        "head": version.originals.get("head", ""),
    }


def store_versions(page: Any, rows: list[Row]) -> None:
    """Let a page and its translations have the earlier versions of `rows`, and no others."""
    pages = {translation.locale.language_code: translation for translation in group_of(page)}
    key = pages[page.locale.language_code].originals.get("key") or page.slug
    kept = []
    for row in rows:
        typed = row.typed
        owner = pages[typed["language"]]
        version = EarlierVersion.objects.filter(page=owner, adopted_on=typed["adopted_on"]).first()
        fresh = version is None
        version = version or EarlierVersion(page=owner, adopted_on=typed["adopted_on"])
        version.title, version.intro, version.body = typed["title"], typed.get("intro", ""), typed["body"]
        version.originals = {**version.originals, **{name: row.values[name] for name in FILE_KEYS}}
        keep_printed(version, row, _version_object(version, key, typed["language"]), leave=FILE_KEYS, fresh=fresh)
        version.save()
        kept.append(version.pk)
    EarlierVersion.objects.filter(page__in=pages.values()).exclude(pk__in=kept).delete()
