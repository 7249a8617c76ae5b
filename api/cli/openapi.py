"""`omdehoek openapi`: the description of `/v1`, as the door gives it at `/v1/openapi.json`."""

import json
import sys

from api.app import create_app
from referral.settings import get_settings


def openapi() -> None:
    """Print the description of the API (OpenAPI 3.1, JSON)."""
    document = create_app(get_settings()).openapi()
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
