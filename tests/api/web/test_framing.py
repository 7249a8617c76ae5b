"""Where a request ends is understood in one way only: what is smuggled in behind it is no request (RFC 9112, 6.3)."""

import socket
from urllib.parse import urlsplit

import pytest

SECOND = b"GET /v1/topics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
TWO_LENGTHS = (
    b"POST /v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n"
)


def send(url, content):
    """Return all that is answered until the door says no more."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
        connection.sendall(content)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    return answer


@pytest.mark.slow
def test_two_lengths_are_refused_with_all_that_follows(start_real):
    url = start_real()
    body = b"2\r\n{}\r\n0\r\n\r\n"
    for content in (
        # By its chunks the first ends before the second begins; by its length the second is its body.
        TWO_LENGTHS % len(body + SECOND) + body + SECOND,
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\x00c\r\n\r\n",
    ):
        answer = send(url, content)
        assert answer.startswith(b"HTTP/1.1 400")
        assert answer.count(b"HTTP/1.1 ") == 1
    assert send(url, SECOND).startswith(b"HTTP/1.1 200")
