"""Report an error in an entry: a form on its own page, stored for the editors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from directory.access import get_organisation
from directory.forms import ReportForm
from directory.models import Organisation
from directory.services import report_error
from platform_site.safety.rate_limits import allow, client_key
from platform_site.safety.withdrawn import answers_withdrawn

MOST_REPORTS = 5
SECONDS = 3600
SENT = "sent"


@require_http_methods(["GET", "HEAD", "POST"])
@answers_withdrawn((gettext_lazy("All organisations"), "directory:organisation_list"))
def organisation_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, keep a report, thank for it. Raises Http404; too many reports answer 429 and keep the text."""
    organisation = get_organisation(request.user, slug)
    if request.method != "POST":
        if SENT in request.GET:
            return _page(request, organisation, "directory/organisation_report_sent.html")
        return _page(request, organisation, "directory/organisation_report.html", ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, "directory/organisation_report.html", form)
    if not form.is_from_program:
        if not allow("directory.error_report", client_key(request), limit=MOST_REPORTS, seconds=SECONDS):
            form.add_error(None, _("That were many reports in one hour. Please send this one a little later."))
            response = _page(request, organisation, "directory/organisation_report.html", form, status=429)
            response.headers["Retry-After"] = str(SECONDS)
            return response
        report_error(
            organisation=organisation, message=form.cleaned_data["message"], reply_to=form.cleaned_data["reply_to"]
        )
    return HttpResponseRedirect(f"{request.path}?{SENT}=1")


def _page(
    request: HttpRequest, organisation: Organisation, template: str, form: ReportForm | None = None, status: int = 200
) -> HttpResponse:
    breadcrumbs = [
        (_("Directory"), reverse("directory:organisation_list")),
        (organisation.display_name, organisation.get_absolute_url()),
        (_("Report an error"), None),
    ]
    context = {"organisation": organisation, "form": form, "breadcrumbs": breadcrumbs}
    return render(request, template, context, status=status)
