"""A real site that offers a postcode file, whole or not."""

import io
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


def make_line(postcode):
    return f"NL\t{postcode}\tZwolle\tOverijssel\t15\tZwolle\t0193\t\t\t52.5\t6.1\t6\n"


WHOLE = "".join(make_line(digits) for digits in range(1000, 10_000, 2))


def zip_up(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return content.getvalue()


PACKED = zip_up(NL=WHOLE, readme="Readme for GeoNames")
# What the site gives: a path, what it says it will send, and what it sends.
OFFERED = {
    "/NL.zip": (PACKED, PACKED),
    "/cut": (PACKED, PACKED[: len(PACKED) // 2]),
    "/cut.zip": (PACKED[: len(PACKED) // 2],) * 2,
    "/cut.txt": (WHOLE[:20_000].encode(),) * 2,
    "/part.txt": ("".join(WHOLE.splitlines(keepends=True)[:4300]).encode(),) * 2,
    "/page": (b"<html>Sign in first</html>",) * 2,
    "/empty": (b"", b""),
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/NL.zip")
            self.end_headers()
        elif self.path not in OFFERED:
            self.send_error(404)
        else:
            promised, sent = OFFERED[self.path]
            self.send_response(200)
            self.send_header("Content-Length", str(len(promised)))
            self.end_headers()
            self.wfile.write(sent)

    def log_message(self, *arguments):
        """Say nothing."""


@contextmanager
def open_site():
    """Give the address of the site, without a path."""
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
