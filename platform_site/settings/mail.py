"""How mail leaves. The outbox of the accounts issue takes the place of the backend here."""

from platform_site.settings.env import environment

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.email_host
EMAIL_PORT = environment.email_port
EMAIL_HOST_USER = environment.email_user
EMAIL_HOST_PASSWORD = environment.email_password
EMAIL_USE_SSL = True
# Django waits without end by default; a mail server that is silent must not hold a request.
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = environment.email_from
SERVER_EMAIL = environment.email_from
