"""Comparing without accents and case in the database: `name__folded__contains=sort_text(word)`.

Line ends and repeated blanks count as one blank: a phrase may be broken to fit a page.

Until the engines come the ORM answers a search, and no database folds accents by itself: SQLite gets the function of
`platform_site.texts.sorting`, PostgreSQL parts letters from their marks (its extension for this is not everywhere).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField, Transform

from platform_site.texts.sorting import sort_text


class Folded(Transform):
    """The text without accents and case, in one line."""

    lookup_name = "folded"
    function = "folded"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL for PostgreSQL."""
        # Letters and their marks are parted, the marks taken out, as `sort_text` does it.
        parted = "normalize(replace(%(expressions)s, 'ß', 'ss'), NFKD)"
        letters = f"lower(regexp_replace({parted}, '[\\u0300-\\u036f]', '', 'g'))"
        template = f"regexp_replace({letters}, '\\s+', ' ', 'g')"
        return super().as_sql(compiler, connection, template=template, **context)


def _teach(sender: Any, connection: Any, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("folded", 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    return None if text is None else " ".join(sort_text(text).split())


def register() -> None:
    """Make `folded` known to the text fields and to each connection to SQLite."""
    for field in (CharField, TextField):
        field.register_lookup(Folded)
    connection_created.connect(_teach, dispatch_uid="search.folding")
