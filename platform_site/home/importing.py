"""Plain pages in packages: `pages/*.md` (`docs/import.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page

from platform_site.blocks.markdown import from_markdown
from platform_site.home.exporting import (
    FILE_KEYS,
    FOLDER,
    HEAD_KEYS,
    group_of,
    page_object,
    stem_of,
    with_days_as_text,
    write_pages,
)
from platform_site.home.models import HomePage, PlainPage
from platform_site.records.addresses import plain_slug
from platform_site.records.gate import PublishRefused
from platform_site.records.packages import registry
from platform_site.records.packages.files import Row, read_front_matter, split_front_matter
from platform_site.records.packages.importer import (
    CHANGED_HERE,
    IMPORTED_REVISION,
    Importer,
    Incoming,
    Parts,
    Writing,
    is_as_imported,
)
from platform_site.records.packages.objects import ObjectReader, keep_printed, with_printed
from platform_site.records.packages.package import NEVER
from platform_site.records.packages.problems import PackageError, Place
from platform_site.records.packages.provenance import is_foreign, state_source
from platform_site.records.packages.reading import Reading

# Which language a page was first written in is settled when it is made.
NOT_CONTENT = (*FILE_KEYS, "original")
LEFT_TO_SITE = ("source", "source_url", "imported_on")


@dataclass
class BuiltPages:
    """A page with its translations, ready to be written: what is there already, and the rows, the original first."""

    existing: PlainPage | None
    rows: list[Row]
    reading: Reading


class PageImporter(Importer):
    """Plain pages with their translations; one file per language."""

    record_type = "page"
    order = 50
    files = {FOLDER: "pages"}

    # --- reading ------------------------------------------------------------------------------------------------
    def read(self, reading: Reading) -> list[Incoming]:
        """Return the pages of the package, parents first; files with one `key` are one page in several languages."""
        if not (reading.wants("pages") and reading.package.path(FOLDER).is_dir()):
            return []
        groups: dict[str, list[Row]] = {}
        for path in sorted(reading.package.path(FOLDER).iterdir()):
            if path.name.startswith("."):
                continue
            name = f"{FOLDER}{path.name}"
            if path.suffix != ".md" or not path.is_file():
                reading.notes.add(Place(name), "No page of the format; it is not imported.")
                continue
            row = _read_file(path, name, reading)
            if row is not None:
                groups.setdefault(row.typed["key"], []).append(row)
        found = [self._incoming(key, rows, reading) for key, rows in groups.items()]
        return sorted(found, key=lambda incoming: incoming.parts[FOLDER][0].values.get("parent", "").count("/"))

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
        return Incoming(key, rows[0].place, {FOLDER: rows})

    # --- the site -----------------------------------------------------------------------------------------------
    def find(self, key: str) -> PlainPage | None:
        """Return the page that was imported under this key, else the one whose address it would get."""
        pages = PlainPage.objects.filter(alias_of=None).order_by("pk")
        return pages.filter(originals__key=key).first() or pages.filter(slug=plain_slug(key)).first()

    def rows_of(self, record: Any) -> Parts:
        """Return the page and its translations."""
        group = group_of(record)
        return {FOLDER: [with_printed(page, page_object(page, group)) for page in group]}

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
        return BuiltPages(record, incoming.parts[FOLDER], reading)

    def store(self, record: Any) -> PlainPage:
        """Write and publish the page and its translations. Raises PublishRefused."""
        built: BuiltPages = record
        first = built.rows[0]
        with transaction.atomic():
            current = {
                self.row_key(FOLDER, row): row
                for row in (self.rows_of(built.existing)[FOLDER] if built.existing else [])
            }
            languages = {page.locale.language_code: page for page in group_of(built.existing)} if built.existing else {}
            original = built.existing or _new_page(first)
            for row in built.rows:
                key = row.typed["language"]
                known = key in current and self.same(FOLDER, row.values, current[key])
                if known and not is_foreign(languages[key], row.values, built.reading):
                    continue
                page, fresh = (original, not built.existing) if row is first else _translation(original, key)
                _publish(page, row, built.reading, fresh=fresh)
            _drop_translations(original, kept={row.typed["language"] for row in built.rows})
        return original

    def changed_since(self, record: Any) -> str:
        """Return why an import must not change the page or one of its translations."""
        for page in group_of(record):
            if not page.live:
                return "It is not published on this site."
            if not is_as_imported(page):
                return CHANGED_HERE
        return ""

    def met_elsewhere(self, incoming: Incoming, record: Any, reading: Reading) -> PlainPage | None:
        """Return the first language of the page that is from elsewhere; one that is given no more would go."""
        values = {row.typed["language"]: row.values for row in incoming.parts[FOLDER]}
        for page in group_of(record):
            if is_foreign(page, values.get(page.locale.language_code, {}), reading):
                return page
        return None

    def mark_imported(self, record: Any) -> None:
        """Note for each language that its content is what the import made."""
        for page in group_of(record):
            super().mark_imported(page)

    # --- writing ------------------------------------------------------------------------------------------------
    def exported(self, writing: Writing) -> Iterator[PlainPage]:
        """Return the published pages in the order of the tree; drafts are noted."""
        for page in PlainPage.objects.filter(alias_of=None).order_by("path").select_related("locale"):
            if not page.live:
                writing.notes.add(Place(FOLDER, page.slug), "It is not published and is left out.")
            elif page.pk == next(other.pk for other in group_of(page) if other.live):
                yield page

    def exported_rows(self, record: Any, writing: Writing) -> Parts:
        """Leave out translations that are not published."""
        group = [page for page in group_of(record) if page.live]
        return {FOLDER: [with_printed(page, page_object(page, group)) for page in group]}

    def write(self, folder: Path, file: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write one file per page and language."""
        write_pages(folder, list(rows))


