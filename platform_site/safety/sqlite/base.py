"""Reading goes on with a full disk or a folder that cannot be written.

In WAL mode the first connection to a database makes two files beside it, readers too; with no room for them SQLite
opens nothing. As long as one connection is open they are there, so connections are kept (`CONN_MAX_AGE`). A process
that starts with no room reads the database alone, which is whole when no log of changes lies beside it.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

logger = logging.getLogger(__name__)

# What SQLite says when it cannot make or lengthen a file; another process that writes is not among them.
NO_ROOM = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
PRIMARY_CODE = 0xFF


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection, for reading alone where there is no other."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection; one that only reads, for this request, if no file can be written."""
        try:
            return super().get_new_connection(conn_params)
        except sqlite3.OperationalError as error:
            database = Path(conn_params["database"])
            if error.sqlite_errorcode & PRIMARY_CODE not in NO_ROOM or not is_whole(database):
                raise
            logger.error("The database can be read only, its folder cannot be written: %s", error)
        # The other commands for each connection set how it writes.
        self.init_commands = ["PRAGMA temp_store=MEMORY"]
        connection = super().get_new_connection({**conn_params, "database": f"{database.as_uri()}?immutable=1"})
        # Closed with the request: it does not see what others write once there is room again.
        self.close_at = 0.0
        return connection


def is_whole(database: Path) -> bool:
    """Say whether the file of the database holds all of it: there is no log beside it with changes to carry over."""
    log = database.with_name(f"{database.name}-wal")
    return database.is_file() and (not log.exists() or log.stat().st_size == 0)
