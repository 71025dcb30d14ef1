"""Reading the Markdown files of pages."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.models import Locale

from platform_site.blocks.markdown import from_markdown
from platform_site.pages.packages.writing import stem_of, with_days_as_text
from platform_site.records.addresses import plain_slug
from platform_site.records.packages.files import Row, read_front_matter, split_front_matter
from platform_site.records.packages.objects import ObjectReader
from platform_site.records.packages.package import NEVER
from platform_site.records.packages.problems import PackageError, Place
from platform_site.records.packages.reading import Reading


class PageReader(ObjectReader):
    """Reads the front matter and the body of one file into `row.typed`."""

    model: Any
    # Blocks that refer to what the same package brings: they are checked when it is there.
    late_blocks: frozenset[str] = frozenset()

    @abstractmethod
    def read(self) -> None:
        """Read every value that is given."""

    def require(self, *keys: str) -> None:
        """Refuse the row without values of `keys`."""
        for key in keys:
            if not self.values.get(key):
                self.problem(key, "The value is missing.")

    def read_fields(self, *keys: str) -> None:
        """Read texts, choices and days that are named like fields of the page type."""
        for key in keys:
            if key in self.values:
                self.typed[key] = self.field(self.model, key, self.text(self.values, key))

    def read_imported_on(self) -> None:
        """Read the day of the import, or that there was none."""
        if "imported_on" in self.values:
            day = self.text(self.values, "imported_on")
            self.typed["imported_on"] = NEVER if day == NEVER else self.field(self.model, "imported_on", day)

    def read_common(self) -> None:
        """Read what all pages have beside their fields: key, place, language, and the text."""
        self.read_imported_on()
        for key in ("slug", "key", "source_lines"):
            self.typed[key] = self.text(self.values, key)
        if not isinstance(self.values.get("original", False), bool):
            self.problem("original", "Expected true or false.")
        self.typed["key"] = self.typed["key"] or stem_of(self.values["file"])
        self.typed["slug"] = self.typed["slug"] or plain_slug(self.typed["key"])
        self.read_language()
        self.read_body()

    def read_language(self) -> None:
        """Read the language, one in which the site has pages."""
        self.typed["language"] = self.language("language", self.values.get("language") or "en")
        if not Locale.objects.filter(language_code=self.typed["language"]).exists():
            self.problem("language", "The site has no pages in this language.")

    def read_body(self) -> None:
        """Read the blocks of the text; what a block refuses is a problem of the row."""
        body = self.model._meta.get_field("body").to_python(from_markdown(self.values["body"]))
        self.typed["body"] = body
        self.check_blocks(body, "body")

    def check_blocks(self, body: Any, key: str) -> None:
        """Add to the row's problems what the blocks of a text refuse."""
        for block in body:
            if block.block_type in self.late_blocks:
                continue
            try:
                block.block.clean(block.value)
            except ValidationError as error:
                for sentence in _sentences(error):
                    self.problem(key, f"The site cannot hold this {block.block.label.lower()}: {sentence}")


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


def markdown_row(path: Path, name: str, reading: Reading) -> Row | None:
    """Return one file as a row (front matter, `body`, `file`, `head`), None for one that is damaged as a whole."""
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
    return Row(Place(name), {**values, "body": f"{text}\n" if text else "", "file": path.name, "head": head})
