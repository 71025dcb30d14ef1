"""The site on one's own machine: SQLite in `var/`, no other server, mail printed to the console."""

from platform_site.settings.base import *  # noqa: F403  a settings module extends another

DEBUG = False
STYLE_GUIDE = True
# Known to everybody, and good only for a site that answers on this machine; production refuses it.
SECRET_KEY = "development-only-secret-key-that-production-refuses-0123456789"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSECURE_LOCAL = True
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "sessionid"
CSRF_COOKIE_NAME = "csrftoken"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOG_FORMAT = "plain"
