"""The forms of readers: an error in an entry, a case in a sentence."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import ErrorReport


class ReportForm(forms.ModelForm):
    """What is wrong, and where we may ask back, as far as a report can keep it.

    `homepage` is for programs that fill in every field.
    """

    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = ErrorReport
        fields = ("message", "reply_to")
        labels = {"message": _("What is wrong?"), "reply_to": _("Your mail address")}
        help_texts = {
            "message": _("For example a number that nobody answers. Please name no person who was helped."),
            "reply_to": _("Only if we may ask you back. It is not shown to anybody else."),
        }
        widgets = {
            "message": forms.Textarea(attrs={"rows": 8}),
            "reply_to": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    @property
    def is_from_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("homepage"))


LONGEST_SITUATION = 600


class SituationForm(forms.Form):
    """A case in a sentence. The browser is asked to keep nothing of it, and to send it nowhere for its spelling."""

    situation = forms.CharField(
        label=_("The case in one or two lines"),
        help_text=_(
            "For example: woman, 24, wants to go back to Romania in four weeks, speaks Hungarian, needs somebody at "
            "the airport. No names, please."
        ),
        max_length=LONGEST_SITUATION,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
