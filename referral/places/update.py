"""Puts a full postcode file in its place, whole or not at all: the old one stays until the new one is found right."""

import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from referral.errors import InvalidContent, Unavailable
from referral.places.postcodes import PostcodeTable, load_postcodes

ZIP_START = b"PK\x03\x04"
# The Netherlands has 4,086 postcodes of four digits in 90 regions of two (GeoNames, 2025); new ones come, few go.
FEWEST_POSTCODES = 4000
REGIONS = 90
# NL.txt unpacks to 0.3 MB, with all six characters to 35 MB.
MOST_BYTES = 200 * 1024 * 1024
TIMEOUT = 30.0  # seconds without a byte


@dataclass(frozen=True, slots=True)
class Installed:
    """How many postcodes of four digits the file holds, and of six characters (0 where it has none)."""

    path: Path
    digits: int
    letters: int


def install_postcodes(source: Path, target: Path) -> Installed:
    """Check a file (text, or the zip that GeoNames gives) and put it at `target`.

    Raises `InvalidContent` that says what is wrong with it, and `Unavailable` when `target` cannot be written; then
    `target` is as it was.
    """
    fresh = target.with_suffix(".new")
    content = _read(source)
    if content.startswith(ZIP_START):
        content = _unpack(source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        table = load_postcodes(fresh)
        _check_whole(table, source)
        fresh.replace(target)
    except InvalidContent as error:
        raise InvalidContent(str(error).replace(str(fresh), str(source))) from error
    except OSError as error:
        raise Unavailable(f"{target} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            fresh.unlink()
    return Installed(target, len(table.areas), table.count_letters())


def fetch_postcodes(url: str, target: Path) -> Installed:
    """Fetch a file and put it at `target`; raise as `download` and `install_postcodes` do."""
    with TemporaryDirectory() as folder:
        fetched = download(url, Path(folder) / "postcodes")
        try:
            return install_postcodes(fetched, target)
        except InvalidContent as error:
            raise InvalidContent(str(error).replace(str(fetched), url)) from error


def download(url: str, target: Path) -> Path:
    """Fetch a file; raise `Unavailable` that says what to do when it cannot be fetched whole."""
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=TIMEOUT) as answer, target.open("wb") as file:
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                file.write(chunk)
                if file.tell() > MOST_BYTES:
                    raise InvalidContent(f"{url}: over {MOST_BYTES // 1024**2} MB is no postcode file")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        told = f"{url} cannot be fetched ({_describe(error)}); fetch it elsewhere and give it with --from"
        raise Unavailable(told) from error
    return target


def _describe(error: Exception) -> str:
    return f"HTTP {error.response.status_code}" if isinstance(error, httpx.HTTPStatusError) else type(error).__name__


def _read(source: Path) -> bytes:
    try:
        if source.stat().st_size > MOST_BYTES:
            raise InvalidContent(f"{source}: over {MOST_BYTES // 1024**2} MB is no postcode file")
        return source.read_bytes()
    except OSError as error:
        raise InvalidContent(f"{source}: cannot be read: {error.strerror}") from error


def _unpack(source: Path) -> bytes:
    """Return the one file in the zip that is no readme."""
    try:
        with zipfile.ZipFile(source) as archive:
            found = [one for one in archive.infolist() if "readme" not in one.filename.lower() and not one.is_dir()]
            if len(found) != 1:
                raise InvalidContent(f"{source}: {len(found)} files beside the readme, one is expected")
            if found[0].file_size > MOST_BYTES:
                raise InvalidContent(f"{source}: unpacks to over {MOST_BYTES // 1024**2} MB")
            return archive.read(found[0])
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise InvalidContent(f"{source}: cannot be unpacked; is the file cut off? ({error})") from error


def _check_whole(table: PostcodeTable, source: Path) -> None:
    """Raise `InvalidContent` for a file that ends early, or of a part of the country."""
    regions = {digits[:2] for digits in table.areas}
    if len(table.areas) < FEWEST_POSTCODES or len(regions) < REGIONS:
        told = f"{len(table.areas)} postcodes in {len(regions)} regions; the whole country has over {FEWEST_POSTCODES}"
        raise InvalidContent(f"{source}: {told} in {REGIONS}; is the file cut off?")
