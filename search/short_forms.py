"""Help with abbreviations in a text: the first use of each leads to the glossary and says what it stands for.

Done when the text is drawn, never stored: a new abbreviation explains itself in all guides at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from platform_site.listing.kept import Kept
from platform_site.texts.languages import other_language
from platform_site.vocabulary import versions
from search.models import Abbreviation
from search.thesaurus.access import readable_concepts
from search.thesaurus.trie import ACRONYM

# Where nothing is put in: what is a link or a control already, headings, names of things, code.
UNTOUCHED = frozenset(
    {
        "a", "abbr", "button", "caption", "code", "dfn", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6",
        "label", "legend", "option", "pre", "script", "select", "style", "summary", "svg", "sup", "textarea", "th",
    }
)  # fmt: skip
# A tag as our templates and the sanitiser write it; a quoted value may hold any sign.
_TAG = re.compile(r"""<(/?)([A-Za-z][\w-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>|<!--.*?-->""", re.DOTALL)
# An acronym in small letters (French "ong") is a word like any other.
FEWEST_CAPITALS = 2


@dataclass(frozen=True)
class ShortForm:
    """What an abbreviation stands for, in which language ("": the reader's or not known), and its entry."""

    full_form: str
    language: str
    href: str


@dataclass(frozen=True)
class ShortForms:
    """The short forms that a reader may know of, and the pattern that finds each in escaped text."""

    by_name: dict[str, ShortForm]
    pattern: re.Pattern[str] | None


_kept = Kept(lambda: (versions.current("concept"), versions.current("abbreviation")))


def short_forms(user: Any, language: str) -> ShortForms:
    """Return the abbreviations and the acronyms of concepts for a text in `language`, as `user` may read them.

    An abbreviation of its own comes before an acronym, and an acronym that two concepts have explains nothing.
    """
    return _kept.value(user, language, lambda: _short_forms(user, language))


def _short_forms(user: Any, language: str) -> ShortForms:
    found = dict(_acronyms(user, language))
    for record in Abbreviation.objects.visible_to(user).only("name", "slug", "full_form"):
        found[record.name] = ShortForm(record.full_form, "", record.get_absolute_url())
    if not found:
        return ShortForms({}, None)
    names = "|".join(re.escape(escape(name)) for name in sorted(found, key=len, reverse=True))
    # In capitals and small letters as it is written, whole, with a plural's s behind it or not.
    pattern = re.compile(rf"(?<![\w@.&-])({names})(?=s?(?!\w|\.\w))")
    return ShortForms({str(escape(name)): form for name, form in found.items()}, pattern)


def _acronyms(user: Any, language: str) -> Iterator[tuple[str, ShortForm]]:
    owners: dict[str, set[str]] = {}
    concepts = readable_concepts(user)
    for concept in concepts:
        for label in concept.labels:
            if label.kind == ACRONYM:
                owners.setdefault(label.text, set()).add(concept.code)
    for concept in concepts:
        named = concept.preferred(language)
        for label in concept.labels:
            is_plain = sum(character.isupper() for character in label.text) >= FEWEST_CAPITALS
            if label.kind == ACRONYM and label.expand and is_plain and named and len(owners[label.text]) == 1:
                yield label.text, ShortForm(named.text, other_language(named.language), concept.href())


def explained(html: str, user: Any, language: str) -> SafeString:
    """Return `html`, which is safe, with the first use of each short form as a link that says what it stands for."""
    known = short_forms(user, language)
    if known.pattern is None:
        # Safe stays safe: nothing is changed.
        return SafeString(html)
    done: set[str] = set()
    pieces: list[str] = []
    inside: list[str] = []
    at = 0
    for tag in _TAG.finditer(html):
        pieces.append(_text(html[at : tag.start()], known, done) if not inside else html[at : tag.start()])
        pieces.append(tag[0])
        at = tag.end()
        name = (tag[2] or "").lower()
        if name in UNTOUCHED and not tag[0].endswith("/>"):
            if not tag[1]:
                inside.append(name)
            elif name in inside:
                inside.remove(name)
    pieces.append(html[at:] if inside else _text(html[at:], known, done))
    # Safe stays safe: words of the text are left as they are, what is put round them is escaped.
    return SafeString("".join(pieces))


def _text(text: str, known: ShortForms, done: set[str]) -> str:
    if known.pattern is None or not text.strip():
        return text

    def drawn(match: re.Match[str]) -> str:
        name = match[1]
        if name in done:
            return name
        done.add(name)
        return _draw(name, known.by_name[name])

    return known.pattern.sub(drawn, text)


def _draw(name: str, form: ShortForm) -> str:
    """Return a short form as a link: who points at it sees what it stands for, who listens hears it, and paper has it.

    `title` alone is for neither keyboard nor touch, so what it says stands in the link, too.
    """
    lang = format_html(' lang="{}"', form.language) if form.language else SafeString("")
    # Safe stays safe: the name was taken out of escaped text.
    return format_html(
        '<a class="short-form" href="{}"><abbr title="{}">{}</abbr><span class="visually-hidden"{}> ({})</span></a>',
        form.href,
        form.full_form,
        SafeString(name),
        lang,
        form.full_form,
    )
