"""`manage.py import_package`: content in the documented format into the site."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from platform_site.home.management.talking import Progress, without_record_log
from platform_site.records.packages.running import import_package
from search.outbox import deferred


class Command(BaseCommand):
    """Imports a package, all or nothing; safe to run again."""

    help = "Import a package of content (docs/import.md): all of it or nothing. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("folder", type=Path, help="The folder of the package.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, and change nothing.")
        parser.add_argument(
            "--only", default="", help="Parts to import, joined with commas, for example services,hotlines."
        )
        parser.add_argument("--mappings", type=Path, help="The mappings file to use instead of the package's own.")
        parser.add_argument(
            "--publish-offices",
            action="store_true",
            help="Show printed office contacts to everybody; else members and staff see them until somebody agrees.",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Replace what was changed on this site since the last import, and what it has from other sources.",
        )
        parser.add_argument(
            "--source",
            default="",
            help="Where the content is from, as readers see it; instead of the package's own word.",
        )
        parser.add_argument("--report", type=Path, help="A file to write the whole report to, as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, print the report, and end with an error if the package was refused."""
        progress = Progress(self) if options["verbosity"] else None
        with without_record_log(), deferred(progress.of_search if progress else None):
            report = import_package(
                options["folder"],
                dry_run=options["dry_run"],
                only=[part.strip() for part in options["only"].split(",") if part.strip()],
                mappings=options["mappings"],
                publish_offices=options["publish_offices"],
                overwrite=options["overwrite"],
                source=options["source"],
                progress=progress,
            )
        if options["report"]:
            try:
                text = json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n"
                options["report"].write_text(text, encoding="utf-8")
            except OSError as error:
                self.stderr.write(f"The report cannot be written to {options['report']}: {error.strerror}.")
        if report.problems:
            raise CommandError("\n".join(report.lines()))
        if options["verbosity"]:
            self.stdout.write("\n".join(report.lines()))
