"""Addresses of accounts, mounted at `/<lang>/accounts/`: those of allauth, and the picture of the second factor."""

from django.urls import include, path

from platform_site.accounts.views import totp_picture

urlpatterns = [
    path("2fa/totp/picture.svg", totp_picture, name="account_totp_picture"),
    path("", include("allauth.urls")),
]
