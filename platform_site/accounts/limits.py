"""Counting guesses for all processes together.

allauth keeps its limits, and the digits of a second factor that were used, in Django's default cache and has no
setting for another one. The default cache here is memory of one process: four workers would allow four times the
guesses and forget them at a restart. So both modules get the cache `limits`, which lies in the database.
"""

from __future__ import annotations

from types import ModuleType

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

LIMITS_CACHE = "limits"
MODULES: tuple[ModuleType, ...] = (ratelimit, totp)


def share_limits() -> None:
    """Let allauth count in the database. Raises AttributeError if a module of allauth no longer has its cache there."""
    shared = ConnectionProxy(caches, LIMITS_CACHE)
    for module in MODULES:
        if not hasattr(module, "cache"):
            raise AttributeError(f"{module.__name__} keeps its cache elsewhere now: the limits would not be shared.")
        module.cache = shared  # type: ignore[attr-defined]  # a name of the module, checked above
