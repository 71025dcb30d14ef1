"""Print what the translations lack; the exit code is 1 if they lack anything."""

from __future__ import annotations

import sys

import django
from django.conf import settings

from devtools.inside.catalogs import all_problems

if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    django.setup()
    found = all_problems()
    print("\n".join(found))
    sys.exit(1 if found else 0)
