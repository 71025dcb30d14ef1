"""The related blocks that other pages show of the library."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from library.filters import LIBRARY
from library.instruments import Party, parties_in
from library.models import DocumentFile, DocumentUse, LibraryDocument
from library.models.parties import VERSION as PARTIES
from library.places import anchor_of
from library.selectors import dated_facts_line, documents_where
from platform_site.listing.kept import Kept
from platform_site.texts.languages import other_language
from platform_site.vocabulary import versions
from platform_site.vocabulary.store import vocabulary
from search.related import RelatedBlock, RelatedItem

REPORT_TYPES = frozenset({"monitoring_report", "shadow_report"})
# The topic of what helps with a return.
RETURN = "return_reintegration"
_kept = Kept(LIBRARY.token)


def _parties_token() -> tuple[str, ...]:
    """Return what names the state of the parties; what is to come today is in force tomorrow."""
    return (
        timezone.localdate().isoformat(),
        *(versions.current(kind) for kind in (PARTIES, "country_profile", "vocabulary")),
    )


_kept_parties = Kept(_parties_token)


def documents_used_by(subject: str, subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the tools that a record (type and primary key as text) uses, as far as `user` may read them."""
    # Most records use none: all that do are known with one query.
    if not subject_id.isdecimal() or (subject, int(subject_id)) not in _kept.value(user, "uses", DocumentUse.targets):
        return None
    key = (subject, subject_id, limit)
    return _kept.value(user, key, lambda: _used_by(subject, int(subject_id), user, limit))


def _used_by(subject: str, pk: int, user: Any, limit: int) -> RelatedBlock | None:
    documents = (
        LibraryDocument.objects.visible_to(user)
        .filter(uses__record_type=subject, uses__record_pk=pk)
        .order_by("name")
        .distinct()
        .for_list()
    )
    found = list(documents[: limit + 1])
    if not found:
        return None
    total = len(found) if len(found) <= limit else documents.count()
    return _block(_("Tools that are used"), found[:limit], total, reverse("library:tools") if total > limit else "")


