"""`manage.py search_setup`: what a new site needs before it can be searched."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailableError
from search.engines.choosing import engine, engine_names
from search.indexing import rebuild
from search.management.progress import Progress


class Command(BaseCommand):
    """Makes an index where there is none yet; safe to run again."""

    help = "Make the search index where there is none yet. Safe to run at every start."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at each engine, and fill it if nothing was ever indexed."""
        for name in engine_names():
            health = engine(name).health()
            if not health.is_usable:
                try:
                    rebuild(name=name, progress=Progress(self) if options["verbosity"] else None)
                except EngineUnavailableError as error:
                    raise CommandError(f"{name}: {health.problem}") from error
                health = engine(name).health()
            if options["verbosity"]:
                self.stdout.write(f"{name}: {health.documents} documents. {health.problem}".rstrip())