class PageReader(ObjectReader):
    """Reads the front matter and the body of one file into `row.typed`."""

    def read(self) -> None:
        """Read every value that is given."""
        self.only(self.values, (*HEAD_KEYS, "body", *FILE_KEYS))
        for key in ("title", "kind"):
            if not self.values.get(key):
                self.problem(key, "The value is missing.")
        typed = self.typed
        for key in ("title", "kind", "category", "intro", "source", "source_url", "checked_on"):
            if key in self.values:
                typed[key] = self.field(PlainPage, key, self.text(self.values, key))
        if "imported_on" in self.values:
            day = self.text(self.values, "imported_on")
            typed["imported_on"] = NEVER if day == NEVER else self.field(PlainPage, "imported_on", day)
        for key in ("parent", "slug", "key", "source_lines"):
            typed[key] = self.text(self.values, key)
        if not isinstance(self.values.get("original", False), bool):
            self.problem("original", "Expected true or false.")
        typed["key"] = typed["key"] or stem_of(self.values["file"])
        typed["slug"] = typed["slug"] or plain_slug(typed["key"])
        typed["language"] = self.language("language", self.values.get("language") or "en")
        if not Locale.objects.filter(language_code=typed["language"]).exists():
            self.problem("language", "The site has no pages in this language.")
        typed["body"] = PlainPage._meta.get_field("body").to_python(from_markdown(self.values["body"]))
        for block in typed["body"]:
            try:
                block.block.clean(block.value)
            except ValidationError as error:
                for sentence in _sentences(error):
                    self.problem("body", f"The site cannot hold this {block.block.label.lower()}: {sentence}")


def _sentences(error: Any) -> Iterator[str]:
    """Yield the sentences of an error of a block, whatever its depth."""
    below = getattr(error, "block_errors", None)
    if below:
        for inner in below.values() if isinstance(below, dict) else below:
            if inner is not None:
                yield from _sentences(inner)
    elif isinstance(error, Iterable) and not isinstance(error, ValidationError):
        for inner in error:
            yield from _sentences(inner)
    else:
        yield from error.messages


def _read_file(path: Path, name: str, reading: Reading) -> Row | None:
    """Return the row of one file, read; None for a file that is damaged as a whole."""
    try:
        values, body = read_front_matter(path, name)
        head, _body = split_front_matter(path, name)
    except PackageError as error:
        for problem in error.problems:
            reading.problems.add(problem.place, problem.reason)
        return None
    values = with_days_as_text(values)
    if reading.package.language != "en":
        values.setdefault("language", reading.package.language)
    text = body.strip("\n")
    row = Row(Place(name), {**values, "body": f"{text}\n" if text else "", "file": path.name, "head": head})
    PageReader(reading, row).read()
    return row


def _home(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language, alias_of=None)


def _new_page(row: Row) -> PlainPage:
    """Return a new page, not published, at the place that the row gives. Raises PublishRefused if there is none."""
    typed = row.typed
    parent: Page = _home(typed["language"])
    if typed["parent"]:
        path = f"{parent.url_path}{typed['parent'].strip('/')}/"
        above = PlainPage.objects.filter(url_path=path).first()
        if above is None:
            raise PublishRefused([f"There is no page {typed['parent']!r} to stand below."])
        parent = above
    page = PlainPage(title=typed["title"], slug=typed["slug"], kind=typed["kind"], category=typed.get("category", ""))
    page.live = False
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise PublishRefused(error.messages) from error
    return page


def _translation(original: PlainPage, language: str) -> tuple[PlainPage, bool]:
    """Return the page of a language to write a translation into, and whether it is new."""
    page = PlainPage.objects.get(translation_key=original.translation_key, locale__language_code=language)
    if page.alias_of_id is None:
        return page, False
    ConvertAliasPageAction(page, user=None, log_action=False).execute(skip_permission_checks=True)
    return PlainPage.objects.get(pk=page.pk), True


def _drop_translations(original: PlainPage, *, kept: set[str]) -> None:
    """Let aliases take the place of translations that are given no more; what stands below them stays."""
    gone = [page.pk for page in group_of(original) if page.locale.language_code not in kept]
    if gone:
        Page.objects.filter(pk__in=gone).update(alias_of=original, latest_revision=None, live_revision=None)
        original.update_aliases()


def _publish(page: PlainPage, row: Row, reading: Reading, *, fresh: bool) -> None:
    """Put the row into `page` and publish it. Raises PublishRefused."""
    typed = row.typed
    for key in ("title", "kind", "category", "intro", "checked_on", "body"):
        if key in typed:
            setattr(page, key, typed[key])
    state_source(page, row.values, reading, fresh=fresh)
    page.imported_on = reading.imported_on
    for key in LEFT_TO_SITE:
        if typed.get(key):
            setattr(page, key, None if typed[key] == NEVER else typed[key])
    page.originals = {
        **{key: value for key, value in page.originals.items() if key not in ("source_lines", IMPORTED_REVISION)},
        **{key: row.values[key] for key in FILE_KEYS},
        "key": typed["key"],
        **({"source_lines": typed["source_lines"]} if typed["source_lines"] else {}),
    }
    says = page_object(page, group_of(page))
    keep_printed(page, row, says, leave=(*LEFT_TO_SITE, *NOT_CONTENT), fresh=fresh)
    try:
        page.save_revision(changed=True).publish()
    except ValidationError as error:
        raise PublishRefused(error.messages) from error
    page.refresh_from_db()


registry.register(PageImporter())
