"""The public site. Refuses to start on a missing or default secret."""

from platform_site.settings.base import *  # noqa: F403  a settings module extends another
from platform_site.settings.base import STORAGES
from platform_site.settings.env import ConfigurationError, environment

SECRET_KEY = environment.secret_key
SECRET_KEY_FALLBACKS = environment.secret_key_fallbacks
if not SECRET_KEY:
    raise ConfigurationError(
        "SECRET_KEY is missing. Make one of at least 50 random characters and keep it outside the code."
    )
if (
    len(SECRET_KEY) < 50
    or len(set(SECRET_KEY)) < 10
    or SECRET_KEY.startswith(("development-only", "django-insecure", "change-me"))
):
    raise ConfigurationError("SECRET_KEY is a default or too weak. Make one of at least 50 random characters.")
if not environment.allowed_hosts:
    raise ConfigurationError("ALLOWED_HOSTS is missing: name the host under which the site answers.")
if "*" in environment.allowed_hosts:
    raise ConfigurationError("ALLOWED_HOSTS must name hosts, not everything (*).")
if not environment.base_url.startswith("https://"):
    raise ConfigurationError("BASE_URL must begin with https://.")
if not environment.email_host:
    raise ConfigurationError("EMAIL_HOST is missing: the site must be able to send mail.")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = environment.hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if environment.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
