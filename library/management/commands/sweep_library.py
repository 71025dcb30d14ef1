"""`manage.py sweep_library`: takes away files that no document needs, and reads texts again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from library.models import StoredFile
from library.sweeping import sweep
from library.uploads import read_again
from platform_site.vocabulary import versions


class Command(BaseCommand):
    """Keeps the folder of library files in order."""

    help = "Delete library files that no document names (older than a day); with --read-again, read texts anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--read-again", action="store_true", help="Extract the text of every file again.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, and read again where that is asked for."""
        swept = sweep()
        if options["read_again"]:
            for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=100):
                read_again(stored)
            versions.bump("document")
        if options["verbosity"]:
            self.stdout.write(f"{swept} files deleted.")
