"""`manage.py export_package`: what is published, as a package."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from platform_site.home.management.talking import Progress
from platform_site.records.packages.exporting import export_package
from platform_site.records.packages.problems import PackageError


class Command(BaseCommand):
    """Writes a package; for operators."""

    help = (
        "Write what is published into a package (docs/import.md). It holds office contacts that are not shown to the "
        "public, and entries for members only: keep it as you keep a backup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("folder", type=Path, help="An empty folder, or one that is not there yet.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, and say what the package holds."""
        talks = bool(options["verbosity"])
        try:
            report = export_package(options["folder"], progress=Progress(self) if talks else None)
        except PackageError as error:
            raise CommandError(str(error)) from error
        if talks:
            self.stdout.write("\n".join(report.lines()))
            self.stdout.write(
                f"\nWritten to {options['folder']}. It holds contacts and entries that the public does not see."
            )
