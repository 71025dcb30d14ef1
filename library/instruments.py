"""What there is to say of a legal instrument beside its own facts: its kind in words, its parties, its articles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.selectors import ratifications
from library.articles import Article, article_number, articles_by_instrument
from library.models import DocumentInstrument, InstrumentParty, LibraryDocument
from library.wording import file_lines
from platform_site.records.addresses import plain_slug
from platform_site.texts.languages import other_language
from platform_site.texts.partial_dates import date_words, first_day
from platform_site.texts.sorting import sort_text
from platform_site.vocabulary.store import Entry, vocabulary

MOST_ARTICLES = 200
# In an address of the reading view: lead to the first place that has the words.
FIRST = "first"
KINDS = {
    "protocol": _("Protocol"),
    "convention": _("Convention"),
    "directive": _("Directive"),
    "regulation": _("Regulation"),
    "framework decision": _("Framework decision"),
    "charter": _("Charter"),
    "strategy": _("Strategy"),
    "declaration": _("Declaration"),
    "action plan": _("Action plan"),
    "guidelines": _("Guidelines"),
}


@dataclass(frozen=True)
class Party:
    """A country that is party to an instrument: by a row of its own, or because its profile says when it ratified."""

    country: Entry
    since: str = ""
    note: str = ""
    source_url: str = ""
    checked_on: dt.date | None = None
    ratified: str = ""
    is_to_come: bool = False


@dataclass(frozen=True)
class ArticleLine:
    """What a document says of an article of an instrument, with the document.

    `subject_language` is given where it is not the reader's; `text_href` leads to the words in the document's text, ""
    without one in their language. `adds`: it says more than the article's own line, or leads to the words.
    """

    article: str
    subject: str
    subject_language: str
    text_href: str
    title: str
    href: str
    adds: bool = True


@dataclass
class ArticlePlace:
    """An article on the page of its instrument: its number and what it is about, and the documents about it.

    `anchor` names the place in addresses; `language` is that of `subject` where it is not the reader's.
    """

    anchor: str
    words: str
    subject: str
    language: str = ""
    documents: list[ArticleLine] = field(default_factory=list)


def kind_label(entry: Entry) -> str:
    """Return what kind of instrument it is, in the reader's language where it is one of the known kinds."""
    kind = entry.attributes.get("kind", "")
    return str(KINDS.get(kind, kind))


def parties_of(entry: Entry, user: Any) -> list[Party]:
    """Return the countries that are known to be party to the instrument, by name."""
    rows = InstrumentParty.objects.filter(instrument_id=entry.id)
    found = {country.code: _party(row, country) for row in rows if (country := row.country_entry) is not None}
    for ratified in ratifications(user):
        if ratified.instrument == entry.code:
            found.setdefault(ratified.country.code, Party(ratified.country, ratified=ratified.words))
    return sorted(found.values(), key=lambda party: sort_text(party.country.label()))


def parties_in(code: str, user: Any) -> list[tuple[Entry, Party]]:
    """Return the instruments that the country `code` is known to be party to, in the order of their list."""
    instruments, country = vocabulary("legal_instruments"), vocabulary("countries").get(code)
    if country is None:
        return []
    rows = InstrumentParty.objects.filter(country_id=country.id)
    found = {row.instrument_id: _party(row, country) for row in rows}
    for ratified in ratifications(user, [code]):
        instrument = instruments.get(ratified.instrument)
        if instrument is not None:
            found.setdefault(instrument.id, Party(country, ratified=ratified.words))
    return [(instrument, found[instrument.id]) for instrument in instruments if instrument.id in found]


def _party(row: InstrumentParty, country: Entry) -> Party:
    is_to_come = bool(row.since) and first_day(row.since) > timezone.localdate()
    return Party(country, date_words(row.since), row.note, row.source_url, row.checked_on, is_to_come=is_to_come)


def bodies_of(entry: Entry) -> list[Entry]:
    """Return the bodies that watch over the instrument."""
    bodies = vocabulary("monitoring_bodies")
    return [body for body in bodies if body.attributes.get("instrument_code") == entry.code]


def articles_of(entry: Entry, user: Any) -> list[ArticlePlace]:
    """Return the articles of the controlled list and those that documents which `user` may read are about, by number.

    What documents say of the same article stands in one place.
    """
    listed = {article.number: article for article in articles_by_instrument().get(entry.code, [])}
    places = {
        article.anchor: ArticlePlace(article.anchor, article.words, article.entry.label())
        for article in listed.values()
    }
    visible = LibraryDocument.objects.visible_to(user)
    about = DocumentInstrument.objects.filter(instrument_id=entry.id, document__in=visible)
    rows = list(about.exclude(article="", subject="").order_by("document__name")[:MOST_ARTICLES])
    documents = visible.with_files().in_bulk({row.document_id for row in rows})
    for row in rows:
        if row.document_id in documents:
            line = article_line(row, documents[row.document_id])
            number, is_whole = article_number(row.article)
            anchor = f"article-{number}" if number else f"about-{plain_slug(row.article or row.subject)}"
            known = places.setdefault(anchor, ArticlePlace(anchor, line.article, line.subject, line.subject_language))
            is_quoted_alike = is_whole or row.article == known.words
            is_known = is_quoted_alike and _says_no_more(row.subject, known, listed.get(number))
            known.documents.append(replace(line, adds=bool(line.text_href) or not is_known))
    return sorted(places.values(), key=lambda place: _order(place.anchor))


def _says_no_more(subject: str, place: ArticlePlace, article: Article | None) -> bool:
    if not subject or sort_text(subject) == sort_text(place.subject):
        return True
    return article is not None and article.is_about(subject)


def article_line(row: DocumentInstrument, document: LibraryDocument) -> ArticleLine:
    """Return an article as a line; `document` comes with its files."""
    read = next(
        (
            line.read_href
            for line in file_lines(document)
            if row.subject and line.read_href and line.language == row.subject_language
        ),
        "",
    )
    return ArticleLine(
        article=row.article,
        subject=row.subject,
        subject_language=other_language(row.subject_language),
        text_href=f"{read}?{urlencode({'q': row.subject, 'at': FIRST})}" if read else "",
        title=document.title,
        href=document.get_absolute_url(),
    )


def _order(anchor: str) -> tuple[int, str]:
    digits = "".join(letter for letter in anchor if letter.isdecimal()) if anchor.startswith("article-") else ""
    return (int(digits) if digits else 10_000, anchor)
