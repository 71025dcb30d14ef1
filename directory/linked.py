"""The records that belong to a programme, on its page; and on theirs, the programmes that they belong to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import ngettext

from directory.frames import kind_label, period
from directory.models import Network, Organisation, Programme, ProgrammeLink
from platform_site.listing.kept import Kept
from platform_site.records.models import links_in_order
from platform_site.vocabulary import versions
from search.registration import sources
from search.related import RelatedBlock, RelatedItem, lines_of


def _token() -> tuple[str, ...]:
    # Charts and case studies name their organisations.
    return tuple(versions.current(kind) for kind in (*ProgrammeLink.linkable, "organisation", "vocabulary"))


_kept = Kept(_token)
_kept_programmes = Kept(lambda: (versions.current("programme"), versions.current("vocabulary")))


def linked_blocks(programme: Programme, user: Any) -> list[RelatedBlock]:
    """Return the linked records of `programme`, published or a draft, that `user` may read: a block for each kind.

    In a block they stand in the order of the rows. A kind of which the reader may read nothing has no block.
    """
    targets = tuple(row.target for row in links_in_order(programme.linked_records.all()))
    return _kept.value(user, targets, lambda: _blocks(targets, user)) if targets else []


def _blocks(targets: Collection[tuple[str, int]], user: Any) -> list[RelatedBlock]:
    found = lines_of(targets, user)
    labels = {name: source.label for name, source in sources().items()}
    blocks = []
    for kind in ProgrammeLink.allowed():
        items = [item for (record_type, _pk), item in found.items() if record_type == kind]
        if items:
            blocks.append(RelatedBlock(kind, str(labels[kind]), items, len(items)))
    return blocks


def programmes_with(subject: str, subject_id: str, user: Any, limit: int) -> RelatedBlock | None:
    """Return the programmes that a record (type and primary key as text) belongs to, as far as `user` may read them."""
    # Most records belong to none: all that do are known with one query.
    named = _kept_programmes.value(user, "links", ProgrammeLink.targets)
    if not subject_id.isdecimal() or (subject, int(subject_id)) not in named:
        return None
    key = (subject, subject_id, limit)
    return _kept_programmes.value(user, key, lambda: _programmes(subject, int(subject_id), user, limit))


def _programmes(subject: str, pk: int, user: Any, limit: int) -> RelatedBlock | None:
    naming = ProgrammeLink.objects.filter(record_type=subject, record_pk=pk)
    programmes = Programme.objects.visible_to(user).filter(pk__in=naming.values("programme")).order_by("name")
    found = list(programmes[: limit + 1])
    if not found:
        return None
    total = len(found) if len(found) <= limit else programmes.count()
    heading = ngettext("Part of the programme", "Part of the programmes", total)
    return RelatedBlock("programme", heading, [_programme(programme) for programme in found[:limit]], total)


def organisation_lines(pks: Collection[int], user: Any) -> dict[int, RelatedItem]:
    """Return those of the organisations with these primary keys that `user` may read, as lines."""
    return {
        organisation.pk: RelatedItem(
            kind="organisation",
            title=organisation.name,
            url=organisation.get_absolute_url(),
            facts=kind.label() if (kind := organisation.type_entry) else "",
            country=country.code if (country := organisation.country_entry) else "",
            audience=organisation.audience,
        )
        for organisation in Organisation.objects.visible_to(user).filter(pk__in=pks)
    }


def network_lines(pks: Collection[int], user: Any) -> dict[int, RelatedItem]:
    """Return those of the networks with these primary keys that `user` may read, as lines."""
    return {
        network.pk: RelatedItem(
            kind="network",
            title=network.full_name or network.name,
            url=network.get_absolute_url(),
            facts=kind_label(network),
            audience=network.audience,
        )
        for network in Network.objects.visible_to(user).filter(pk__in=pks)
    }


def programme_lines(pks: Collection[int], user: Any) -> dict[int, RelatedItem]:
    """Return those of the programmes with these primary keys that `user` may read, as lines."""
    return {programme.pk: _programme(programme) for programme in Programme.objects.visible_to(user).filter(pk__in=pks)}


def _programme(programme: Programme) -> RelatedItem:
    return RelatedItem(
        kind="programme",
        title=programme.name,
        url=programme.get_absolute_url(),
        facts=" · ".join(fact for fact in (kind_label(programme), period(programme)) if fact),
        audience=programme.audience,
    )
