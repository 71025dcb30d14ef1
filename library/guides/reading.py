"""What the pages of a guide show beside the text: chapters, progress, edition, citation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from library.filters import LIBRARY
from library.guides import epub
from library.guides.citation import citation_of
from library.guides.contents import ChapterLine, author_line, chapters_of, path_of, reading_minutes
from library.models.documents import LibraryDocument
from library.wording import facts_line
from platform_site.listing.kept import Kept
from platform_site.texts.languages import other_language

_kept = Kept(LIBRARY.token)


@dataclass(frozen=True)
class DocumentLink:
    """A document of the library as a guide names it."""

    title: str
    language: str
    href: str
    facts: str


def document_links(keys: Iterable[int], user: Any) -> list[DocumentLink]:
    """Return those of the documents (by primary key) that `user` may read, in the given order."""
    keys = tuple(keys)
    links: list[DocumentLink] = _kept.value(user, keys, lambda: _document_links(keys, user))
    return links


def _document_links(keys: tuple[int, ...], user: Any) -> list[DocumentLink]:
    readable = LibraryDocument.objects.visible_to(user).prefetch_related("texts", "terms").in_bulk(keys)
    return [
        DocumentLink(
            title=document.title,
            language=other_language(document.title_language),
            href=document.get_absolute_url(),
            facts=" · ".join(part for part in (document.year, facts_line(document)) if part),
        )
        for document in (readable.get(key) for key in keys)
        if document is not None
    ]


def guide_context(page: Any, shown: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what the opening page of a guide shows; `shown` is the page whose text it is."""
    chapters = chapters_of(page, request) if page.path else []
    source = document_links([shown.source_document_id], request.user) if shown.source_document_id else []
    return {
        "chapters": chapters,
        "minutes": minutes_words(reading_minutes(chapters, shown)),
        "dateline": edition(shown),
        "actions": files_of(page) if page.pk else [],
        "changes": sorted(shown.changes.all(), key=lambda change: change.date, reverse=True),
        "source_links": source,
        "citation": citation_of(shown, None, address_of(request, page)),
        "cite_paths": cite_paths(page.slug),
    }


def chapter_context(page: Any, shown: Any, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a chapter shows; `shown` is the page whose text it is."""
    guide = page.guide
    chapters = chapters_of(guide, request)
    position = next((at for at, line in enumerate(chapters) if line.key == page.translation_key), None)
    before: ChapterLine | None = None
    after: ChapterLine | None = None
    if position is not None:
        before = chapters[position - 1] if position else None
        after = chapters[position + 1] if position + 1 < len(chapters) else None
    guide_href = path_of(guide.url_path)
    sections = [(block.value["anchor"], block.value["text"]) for block, anchor in shown.parts() if anchor]
    return {
        "guide": guide,
        "guide_href": guide_href,
        "guide_language": other_language(guide.text_language),
        "chapters": chapters,
        "chapter_key": page.translation_key,
        "position": None if position is None else position + 1,
        "before": before,
        "after": after,
        "dateline": [*_authors(guide), *shown.provenance(), (_("Reading time"), minutes_words(shown.minutes))],
        "actions": files_of(guide),
        "sections": sections,
        "citation": citation_of(guide, shown, address_of(request, page)),
        "cite_paths": cite_paths(guide.slug, page.slug),
    }


def minutes_words(minutes: int) -> str:
    """Return a reading time in words."""
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


def edition(guide: Any) -> list[tuple[Any, Any]]:
    """Return who wrote a guide, when, and where the text is from, as pairs of label and value."""
    items = _authors(guide)
    if guide.year:
        items.append((_("First edition"), guide.year))
    items += guide.provenance()
    if guide.licence:
        items.append((_("Licence"), guide.licence))
    latest = max((change.date for change in guide.changes.all()), default=None)
    if latest:
        items.append((_("Last changed"), date_format(latest)))
    return items


def _authors(guide: Any) -> list[tuple[Any, Any]]:
    line = author_line(guide)
    return [(ngettext("Author", "Authors", max(1, len(guide.author_names()))), line)] if line else []


def files_of(guide: Any) -> list[tuple[str, str, str]]:
    """Return where the whole guide is printed and fetched: icon, label, address."""
    found = [("printer", _("Whole guide on one page"), reverse("library:guide_print", args=[guide.slug]))]
    if epub.is_available():
        found.append(("download", _("Read offline (EPUB)"), reverse("library:guide_epub", args=[guide.slug])))
    return found


def cite_paths(*slugs: str) -> list[tuple[str, str]]:
    """Return label and address of the citation of a guide, or of one of its chapters, in each format."""
    name = "library:guide_citation" if len(slugs) == 1 else "library:chapter_citation"
    labels = (("ris", "RIS"), ("bib", "BibTeX"), ("txt", _("Text")))
    return [(label, reverse(name, args=[*slugs, ending])) for ending, label in labels] if all(slugs) else []


def address_of(request: HttpRequest, page: Any) -> str:
    """Return the whole address of a page of the tree in the active language."""
    return request.build_absolute_uri(path_of(page.url_path)) if page.url_path else ""
