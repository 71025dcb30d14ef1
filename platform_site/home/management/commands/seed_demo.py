"""`manage.py seed_demo`: lists, demo content, demo accounts and what they say to each other, once."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from platform_site.home.management.accounts import ensure_demo_accounts
from platform_site.home.management.demo_comments import ensure_demo_comments
from platform_site.home.management.demo_library import demo_package
from platform_site.home.management.talking import Progress, without_record_log
from platform_site.records.packages.running import import_package
from platform_site.vocabulary.loading import load_everything
from search.outbox import deferred

DEMO = Path(__file__).resolve().parents[3] / "demo"


class Command(BaseCommand):
    """Fills a new site with the demo; safe to run again."""

    help = "Load the lists, the demo content and one demo account per role. Safe to run again; never for a real site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--accounts-only", action="store_true", help="Make the demo accounts, load no content.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, make the accounts, print how to sign in."""
        progress = Progress(self) if options["verbosity"] else None
        with deferred(progress.of_search if progress else None):
            self._load(progress, **options)

    def _load(self, progress: Progress | None, **options: Any) -> None:
        talks = progress is not None
        load_everything()
        if not options["accounts_only"]:
            with without_record_log(), demo_package(DEMO) as package:
                report = import_package(package, progress=progress)
            if report.problems:
                raise CommandError("\n".join(report.lines()))
            if talks:
                self.stdout.write("\n".join(report.lines()))
        accounts = ensure_demo_accounts(Path(settings.DATA_DIR))
        if not options["accounts_only"]:
            addresses = {account.role: account.email for account in accounts}
            ensure_demo_comments(editor=addresses["editor"], reviewer=addresses["reviewer"])
        if talks:
            self.stdout.write("\nDemo accounts (also in demo-accounts.json in the data folder):")
            for account in accounts:
                self.stdout.write(f"  {account.role}: {account.email}  {account.password}")
