"""A package: a folder with the files of the documented format, and what it says about itself."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from platform_site.records.packages.files import read_text, read_yaml
from platform_site.records.packages.problems import PackageError, Place, Problem
from platform_site.vocabulary.store import vocabulary

MANIFEST = "package.yaml"
README = "README.md"
FORMAT = 1
# Said of records that were made on a site: no import started their clock.
NEVER = "never"
# The first heading of Markdown, without a remark in brackets at its end.
_TITLE = re.compile(r"^# +(.+?)\s*(?:\([^()]*\))?\s*$", re.MULTILINE)
LONGEST_TITLE = 120
# A year in running text.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
KEYS = ("format", "source", "source_url", "language", "imported_on")


@dataclass(frozen=True)
class Package:
    """A folder that was opened: `source` and `language` hold for all its content that says nothing else."""

    folder: Path
    source: str
    source_url: str = ""
    language: str = "en"
    imported_on: dt.date | None = None
    # Written by a site whose records were made there, not imported.
    made_here: bool = False
    # What the package calls itself, also where the operator gives another source.
    own_name: str = ""

    def path(self, name: str) -> Path:
        """Return the path of a file of the package; every file of it is opened by this path (see `inside`)."""
        return inside(self.folder, name)

    def entries(self, folder: str) -> list[tuple[str, Path]]:
        """Return name (in the package) and path of what lies in a folder of it, sorted; hidden files are left out.

        `folder` ends with a slash. Raises PackageError for a link that leaves the package.
        """
        found = sorted(path.name for path in self.path(folder).iterdir() if not path.name.startswith("."))
        return [(f"{folder}{name}", self.path(f"{folder}{name}")) for name in found]

    def has(self, name: str) -> bool:
        """Say whether the package has the file."""
        return self.path(name).is_file()

    def names(self) -> list[str]:
        """Return what lies at the top of the folder, sorted; folders end with a slash, hidden files are left out."""
        found = [path for path in self.folder.iterdir() if not path.name.startswith(".")]
        return sorted(f"{path.name}/" if path.is_dir() else path.name for path in found)


def inside(folder: Path, name: str) -> Path:
    """Return the path of the file `name` of the package in `folder`.

    Raises PackageError for a link that leaves the package: it would carry any file of this machine onto the site.
    """
    path = folder / name
    try:
        leaves = not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:
        raise PackageError([Problem(Place(name), "It is a link that leads nowhere.")]) from error
    if leaves:
        raise PackageError([Problem(Place(name), "It is a link that leads out of the package.")])
    return path


def open_package(folder: Path) -> Package:
    """Open a package. Raises PackageError for a folder that is not there and for a damaged `package.yaml`.

    `package.yaml` may give `source`, `source_url`, `language` (of the texts), `imported_on` (the day on which the
    content was first imported anywhere, for packages from another site) and `format`. Default: what the README is
    headed with (readers see it beside every entry) and the year that its first paragraph names last, else the folder's
    name; English; today.
    """
    if not folder.is_dir():
        raise PackageError([Problem(Place(str(folder)), "There is no such folder.")])
    folder = folder.resolve()
    manifest = inside(folder, MANIFEST)
    if not manifest.is_file():
        return Package(folder, source=_source(folder), own_name=_title(folder))
    place = Place(MANIFEST)
    values = read_yaml(read_text(manifest, MANIFEST), MANIFEST)
    problems = [Problem(place.at(key), "The format has no such key.") for key in values if key not in KEYS]
    texts = {key: values[key] for key in ("source", "source_url", "language") if values.get(key) is not None}
    problems += [
        Problem(place.at(key), "Expected a text.") for key, value in texts.items() if not isinstance(value, str)
    ]
    if values.get("format", FORMAT) != FORMAT:
        problems.append(Problem(place.at("format"), f"This site reads format {FORMAT}."))
    imported_on = values.get("imported_on")
    made_here = imported_on == NEVER
    is_day = isinstance(imported_on, dt.date) and not isinstance(imported_on, dt.datetime)
    if not (imported_on is None or made_here or is_day):
        problems.append(Problem(place.at("imported_on"), f"Expected a day, YYYY-MM-DD, or {NEVER}."))
    if isinstance(texts.get("language"), str) and texts["language"] not in vocabulary("languages"):
        problems.append(Problem(place.at("language"), f"The list 'languages' has no {texts['language']!r}."))
    if problems:
        raise PackageError(problems)
    return Package(
        folder,
        source=texts.get("source", _source(folder)),
        own_name=texts.get("source", _title(folder)),
        source_url=texts.get("source_url", ""),
        language=texts.get("language", "en"),
        imported_on=imported_on if is_day else None,
        made_here=made_here,
    )


def _title(folder: Path) -> str:
    """Return what the package is called: the heading of its README, else the folder's name."""
    found = _TITLE.search(_head(folder))
    if found is None or len(found[1]) > LONGEST_TITLE or "\N{REPLACEMENT CHARACTER}" in found[1]:
        return folder.name
    return found[1]


def _source(folder: Path) -> str:
    """Return where the content is from, if nobody says it: the title, with the year that the README begins with."""
    title, head = _title(folder), _head(folder)
    found = _TITLE.search(head)
    if found is None or found[1] != title or _YEAR.search(title):
        return title
    years = _YEAR.findall(head[found.end() :].strip().partition("\n\n")[0])
    return f"{title}, {years[-1]}" if years else title


def _head(folder: Path) -> str:
    """Return the beginning of the README, "" where there is none."""
    readme = inside(folder, README)
    # It is no file of the format: one in another encoding does not refuse the package, and gives no name.
    return readme.read_bytes()[:2000].decode("utf-8-sig", errors="replace") if readme.is_file() else ""
