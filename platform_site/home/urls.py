"""Addresses of the home app inside the language prefix; its pages are served by Wagtail."""

from django.urls import path

from platform_site.home.safety_page import safety_page

urlpatterns = [path("safety/", safety_page, name="safety_page")]
