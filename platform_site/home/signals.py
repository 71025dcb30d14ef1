"""What follows for the footer when a page changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from platform_site.home import menu
from platform_site.home.models import PlainPage


@receiver(post_save, sender=PlainPage, dispatch_uid="home.footer_after_save")
@receiver(post_delete, sender=PlainPage, dispatch_uid="home.footer_after_delete")
def read_footer_anew(sender: Any, **_kwargs: Any) -> None:
    """Forget the pages of the footer, here at once and again when the transaction is done."""
    menu.forget()
    transaction.on_commit(menu.forget)
