"""Opening accounts. Until invitations come, administrators and the set-up of the demo do so."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from platform_site.accounts.models import User
from platform_site.accounts.roles import ROLES

ADMINISTRATOR = "Administrator"


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None, role: str = "") -> User:
    """Open an account whose address counts as confirmed, and return it.

    `role` is one of `accounts.roles.ROLES`, `ADMINISTRATOR`, or "" for none. Without a password the person sets one
    by the link for a new password. Raises ValueError for another role, ValidationError if the address is taken.
    """
    if role not in {"", ADMINISTRATOR, *ROLES}:
        raise ValueError(f"There is no role {role!r}.")
    user = User(
        email=User.objects.normalize_email(email),
        name=name,
        is_superuser=role == ADMINISTRATOR,
        is_staff=role == ADMINISTRATOR,
    )
    user.set_password(password)
    user.full_clean()
    user.save()
    if role in ROLES:
        user.groups.add(Group.objects.get(name=role))
    confirm_address(user)
    return user


def confirm_address(user: User) -> None:
    """Count the address of an account as confirmed: no code is sent to it when somebody signs in for the first time.

    For accounts whose address the opener knows; a code proves that an address belongs to who types it.
    """
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


@transaction.atomic
def move_address(user: User) -> None:
    """Let an account answer to its (new) address alone, which counts as confirmed.

    Without it the address from before would still sign in and get the link for a new password, also where it belongs
    to a mailbox that somebody else reads now.
    """
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    confirm_address(user)


def is_another_persons(email: str, user: User) -> bool:
    """Say whether somebody else than `user` has confirmed `email`, as the main address or as a further one."""
    return EmailAddress.objects.filter(email=email, verified=True).exclude(user_id=user.pk).exists()
