"""Two addresses for whoever watches the site: does the process answer, and can it work.

Mounted as `path("health/", include("platform_site.health"))`, outside the language prefixes. The answers hold words
only; what went wrong stands in the log.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

# The migrations that were applied when nothing was missing. Building the graph of all migrations takes most of a
# second of CPU; as long as these are still there, nothing can be missing in this process.
_complete: frozenset[tuple[str, str]] = frozenset()


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """Answer 200: the process takes requests."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if database, migrations and upload folders are fit for work, else 503; both name each check."""
    results = {name: check() for name, check in CHECKS.items()}
    fit = all(results.values())
    body = {"ready": fit, "checks": {name: "ok" if good else "not ready" for name, good in results.items()}}
    return JsonResponse(body, status=200 if fit else 503)


def database_answers() -> bool:
    """Tell whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        logger.exception("Not ready: the database does not answer")
        return False


def migrations_applied() -> bool:
    """Tell whether every migration that this code brings has been applied."""
    global _complete
    try:
        applied = frozenset(MigrationRecorder(connection).applied_migrations())
        if _complete and _complete <= applied:
            return True
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        logger.exception("Not ready: the applied migrations cannot be read")
        return False
    if missing:
        logger.error("Not ready: %d migrations are not applied", len(missing))
        return False
    _complete = applied
    return True


def media_writable() -> bool:
    """Tell whether a file can be written where uploads and files of the library go; makes the folders if need be."""
    try:
        for root in (settings.MEDIA_ROOT, settings.LIBRARY_ROOT):
            folder = Path(root)
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".ready-") as probe:
                probe.write(b"ready")
                probe.flush()
    except OSError:
        logger.exception("Not ready: a folder of uploads cannot be written")
        return False
    return True


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_applied,
    "media": media_writable,
}

urlpatterns = [
    path("", alive, name="health_alive"),
    path("ready/", ready, name="health_ready"),
]
