"""Addresses of the safety app, mounted inside the language prefix. The safety page itself lies in `home`."""

from django.urls import path

from platform_site.safety.quick_exit import quick_exit

app_name = "safety"

urlpatterns = [path("leave/", quick_exit, name="exit")]
