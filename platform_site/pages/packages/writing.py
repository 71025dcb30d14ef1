"""A page as a Markdown file with front matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from platform_site.pages.site_page import HOME_DEPTH
from platform_site.records.packages.files import read_yaml, write_front_matter
from platform_site.records.packages.package import NEVER

# What is known about a file beside its content; never written as content and never compared.
FILE_KEYS = ("file", "head")


def group_of(page: Any) -> list[Any]:
    """Return `page` and its translations, the original first; aliases are none."""
    group = type(page).objects.filter(translation_key=page.translation_key, alias_of=None).select_related("locale")
    return list(group.order_by("pk"))


def parent_path(page: Any) -> str:
    """Return the slugs between the home page and `page`, joined with slashes."""
    above = page.get_ancestors().filter(depth__gt=HOME_DEPTH).values_list("slug", flat=True)
    return "/".join(above)


def stem_of(file: str) -> str:
    """Return the name of a page's file without its ending and without its language."""
    name = file.rpartition(".")[0]
    stem, _, language = name.rpartition(".")
    return stem if stem and len(language) == 2 else name


def free_name(name: str, taken: set[str]) -> str:
    """Return the name of a file that no other page has, and add it to `taken`."""
    stem, ending = name.rsplit(".", 1)
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem}-{number}.{ending}"
    taken.add(free)
    return free


def head_of(row: Mapping[str, Any], keys: Sequence[str], always: Iterable[str]) -> Mapping[str, Any] | str:
    """Return the front matter of `row`: as it was given if it still says the same, else the keys that have a value."""
    values = {key: row[key] for key in keys if key in always or row.get(key)}
    if row["head"] and with_days_as_text(read_yaml(row["head"], row["file"])) == values:
        return str(row["head"])
    return dict(with_days(values))


def write_markdown(folder: Path, rows: Iterable[Mapping[str, Any]], keys: Sequence[str], always: Iterable[str]) -> None:
    """Write one file per row into `folder`; `keys` in their order, those of `always` also without a value."""
    taken: set[str] = set()
    for row in rows:
        name = free_name(row["file"], taken)
        write_front_matter(folder / name, head_of(row, keys, always), f"\n{row['body']}" if row["body"] else "")


def with_days_as_text(value: Any) -> Any:
    """Return front matter with its days as texts, at any depth: what was given is kept as JSON."""
    if isinstance(value, Mapping):
        return {key: with_days_as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_days_as_text(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


# Keys of front matter that hold a day.
DAYS = frozenset({"checked_on", "imported_on", "adopted_on", "date"})


def with_days(value: Any, key: str = "") -> Any:
    """Return front matter with the texts of days as days, at any depth, as YAML writes them."""
    if isinstance(value, Mapping):
        return {name: with_days(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_days(inner) for inner in value]
    return dt.date.fromisoformat(value) if key in DAYS and value and value != NEVER else value