def documents_in_country(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the newest documents about a country (by code), as far as `user` may read them."""
    return _kept.value(user, ("country", subject_id, limit), lambda: _about_country(subject_id, user, limit))


def _about_country(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    found, total = documents_where({"country": frozenset({subject_id})}, user, limit)
    if not found:
        return None
    more = f"{reverse('library:document_list')}?country={subject_id}" if total > len(found) else ""
    return _block(_("In the library"), found, total, more)


def documents_of_pair(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the newest documents about both countries of a pair (codes: `DE-RO`), as far as `user` may read them."""
    return _kept.value(user, ("country_pair", subject_id, limit), lambda: _about_pair(subject_id, user, limit))


def _about_pair(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    origin, _sign, destination = subject_id.partition("-")
    countries = vocabulary("countries")
    if origin not in countries or destination not in countries:
        return None
    about = LibraryDocument.objects.visible_to(user).filter(terms__term=countries[origin].id)
    both = about.filter(terms__term=countries[destination].id).distinct().order_by("-published_on", "name")
    found = list(both.for_list()[: limit + 1])
    if not found:
        return None
    total = len(found) if len(found) <= limit else both.count()
    return _block(_("In the library"), found[:limit], total, "")


def tools_on_return(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the newest tools on return that are about no country in particular: they hold for every pair.

    They are the same whatever `subject_id`; as far as `user` may read them.
    """
    return _kept.value(user, ("tools_on_return", limit), lambda: _tools_on_return(user, limit))


def _tools_on_return(user: Any, limit: int) -> RelatedBlock | None:
    topics = vocabulary("topics")
    wanted = [topics[code].id for code in topics.with_descendants(RETURN)]
    tools = LibraryDocument.objects.visible_to(user).exclude(tool="").filter(terms__term__in=wanted)
    anywhere = tools.exclude(terms__term__vocabulary="countries").distinct().order_by("-published_on", "name")
    found = list(anywhere.for_list()[: limit + 1])
    if not found:
        return None
    total = len(found) if len(found) <= limit else anywhere.count()
    return replace(_block(_("Tools on return"), found[:limit], total, ""), kind="tool")


def reports_on_country(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the newest reports of monitoring bodies and NGOs on a country (by code) that `user` may read."""
    return _kept.value(user, ("reports", subject_id, limit), lambda: _reports(subject_id, user, limit))


def _reports(code: str, user: Any, limit: int) -> RelatedBlock | None:
    found, total = documents_where({"country": frozenset({code}), "type": REPORT_TYPES}, user, limit)
    if not found:
        return None
    query = "&".join(f"type={kind}" for kind in sorted(REPORT_TYPES))
    more = f"{reverse('library:document_list')}?country={code}&{query}" if total > len(found) else ""
    return replace(_block(_("Monitoring reports"), found, total, more), kind="report")


def instruments_of_country(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the legal instruments in force in a country (by code), as far as is known: all of them, they are few."""
    return _kept_parties.value(user, subject_id, lambda: _instruments(subject_id, user, is_to_come=False))


def instruments_to_come(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the legal instruments that will be in force in a country (by code) from a day that is known."""
    key = (subject_id, "to come")
    return _kept_parties.value(user, key, lambda: _instruments(subject_id, user, is_to_come=True))


def _instruments(code: str, user: Any, *, is_to_come: bool) -> RelatedBlock | None:
    items = [
        RelatedItem(
            kind="instrument",
            title=instrument.label(),
            url=reverse("library:legal_instrument", args=[instrument.code]),
            facts=" · ".join(part for part in (_since(party), party.note) if part),
        )
        for instrument, party in parties_in(code, user)
        if party.is_to_come == is_to_come
    ]
    if not items:
        return None
    kind, heading = "instrument", _("Instruments in force")
    if is_to_come:
        kind, heading = "instrument_to_come", _("Instruments not yet in force")
    return RelatedBlock(kind=kind, heading=heading, items=items, total=len(items))


def _since(party: Party) -> str:
    if party.ratified:
        return _("ratified: %(day)s") % {"day": party.ratified}
    if party.is_to_come:
        return _("will be in force from %(day)s") % {"day": party.since}
    return _("in force since %(day)s") % {"day": party.since} if party.since else _("party; since when is not stated")


def document_with_source(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the document that a source names: by the name of one of its files, or by its title, as printed."""
    named = _kept.value(user, "sources", lambda: _documents_by_name(user))
    found = named.get(subject_id)
    if found is None:
        return None
    address, title, language, audience = found
    item = RelatedItem(kind="document", title=title, url=address, language=other_language(language), audience=audience)
    return RelatedBlock(kind="document", heading=_("In the library"), items=[item], total=1)


def place_in_source(subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the place in the text of a source (`report.txt line-12`, `report.pdf page-7`) that `user` may read."""
    address = _kept.value(user, ("place", subject_id), lambda: _place(subject_id, user))
    if not address:
        return None
    item = RelatedItem(kind="place", title=subject_id, url=address)
    return RelatedBlock(kind="place", heading=_("In the text"), items=[item], total=1)


def _place(subject_id: str, user: Any) -> str:
    name, _blank, place = subject_id.rpartition(" ")
    row = _kept.value(user, "texts", lambda: _texts_by_name(user)).get(name)
    anchor = anchor_of(row.stored, place) if row is not None else ""
    return reverse("library:document_read_at", args=[row.document.slug, row.key, anchor]) if row and anchor else ""


def _texts_by_name(user: Any) -> dict[str, DocumentFile]:
    """Return the files with a reading view that `user` may read, by their names and by the titles of documents.

    By its title a document is known with its first file.
    """
    files = DocumentFile.objects.filter(document__in=LibraryDocument.objects.visible_to(user), stored__parts__gt=0)
    rows = list(files.select_related("document", "stored").order_by("-sort_order", "-pk"))
    return {row.document.name: row for row in rows} | {row.name: row for row in rows}


def _documents_by_name(user: Any) -> dict[str, tuple[str, str, str, str]]:
    """Return address, title, its language and audience of what `user` may read, by titles and names of files."""
    documents = LibraryDocument.objects.visible_to(user).order_by("pk").prefetch_related("terms", "texts")
    by_pk = {
        document.pk: (document.get_absolute_url(), document.title, document.title_language, document.audience)
        for document in documents
    }
    files = DocumentFile.objects.filter(document__in=by_pk).order_by("pk").values_list("name", "document_id")
    found = {name: by_pk[pk] for name, pk in files}
    return found | {document.name: by_pk[document.pk] for document in documents}


def document_lines(pks: Collection[int], user: Any) -> dict[int, RelatedItem]:
    """Return those of the documents with these primary keys that `user` may read, as lines."""
    documents = LibraryDocument.objects.visible_to(user).filter(pk__in=pks).prefetch_related("texts", "terms")
    return {document.pk: _item(document) for document in documents}


def _item(document: LibraryDocument) -> RelatedItem:
    return RelatedItem(
        kind="document",
        title=document.title,
        url=document.get_absolute_url(),
        facts=dated_facts_line(document),
        language=other_language(document.title_language),
        audience=document.audience,
    )


def _block(heading: str, documents: list[LibraryDocument], total: int, more: str) -> RelatedBlock:
    items = [_item(document) for document in documents]
    return RelatedBlock(kind="document", heading=heading, items=items, total=total, more_url=more)
