"""A full postcode file takes the place of the old one whole, or not at all."""

import pytest

from referral.errors import InvalidContent, Unavailable
from referral.places import update
from referral.places.postcodes import load_postcodes
from referral.places.update import download, fetch_postcodes, install_postcodes
from tests.postgres import find_free_port
from tests.referral.places.site import WHOLE, make_line, open_site, zip_up

OLD = "NL\t8011\tZwolle\tOverijssel\t15\tZwolle\t0193\t\t\t52.5116\t6.0921\t6\n"


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


@pytest.fixture(scope="module")
def address():
    with open_site() as address:
        yield address


@pytest.mark.parametrize("path", ["/NL.zip", "/moved"])
def test_a_file_is_fetched_and_put_in_its_place(target, address, path):
    assert fetch_postcodes(address + path, target).digits == 4500
    assert target.read_text(encoding="utf-8") == WHOLE


@pytest.mark.parametrize(
    ("path", "told"), [("/gone", "HTTP 404"), ("/cut", "RemoteProtocolError")], ids=["not there", "breaks off"]
)
def test_what_cannot_be_fetched_says_what_to_do_and_the_old_file_stays(target, address, path, told):
    with pytest.raises(Unavailable, match=f"{told}.*give it with --from") as refused:
        fetch_postcodes(address + path, target)
    assert address + path in str(refused.value)
    assert target.read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/cut.zip", "cannot be unpacked; is the file cut off"),
        ("/cut.txt", "columns instead of 12; is the file cut off"),
        ("/part.txt", "4300 postcodes in 86 regions.*cut off"),
        ("/page", "this is no postcode file"),
        ("/empty", "the file is empty"),
    ],
)
def test_a_wrong_file_that_was_fetched_is_named_by_its_address_and_the_old_one_stays(target, address, path, message):
    with pytest.raises(InvalidContent, match=message) as refused:
        fetch_postcodes(address + path, target)
    assert str(refused.value).startswith(address + path)
    assert target.read_text(encoding="utf-8") == OLD
    assert [path.name for path in target.parent.iterdir()] == ["postcodes.txt"]


def test_without_internet_it_says_what_to_do(tmp_path):
    with pytest.raises(Unavailable, match="give it with --from"):
        download(f"http://127.0.0.1:{find_free_port()}/NL.zip", tmp_path / "fetched")


@pytest.mark.parametrize("url", ["postcodes.zip", "http://[/"])
def test_a_wrong_address_says_what_to_do(tmp_path, url):
    with pytest.raises(Unavailable, match="give it with --from"):
        download(url, tmp_path / "fetched")


def test_a_fetched_file_that_is_far_too_large_is_left_half_way(tmp_path, address, monkeypatch):
    monkeypatch.setattr(update, "MOST_BYTES", 1000)
    with pytest.raises(InvalidContent, match="is no postcode file"):
        download(f"{address}/NL.zip", tmp_path / "fetched")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "places").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(Unavailable, match="cannot be written"):
        install_postcodes(write(tmp_path, WHOLE), tmp_path / "places" / "postcodes.txt")
