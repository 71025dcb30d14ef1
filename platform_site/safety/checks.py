"""System checks of the safety app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security)
def check_exit_targets(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report a language of the site from which "Leave this page now" leads nowhere, or to an open connection."""
    found: list[checks.CheckMessage] = []
    for code, name in settings.LANGUAGES:
        if not settings.QUICK_EXIT_TARGETS.get(code, "").startswith("https://"):
            found.append(
                checks.Error(
                    f"The quick exit has no https target for {code} ({name}).",
                    hint="Add the language to DEFAULT_EXIT_TARGETS or set QUICK_EXIT_TARGET.",
                    id="safety.E001",
                )
            )
    return found


@checks.register(checks.Tags.security)
def check_middleware_order(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report an order of the middleware in which headers would be missing on some answers."""
    order = [
        "platform_site.safety.middleware.RequestLogMiddleware",
        "django.middleware.security.SecurityMiddleware",
        "platform_site.safety.middleware.SecurityHeadersMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "platform_site.safety.middleware.MaintenanceMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "platform_site.safety.middleware.PrefixLocaleMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]
    present = [name for name in settings.MIDDLEWARE if name in order]
    if present == order:
        return []
    return [
        checks.Warning(
            "The middleware of the safety app is incomplete or in another order than it works in.",
            hint="Put these in this order: " + ", ".join(order),
            id="safety.W002",
        )
    ]
