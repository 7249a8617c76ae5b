"""Reads a PDF back."""

import io
import re

from pypdf import PdfReader


def read_pdf(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def read_text(made: bytes) -> str:
    """Return everything that it says, with one space where the lines break."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read_pdf(made).pages))
