"""The colours and logo of the library: NL Design System tokens from `data/themes/`, checked, as CSS custom properties.

Only the names of the tokens are NL Design System's (https://nldesignsystem.nl, basis tokens); no code or value of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, ConfigDict, StringConstraints
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from referral.content import parse, read_yaml
from referral.errors import InvalidContent, NotFound

STYLESHEET = "/static/theme.css"
LOGO = "/static/theme/logo"
HOUSE = "house"
# Like the other static files: kept, and asked about each time (api/web/files.py).
CACHE = {"Cache-Control": "no-cache"}
TEXT, SIGN = 4.5, 3.0
"""Least contrast of a text (WCAG 2.2, SC 1.4.3) and of a border or mark that tells something (SC 1.4.11)."""

_PAPER, _SURFACE = "basis.color.default.bg-subtle", "basis.color.default.bg-document"
_INK, _MUTED = "basis.color.default.color-document", "basis.color.default.color-subtle"
_EDGE, _FOCUS = "basis.color.default.border-default", "basis.focus.outline-color"
_ACTION, _HOVER = "basis.color.action-1.color-default", "basis.color.action-1.color-hover"
_SOFT, _ON_ACTION = "basis.color.action-1.bg-subtle", "basis.color.action-1-inverse.color-default"
_TOP, _ON_TOP = "basis.color.accent-1-inverse.bg-default", "basis.color.accent-1-inverse.color-default"
_MARK = "basis.color.accent-1-inverse.border-default"
_DANGER = "basis.color.negative.color-default"

# Which colour stands on which, and the least contrast.
PAIRS = (
    *((text, ground, TEXT) for text in (_INK, _MUTED, _ACTION, _HOVER) for ground in (_PAPER, _SURFACE, _SOFT)),
    *((_DANGER, ground, TEXT) for ground in (_PAPER, _SURFACE)),
    *((_ON_ACTION, ground, TEXT) for ground in (_ACTION, _HOVER)),
    (_ON_TOP, _TOP, TEXT),
    ("basis.color.warning.color-document", "basis.color.warning.bg-subtle", TEXT),
    ("basis.color.negative.color-document", "basis.color.negative.bg-subtle", TEXT),
    *((sign, ground, SIGN) for sign in (_EDGE, _FOCUS) for ground in (_PAPER, _SURFACE)),
    (_MARK, _TOP, SIGN),
)

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True)]


class Logo(BaseModel):
    """`file` stands beside the theme; `alt` is what it says to who does not see it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Annotated[str, StringConstraints(pattern=r"^[\w-]+\.(svg|png)$")]
    alt: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class ThemeFile(BaseModel):
    """A file of `data/themes/`: colours (`#rrggbb`) by token, for a light and for a dark screen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    light: dict[str, Colour] = {}
    dark: dict[str, Colour] = {}
    logo: Logo | None = None


Schemes = Mapping[str, Mapping[str, str]]
"""Colours by token, for `light` and for `dark`."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What the pages are dressed in; `logo_file` is there where the library has a logo of its own."""

    schemes: Schemes
    logo_file: Path | None = None
    logo_alt: str = ""

    def dress(self, selector: str) -> str:
        """Return the tokens as custom properties of what the selector means; every name and value is checked."""
        light, dark = (
            "".join(f"  --{token.replace('.', '-')}: {colour};\n" for token, colour in self.schemes[name].items())
            for name in ("light", "dark")
        )
        return f"{selector} {{\n{light}}}\n\n@media (prefers-color-scheme: dark) {{\n{selector} {{\n{dark}}}\n}}\n"

    def recolour(self, *, accent: str | None, top: str | None) -> "Theme":
        """Return the theme with other colours (`#rrggbb`) of buttons and of the head, on a light screen.

        On a dark one they stay: a colour that stands out there is another one.
        """
        light = dict(self.schemes["light"])
        if accent:
            light |= {_ACTION: accent, _HOVER: accent, _SOFT: _soften(accent)}
        if top:
            light[_TOP] = top
        return replace(self, schemes={**self.schemes, "light": light})


@cache
def load_theme(data_dir: Path, library_id: str) -> Theme:
    """Return the library's theme over that of the house; without a file of its own that of the house, read once.

    Raises `InvalidContent` for a token that does not exist, a colour that cannot be read, a pair of colours that cannot
    be told apart, and a logo that is missing.
    """
    folder = data_dir / "themes"
    house_path = folder / f"{HOUSE}.yml"
    house = parse(ThemeFile, read_yaml(house_path), house_path)
    path = folder / f"{library_id}.yml"
    if not path.exists():
        own, path = ThemeFile(), house_path
    else:
        own = parse(ThemeFile, read_yaml(path), path)
    schemes = {"light": {**house.light, **own.light}, "dark": {**house.dark, **own.dark}}
    for name, colours in schemes.items():
        if unknown := colours.keys() - house.light.keys():
            raise InvalidContent(f"{path}: {name}: {min(unknown)}: no such token; {HOUSE}.yml has them all")
        for fault in find_faults(colours):
            raise InvalidContent(f"{path}: {name}: {fault}")
    logo_file = folder / own.logo.file if own.logo else None
    if logo_file and not logo_file.is_file():
        raise InvalidContent(f"{path}: logo: there is no {logo_file.name} beside it")
    return Theme(schemes, logo_file, own.logo.alt if own.logo else "")


def find_faults(colours: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each pair that stands out too little."""
    for front, ground, least in PAIRS:
        contrast = measure_contrast(colours[front], colours[ground])
        if contrast < least:
            yield (
                f"{front} ({colours[front]}) on {ground} ({colours[ground]}) has a contrast of {contrast:.2f}:1; "
                f"at least {least}:1 is needed"
            )


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (`#rrggbb`), 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted(map(_measure_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _measure_luminance(colour: str) -> float:
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _soften(colour: str) -> str:
    """Return a colour as a ground for text in it: one part in ten on white."""
    parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) / 10):02x}" for part in parts)


router = APIRouter(include_in_schema=False)


def install_theme(app: FastAPI) -> None:
    """Read the theme, so that a fault in it stops the start, and serve it; goes before `/static` is mounted."""
    settings = app.state.settings
    app.state.theme = load_theme(settings.data_dir, settings.library)
    app.include_router(router)


@router.get(STYLESHEET)
def get_stylesheet(request: Request) -> Response:
    """Return the colours, light and dark."""
    theme: Theme = request.app.state.theme
    return Response(theme.dress(":root"), media_type="text/css", headers=CACHE)


@router.get(LOGO)
def get_logo(request: Request) -> Response:
    """Return the library's logo; raise `NotFound` where it has none."""
    theme: Theme = request.app.state.theme
    if theme.logo_file is None:
        raise NotFound("no logo of its own")
    return FileResponse(theme.logo_file, headers=CACHE)
