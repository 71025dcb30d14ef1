"""What pages add to Wagtail's screens."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from platform_site.pages.site_page import SitePageMixin
from platform_site.records.admin_views import say_refused
from platform_site.records.gate import PublishRefused, check_publish
from platform_site.records.reviews import sent_back, sent_back_words


@hooks.register("before_publish_page")
def pass_the_gate(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Stop at the publish gate: Wagtail's edit screen publishes without asking the page (`Page.publish`).

    The version was saved before, so it is kept; the reasons stand on the edit screen.
    """
    revision = page.get_latest_revision()
    try:
        check_publish(revision.as_object(), revision=revision, user=request.user)
    except PublishRefused as refused:
        say_refused(request, refused.reasons)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_move_page")
def move_only_originals(request: HttpRequest, page: Any, destination: Any) -> HttpResponse | None:
    """Say where a page is moved: all languages follow the original, and a translation would only go back."""
    specific = page.specific
    if not isinstance(specific, SitePageMixin) or specific.is_original:
        return None
    messages.error(request, _("A page has one place in all languages. Move the original page; this one follows."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_edit_page")
def say_what_came_back(request: HttpRequest, page: Any) -> None:
    """Put what the reviewer said above the form of a page that was sent back."""
    if request.method == "GET" and (answer := sent_back(page)):
        messages.warning(request, capfirst(sent_back_words(answer)))


@hooks.register("before_copy_page")
def copy_below_a_page(request: HttpRequest, page: Any) -> None:
    """Read where a copy goes before Wagtail does, which takes it as given. Raises BadRequest."""
    if request.method == "POST" and not Page.objects.filter(pk=request.POST.get("new_parent_page") or None).exists():
        raise BadRequest("The body of the form names no page to copy to.")
