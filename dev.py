#!/usr/bin/env python3
"""The project's one entry: `python3 dev.py run` starts the site, `python3 dev.py test` passes all tests.

Standard library only. This file keeps to syntax that every Python 3 (and 2.7) can read, so that an old one gets a
sentence instead of a syntax error.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "dev.py: Python 3.11 or newer is needed; this is Python %d.%d (%s).\n"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
    sys.exit(2)

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  read by old Pythons too

from devtools.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
