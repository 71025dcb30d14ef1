"""Settings of the tests: like development, with fast hashing and nothing that waits."""

from platform_site.settings.dev import *  # noqa: F403  a settings module extends another

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Files are looked for when somebody asks for one: each test's client would list them all anew, a tenth of its time.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 60
# A test that asks twice wants two answers; those of the kept pages switch it on.
KEEP_PAGES = False
