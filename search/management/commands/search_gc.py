"""`manage.py search_gc`: indexes that nobody uses any more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.engines.choosing import engine_names
from search.indexing import gc


class Command(BaseCommand):
    """Deletes what rebuilds left behind."""

    help = "Delete the indexes that do not serve any more; a rebuild that was stopped is kept, so that it can go on."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how many."""
        for name in engine_names():
            count = gc(name)
            if options["verbosity"]:
                self.stdout.write(f"{name}: {count} unused indexes were deleted.")
