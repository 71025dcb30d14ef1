"""One address in every language: each page has its place in the tree of each language.

A *group* is a page with its translations (one `translation_key`). Its first page, the *original*, decides on place and
slug; all others sit at the same path under their language's home page. Where nobody wrote a translation, an alias
(Wagtail's) shows the first text there is, the *source*. `ensure_group` makes this so from whatever state it finds, and
changes nothing if it is so; `pages.signals` calls it after everything that can happen to a page.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Locale, Page

from platform_site.pages.site_page import HOME_DEPTH, SitePageMixin

# Groups that are being put in order: what that does to pages must not start it again.
_at_work: ContextVar[frozenset[UUID]] = ContextVar("groups_at_work", default=frozenset())


def ensure_aliases(page: Page) -> None:
    """Give `page` its place in every language; says nothing and changes nothing where all is in order.

    For pages of the site (`SitePageMixin`); the root and pages of other types are left alone.
    """
    if page.depth >= HOME_DEPTH and issubclass(page.specific_class or Page, SitePageMixin):
        ensure_group(page.translation_key)


def ensure_all() -> int:
    """Put every group in order, parents first; returns the number of groups. For a new language and for repairs."""
    keys = list(
        dict.fromkeys(
            Page.objects.filter(depth__gte=HOME_DEPTH)
            .order_by("depth", "path")
            .values_list("translation_key", flat=True)
        )
    )
    for key in keys:
        ensure_group(key)
    return len(keys)


def ensure_group(key: UUID) -> None:
    """Put the group `key` in order (see the module)."""
    if key in _at_work.get():
        return
    token = _at_work.set(_at_work.get() | {key})
    try:
        with transaction.atomic():
            _ensure(key)
    finally:
        _at_work.reset(token)


def _ensure(key: UUID) -> None:
    members = _members(key)
    originals = [page for page in members if page.alias_of_id is None]
    if not originals:
        for alias in members:
            alias.delete()
        return
    if not isinstance(originals[0], SitePageMixin):
        return
    original = originals[0]
    source = next((page for page in originals if is_written(page)), None)
    for page in members:
        if page.pk != original.pk:
            _put_in_place(page, original)
    _follow(members, source)
    if source is not None:
        present = {page.locale_id for page in members}
        for locale in Locale.objects.exclude(pk__in=present):
            _make_alias(source, original, locale)


def is_written(page: Any) -> bool:
    """Say whether the live text of `page` is in the language of its tree, and its own."""
    return bool(page.live and page.alias_of_id is None and page.text_language == page.locale.language_code)


def _members(key: UUID) -> list[Any]:
    return list(Page.objects.filter(translation_key=key).select_related("locale").order_by("pk").specific())


def _put_in_place(page: Any, original: Any) -> None:
    """Give `page` the parent and the slug that belong to the place of the original."""
    if original.depth == HOME_DEPTH:
        return
    parent = _parent_in(original, page.locale)
    if page.get_parent().pk != parent.pk:
        page.move(parent, pos="last-child")
        page.refresh_from_db()
    if page.slug != original.slug:
        page.slug = original.slug
        page.save(clean=False)


def _parent_in(original: Any, locale: Locale) -> Page:
    """Return the parent of the original's place in the tree of `locale`, made if it is missing."""
    parent = original.get_parent()
    if parent.locale_id == locale.pk or parent.is_root():
        return parent
    twin = Page.objects.filter(translation_key=parent.translation_key, locale=locale).first()
    return twin if twin is not None else _make_alias(parent.specific, parent.specific, locale)


def _make_alias(source: Any, original: Any, locale: Locale) -> Page:
    """Show `source` in the tree of `locale`, at the place of the original."""
    slug = original.slug if original.depth > HOME_DEPTH else f"home-{locale.language_code}"
    alias: Page = source.create_alias(
        parent=_parent_in(original, locale), update_slug=slug, update_locale=locale, reset_translation_key=False
    )
    return alias


def _follow(members: list[Any], source: Any) -> None:
    """Let every page that stands in for a translation show the source, or nothing if there is no text any more."""
    aliases = [page for page in members if page.alias_of_id is not None]
    if source is None:
        for page in members:
            if page.live:
                page.unpublish(log_action=False)
        return
    stale = [page for page in aliases if page.alias_of_id != source.pk or not page.live]
    if not stale:
        return
    Page.objects.filter(pk__in=[page.pk for page in stale]).update(alias_of=source)
    source.update_aliases()
