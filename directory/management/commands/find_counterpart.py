"""Say for situations in a file which organisations answer them: one line in, one line out. Nothing is kept."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from directory.listed import listed_organisations
from directory.situation.ranking import ranked, wish_of
from directory.situation.reading import read
from directory.situation.reasons import reason_of

ENCODING = "utf-8-sig"


class Command(BaseCommand):
    """Read `{"id", "lang", "situation"}` a line, write `{"id", "filters", "results"}` a line, as a visitor sees it."""

    help = "Answer situations: FILE.jsonl has {id, lang, situation} a line; the answer has {id, filters, results}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="situations, one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer line by line. Raises CommandError for a file that cannot be read, naming the line."""
        for situation in _situations(options["file"]):
            with translation.override(situation["lang"]):
                answer = json.dumps(_answer(situation), ensure_ascii=False)
            self.stdout.write(answer)


def _situations(path: Path) -> Iterator[dict[str, str]]:
    languages = [code for code, _name in settings.LANGUAGES]
    try:
        lines = path.read_text(encoding=ENCODING).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
            situation = {name: str(found[name]) for name in ("id", "lang", "situation")}
        except (ValueError, TypeError, KeyError) as error:
            raise CommandError(f'Line {number} is no object with "id", "lang" and "situation".') from error
        if situation["lang"] not in languages:
            raise CommandError(f"Line {number}: “lang” is one of {', '.join(languages)}.")
        yield {**situation, "id": found["id"]}


def _answer(situation: dict[str, str]) -> dict[str, Any]:
    visitor = AnonymousUser()
    reading = read(situation["situation"], situation["lang"])
    wish = wish_of(reading)
    found = ranked(wish, visitor)
    listed = listed_organisations([one.pk for one in found], visitor)
    return {
        "id": situation["id"],
        "filters": {name: list(codes) for name, codes in reading.filters.items()},
        "results": [
            {"key": listed[one.pk].key, "match": one.match, "reason": reason_of(listed[one.pk], one, wish)}
            for one in found
            if one.pk in listed
        ],
    }
