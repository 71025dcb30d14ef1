"""`manage.py search_check`: the index compared with the site."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineUnavailableError
from search.engines.choosing import EMBEDDED, engine_names
from search.indexing import check
from search.management.progress import Progress

_SHOWN = 20
_MEANINGS = {
    "orphans": "found and should not be",
    "exposed": "found by others than should",
    "missing": "not found",
    "stale": "found with what it no longer says",
}


class Command(BaseCommand):
    """Compares the index with what the site has, and mends it if asked to; the exit code tells of differences."""

    help = "Compare the search index with the site. Ends with an error if they differ and nothing was mended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--repair", action="store_true", help="Mend what is wrong, then look again.")
        parser.add_argument("--engine", default=EMBEDDED, choices=engine_names(), help="The index to look at.")
        parser.add_argument("--json", action="store_true", help="Print all keys as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print what differs."""
        progress = Progress(self) if options["verbosity"] else None
        name = options["engine"]
        try:
            found = check(name=name, repair=options["repair"], progress=progress)
            left = check(name=name) if options["repair"] and found else found
        except EngineUnavailableError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        elif options["verbosity"]:
            self._write(found)
        if left:
            raise CommandError("The index differs from the site." + ("" if options["repair"] else " Try --repair."))

    def _write(self, found: Any) -> None:
        self.stdout.write(f"{found.checked} documents were compared; {found.waiting} things wait.")
        for kind, meaning in _MEANINGS.items():
            keys = getattr(found, kind)
            if keys:
                more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
                self.stdout.write(f"{len(keys)} {meaning}: {', '.join(keys[:_SHOWN])}{more}")
