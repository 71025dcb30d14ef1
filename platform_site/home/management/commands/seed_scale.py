"""`manage.py seed_scale`: a site full of invented content, to measure with."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from itertools import islice
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from directory.models import Organisation
from library.models import LibraryDocument
from platform_site.home.management.scale.cases import cases
from platform_site.home.management.scale.charts import charts
from platform_site.home.management.scale.documents import MOST_FILES, documents, files
from platform_site.home.management.scale.organisations import organisations
from platform_site.home.management.scale.pages import add_pages
from platform_site.home.management.scale.publishing import publish_many
from platform_site.home.management.talking import Progress
from platform_site.vocabulary.loading import load_everything
from platform_site.vocabulary.store import vocabulary
from practices.models import CaseStudy, PracticeChart
from search.outbox import deferred

STEP = 500


class Command(BaseCommand):
    """Adds invented organisations, charts, case studies and documents; the same ones for the same seed."""

    help = (
        "Add much invented content (organisations, charts, cases, documents), to measure with. Never for a real site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be given."""
        parser.add_argument("--organisations", type=int, default=2000, help="How many organisations (default: 2000).")
        parser.add_argument("--charts", type=int, default=2000, help="How many practice charts (default: 2000).")
        parser.add_argument("--cases", type=int, default=0, help="How many case studies (default: none).")
        parser.add_argument("--documents", type=int, default=0, help="How many library documents (default: none).")
        parser.add_argument(
            "--pages", type=int, default=0, help="How many pages: guides, chapters, news (default: none)."
        )
        parser.add_argument("--seed", type=int, default=1, help="Another number gives other content (default: 1).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the content in one transaction."""
        if min(options[name] for name in ("organisations", "charts", "cases", "documents", "pages")) < 0:
            raise CommandError("The numbers cannot be negative.")
        if options["charts"] and not options["organisations"]:
            raise CommandError("Charts need organisations: give --organisations, too.")
        if options["cases"] and not options["organisations"]:
            raise CommandError("Case studies need organisations: give --organisations, too.")
        started = time.monotonic()
        talks = bool(options["verbosity"])
        if not len(vocabulary("countries")):
            load_everything()
        # Not a secret: the same seed has to give the same content.
        random = Random(options["seed"])  # noqa: S311
        with deferred(Progress(self).of_search if talks else None), transaction.atomic():
            made = self._organisations(random, options["organisations"], talks)
            self._charts(random, made, options["charts"], talks)
            self._cases(random, made, options["cases"], talks)
            self._documents(random, made, options["documents"], talks)
            add_pages(random, options["pages"])
        if talks:
            seconds = time.monotonic() - started
            self.stdout.write(
                f"{options['organisations']} organisations and {options['charts']} charts in {seconds:.0f} seconds; "
                f"of case studies {options['cases']}, of documents {options['documents']}."
            )

    def _organisations(self, random: Random, number: int, talks: bool) -> list[Organisation]:
        taken = Organisation.objects.values_list("name", "slug")
        source = organisations(
            random, timezone.localdate(), {name for name, _slug in taken}, {slug for _name, slug in taken}
        )
        made: list[Organisation] = []
        while len(made) < number:
            batch = list(islice(source, min(STEP, number - len(made))))
            publish_many(batch)
            made += batch
            if talks:
                self.stderr.write(f"organisations: {len(made)} of {number}")
        return made

    def _charts(self, random: Random, made: list[Organisation], number: int, talks: bool) -> None:
        highest = PracticeChart.objects.aggregate(highest=Max("chart_no"))["highest"] or 0
        source = charts(random, made, highest + 1)
        done = 0
        while done < number:
            batch = list(islice(source, min(STEP, number - done)))
            publish_many(batch)
            done += len(batch)
            if talks:
                self.stderr.write(f"charts: {done} of {number}")

    def _cases(self, random: Random, made: list[Organisation], number: int, talks: bool) -> None:
        highest = CaseStudy.objects.aggregate(highest=Max("case_no"))["highest"] or 0
        source = cases(random, made, highest + 1)
        done = 0
        while done < number:
            batch = list(islice(source, min(STEP, number - done)))
            publish_many(batch)
            done += len(batch)
            if talks:
                self.stderr.write(f"case studies: {done} of {number}")

    def _documents(self, random: Random, made: list[Organisation], number: int, talks: bool) -> None:
        if not number:
            return
        highest = LibraryDocument.objects.aggregate(highest=Max("pk"))["highest"] or 0
        users = [("organisation", organisation.pk) for organisation in made]
        stored = files(random, min(MOST_FILES, max(number // 100, 1)))
        source = documents(random, users, stored, highest + 1)
        done = 0
        while done < number:
            batch = list(islice(source, min(STEP, number - done)))
            publish_many(batch)
            for document in batch:
                # As publishing does it: editors find which file a document has had since when.
                if document.files.get_object_list():
                    document.note_versions()
            done += len(batch)
            if talks:
                self.stderr.write(f"documents: {done} of {number}")
