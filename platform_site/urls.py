"""All addresses. Content stands under a language prefix and one path that is the same in every language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
]
