"""The screen on which a reviewer says that nobody can be known from a record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from platform_site.accounts.roles import is_reviewer
from platform_site.records.admin_views_reviewers import ReviewersFormView
from platform_site.records.questions import confirm_nobody_known, open_questions, question_sentence


class NobodyKnownForm(forms.Form):
    """The tick."""

    nobody_known = forms.BooleanField(label=gettext_lazy("I read every answer and step: nobody can be known from this"))


class NobodyKnownView(ReviewersFormView):
    """Shows what reads like a name and takes the tick. Not for the author (four eyes)."""

    form_class = NobodyKnownForm
    template_name = "records/nobody_known.html"
    page_title = gettext_lazy("Is anybody named?")
    header_icon = "help"

    def record_of(self, row: Any) -> Any:
        """Return the record in its latest version."""
        return row.get_latest_revision_as_object()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context: what was found."""
        return {**super().get_context_data(**kwargs), "found": open_questions(self.object)}

    def form_valid(self, form: NobodyKnownForm) -> HttpResponse:
        """Keep the answer and lead back to the form."""
        confirm_nobody_known(record=self.object, user=self.request.user)
        messages.success(self.request, _("Kept in the history: nobody can be known from it. You can approve it now."))
        return redirect(self.get_success_url())


def ask_reviewer(request: HttpRequest, record: Any) -> None:
    """Put the open question about `record` on the screen of a reviewer who has it to read, with the way to answer."""
    if not is_reviewer(request.user) or not record.has_unpublished_changes:
        return
    if found := open_questions(record):
        url = reverse(record.snippet_viewset.get_url_name("nobody_known"), args=[quote(record.pk)])
        messages.warning(request, question_sentence(found), buttons=[messages.button(url, _("Look at it"))])
