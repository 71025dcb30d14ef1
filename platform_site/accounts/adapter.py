"""How allauth behaves here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators: nobody signs up on the own accord."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: the way in is an invitation or an accepted application."""
        return False
