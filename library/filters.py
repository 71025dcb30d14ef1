"""The list of documents: its facets and orders, in one declaration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.models import DocumentFile, DocumentInstrument, DocumentTerm, LibraryDocument
from library.pillars import PILLARS, pillars_of
from platform_site.listing.declared import Listing, Stamps, stamps_of
from platform_site.listing.facets import choice_facet, term_facet
from platform_site.listing.index import IndexedRecord
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import entry_by_id
from search.registration import ranked_keys

FIRST_STEP, STEP = 1990, 5
EARLIER = f"-{FIRST_STEP - 1}"
TEXT, FILE, NO_FILE = "text", "file", "none"


def year_options() -> list[tuple[str, str]]:
    """Return the steps of five years up to today, the latest first, then what lies before."""
    starts = range(FIRST_STEP, timezone.localdate().year + 1, STEP)
    steps = [(f"{year}-{year + STEP - 1}", f"{year}–{year + STEP - 1}") for year in starts]
    return [*reversed(steps), (EARLIER, _("before %(year)d") % {"year": FIRST_STEP})]


def year_step(year: str) -> frozenset[str]:
    """Return the step in which a year lies; none without a year."""
    if not year:
        return frozenset()
    number = int(year)
    if number < FIRST_STEP:
        return frozenset({EARLIER})
    first = number - (number - FIRST_STEP) % STEP
    return frozenset({f"{first}-{first + STEP - 1}"})


def file_options() -> list[tuple[str, str]]:
    """Return what a document may have to read."""
    return [(TEXT, _("Text to read and search here")), (FILE, _("File without text")), (NO_FILE, _("No file here"))]


FACETS = (
    choice_facet("pillar", gettext_lazy("Pillar"), PILLARS.items),
    term_facet("type", gettext_lazy("Type"), "library_document_types"),
    term_facet("topic", gettext_lazy("Topic"), "topics"),
    term_facet("country", gettext_lazy("Country"), "countries"),
    term_facet("level", gettext_lazy("Level"), "levels"),
    term_facet("language", gettext_lazy("Language"), "languages"),
    choice_facet("year", gettext_lazy("Year"), year_options),
    term_facet("instrument", gettext_lazy("Legal instrument"), "legal_instruments"),
    term_facet("body", gettext_lazy("Monitoring body"), "monitoring_bodies"),
    choice_facet("status", gettext_lazy("Status"), lambda: LibraryDocument.Status.choices),
    choice_facet("tool", gettext_lazy("Tool"), lambda: LibraryDocument.Tool.choices),
    choice_facet("text", gettext_lazy("To read"), file_options),
)
BY_NAME = {facet.name: facet for facet in FACETS}
OF_LIST = {
    "topics": "topic",
    "countries": "country",
    "languages": "language",
    "monitoring_bodies": "body",
}


def _code(pk: int | None) -> str:
    entry = entry_by_id(pk)
    return entry.code if entry else ""


def _load(queryset: Any) -> Iterator[IndexedRecord]:
    """Yield the documents of a queryset, from four queries."""
    pks = queryset.values("pk")
    terms: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for owner, term in DocumentTerm.objects.filter(owner__in=pks).values_list("owner_id", "term_id"):
        entry = entry_by_id(term)
        if entry is not None and entry.vocabulary in OF_LIST:
            terms[owner][OF_LIST[entry.vocabulary]].append(entry.code)
    for owner, term in DocumentInstrument.objects.filter(document__in=pks).values_list("document_id", "instrument_id"):
        terms[owner]["instrument"].append(_code(term))
    files: dict[int, set[str]] = defaultdict(set)
    for owner, parts, language in DocumentFile.objects.filter(document__in=pks).values_list(
        "document_id", "stored__parts", "language"
    ):
        files[owner].add(TEXT if parts else FILE)
        terms[owner]["language"].append(language)
    for row in queryset.values(
        "pk", "name", "document_type_id", "level_id", "status", "tool", "adopted", "published_on", "in_force_on",
        "first_published_at",
    ):  # fmt: skip
        found = terms[row["pk"]]
        kind = _code(row["document_type_id"])
        date = row["published_on"] or row["adopted"] or row["in_force_on"]
        own = {
            **found,
            "pillar": pillars_of(kind, found["topic"]),
            "type": [kind],
            "level": [_code(row["level_id"])],
            "year": year_step(date[:4]),
            "status": [row["status"]],
            "tool": [row["tool"]],
            "text": files[row["pk"]] or {NO_FILE},
        }
        name = sort_text(row["name"])
        since = row["first_published_at"]
        yield IndexedRecord(
            pk=row["pk"],
            values={
                key: facet.expanded(value for value in own.get(key, ()) if value) for key, facet in BY_NAME.items()
            },
            sort={
                "newest": (-int(date.replace("-", "").ljust(8, "0") or 0), name),
                "name": name,
                "added": (-since.timestamp() if since else 0, name),
            },
        )


def _stamps(published: Any) -> Stamps:
    """Return the stamp of each document with those of its files: reading a text again changes what there is to read."""
    files: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = DocumentFile.objects.filter(document__in=published.values("pk")).order_by("pk")
    for owner, stored, parts in rows.values_list("document_id", "stored_id", "stored__parts"):
        files[owner].append((stored, parts))
    return {pk: (stamp, *files[pk]) for pk, stamp in stamps_of(published).items()}


LIBRARY = Listing(
    name="library",
    queryset=LibraryDocument.objects.all,
    load=_load,
    facets=FACETS,
    sorts={
        "newest": gettext_lazy("Newest first"),
        "name": gettext_lazy("Title"),
        "added": gettext_lazy("Last added"),
    },
    versions=("document",),
    stamps=_stamps,
    ranked=lambda words, user: ranked_keys("document", words, user),
)
