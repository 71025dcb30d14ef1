"""System checks: every field of a record states its audience."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import checks
from modelcluster.fields import ParentalKey

from platform_site.records.audiences import NEVER, OPT_IN, Audience
from platform_site.records.models import Record, RecordPart
from platform_site.texts.models import LanguageText

BASE_FIELDS = {field.name for field in Record._meta.get_fields() if hasattr(field, "attname")}


def _stated_fields(model: Any) -> set[str]:
    skipped = BASE_FIELDS | {"id", "language", "is_original"}
    return {
        field.name
        for field in model._meta.concrete_fields
        if field.name not in skipped and not isinstance(field, ParentalKey) and field.model is model
    }


@checks.register()
def check_field_audiences(app_configs: Any, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Report fields of records and their parts that no audience is stated for, and audiences that do not exist."""
    messages: list[checks.CheckMessage] = []
    for model in apps.get_models():
        if app_configs is not None and model._meta.app_config not in app_configs:
            continue
        if not issubclass(model, Record | RecordPart | LanguageText):
            continue
        stated = getattr(model, "field_audiences", {})
        for name in sorted(_stated_fields(model) - set(stated)):
            messages.append(
                checks.Error(
                    f"{model._meta.label}.{name} does not say who may read it.",
                    hint="Add the field to field_audiences; until then it would be for staff only.",
                    obj=model,
                    id="records.E001",
                )
            )
        for name, audience in stated.items():
            if audience not in {*Audience.values, NEVER} and not audience.startswith(OPT_IN):
                messages.append(
                    checks.Error(
                        f"{model._meta.label}.{name} has the unknown audience {audience!r}.",
                        obj=model,
                        id="records.E002",
                    )
                )
    return messages
