#!/usr/bin/env python
"""Django's command line; `dev.py manage …` calls it inside the project's environment."""

import os
import sys


def main() -> None:
    """Run one management command with the settings named by DJANGO_SETTINGS_MODULE (default: development)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings.dev")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            f"manage.py: the database cannot be used ({str(error).strip()}). "
            "Are DATA_DIR and DATABASE_URL of this site loaded, and is it migrated? --traceback says more."
        )


if __name__ == "__main__":
    main()
