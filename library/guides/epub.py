"""A whole guide as one file for reading offline (EPUB 3). The library that writes it is optional."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from lxml import etree

from library.guides.contents import author_line
from library.guides.whole import WholeChapter, whole_chapters

XHTML = "http://www.w3.org/1999/xhtml"
STYLE = """body { font-family: serif; line-height: 1.5; }
h1, h2, h3 { line-height: 1.2; }
blockquote, .definition { border-top: 2px solid; border-bottom: 2px solid; margin: 1.2em 0; padding: 0.6em 0; }
.definition dt, .callout h2, .checklist legend { font-weight: bold; font-size: 1em; }
.definition dd, .notes dd { margin: 0; }
.callout, .checklist { border: 1px solid; padding: 0.8em; margin: 1.2em 0; }
table { border-collapse: collapse; } th, td { border: 1px solid; padding: 0.2em 0.5em; text-align: start; }
.notes { border-top: 1px solid; font-size: 0.85em; } .visually-hidden { display: none; }
.checklist label { display: block; }
"""


def is_available() -> bool:
    """Say whether this site can write EPUB files."""
    return find_spec("ebooklib") is not None


def as_epub(guide: Any, shown: Any, request: HttpRequest) -> bytes:
    """Return `guide`, with the text of the page `shown`, as an EPUB file for the asker."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.set_identifier(f"urn:uuid:{guide.translation_key}")
    book.set_title(shown.title)
    book.set_language(shown.text_language)
    for number, name in enumerate(shown.author_names(), 1):
        book.add_author(name, uid=f"creator-{number}")
    book.add_metadata("DC", "publisher", shown.author_organisation or settings.PLATFORM_NAME)
    book.add_metadata("DC", "source", request.build_absolute_uri(request.path.rpartition("/")[0] + "/"))
    if shown.year:
        book.add_metadata("DC", "date", shown.year)
    if shown.licence:
        book.add_metadata("DC", "rights", shown.licence)
    style = epub.EpubItem("style", "style.css", "text/css", STYLE.encode())
    book.add_item(style)
    chapters = whole_chapters(guide, request, scoped=False)
    opening = render_to_string(
        "library/guide_epub_opening.html",
        {"shown": shown, "parts": shown.parts(), "author": author_line(shown), "chapters": chapters},
        request,
    )
    files = {chapter.slug: f"chapter-{number}.xhtml" for number, chapter in enumerate(chapters, 1)}
    pages = [_page(epub, "opening.xhtml", shown.title, shown.text_language, opening, files, request)]
    for chapter in chapters:
        html = render_to_string("library/guide_epub_chapter.html", _context(chapter), request)
        name = " ".join(part for part in (chapter.number, chapter.title) if part)
        pages.append(_page(epub, files[chapter.slug], name, chapter.text_language, html, files, request))
    for page in pages:
        page.add_item(style)
        book.add_item(page)
    book.toc = pages
    book.spine = ["nav", *pages]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    written = io.BytesIO()
    epub.write_epub(written, book, {"raise_exceptions": True})
    return written.getvalue()


def _context(chapter: WholeChapter) -> dict[str, Any]:
    return {"chapter": chapter, "parts": chapter.parts, "intro": chapter.intro}


def _page(
    epub: Any, file_name: str, title: str, language: str, html: str, files: dict[str, str], request: HttpRequest
) -> Any:
    page = epub.EpubHtml(title=title, file_name=file_name, lang=language)
    page.content = _offline(html, files, request)
    return page


def _offline(html: str, files: dict[str, str], request: HttpRequest) -> bytes:
    """Return the body of a page for a reader without the site: no icons, whole addresses, chapters by their files."""
    body = lxml.html.fragment_fromstring(html, create_parent="body")
    for icon in list(body.iter("svg")):
        icon.drop_tree()
    own = request.path.rpartition("/")[0] + "/"
    for link in body.iter("a"):
        href = link.get("href", "")
        parts = urlsplit(href)
        slug = parts.path.removeprefix(own).strip("/")
        if parts.path.startswith(own) and not parts.netloc and slug in files:
            link.set("href", files[slug] + (f"#{parts.fragment}" if parts.fragment else ""))
        elif href.startswith("/"):
            link.set("href", request.build_absolute_uri(href))
    for box in body.iter("input"):
        box.attrib.pop("autocomplete", None)
    written: bytes = etree.tostring(body, method="xml", encoding="utf-8")
    return b"<html>" + written + b"</html>"
