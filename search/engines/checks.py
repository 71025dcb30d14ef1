"""System check: the database can search texts."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.db import connection

from search.engines.sqlite import missing_fts5


@checks.register(checks.Tags.database)
def check_full_text(app_configs: Any, databases: Any = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report an SQLite without its module for full text; PostgreSQL always has its own."""
    problem = missing_fts5() if connection.vendor == "sqlite" else ""
    if not problem:
        return []
    return [
        checks.Error(
            f"This site cannot be searched: {problem}",
            hint="Use a Python whose SQLite was built with FTS5 (Debian's and python.org's are), or PostgreSQL.",
            id="search.E010",
        )
    ]
