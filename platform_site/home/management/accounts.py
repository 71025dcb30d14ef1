"""The demo's accounts: one per role, with passwords that only this data folder knows."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.management.base import CommandError
from django.db import transaction

from platform_site.accounts import roles
from platform_site.accounts.models import User
from platform_site.accounts.services import confirm_address

FILE = "demo-accounts.json"
# Role, words of the name, group; the administrator needs none.
ACCOUNTS = (
    ("administrator", "Demo administrator", ""),
    ("reviewer", "Demo reviewer", roles.REVIEWERS),
    ("editor", "Demo editor", roles.EDITORS),
    ("member", "Demo member", roles.MEMBERS),
)


@dataclass(frozen=True)
class DemoAccount:
    """How to sign in as one role."""

    role: str
    email: str
    password: str


def _known(path: Path) -> dict[str, DemoAccount]:
    """Return the accounts of an earlier run by role. Raises CommandError for a file that cannot be read."""
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        found = [DemoAccount(row["role"], row["email"], row["password"]) for row in rows]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CommandError(f"{path.name} in the data folder is damaged; delete it to get new passwords.") from error
    return {account.role: account for account in found}


@transaction.atomic
def ensure_demo_accounts(folder: Path) -> list[DemoAccount]:
    """Return one account per role, made if it is missing; the passwords stand in `demo-accounts.json` in `folder`.

    An account that is there keeps its password; where the file has lost it, the account gets a new one.
    """
    path = folder / FILE
    known = _known(path)
    accounts = []
    for role, name, group in ACCOUNTS:
        email = f"{role}@example.org"
        account = known.get(role) or DemoAccount(role, email, "-".join(secrets.token_hex(3) for _part in range(4)))
        user = User.objects.filter(email=account.email).first()
        if user is None:
            make = User.objects.create_user if group else User.objects.create_superuser
            user = make(account.email, account.password, name=name)
        elif role not in known:
            user.set_password(account.password)
            user.save(update_fields=["password"])
        confirm_address(user)
        if group:
            user.groups.add(Group.objects.get_or_create(name=group)[0])
        accounts.append(account)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(account) for account in accounts], indent=2) + "\n"
    # Readable by the owner alone from the first byte on.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text)
    return accounts
