"""Documents in words: the line of facts, the beginning of a summary, what a file is."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from library.models import DocumentFile, LibraryDocument
from platform_site.texts.formatted import plain
from platform_site.texts.languages import other_language
from platform_site.texts.shortening import shortened_words
from platform_site.vocabulary.store import vocabulary

LONGEST_TEASER = 220
PICTURE_WORD = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WebP"}


@dataclass(frozen=True)
class FileLine:
    """A file as pages show it: where it is fetched, where it is read ("" if nowhere), what it is, and its state."""

    href: str
    read_href: str
    language: str
    language_name: str
    label: str
    facts: str
    state: str
    preview_href: str
    key: str


def teaser(document: LibraryDocument) -> tuple[str, str]:
    """Return the beginning of the summary, and its language where it is not the reader's."""
    text = document.text()
    if text is None or not text.summary:
        return "", ""
    return shortened_words(plain(text.summary), LONGEST_TEASER), other_language(text.language)


def facts_line(document: LibraryDocument) -> str:
    """Return type and issuing body in one line."""
    entry = document.type_entry
    issuer = document.issuer or _("issuing body not stated")
    return " · ".join(part for part in (entry.label() if entry else "", issuer) if part)


def file_lines(document: LibraryDocument) -> list[FileLine]:
    """Return the files of a document as lines, those in the reader's language first."""
    active = (get_language() or "en").split("-")[0]
    rows = sorted(document.files.all(), key=lambda row: (row.sort_order, row.pk or 0))
    lines = [file_line(document, row) for row in rows if row.key]
    return sorted(lines, key=lambda line: line.language != active)


def file_line(document: LibraryDocument, row: DocumentFile) -> FileLine:
    """Return one file of a document as a line."""
    stored = row.stored
    arguments = [document.slug, row.key]
    return FileLine(
        href=reverse("library:document_file", args=arguments),
        read_href=reverse("library:document_read", args=arguments) if stored.can_be_read else "",
        language=row.language,
        language_name=vocabulary("languages").label(row.language),
        label=row.label,
        facts=" · ".join(part for part in (kind_words(row), str(filesizeformat(stored.size))) if part),
        state=str(stored.get_state_display()),
        preview_href=reverse("library:document_preview", args=arguments) if stored.has_preview else "",
        key=row.key,
    )


def kind_words(row: DocumentFile) -> str:
    """Return what kind of file it is, with its pages or words."""
    stored = row.stored
    if stored.ending == "txt":
        count = number_format(stored.words, force_grouping=True)
        words = ngettext("%(number)s word", "%(number)s words", stored.words) % {"number": count}
        return ", ".join((_("plain text"), words))
    kind = PICTURE_WORD.get(stored.ending, stored.ending.upper())
    if stored.pages:
        pages = ngettext("%(number)d page", "%(number)d pages", stored.pages) % {"number": stored.pages}
        return f"{kind}, {pages}"
    return kind
