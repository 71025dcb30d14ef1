"""`manage.py load_vocabularies`: the project's controlled lists and its thesaurus into the site."""

from typing import Any

from django.core.management.base import BaseCommand

from platform_site.vocabulary.loading import load_everything


class Command(BaseCommand):
    """Loads the lists; safe to run again."""

    help = "Load the project's controlled lists and its thesaurus. Changes that editors made are kept and named."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print what was done."""
        for name, report in load_everything().items():
            for sentence in report.kept:
                self.stdout.write(sentence)
            self.stdout.write(
                f"{name}: {report.created} created, {report.changed} changed, {report.same} same, "
                f"{len(report.kept)} kept as edited."
            )
