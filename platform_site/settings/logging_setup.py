"""Where log lines go and in which shape: one line each on standard error, scrubbed by our formatter.

`LOG_FORMAT` is `json` (one object per line, for production) or `plain`; the formatter reads it when it is made.
"""

from platform_site.settings.env import environment

LOG_FORMAT = environment.log_format
LOG_LEVEL = environment.log_level

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"site": {"()": "platform_site.safety.logs.SiteFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "site"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Replaces Django's own handlers, of which one mails whole requests to the administrators.
        "django": {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False},
        # Each 4xx is in the request log already; what stays here are crashes with their traces.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # The development server prints whole addresses, query included; the request log says the same without.
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
        # Two lines for each of the dozens of small tasks that publishing a record starts.
        "django_tasks": {"level": "WARNING"},
        # A line at every start.
        "pikepdf": {"level": "WARNING"},
    },
}
