"""People in the admin: one name instead of two, no password, no picture.

Nobody types a password for somebody else: a new person gets one by the link for a new password.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel, NameEmailSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from platform_site.accounts.adapter import AccountAdapter
from platform_site.accounts.models import User
from platform_site.accounts.services import is_another_persons, move_address

SHARED = {"email", "name", "is_superuser", "groups"}
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class OneAddressMixin:
    """Keeps an address in the one form in which accounts are found by it, and confirmed."""

    cleaned_data: dict[str, Any]
    changed_data: list[str]
    instance: User

    def clean_email(self) -> str:
        """Return the address in lower case. Raises ValidationError for a further address of somebody else."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if is_another_persons(email, self.instance):
            raise forms.ValidationError(AccountAdapter.error_messages["email_taken"])
        return email

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """Save the account; a new address takes the place of all that it had."""
        user: User = super().save(commit=commit)  # type: ignore[misc]  # a form stands behind the mixin
        if commit and "email" in self.changed_data:
            move_address(user)
        return user


class NewPersonForm(OneAddressMixin, UserCreationForm):
    """A new account."""

    first_name = None
    last_name = None

    class Meta:
        model = User
        fields = SHARED
        widgets = WIDGETS

    def save(self, commit: bool = True) -> User:
        """Save the account without a password; nobody knows one until its owner chooses it."""
        self.instance.set_unusable_password()
        user: User = super().save(commit=commit)
        return user


class PersonForm(OneAddressMixin, UserEditForm):
    """An account that is there."""

    first_name = None
    last_name = None

    class Meta:
        model = User
        fields = SHARED | {"is_active"}
        widgets = WIDGETS


class PersonList(IndexView):
    """The accounts; found by name and address."""

    @cached_property
    def search_fields(self) -> set[str]:
        """Return the fields in which a word is looked for."""
        return {"name", "email"}


class PersonViewSet(UserViewSet):
    """The screens of accounts."""

    index_view_class = PersonList

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[User]]:
        """Return the form for a new account or for one that is there."""
        return PersonForm if for_update else NewPersonForm


class OwnNameForm(forms.ModelForm[User]):
    """What a person is called."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name"]


class OwnNamePanel(BaseSettingsPanel):
    """The name, on the person's own screen."""

    name = "name"
    title = _("Name")
    order = 100
    form_class = OwnNameForm


class OwnAccount(AccountView):
    """A person's own settings of the admin; the picture is left out: the platform shows no faces."""

    def get_panels(self) -> list[Any]:
        """Return the panels, the name of ours in place of Wagtail's."""
        kept = [
            panel
            for panel in super().get_panels()
            if not isinstance(panel, NameEmailSettingsPanel | AvatarSettingsPanel)
        ]
        first = kept[0] if kept else None
        return [OwnNamePanel(self.request, self.request.user, first.profile if first else None), *kept]
