"""Forms of the editors' screens: records and their parts with terms, and the form of a withdrawal."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from platform_site.records.addresses import address_field, free_slug, published_address
from platform_site.records.forms_terms import TermChoiceField, TermsField, language_choices
from platform_site.records.models import HasTerms
from platform_site.texts.forms import TypedTextForm


def own_language() -> str:
    """Return the language in which the editor sees the screens."""
    return (get_language() or "en").split("-")[0]


class TermsForm(WagtailAdminModelForm):
    """A form of a record or of one of its parts whose terms are chosen in fields named after the lists.

    The fields are declared by `terms_form`. Works for nested forms too: the terms are put on the instance before
    anything is saved, so that revision, draft and live row all get them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = self.instance.codes if isinstance(self.instance, HasTerms) else None
        for name, field in self.fields.items():
            if isinstance(field, TermsField) and codes is not None:
                chosen = codes(field.list_name)
                self.initial[name] = chosen
                field.offer(chosen)
            elif isinstance(field, TermChoiceField):
                field.chosen = getattr(self.instance, f"{name}_id", None)
        asked = self.instance.asked_to_publish() if hasattr(self.instance, "asked_to_publish") else ()
        # Marked as required, and not asked for by the form: that is the gate's part, at "Submit for review".
        self.asked = [field for name, field in self.fields.items() if name in asked and not field.required]
        for field in self.asked:
            field.required = True

    def full_clean(self) -> None:
        """Check the form; what only the publish gate asks for may stay empty."""
        for field in self.asked:
            field.required = False
        super().full_clean()
        for field in self.asked:
            field.required = True

    def save(self, commit: bool = True) -> Any:
        """Put the chosen terms on the instance, then save as asked."""
        self.take_terms()
        return super().save(commit=commit)

    def take_terms(self) -> None:
        """Put the chosen terms on the instance, in the order that it had, new ones after."""
        for name, field in self.fields.items():
            if isinstance(field, TermsField) and name in self.cleaned_data:
                wanted = self.cleaned_data[name]
                kept = [code for code in self.instance.codes(field.list_name) if code in wanted]
                fresh = [code for code in wanted if code not in kept]
                self.instance.set_codes(field.list_name, [*kept, *fresh])


class RecordForm(TypedTextForm, TermsForm):
    """The form of a record. An address that was left empty is made from the name (`made_slug`), one that was published
    stays (`kept_address`): it is shown, and another one is refused.
    """

    made_slug = False

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        self.kept_address = None if instance is None or instance.pk is None else published_address(instance)
        if self.kept_address is not None:
            setattr(instance, address_field(type(instance)).attname, self.kept_address)
        super().__init__(*args, instance=instance, **kwargs)
        if "slug" in self.fields:
            field = self.fields["slug"]
            field.required = False
            field.help_text = field.help_text or _("Last part of the address. Leave it empty to have it made.")
        if self.kept_address is not None:
            field = self.fields[address_field(type(instance)).name]
            field.disabled = True
            field.help_text = _("It stays as it is: it was published, and links lead to it.")

    def clean(self) -> dict[str, Any]:
        """Fill an empty address; refuse another one in the place of a published one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.kept_address is not None:
            name = address_field(self._meta.model).name
            sent = self.data.get(self.add_prefix(name), "")
            if sent not in ("", str(self.kept_address)):
                self.add_error(name, _("This cannot be changed any more: it was published, and links lead to it."))
            return cleaned
        if "slug" in self.fields and not cleaned.get("slug") and cleaned.get("name"):
            cleaned["slug"] = free_slug(self._meta.model, str(cleaned["name"]), besides=self.instance.pk)
            self.made_slug = True
        return cleaned


@cache
def terms_form(model: Any, base: type[TermsForm] = TermsForm) -> type[TermsForm]:
    """Return the form class of `model` with a field for each of its `term_lists`."""
    fields = {name: TermsField(name) for name in getattr(model, "term_lists", ())}
    made: type[TermsForm] = type(base)(f"{model.__name__}TermsForm", (base,), fields)  # type: ignore[misc]  # a metaclass that mypy cannot see
    return made


class WithdrawForm(TypedTextForm, forms.Form):
    """Why a record leaves the site, and which record takes its place."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers who follow an old link see this sentence. Name no person."),
    )

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("In which language you write it"),
            help_text=_("It has no translations: readers of other languages are told which language it is."),
            required=False,
            choices=language_choices(with_empty=False),
            initial=own_language(),
        )
        others = type(record).objects.published().exclude(pk=record.pk)
        if "texts" in record.child_relation_names():
            others = others.prefetch_related("texts")
        choices = [("", "\u2013"), *((other.key, str(other)) for other in others)]
        self.fields["successor"] = forms.ChoiceField(
            label=_("Which entry takes its place"),
            required=False,
            choices=choices,
            help_text=_("Then the old address leads there: choose it when two entries are one organisation."),
        )

    def clean_language(self) -> str:
        """Return the language of the reason; the editor's own where none was sent."""
        language: str = self.cleaned_data["language"]
        return language or own_language()

    def clean_reason(self) -> str:
        """Return the reason. Raises ValidationError for blanks alone."""
        reason: str = self.cleaned_data["reason"].strip()
        if not reason:
            raise ValidationError(_("Say why."))
        return reason
