"""`manage.py check_links`: finds documents whose address on the web leads nowhere."""

from __future__ import annotations

import datetime as dt
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from library.links import check_documents, due_documents


class Command(BaseCommand):
    """Asks each address, slowly; readers and the editors' desk see what came of it."""

    help = "Check whether the addresses of library documents still lead somewhere. Asks each host only now and then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--older-than", type=int, default=30, help="Days since the last check (default: 30).")
        parser.add_argument("--minutes", type=float, default=30, help="Stop after so long (default: 30).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what is due, and print what is not reached."""
        if options["older_than"] < 0 or options["minutes"] <= 0:
            raise CommandError("Give days and minutes above zero.")
        before = timezone.localdate() - dt.timedelta(days=options["older_than"])
        agent = f"Mozilla/5.0 (compatible; link check of {settings.BASE_URL})"
        until = time.monotonic() + 60 * options["minutes"]
        due = due_documents(before)
        waiting, done, dead, is_online = due.count(), 0, 0, False
        for document, checked in check_documents(due.iterator(chunk_size=100), agent=agent, until=until):
            done += 1
            dead += checked.state == "dead"
            is_online = is_online or checked.answered
            if checked.state != "reached" and options["verbosity"]:
                self.stdout.write(f"{checked.state}: {document.address} ({checked.reason}): {document.name}")
        if done and not is_online:
            self.stderr.write(f"No address answered of {done}: has this machine a network? Nothing was recorded.")
        elif options["verbosity"]:
            self.stdout.write(f"{done} addresses checked, {dead} dead, {waiting - done} left for another time.")
