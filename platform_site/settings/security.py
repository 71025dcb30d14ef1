"""What protects the visitor on the wire: cookies, response headers, the quick exit, the closed sign.

The middleware in `platform_site.safety.middleware` turns the policies below into headers; DESIGN: section 5 of the
security notes. Development loosens the cookie names and flags in `dev`, because it speaks plain HTTP.
"""

from __future__ import annotations

from platform_site.settings.env import ConfigurationError, environment
from platform_site.settings.logging_setup import *  # noqa: F403  settings by concern are put together here

# --- cookies ----------------------------------------------------------------------------------------------------
# The prefix makes browsers refuse the cookie unless it is Secure, for this host alone and for every path.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# None ends the cookie with the browser: a public page with a form leaves nothing behind on a shared device.
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "platform_site.safety.error_views.csrf_failure"
# Django's own storage would give an anonymous visitor a `messages` cookie.
MESSAGE_STORAGE = "platform_site.safety.messages.SessionOnlyMessageStorage"

# --- headers ----------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# What holds where the middleware sets nothing stricter; public pages get `no-referrer`.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A health check asks over plain HTTP from beside the process.
SECURE_REDIRECT_EXEMPT = [r"^health/"]

# Below these paths (after the language prefix) lie the screens of people who sign in.
ADMIN_PATH = "/admin/"
PRIVATE_PATHS = (ADMIN_PATH, "/accounts/")

# Same shape as Django 6's SECURE_CSP, so that its own middleware can take over at that upgrade.
CONTENT_SECURITY_POLICY: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# Wagtail's admin carries inline scripts and styles, and icons as data: images.
CONTENT_SECURITY_POLICY_ADMIN: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
# Browser features that the site never uses. Copying to the clipboard is not among them: the copy button needs it.
PERMISSIONS_POLICY_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
# Passkeys are made and used on the account pages only.
PERMISSIONS_POLICY_INSIDE = ("publickey-credentials-create", "publickey-credentials-get")

# --- leaving and closing ----------------------------------------------------------------------------------------
# Where "Leave this page now" leads: a plain weather page that many people have open, in the reader's language.
DEFAULT_EXIT_TARGETS = {
    "en": "https://www.metoffice.gov.uk/",
    "fr": "https://meteofrance.com/",
    "de": "https://www.dwd.de/",
    "es": "https://www.aemet.es/",
    "it": "https://www.meteoam.it/",
}


def exit_targets(value: str) -> dict[str, str]:
    """Return the exit's target per language code, the defaults changed by `value`.

    `value` is empty, one https address for all languages, or pairs such as `fr=https://…, de=https://…`.
    Raises ConfigurationError for an unknown language or for an address that is not https.
    """
    targets = dict(DEFAULT_EXIT_TARGETS)
    for part in filter(None, (piece.strip() for piece in value.split(","))):
        language, separator, address = part.partition("=")
        if not separator or language.startswith("https:"):
            targets = dict.fromkeys(targets, part)
        elif language.strip() in targets:
            targets[language.strip()] = address.strip()
        else:
            raise ConfigurationError(f"QUICK_EXIT_TARGET names a language that the site does not have: {language!r}.")
    for address in targets.values():
        if not address.startswith("https://") or len(address) < len("https://a.b"):
            raise ConfigurationError(f"QUICK_EXIT_TARGET must hold https addresses, not {address!r}.")
    return targets


QUICK_EXIT_TARGETS: dict[str, str] = exit_targets(environment.exit_target)
MAINTENANCE: bool = environment.maintenance
# Seconds after which a browser or a crawler may ask again.
MAINTENANCE_RETRY_AFTER = 600
