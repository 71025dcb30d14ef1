"""A page as a Markdown file with front matter (`docs/import.md`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platform_site.blocks.markdown import to_markdown
from platform_site.home.models import PlainPage
from platform_site.home.models.site_page import HOME_DEPTH
from platform_site.records.addresses import plain_slug
from platform_site.records.packages.files import read_yaml, write_front_matter
from platform_site.records.packages.package import NEVER

FOLDER = "pages/"
# The front matter in the order in which it is written; of all but the first two only what has a value.
HEAD_KEYS = (
    "title", "kind", "category", "key", "language", "original", "slug", "parent", "intro", "checked_on", "source",
    "source_url", "imported_on", "source_lines",
)  # fmt: skip
# What is known about a file beside its content; never written as content and never compared.
FILE_KEYS = ("file", "head")
DAYS = {"checked_on", "imported_on"}


def group_of(page: PlainPage) -> list[PlainPage]:
    """Return `page` and its translations, the original first; aliases are none."""
    group = PlainPage.objects.filter(translation_key=page.translation_key, alias_of=None).select_related("locale")
    return list(group.order_by("pk"))


def parent_path(page: PlainPage) -> str:
    """Return the slugs between the home page and `page`, joined with slashes."""
    above = page.get_ancestors().filter(depth__gt=HOME_DEPTH).values_list("slug", flat=True)
    return "/".join(above)


def default_file(page: PlainPage, group: list[PlainPage]) -> str:
    """Return the name of the file of a page that was made on the site."""
    name = "-".join(part for part in (parent_path(group[0]).replace("/", "-"), group[0].slug) if part)
    return f"{name}.{page.locale.language_code}.md" if len(group) > 1 else f"{name}.md"


def page_object(page: PlainPage, group: list[PlainPage]) -> dict[str, Any]:
    """Return the front matter, the body and the file of a page. Empty values are left to the writer."""
    file = page.originals.get("file") or default_file(page, group)
    key = page.originals.get("key") or (group[0].slug if len(group) > 1 else "")
    return {
        "title": page.title,
        "kind": page.kind,
        "category": page.category,
        "key": key,
        "language": "" if page.locale.language_code == "en" else page.locale.language_code,
        # Without a mark the English file is the original.
        "original": page.pk == group[0].pk and len(group) > 1 and page.locale.language_code != "en",
        "slug": "" if group[0].slug == plain_slug(key or stem_of(file)) else group[0].slug,
        "parent": parent_path(group[0]),
        "intro": page.intro,
        "checked_on": page.checked_on.isoformat() if page.checked_on else "",
        "source": page.source,
        "source_url": page.source_url,
        "imported_on": page.imported_on.isoformat() if page.imported_on else NEVER,
        "source_lines": page.originals.get("source_lines", ""),
        "body": to_markdown(page.body),
        "file": file,
        "head": page.originals.get("head", ""),
    }


def stem_of(file: str) -> str:
    """Return the name of a page's file without its ending and without its language."""
    name = file.removesuffix(".md")
    stem, _, language = name.rpartition(".")
    return stem if stem and len(language) == 2 else name


def write_pages(folder: Path, rows: list[Mapping[str, Any]]) -> None:
    """Write one file per page; a front matter that still says the same keeps its wording."""
    taken: set[str] = set()
    for row in rows:
        name, number = row["file"], 1
        while name in taken:
            number += 1
            name = f"{row['file'].removesuffix('.md')}-{number}.md"
        taken.add(name)
        values = {key: row[key] for key in HEAD_KEYS if key == "title" or key == "kind" or row.get(key)}
        body = f"\n{row['body']}" if row["body"] else ""
        if row["head"] and with_days_as_text(read_yaml(row["head"], name)) == values:
            write_front_matter(folder / FOLDER / name, row["head"], body)
        else:
            for key in DAYS & values.keys():
                if values[key] != NEVER:
                    values[key] = dt.date.fromisoformat(values[key])
            write_front_matter(folder / FOLDER / name, values, body)


def with_days_as_text(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return front matter with its days as texts: what was given is kept as JSON."""
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}
