"""What happens to records and pages, as rows of the outbox: saved, deleted, moved, restricted, called otherwise.

`connect` is called for each source when it registers. Who may find a thing by role is judged for each reader when they
search, so people who join or leave a group change nothing in the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from modelcluster.fields import ParentalKey
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from platform_site.records.models import Record
from platform_site.vocabulary.loading import terms_loaded
from platform_site.vocabulary.models import Term
from search.outbox import ALL, Thing, known_in_transaction, note
from search.registration import Source, sources
from search.sourcing import indexed_types

# Written when a draft is kept, locked or scheduled: nothing of it is published.
DRAFT_FIELDS = frozenset(
    {
        "latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title", "stamp", "locked",
        "locked_at", "locked_by", "go_live_at", "expire_at", "approved_schedule",
    }
)  # fmt: skip
# The roots of Wagtail's tree and of each language: below them lies everything.
_HOME_DEPTH = 2

Belonging = Callable[[Any], Iterable[int]]
# By model: the types that its rows are part of, with the function that says of which records.
_followed: dict[Any, dict[str, Belonging]] = {}


def connect(source: Source) -> None:
    """Listen to the records of a source and to the rows that are part of them."""
    if source.documents is None:
        return
    follows = {source.model: _itself, **source.follows}
    for model, belonging in follows.items():
        if model is not source.model and issubclass(model, Record):
            # Told when the other record's own document is written, and only if its face changed: a save of a record
            # would else make those of many others anew (`outbox`).
            continue
        _followed.setdefault(model, {})[source.record_type] = belonging
        post_save.connect(_saved, sender=model, dispatch_uid=f"search.saved.{model._meta.label}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"search.deleted.{model._meta.label}")


def _itself(record: Any) -> list[int]:
    return [record.pk]


def _saved(sender: Any, instance: Any, update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    if update_fields is None or not DRAFT_FIELDS.issuperset(update_fields):
        _note_row(sender, instance)


def _deleted(sender: Any, instance: Any, origin: Any = None, **_kwargs: Any) -> None:
    # With a record its rows go: the record itself is noted.
    if isinstance(origin, Model) and origin is not instance and type(origin) in _followed and _parent(sender):
        return
    _note_row(sender, instance)


def _note_row(model: Any, row: Any) -> None:
    known = known_in_transaction()
    parent = _parent(model)
    things: list[Thing] = []
    for record_type, belonging in _followed.get(model, {}).items():
        # A record has many rows, and it takes a query to know the record of some.
        mark = (record_type, model, getattr(row, parent) if parent else row.pk)
        if mark not in known:
            known.add(mark)
            things += [(record_type, pk) for pk in belonging(row) if pk]
    note(things)


_parents: dict[Any, str] = {}


def _parent(model: Any) -> str:
    """Return the name of the column of a part that leads to its record; "" for what is no part."""
    if model not in _parents:
        keys = [field for field in model._meta.concrete_fields if isinstance(field, ParentalKey)]
        _parents[model] = keys[0].attname if len(keys) == 1 else ""
    return _parents[model]


# --- pages ----------------------------------------------------------------------------------------------------------
@receiver(page_unpublished, dispatch_uid="search.page_unpublished")
@receiver(page_published, dispatch_uid="search.page_published")
@receiver(page_slug_changed, dispatch_uid="search.page_slug_changed")
@receiver(post_page_move, dispatch_uid="search.page_moved")
def note_page_and_below(sender: Any, instance: Page, **_kwargs: Any) -> None:
    """Note a page in all its languages and the pages below: their addresses and access follow from it.

    Whether a home page is published changes no other page.
    """
    if instance.depth > _HOME_DEPTH:
        note_below([instance.pk])


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search.restriction")
def note_restriction(sender: Any, instance: PageViewRestriction, **_kwargs: Any) -> None:
    """Note all that a restriction is for: its page and everything below, in every language."""
    note_below([instance.page_id])


@receiver(m2m_changed, sender=PageViewRestriction.groups.through, dispatch_uid="search.restriction_groups")
def note_restriction_groups(sender: Any, instance: Any, action: str, **_kwargs: Any) -> None:
    """Note what is restricted to other groups than before."""
    if action.startswith("post_"):
        pages = [instance.page_id] if isinstance(instance, PageViewRestriction) else _restricted_to(instance)
        note_below(pages)


@receiver(pre_delete, sender=Group, dispatch_uid="search.group_deleted")
def note_group(sender: Any, instance: Group, **_kwargs: Any) -> None:
    """Note what was restricted to a group that is deleted."""
    note_below(_restricted_to(instance))


def _restricted_to(group: Group) -> list[int]:
    return list(PageViewRestriction.objects.filter(groups=group).values_list("page_id", flat=True))


def note_below(pks: Iterable[int]) -> None:
    """Note these pages and all below them, in every language (three queries)."""
    groups = Page.objects.filter(pk__in=list(pks)).order_by().values("translation_key")
    places = Page.objects.filter(translation_key__in=groups).order_by().values_list("path", flat=True)
    below = Q(pk__in=[])
    for path in places:
        below |= Q(path__startswith=path)
    things: list[Thing] = []
    types = _types_of_pages()
    for pk, content_type in Page.objects.filter(below).order_by("path").values_list("pk", "content_type_id"):
        things += [(record_type, pk) for record_type in types.get(content_type, ())]
    note(things)


def _types_of_pages() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for record_type, source in sources().items():
        if source.documents is not None and issubclass(source.model, Page):
            found.setdefault(ContentType.objects.get_for_model(source.model).pk, []).append(record_type)
    return found


# --- vocabulary -----------------------------------------------------------------------------------------------------
@receiver([post_save, post_delete, terms_loaded], sender=Term, dispatch_uid="search.term")
def note_term(sender: Any, **_kwargs: Any) -> None:
    """Note everything: the labels of terms are words of the records that have them, and facets have their parents."""
    note((record_type, ALL) for record_type in indexed_types())
