"""The user: one account per person, known by the e-mail address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the address is folded to lower case so that it is unique whatever was typed."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return `email` in the one form in which accounts keep it: trimmed and in lower case."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account of an address, however it was typed. Raises User.DoesNotExist."""
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create and return an account. Raises ValueError without an address."""
        email = self.normalize_email(email)
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create and return a platform administrator, whose address counts as confirmed.

        The first one is made on the server, maybe before mail works: a mailed code would lock the platform.
        """
        from platform_site.accounts.services import confirm_address  # knows this module

        with transaction.atomic(using=self._db):
            user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
            confirm_address(user)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Roles are groups (`accounts.roles`), memberships come from other apps."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name to show; the address where none is given (Wagtail asks for this name)."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """Return the first word of the name, else the address."""
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def first_name(self) -> str:
        """The name, under the name that Wagtail's screens ask for."""
        return self.name

    @property
    def last_name(self) -> str:
        """Nothing: names are one field here, since not every name has two parts."""
        return ""
