"""Networks and programmes in words: rows of lists, members, partners, periods."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.models import Network, Organisation, Programme, ProgrammePartner
from platform_site.records.models import Record
from platform_site.texts.formatted import plain
from platform_site.texts.languages import other_language
from platform_site.texts.partial_dates import date_words
from platform_site.texts.shortening import shortened_words
from platform_site.ui.languages import language_name
from platform_site.vocabulary.store import Entry, entry_by_id
from search.related import related_to

LONGEST_TEASER = 220


@dataclass(frozen=True)
class FrameRow:
    """A network or a programme in a list."""

    href: str
    title: str
    subtitle: str
    facts_line: str
    teaser: str
    teaser_language: str
    audience: str


@dataclass(frozen=True)
class Partner:
    """Who takes part in a programme: an organisation of the directory, else a name as printed."""

    name: str
    organisation: Organisation | None = None
    country: Entry | None = None


@dataclass(frozen=True)
class Partners:
    """The partners of a programme that the reader may see, by their role."""

    coordinators: list[Partner] = field(default_factory=list)
    others: list[Partner] = field(default_factory=list)


def kind_label(record: Network | Programme) -> str:
    """Return the words for the kind of a network or programme, "" where none is given."""
    entry = entry_by_id(record.kind_id)
    return entry.label() if entry else ""


def member_count(count: int) -> str:
    """Return the number of organisations of the directory in a network, with its noun."""
    return ngettext("%(count)d organisation", "%(count)d organisations", count) % {"count": count}


def unstated_members() -> str:
    """Return the words for a network of which nobody has said who belongs to it."""
    return _("members not stated")


def period(programme: Programme) -> str:
    """Return when a programme ran: in years or months, as it is given; "" where nothing is said."""
    return span(programme.start, programme.end)


def span(first: str, last: str) -> str:
    """Return the time between two partial dates in words, either of which may be missing; "" for none."""
    start, end = date_words(first), date_words(last)
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("since %(start)s") % {"start": start}
    return _("until %(end)s") % {"end": end} if end else ""


def text_language(text: Any) -> str:
    """Return the language code of a text that is not in the reader's language, else ""."""
    return other_language(text.language) if text is not None else ""


def teaser(source: str) -> str:
    """Return the beginning of a formatted text in one line, cut between words."""
    return shortened_words(plain(source), LONGEST_TEASER)


def network_row(network: Network) -> FrameRow:
    """Return the row of a network (fetched with `with_members`)."""
    text = network.text()
    members = unstated_members() if network.members_unstated else member_count(len(network.readable_memberships))
    facts = [kind_label(network), members]
    return FrameRow(
        href=network.get_absolute_url(),
        title=network.name,
        subtitle=network.full_name if network.full_name != network.name else "",
        facts_line=" · ".join(fact for fact in facts if fact),
        teaser=teaser(text.description) if text else "",
        teaser_language=text_language(text),
        audience=network.audience,
    )


def programme_row(programme: Programme) -> FrameRow:
    """Return the row of a programme (fetched with `for_list`)."""
    text = programme.text()
    countries = ", ".join(entry.label() for entry in programme.entries("countries"))
    return FrameRow(
        href=programme.get_absolute_url(),
        title=programme.name,
        subtitle=programme.acronym if programme.acronym != programme.name else "",
        facts_line=" · ".join(fact for fact in (kind_label(programme), period(programme), countries) if fact),
        teaser=teaser(text.summary) if text else "",
        teaser_language=text_language(text),
        audience=programme.audience,
    )


def partners_of(programme: Programme, user: Any) -> Partners:
    """Return the partners of a programme; one whose entry `user` may not read is left out, its name included."""
    rows = list(programme.partners.all())
    wanted = [row.organisation_id for row in rows if row.organisation_id]
    readable = Organisation.objects.visible_to(user).in_bulk(wanted) if wanted else {}
    found = Partners()
    for row in rows:
        if row.organisation_id is None:
            partner = Partner(row.printed_name)
        elif row.organisation_id in readable:
            organisation = readable[row.organisation_id]
            partner = Partner(organisation.display_name, organisation, organisation.country_entry)
        else:
            continue
        same = found.coordinators if row.role == ProgrammePartner.Role.COORDINATOR else found.others
        same.append(partner)
    return found


def readable_members(network: Network, user: Any) -> list[Organisation]:
    """Return the members of a network, published or a draft, that `user` may read, in their order."""
    rows = list(network.memberships.all())
    readable = Organisation.objects.visible_to(user).in_bulk([row.organisation_id for row in rows])
    return [readable[row.organisation_id] for row in rows if row.organisation_id in readable]


def page_context(record: Network | Programme, user: Any) -> dict[str, Any]:
    """Return what the pages of networks and of programmes have in common: text, kind, dateline, related records."""
    text = record.text()
    context: dict[str, Any] = {
        "record": record,
        "kind": kind_label(record),
        "text": text,
        "text_language": text_language(text),
        "dateline": dateline(record, text),
        "related": related_to(record.record_type, str(record.pk), user) if record.pk else [],
    }
    if record.content_languages:
        context["content_languages"] = record.content_languages
        context["original_language"] = record.original_language
    return context


def dateline(record: Record, text: Any) -> list[tuple[str, str]]:
    """Return where the content is from: source, language, import, last change."""
    items = [(_("Source"), record.source or _("entry kept by the platform"))]
    # Without a text the words are the site's own.
    language = text.language if text is not None else get_language() or ""
    items.append((_("Language"), language_name(language)))
    if record.imported_on:
        items.append((_("Imported"), date_format(record.imported_on, "DATE_FORMAT")))
    if record.last_published_at:
        items.append((_("Last change"), date_format(timezone.localdate(record.last_published_at), "DATE_FORMAT")))
    return items
