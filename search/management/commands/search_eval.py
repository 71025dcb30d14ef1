"""`manage.py search_eval JUDGED.csv`: asks judged queries and prints how good the answers are."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import registration
from search.evaluation import Judged, figures, judge, read_judged

MEASURES = ("ndcg@10", "recall@20", "zero", "first", "passage", "forbidden")


class Command(BaseCommand):
    """Reads a judged file, writes a run file if asked to, prints the figures by class."""

    help = "Ask judged queries and print nDCG@10, recall@20 and more, by class."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the judged file and where the ranks go."""
        parser.add_argument("judged", type=Path, help="query_id,query,lang,class,key,grade,passage,filters")
        parser.add_argument("--run", type=Path, help="write query_id,rank,key here")
        parser.add_argument("--exact", action="store_true", help="without the thesaurus")
        parser.add_argument("--per-query", action="store_true", help="print each query, the worst first")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--min-ndcg", type=float, default=0.0, help="end with an error below this")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask all queries."""
        try:
            with options["judged"].open(encoding="utf-8", newline="") as file:
                queries = read_judged(file)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{options['judged']}: {error}") from error
        names = _judged_names()
        types = {_type_of(key) for query in queries for key in query.grades}
        results = [judge(query, names, types=types, is_exact=options["exact"]) for query in queries]
        if options["run"]:
            _write(options["run"], results)
        found = figures(results)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=1))
        else:
            self._print(found)
        if options["per_query"]:
            for one in sorted(results, key=lambda one: one.ndcg or 0):
                self.stdout.write(f"{one.ndcg or 0:.2f} {one.query.id} {one.query.words!r} {list(one.keys[:6])}")
        if (found["all"]["ndcg@10"] or 0) < options["min_ndcg"]:
            raise CommandError(f"nDCG@10 is below {options['min_ndcg']}.")

    def _print(self, found: dict[str, dict[str, float | int | None]]) -> None:
        self.stdout.write(f"{'class':<28}{'queries':>8}" + "".join(f"{name:>11}" for name in MEASURES))
        for name, row in found.items():
            cells = "".join(f"{'-' if row[key] is None else format(row[key], '.3f'):>11}" for key in MEASURES)
            self.stdout.write(f"{name:<28}{row['queries']:>8}{cells}")


def _type_of(key: str) -> str:
    kind = key.partition(":")[0]
    return next((name for name, source in registration.sources().items() if kind in (name, source.judged_as)), kind)


def _judged_names() -> dict[str, str]:
    """Return the keys of judged files by the site's own: types that are judged by another name say so."""
    return {
        key: name
        for source in registration.sources().values()
        if source.judged_names is not None
        for key, name in source.judged_names().items()
    }


def _write(path: Path, results: list[Judged]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["query_id", "rank", "key"])
        for one in results:
            writer.writerows([one.query.id, rank, key] for rank, key in enumerate(one.keys, start=1))
