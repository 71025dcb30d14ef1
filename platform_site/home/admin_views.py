"""Screens of pages in the admin that Wagtail's own do not say enough on: what the gate refuses, and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.workflow import WorkflowAction

from platform_site.records.admin_views import say_refused
from platform_site.records.gate import PublishRefused


class ReviewAction(WorkflowAction):
    """Approve or send back a page; a refusal leads back to the page with its reasons."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says."""
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
        except PublishRefused as refused:
            say_refused(request, refused.reasons)
            if request.headers.get("x-requested-with") == "XMLHttpRequest":
                return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
            return redirect(self.redirect_url)
        return response


review_action = never_cache(require_admin_access(ReviewAction.as_view()))
