from pathlib import Path

import pytest

from referral.urgency.detector import Detector, load_detector

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="session")
def detector() -> Detector:
    return load_detector(DATA)
