"""Which engines there are: callers ask here and never name one."""

from __future__ import annotations

from django.db import connection

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine

# Kept up to date on every site, whatever else answers.
EMBEDDED = "embedded"


def embedded_engine() -> EmbeddedEngine:
    """Return the engine in the site's own database."""
    if connection.vendor == "postgresql":
        from search.engines.postgresql import PostgresqlFullText

        return EmbeddedEngine(PostgresqlFullText())
    from search.engines.sqlite import SqliteFullText

    return EmbeddedEngine(SqliteFullText())


def engine_names() -> tuple[str, ...]:
    """Return the names, as the outbox uses them, of all engines that are kept up to date."""
    return (EMBEDDED,)


def engine(name: str = EMBEDDED) -> Engine:
    """Return an engine by its name. Raises ValueError for one that there is not."""
    if name != EMBEDDED:
        raise ValueError(f"There is no engine {name!r}.")
    return embedded_engine()
