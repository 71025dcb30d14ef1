"""Everything that can happen to a page, and what follows for its group of languages."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from platform_site.pages.aliases import ensure_aliases, ensure_all, ensure_group
from platform_site.pages.site_page import SitePageMixin, text_published
from platform_site.vocabulary import versions


@receiver(text_published, dispatch_uid="pages.text_published")
@receiver(page_unpublished, dispatch_uid="pages.page_unpublished")
@receiver(post_page_move, dispatch_uid="pages.post_page_move")
@receiver(page_slug_changed, dispatch_uid="pages.page_slug_changed")
def put_in_order(sender: Any, instance: Page, **_kwargs: Any) -> None:
    """Put the page's group in order; Wagtail sends the last signal when the transaction is done."""
    ensure_aliases(instance)


@receiver(post_save, dispatch_uid="pages.page_created")
def put_new_page_in_order(sender: Any, instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """Put a page in order that code created live, without publishing a revision."""
    if created and not raw and isinstance(instance, SitePageMixin) and instance.live and instance.alias_of_id is None:
        versions.bump("pages")
        ensure_aliases(instance)


@receiver(page_published, dispatch_uid="pages.data_after_publication")
@receiver(page_unpublished, dispatch_uid="pages.data_after_unpublication")
@receiver(post_page_move, dispatch_uid="pages.data_after_move")
@receiver(page_slug_changed, dispatch_uid="pages.data_after_new_slug")
@receiver(post_delete, sender=Page, dispatch_uid="pages.data_after_deletion")
def note_new_data(sender: Any, **_kwargs: Any) -> None:
    """Note that pages changed: what is computed from them is computed anew."""
    versions.bump("pages")


@receiver(pre_delete, sender=Page, dispatch_uid="pages.page_being_deleted")
def release_aliases(sender: Any, instance: Page, **_kwargs: Any) -> None:
    """Hand the aliases to another page of the group, or delete them too: without a source they would become pages.

    An alias stays, off the site, where somebody wrote translations below it: those must not go with it.
    """
    others = Page.objects.filter(translation_key=instance.translation_key, alias_of=None).exclude(pk=instance.pk)
    heir = others.order_by("pk").first()
    aliases = Page.objects.filter(alias_of_id=instance.pk)
    if heir is not None:
        aliases.update(alias_of=heir)
        return
    keys = [alias.pk for alias in aliases if not alias.get_descendants().filter(alias_of=None).exists()]
    if keys:
        transaction.on_commit(lambda: Page.objects.filter(pk__in=keys).delete())


@receiver(post_delete, sender=Page, dispatch_uid="pages.page_deleted")
def put_rest_in_order(sender: Any, instance: Page, **_kwargs: Any) -> None:
    """Let an alias take the place of a deleted translation, so that its address still answers."""
    key = instance.translation_key
    transaction.on_commit(lambda: ensure_group(key))


@receiver(post_save, sender=Locale, dispatch_uid="pages.locale_created")
def fill_new_language(sender: Any, instance: Locale, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    """Fill the tree of a language that was added."""
    if created and not raw:
        transaction.on_commit(ensure_all)
