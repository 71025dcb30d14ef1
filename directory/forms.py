"""The form with which a reader reports an error in an entry."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import ErrorReport


class ReportForm(forms.Form):
    """What is wrong, and where we may ask back. `homepage` is for programs that fill in every field."""

    message = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("For example a number that nobody answers. Please name no person who was helped."),
        max_length=ErrorReport._meta.get_field("message").max_length,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    reply_to = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("Only if we may ask you back. It is not shown to anybody else."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_from_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("homepage"))
