"""System check: nothing public is forgotten by the search."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import checks
from wagtail.models import Page

from platform_site.records.models import Record
from search.registration import is_covered


@checks.register()
def check_search_registration(app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report records and page types that neither register a source nor opt out with a reason."""
    messages: list[checks.CheckMessage] = []
    for model in apps.get_models():
        if app_configs is not None and model._meta.app_config not in app_configs:
            continue
        ours = issubclass(model, Record) or (issubclass(model, Page) and model is not Page)
        if ours and not is_covered(model):
            messages.append(
                checks.Error(
                    f"{model._meta.label} cannot be found by the search.",
                    hint="Register a source in search_documents.py, or opt out with a reason (search.registration).",
                    obj=model,
                    id="search.E001",
                )
            )
    return messages
