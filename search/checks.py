"""System checks: nothing public is forgotten by the search, and what is registered is indexed."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import checks
from wagtail.models import Page

from platform_site.records.models import Record
from search.registration import is_covered, sources


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


@checks.register()
def check_search_documents(app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report sources that do not say what is indexed of their records, or which records there are."""
    return [
        checks.Error(
            f"The search source {source.record_type!r} has no {name!r}: nothing of it is indexed.",
            hint="State `published` and `documents` of the source (search.registration.Source).",
            obj=source.model,
            id="search.E002",
        )
        for source in sources().values()
        if app_configs is None or source.model._meta.app_config in app_configs
        for name in ("published", "documents")
        if getattr(source, name) is None
    ]
