"""A full postcode file takes the place of the old one whole, or not at all."""

import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from referral.errors import InvalidContent, Unavailable
from referral.places import update
from referral.places.postcodes import load_postcodes
from referral.places.update import download, install_postcodes
from tests.postgres import find_free_port

OLD = "NL\t8011\tZwolle\tOverijssel\t15\tZwolle\t0193\t\t\t52.5116\t6.0921\t6\n"


def make_line(postcode):
    return f"NL\t{postcode}\tZwolle\tOverijssel\t15\tZwolle\t0193\t\t\t52.5\t6.1\t6\n"


WHOLE = "".join(make_line(digits) for digits in range(1000, 10_000, 2))


def zip_up(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return content.getvalue()


@pytest.fixture
def target(tmp_path):
    """The place of the file, with an old one in it."""
    path = tmp_path / "places" / "postcodes.txt"
    path.parent.mkdir()
    path.write_text(OLD, encoding="utf-8")
    return path


def write(tmp_path, content):
    source = tmp_path / "given"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    return source


@pytest.mark.parametrize("content", [WHOLE, zip_up(NL=WHOLE, readme="Readme for GeoNames"), zip_up(NL_full=WHOLE)])
def test_a_whole_file_takes_the_place_of_the_old_one(tmp_path, target, content):
    installed = install_postcodes(write(tmp_path, content), target)
    assert (installed.digits, installed.letters) == (4500, 0)
    assert len(load_postcodes(target).areas) == 4500
    assert [path.name for path in target.parent.iterdir()] == ["postcodes.txt"]


def test_postcodes_of_six_characters_are_counted(tmp_path, target):
    content = WHOLE + make_line("8012 AA") + make_line("8012 AB")
    assert install_postcodes(write(tmp_path, content), target).letters == 2


def test_the_folder_is_made_where_there_is_none(tmp_path):
    target = tmp_path / "state" / "places" / "postcodes.txt"
    assert install_postcodes(write(tmp_path, WHOLE), target).path == target
    assert target.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("".join(WHOLE.splitlines(keepends=True)[:4300]), "4300 postcodes in 86 regions.*cut off"),
        ("".join(WHOLE.splitlines(keepends=True)[::2]), "2250 postcodes in 90 regions"),
        (WHOLE[:-20], "line 4500: .* columns instead of 12"),
        ("<html>503 Service Unavailable</html>", "this is no postcode file"),
        ("", "the file is empty"),
        (zip_up(NL=WHOLE)[:-30], "given: "),
        (zip_up(NL=WHOLE, BE=WHOLE), "2 files beside the readme"),
        (zip_up(readme="Readme"), "0 files beside the readme"),
        (zip_up(NL="hallo"), "this is no postcode file"),
    ],
)
def test_what_is_not_whole_is_refused_and_the_old_file_stays(tmp_path, target, content, message):
    source = write(tmp_path, content)
    with pytest.raises(InvalidContent, match=message) as refused:
        install_postcodes(source, target)
    assert str(source) in str(refused.value)
    assert target.read_text(encoding="utf-8") == OLD
    assert [path.name for path in target.parent.iterdir()] == ["postcodes.txt"]


def test_a_zip_with_a_changed_byte_is_refused(tmp_path, target):
    packed = bytearray(zip_up(NL=WHOLE))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(InvalidContent):
        install_postcodes(write(tmp_path, bytes(packed)), target)
    assert target.read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize("content", [WHOLE, zip_up(NL=WHOLE)])
def test_what_is_far_too_large_is_not_read(tmp_path, target, monkeypatch, content):
    monkeypatch.setattr(update, "MOST_BYTES", len(WHOLE) - 1)
    with pytest.raises(InvalidContent, match="MB"):
        install_postcodes(write(tmp_path, content), target)
    assert target.read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize("source", ["nowhere", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, target, source):
    with pytest.raises(InvalidContent, match="cannot be read"):
        install_postcodes(tmp_path / source, target)


# ── fetching ──────────────────────────────────────────────────────────────────


class _Server(BaseHTTPRequestHandler):
    content = zip_up(NL=WHOLE)

    def do_GET(self):
        if self.path == "/gone":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.content)))
        self.end_headers()
        self.wfile.write(self.content[:100] if self.path == "/cut" else self.content)

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def address():
    server = HTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_is_fetched_and_put_in_its_place(tmp_path, target, address):
    assert install_postcodes(download(f"{address}/NL.zip", tmp_path / "fetched"), target).digits == 4500


@pytest.mark.parametrize("path", ["/gone", "/cut"])
def test_what_is_not_there_or_breaks_off_says_what_to_do(tmp_path, address, path):
    with pytest.raises(Unavailable, match="give it with --from"):
        download(address + path, tmp_path / "fetched")


@pytest.mark.parametrize("url", [f"http://127.0.0.1:{find_free_port()}/NL.zip", "postcodes.zip", "http://[/"])
def test_without_internet_or_with_a_wrong_address_it_says_what_to_do(tmp_path, url):
    with pytest.raises(Unavailable, match="give it with --from"):
        download(url, tmp_path / "fetched")


def test_a_fetched_file_that_is_far_too_large_is_left_half_way(tmp_path, address, monkeypatch):
    monkeypatch.setattr(update, "MOST_BYTES", 1000)
    with pytest.raises(InvalidContent, match="is no postcode file"):
        download(f"{address}/NL.zip", tmp_path / "fetched")
