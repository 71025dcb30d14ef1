"""One token for all that readers see: it changes with every write to the database, whoever writes and however.

The other data versions are changed by the code that knows what it changes. Whole pages depend on too much for that: a
restriction set in the desk, a file that was read, a redirect. So this one listens where no write can pass it by, at the
connection.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from platform_site.vocabulary import versions

NAME = "site"
_WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+[`"]?(\w+)', re.IGNORECASE)
# What is written when somebody signs in, asks too often or is watched doing so; and the tokens themselves. No public
# page shows any of it.
UNSEEN = frozenset(
    {"accounts_user", "django_session", "limits_cache", "usersessions_usersession", "vocabulary_dataversion"}
)
# Known to SQLite and PostgreSQL alike.
_STATEMENT = (
    "INSERT INTO vocabulary_dataversion (name, token) VALUES (%s, %s) "
    "ON CONFLICT (name) DO UPDATE SET token = EXCLUDED.token"
)


def connect() -> None:
    """Listen at every connection to the database."""
    connection_created.connect(_listen, dispatch_uid="changes.listen")


def current() -> str:
    """Return the token of the whole site; the empty text while nothing was written since it has been watched."""
    return versions.current(NAME)


def table_written(sql: str) -> str | None:
    """Return the table that a statement writes to, None if it only reads or writes what no page shows."""
    found = _WRITE.match(sql)
    return found[1] if found and found[1] not in UNSEEN else None


def _listen(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if not any(isinstance(wrapper, _Listener) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(_Listener(connection))


class _Listener:
    """Sees each statement of a connection; after a transaction that wrote something, the token changes.

    After, not within: a row that each transaction writes would let them wait for each other, and lock each other out.
    Who reads the new token reads the new data. Who reads new data with the old token keeps it until a moment later.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self._has_tokens = False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Execute the statement; a write is announced when its transaction is done, once, and not if it is undone."""
        result = execute(sql, params, many, context)
        if table_written(sql) and not any(entry[1] == self.announce for entry in self.connection.run_on_commit):
            transaction.on_commit(self.announce, using=self.connection.alias, robust=True)
        return result

    def announce(self) -> None:
        """Change the token; nothing yet where the first migrations write before there is a table of tokens."""
        if not self._has_tokens and "vocabulary_dataversion" not in self.connection.introspection.table_names():
            return
        self._has_tokens = True
        with self.connection.cursor() as cursor:
            cursor.execute(_STATEMENT, [NAME, uuid.uuid4().hex])
        versions.forget()
