"""Before a record goes to the review: what the publish gate would refuse is said beside the fields of the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext
from wagtail.admin import messages

from platform_site.records.gate import Reason, completeness_reasons

# The buttons that send a record to the review, for the first time or again.
SUBMITTING = frozenset({"submit", "restart-workflow"})


class AsksBeforeReview:
    """For the views of the form: what is incomplete is not submitted, and what was typed stays in the form."""

    request: HttpRequest
    action: str
    saving_as_draft: bool

    def is_valid(self, form: Any) -> bool:
        """Check the form; for the review also what the gate asks for. The form itself asks no more than for a draft."""
        if self.action not in SUBMITTING:
            return bool(super().is_valid(form))  # type: ignore[misc]  # a mixin
        self.saving_as_draft = True
        valid = bool(super().is_valid(form))  # type: ignore[misc]  # a mixin
        self.saving_as_draft = False
        record = form.save(commit=False) if valid else as_typed(form)
        reasons = [reason for reason in completeness_reasons(record) if valid or not is_said(form, reason)]
        for reason in reasons:
            put_beside(form, reason)
        if reasons:
            # Said here in full, with the number of each field: the tabs of the form hide most of them.
            self.produced_error_code, self.produced_error_message = "incomplete", None
            say_missing(self.request, reasons)
        return valid and not reasons


def as_typed(form: Any) -> Any:
    """Return the record of a form that has errors, with everything that could be read: for what the gate says of it."""
    if hasattr(form, "take_terms"):
        form.take_terms()
    for relation, formset in getattr(form, "formsets", {}).items():
        typed = [row for row in formset.forms if row.has_changed() or row.instance.pk]
        rows = [as_typed(row) for row in typed if row not in formset.deleted_forms]
        setattr(form.instance, relation, rows)
    return form.instance


def is_said(form: Any, reason: Reason) -> bool:
    """Say whether the form has said already that something is wrong where `reason` is about."""
    found = next((one for one in _with_rows(form) if reason.row is not None and _is_about(one, reason.row)), None)
    return found is not None and reason.name in found.errors


def put_beside(form: Any, reason: Reason) -> None:
    """Add `reason` to the field, the rows or the row of `form` that it is about, else to the form as a whole."""
    found = next((one for one in _with_rows(form) if reason.row is not None and _is_about(one, reason.row)), None)
    if found is None:
        form.add_error(None, str(reason))
    elif reason.name in found.fields:
        found.add_error(reason.name, str(reason))
    elif reason.name in getattr(found, "formsets", {}):
        found.formsets[reason.name].non_form_errors().append(str(reason))
    else:
        found.add_error(None, str(reason))


def say_missing(request: HttpRequest, reasons: Sequence[Reason]) -> None:
    """Put what has to be done before the review on the screen, as one list."""
    sentence = ngettext(
        "Not submitted yet: one thing is missing or has to be changed. What you wrote is still in the form; save the"
        " draft to go on later.",
        "Not submitted yet: %(count)d things are missing or have to be changed. What you wrote is still in the form;"
        " save the draft to go on later.",
        len(reasons),
    ) % {"count": len(reasons)}
    items = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons))
    messages.error(request, format_html("{}<ul>{}</ul>", sentence, items))


def _with_rows(form: Any) -> Iterator[Any]:
    yield form
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            if row not in formset.deleted_forms:
                yield from _with_rows(row)


def _is_about(form: Any, row: Any) -> bool:
    if form.instance is row:
        return True
    return type(form.instance) is type(row) and row.pk is not None and form.instance.pk == row.pk
