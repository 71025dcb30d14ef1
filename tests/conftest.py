"""Loads the test harness; fixtures of one app live in the conftest of that app's folder."""

from tests.harness.profiles import load_hypothesis_profile

pytest_plugins = [
    "tests.harness.contexts",
    "tests.harness.memory",
    "tests.harness.order",
    "tests.harness.missing",
    "tests.harness.network",
    "tests.harness.database",
    "tests.harness.isolation",
    "tests.harness.roles",
    "tests.harness.demo",
    "tests.harness.browser",
]

load_hypothesis_profile()
