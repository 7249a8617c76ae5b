"""QR codes (ISO/IEC 18004), black on white with the quiet zone of the standard: in a page, or as a file."""

import io
from typing import Literal

import segno
from markupsafe import Markup

# Medium: a fold or a coffee stain over 15 % of it does no harm (ISO/IEC 18004).
ERROR_CORRECTION = "m"
QUIET_ZONE = 4
# Pixels a module: wide enough for a poster, 7 cm at 300 dots an inch and more.
PNG_SCALE = 24

Kind = Literal["svg", "png"]


def draw_qr(address: str) -> Markup:
    """Return the QR code of an address as SVG for in a page, as large as the page makes it."""
    drawn = _make(address).svg_inline(border=QUIET_ZONE, omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704  (its own SVG)


def draw_qr_file(address: str, kind: Kind) -> bytes:
    """Return the QR code of an address as a file to print from."""
    written = io.BytesIO()
    scale = PNG_SCALE if kind == "png" else 1
    _make(address).save(written, kind=kind, border=QUIET_ZONE, scale=scale, dark="#000", light="#fff")
    return written.getvalue()


def _make(address: str) -> segno.QRCode:
    return segno.make(address, error=ERROR_CORRECTION, micro=False)
