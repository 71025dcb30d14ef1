"""`manage.py search_sync`: what waits to be indexed, once or for ever."""

from __future__ import annotations

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from platform_site.vocabulary import versions
from search import outbox
from search.engines.base import EngineUnavailableError
from search.engines.choosing import engine_names
from search.management.progress import Progress

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Drains the outbox of the search."""

    help = "Index what waits: once (for a timer), or with --loop until it is stopped (for a service)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--once", action="store_true", help="Index what waits now, and end (the default).")
        group.add_argument("--loop", action="store_true", help="Look again every few seconds.")
        parser.add_argument("--seconds", type=float, default=2.0, help="How long to wait between two looks.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain."""
        if not options["loop"]:
            for name in engine_names():
                progress = Progress(self).of_rows if options["verbosity"] else None
                drained = outbox.drain(name, progress=progress)
                if options["verbosity"]:
                    self.stdout.write(f"{name}: {drained.done} done, {drained.failed} failed.")
            return
        while True:
            self._look()
            time.sleep(options["seconds"])

    def _look(self) -> None:
        # No request begins or ends here that would do these.
        close_old_connections()
        versions.forget()
        for name in engine_names():
            try:
                outbox.drain(name)
            except (DatabaseError, EngineUnavailableError):
                # A database that restarts is back at one of the next looks.
                logger.exception("What waits for the search cannot be indexed.")
