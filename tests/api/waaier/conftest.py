"""The same desk as in its own tests."""

from tests.api.desk.conftest import door, noor  # noqa: F401  (fixtures)
