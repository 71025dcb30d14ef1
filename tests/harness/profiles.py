"""How hypothesis searches: the same examples on every run in CI, new ones on a developer's machine."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# One slow example (the first one loads templates) is no finding, so no profile has a deadline; and a database
# fixture of function scope is meant: each example sees the rows that the test made.
_SUPPRESSED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True, suppress_health_check=_SUPPRESSED)
settings.register_profile("dev", deadline=None, print_blob=True, suppress_health_check=_SUPPRESSED)


def load_hypothesis_profile() -> None:
    """Load the profile named by HYPOTHESIS_PROFILE, else `ci` where CI is set, else `dev`."""
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))
