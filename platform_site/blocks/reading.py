"""What a reader gets to see of formatted text in a page: figures filled in, links in the reader's language, notes."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from platform_site.blocks.figures import with_figures
from platform_site.texts.formatted import render

# The rendered link to an address of this site: the allow-list leaves `href="/…"` in this one form.
LOCAL_LINK = re.compile(r'href="/(?!/)([^"]*)"')
NOTE_MARK = re.compile(r"\[\^([0-9A-Za-z]{1,8})\]")
# Addresses outside the language prefixes.
OUTSIDE = ("admin/", "documents/", "media/", "static/", "health/")


def reading_text(source: str, user: Any, scope: str = "") -> SafeString:
    """Return the formatted text `source` as HTML for `user`, in the active language.

    `scope` stands before the marks of notes where several texts stand on one page.
    """
    return with_figures(_with_notes(_with_language(render(source)), scope), user)


def reading_line(source: str, user: Any, scope: str = "") -> SafeString:
    """Return a short text, such as a cell of a table, as HTML without a paragraph round it.

    What has no mark of Markdown in it is taken as it is: a cell that says "4." is no list.
    """
    if not any(mark in source for mark in "[*{"):
        return escape(source)
    html = reading_text(source, user, scope).strip()
    # Safe stays safe: one pair of tags is taken off.
    return SafeString(
        html[3:-4] if html.startswith("<p>") and html.count("<p>") == 1 and html.endswith("</p>") else html
    )


def local_path(path: str) -> str:
    """Return an address of this site, with or without a language in it, as it is in the reader's language.

    One path serves every language, so that a text may be read under another prefix than it was written for.

    >>> local_path("/directory/?country=IT")
    '/en/directory/?country=IT'
    """
    rest = path.lstrip("/")
    if rest.startswith(OUTSIDE):
        return f"/{rest}"
    first, slash, remainder = rest.partition("/")
    if first in dict(settings.LANGUAGES) and (slash or not remainder):
        rest = remainder
    return f"/{get_language() or settings.LANGUAGE_CODE}/{rest}"


def _with_language(html: SafeString) -> SafeString:
    if 'href="/' not in html:
        return html
    # Safe stays safe: the path is the escaped one of the attribute, a prefix is put before it.
    return SafeString(LOCAL_LINK.sub(lambda match: f'href="{local_path("/" + match[1])}"', html))


def _with_notes(html: SafeString, scope: str) -> SafeString:
    """Turn `[^3]` into a link to note 3, which a notes block prints."""
    if "[^" not in html:
        return html
    word = gettext("Note")
    # Safe stays safe: the mark is letters and digits alone, scope is escaped, the word comes from our catalogues.
    return SafeString(
        NOTE_MARK.sub(
            lambda match: (
                f'<sup><a class="note-mark" href="#note-{escape(scope)}{match[1]}">'
                f'<span class="visually-hidden">{word} </span>{match[1]}</a></sup>'
            ),
            html,
        )
    )
