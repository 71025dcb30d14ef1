"""The style guide and the few addresses that the base template needs, without the rest of the site."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import TemplateView


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


exit_patterns = ([path("leave/", answer, name="exit")], "safety")
urlpatterns = [
    path("", include("platform_site.ui.urls")),
    *i18n_patterns(
        path("accounts/login/", answer, name="account_login"),
        path("accounts/logout/", answer, name="account_logout"),
        path("safety/", answer, name="safety_page"),
        path("places/", answer, name="places"),
        path("places/<str:code>/", answer, name="place"),
        path("", include(exit_patterns)),
        path("frame/", TemplateView.as_view(template_name="ui/base.html"), name="frame"),
        path("", answer),
    ),
]
