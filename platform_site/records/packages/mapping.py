"""Values in a package's own words, and the codes of the site's lists that they stand for."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath

from platform_site.records.packages.files import read_table, read_text
from platform_site.records.packages.problems import PackageError, Place, Problem, Problems
from platform_site.vocabulary.store import vocabulary

FILE = "mappings.csv"
COLUMNS = ("source_file", "field", "source_value", "list", "code")


class UnknownValueError(ValueError):
    """A value that is no code of its list and that no mapping explains; the message says so."""


class Mappings:
    """The rows of a mappings file: (file, field, value, list) to codes, in their order."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str, str, str], list[str]] = {}

    def add(self, source_file: str, field: str, value: str, list_name: str, code: str) -> None:
        """Add one row."""
        codes = self._codes.setdefault((source_file, field, value.strip(), list_name), [])
        if code not in codes:
            codes.append(code)

    def explicit(self, source_file: str, field: str, value: str, list_name: str) -> list[str]:
        """Return the codes that the file gives for a value, in order; none if it has no row for it."""
        return self._codes.get((source_file, field, value.strip(), list_name), [])

    def codes(self, source_file: str, field: str, value: str, list_name: str) -> list[str]:
        """Return the codes of `list_name` for a value of a file: as mapped, else the value itself if it is a code.

        Raises UnknownValueError: a value is never dropped.
        """
        mapped = self.explicit(source_file, field, value, list_name)
        known = vocabulary(list_name)
        if mapped:
            return mapped
        if value in known:
            return [value]
        near = difflib.get_close_matches(value, list(known.entries), n=1)
        hint = f" Is {near[0]!r} meant?" if near else ""
        raise UnknownValueError(
            f"{_short(value)!r} is no code of the list {list_name!r}, and no mapping explains it.{hint}"
        )


def _short(value: str) -> str:
    return value if len(value) <= 80 else value[:77] + "…"


def load_mappings(path: Path, name: str, problems: Problems) -> Mappings:
    """Read a mappings file. Codes that a list of the site does not have are added to `problems`.

    A file of one line that names another file (`../vocabularies/mappings.csv`: what is left of a link where a
    version control system stores it as text) leads there, relative to its own folder. Raises PackageError.
    """
    if not path.is_file():
        raise PackageError([Problem(Place(name), "There is no such file.")])
    text = read_text(path, name).strip()
    if "\n" not in text and "," not in text and text.endswith(".csv"):
        target = PurePosixPath(text)
        if target.is_absolute() or path.parent.joinpath(target).resolve() == path.resolve():
            raise PackageError([Problem(Place(name), "The link must lead to another file, relative to this one.")])
        path = path.parent / target
        if not path.is_file():
            raise PackageError([Problem(Place(name), f"The link leads to {text}, and there is no such file.")])
    mappings = Mappings()
    for row in read_table(path, name, known=COLUMNS, required=COLUMNS, problems=problems):
        values = row.values
        known = vocabulary(values["list"])
        # Lists that the site does not have (yet) explain fields that nobody imports.
        if len(known) and values["code"] not in known:
            problems.add(row.place.at("code"), f"The list {values['list']!r} has no {values['code']!r}.")
            continue
        mappings.add(*(values[column] for column in COLUMNS))
    return mappings
