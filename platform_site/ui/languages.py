"""The language switch: the same path in each language of the site, its query kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language, get_language_info


@dataclass(frozen=True)
class LanguageEntry:
    """One language of the switch: code, own name, address, and whether the content has a text in it."""

    code: str
    name: str
    href: str
    is_current: bool
    is_missing: bool


def path_without_prefix(path: str) -> str | None:
    """Return `path` (as in `request.path_info`) behind its language prefix, or None where it has none.

    >>> path_without_prefix("/en/directory/")
    'directory/'
    """
    code, _slash, rest = path.lstrip("/").partition("/")
    return rest if code in dict(settings.LANGUAGES) else None


def language_entries(request: HttpRequest, content_languages: Collection[str] | None = None) -> list[LanguageEntry]:
    """Return the languages of the site with the address of this page in each, ordered by their own names.

    A page outside the language prefixes (the sign-in of the editors' desk, say) leads to the home pages.
    `content_languages` are the codes in which the content is written; None means: in all.
    """
    rest = path_without_prefix(request.path_info)
    query = request.GET.urlencode() if rest is not None else ""
    current = get_language()
    entries = []
    for code, _name in settings.LANGUAGES:
        href = f"{get_script_prefix()}{code}/{rest or ''}" + (f"?{query}" if query else "")
        missing = content_languages is not None and code not in content_languages
        name = get_language_info(code)["name_local"].capitalize()
        entries.append(LanguageEntry(code, name, href, code == current, missing))
    return sorted(entries, key=lambda entry: entry.name)


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language, or the code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
