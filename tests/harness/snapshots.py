"""Named copies of a whole test database: saved once, put back in milliseconds, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from abc import ABC, abstractmethod
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_DAYS_KEPT = 3


class Snapshots(ABC):
    """The database of one test process, and the named copies that all processes share."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @abstractmethod
    def open(self) -> None:
        """Point the connection at a database of this process alone; it need not exist yet."""

    @abstractmethod
    def has(self, name: str) -> bool:
        """Tell whether a whole snapshot of this name exists."""

    @abstractmethod
    def save(self, name: str) -> None:
        """Keep the database of this process as it is now under `name`."""

    @abstractmethod
    def restore(self, name: str) -> None:
        """Make the database of this process equal to the snapshot; what it held is gone."""

    @abstractmethod
    def close(self) -> None:
        """Remove the database of this process; snapshots stay."""

    def create(self) -> None:
        """Make the database of this process by running all migrations (and the cache tables)."""
        self.connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


class SqliteSnapshots(Snapshots):
    """Snapshots are files in a cache folder; the process works on a file of its own."""

    def __init__(self, connection: BaseDatabaseWrapper, *, cache: Path, work: Path) -> None:
        super().__init__(connection)
        self.cache = cache
        self.work = work / "worker.sqlite3"
        # Nobody needs this file after a power cut, so nothing waits for the disk.
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = f"{options.get('init_command', '')} PRAGMA synchronous=OFF;"

    def _file(self, name: str) -> Path:
        return self.cache / f"{name}.sqlite3"

    def open(self) -> None:
        self.connection.close()
        self.connection.settings_dict["NAME"] = str(self.work)
        self.connection.settings_dict["TEST"]["NAME"] = str(self.work)

    def has(self, name: str) -> bool:
        return self._file(name).exists()

    def save(self, name: str) -> None:
        part = self.cache / f"{name}.{os.getpid()}.part"
        part.unlink(missing_ok=True)
        self.connection.ensure_connection()
        target = sqlite3.connect(part)
        try:
            self.connection.connection.backup(target)
            # Outside WAL mode the file stands alone and can be read without writing beside it.
            target.execute("PRAGMA journal_mode=DELETE")
        finally:
            target.close()
        part.replace(self._file(name))
        self._forget_old()

    def _forget_old(self) -> None:
        limit = time.time() - _DAYS_KEPT * 86_400
        for path in self.cache.iterdir():
            if path.name.endswith((".sqlite3", ".part", ".media")) and path.stat().st_mtime < limit:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def restore(self, name: str) -> None:
        os.utime(self._file(name))
        if not self.work.exists():
            self.connection.close()
            shutil.copyfile(self._file(name), self.work)
            return
        self.connection.ensure_connection()
        source = sqlite3.connect(f"{self._file(name).as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            source.backup(self.connection.connection)
        finally:
            source.close()

    def close(self) -> None:
        connections.close_all()
        for path in self.work.parent.glob(f"{self.work.name}*"):
            path.unlink(missing_ok=True)


class PostgresqlSnapshots(Snapshots):
    """Snapshots are databases of the same server, used as templates."""

    def __init__(self, connection: BaseDatabaseWrapper, *, worker: str) -> None:
        super().__init__(connection)
        self.work = f"test_{connection.settings_dict['NAME']}_{worker}"

    def _execute(self, statement: str, *parameters: str) -> list[tuple[object, ...]]:
        """Run one statement from outside any database of ours; gives its rows."""
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return list(cursor.fetchall()) if cursor.description else []

    def _quoted(self, name: str) -> str:
        return str(self.connection.ops.quote_name(name))

    def _drop(self, name: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {self._quoted(name)} WITH (FORCE)")

    def _copy(self, source: str, target: str) -> None:
        self._execute(f"CREATE DATABASE {self._quoted(target)} TEMPLATE {self._quoted(source)}")

    def open(self) -> None:
        self.connection.close()
        self.connection.settings_dict["TEST"]["NAME"] = self.work

    def create(self) -> None:
        super().create()
        self.connection.settings_dict["NAME"] = self.work

    def has(self, name: str) -> bool:
        return bool(self._execute("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def save(self, name: str) -> None:
        self.connection.close()
        self._copy(self.work, name)

    def restore(self, name: str) -> None:
        self.connection.close()
        self._drop(self.work)
        self._copy(name, self.work)
        self.connection.settings_dict["NAME"] = self.work

    def close(self) -> None:
        connections.close_all()
        self._drop(self.work)
