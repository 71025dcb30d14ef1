"""Read the demo package as it lies in the project, without starting the site."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "platform_site" / "demo"
LISTS = ROOT / "platform_site" / "vocabulary" / "lists"
SITE_LANGUAGES = {"en", "fr", "de", "es", "it"}
# A number that a reader dials by mistake must ring nowhere: ranges kept free for fiction by Ofcom (London,
# north-east England, freephone), Arcep (south-east), the Bundesnetzagentur (Berlin, Hamburg, Munich, Cologne)
# and PTS (Gothenburg).
FICTIONAL_NUMBERS = [
    r"\+44 20 7946 0\d{3}",
    r"\+44 191 498 0\d{3}",
    r"\+44 808 157 0\d{3}",
    r"\+33 4 65 71( \d\d){2}",
    r"\+49 30 23125 \d{3}",
    r"\+49 40 66969 \d{3}",
    r"\+49 89 99998 \d{3}",
    r"\+49 221 4710 \d{3}",
    r"\+46 31 390 06 \d\d",
]
PRACTICE_KEYS = [
    "chart_no",
    "name",
    "original_name",
    "organisations",
    "country",
    "categories",
    "typology",
    "period",
    "start",
    "end",
    "area",
    "background",
    "target_groups",
    "objectives",
    "activities",
    "methods",
    "tools",
    "resources",
    "funding",
    "results",
    "strengths",
    "innovation",
    "weaknesses",
    "transferability",
    "mainstreaming",
    "references",
    "contact",
    "area_level",
    "general_aim",
    "monitoring",
    "resources_by_kind",
    "impact",
]
# What the demo's README calls prose: these keys, and no others, may stand in a translation.
PROSE_KEYS = {
    "name",
    "period",
    "area",
    "background",
    "general_aim",
    "objectives",
    "activities",
    "methods",
    "tools",
    "monitoring",
    "resources",
    "resources_by_kind",
    "results",
    "impact",
    "strengths",
    "innovation",
    "weaknesses",
    "transferability",
    "mainstreaming",
    "references",
}


def read_rows(file_name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the package, as written."""
    with (DEMO / file_name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def codes_of(list_name: str) -> set[str]:
    """Return the codes of one controlled list."""
    with (LISTS / f"{list_name}.csv").open(encoding="utf-8", newline="") as handle:
        return {row["code"] for row in csv.DictReader(handle)}


def parts(value: str) -> list[str]:
    """Split a cell that holds several values."""
    return value.split(";") if value else []


def practices() -> list[dict]:
    """Return the practice charts."""
    return json.loads((DEMO / "practices.json").read_text(encoding="utf-8"))


def pages() -> dict[str, tuple[dict, str]]:
    """Return front matter and body of each page, by file name."""
    found = {}
    for path in sorted((DEMO / "pages").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        found[path.name] = (yaml.safe_load(front), body.strip())
    return found


def texts_in(value: object) -> Iterator[str]:
    """Yield every string inside a value out of practices.json."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)


def organisation_names() -> set[str]:
    """Return the names that everything else refers to."""
    return {row["name"] for row in read_rows("organisations.csv")}
