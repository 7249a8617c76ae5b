"""What people write for a web address, and what must never become a link."""

import pytest

from referral.directory.web_address import read_web_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://www.example.nl/hulp?a=1#b", "https://www.example.nl/hulp?a=1#b"),
        ("http://example.nl", "http://example.nl"),
        (" www.example.nl ", "https://www.example.nl"),
        ("HTTPS://Example.NL:8443", "HTTPS://Example.NL:8443"),
        ("https://bücher.example.nl", "https://bücher.example.nl"),
    ],
)
def test_an_address_of_a_page_is_read(text, address):
    assert read_web_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "javascript://example.nl/%0aalert(1)",
        "data:text/html,<script>",
        "//example.nl",
        "https://example.nl/a b",
        "zie onze site",
        "",
    ],
)
def test_anything_else_is_none(text):
    assert read_web_address(text) is None
