"""`manage.py search_rebuild`: the index anew, while the site is searched."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailableError
from search.engines.choosing import EMBEDDED, engine_names
from search.indexing import BATCH, UnknownTypeError, rebuild
from search.management.progress import Progress


class Command(BaseCommand):
    """Makes the index anew beside the one that serves; goes on where it was stopped."""

    help = (
        "Make the search index anew beside the one that serves, and let it serve at the end. "
        "Run again after it was stopped, it goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--types", default="", help="Types to index anew in place, joined with commas.")
        parser.add_argument("--batch", type=int, default=BATCH, help="Records read and written together.")
        parser.add_argument("--engine", default=EMBEDDED, choices=engine_names(), help="The index to make.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say what was done."""
        types = [word.strip() for word in options["types"].split(",") if word.strip()]
        started = time.monotonic()
        if options["batch"] < 1:
            raise CommandError("--batch must be at least 1.")
        try:
            count = rebuild(
                types or None,
                name=options["engine"],
                batch=options["batch"],
                progress=Progress(self) if options["verbosity"] else None,
            )
        except (UnknownTypeError, EngineUnavailableError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{count} documents were indexed in {time.monotonic() - started:.0f} s.")
