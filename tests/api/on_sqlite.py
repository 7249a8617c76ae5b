"""For tests of a door that look into SQLite's own file."""

import os

import pytest

IS_ON_POSTGRESQL = os.environ.get("OMDEHOEK_TEST_DOORS") == "postgresql"
only_on_sqlite = pytest.mark.skipif(IS_ON_POSTGRESQL, reason="looks into the file of SQLite")
