"""Dates in the editors' forms: what is no date is refused beside the field, never taken for today."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


class _KeepsWhatWasTyped:
    """Wagtail's calendar puts today, or now, in the place of what it does not understand as one leaves the field."""

    def get_config(self) -> dict[str, Any]:
        """Return the options of the calendar."""
        return {**super().get_config(), "validateOnBlur": False}  # type: ignore[misc]  # a mixin


class DateInput(_KeepsWhatWasTyped, AdminDateInput):
    """A day."""


class DateTimeInput(_KeepsWhatWasTyped, AdminDateTimeInput):
    """A day and a time."""


def register_date_fields() -> None:
    """Let every form of the editors' screens use these fields."""
    register_form_field_override(models.DateField, override={"widget": DateInput})
    register_form_field_override(models.DateTimeField, override={"widget": DateTimeInput})
