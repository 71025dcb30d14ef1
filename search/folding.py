"""Comparing without accents and case in the database: `name__folded__contains=sort_text(word)`.

Until the engines come the ORM answers a search, and no database folds accents by itself: SQLite gets the function of
`platform_site.texts.sorting`, PostgreSQL a translation table made from it (its extension for this is not everywhere).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField, Transform

from platform_site.texts.sorting import sort_text

# Latin letters with marks; those that fold to several letters are left out, but for ß.
_MARKED = {
    letter: folded
    for letter in map(chr, range(0xC0, 0x250))
    if len(folded := sort_text(letter)) == 1 and folded != letter
}


class Folded(Transform):
    """The text without accents and case."""

    lookup_name = "folded"
    function = "folded"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the SQL for PostgreSQL."""
        template = "translate(replace(lower(%(expressions)s), 'ß', 'ss'), '{}', '{}')".format(
            "".join(_MARKED), "".join(_MARKED.values())
        )
        return super().as_sql(compiler, connection, template=template, **context)


def _teach(sender: Any, connection: Any, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("folded", 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    return None if text is None else sort_text(text)


def register() -> None:
    """Make `folded` known to the text fields and to each connection to SQLite."""
    for field in (CharField, TextField):
        field.register_lookup(Folded)
    connection_created.connect(_teach, dispatch_uid="search.folding")
