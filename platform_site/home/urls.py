"""Addresses of the home app inside the language prefix; its pages are served by Wagtail."""

from importlib.util import find_spec
from django.urls import path
from django.views.generic import TemplateView

if find_spec("platform_site.home.safety_page"):
    from platform_site.home.safety_page import safety_page

    urlpatterns = [path("safety/", safety_page, name="safety_page")]
else:
    urlpatterns = [path("safety/", TemplateView.as_view(template_name="ui/base.html"), name="safety_page")]
