"""Addresses of the home app inside the language prefix; its pages are served by Wagtail."""

from django.urls import path, re_path

from platform_site.home.safety_page import safety_page
from platform_site.home.views import serve_version

urlpatterns = [
    path("safety/", safety_page, name="safety_page"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)versions/(?P<day>\d{4}-\d{2}-\d{2})/\Z", serve_version, name="page_version"),
]
