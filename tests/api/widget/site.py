"""A library's own site, on another origin than the door: pages that do all they can to spoil what stands on them."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What sites do to every element, and to ours by name.
HOSTILE = """
html { font-size: 62.5% }
* {
  font: 5px/1 serif !important; color: #fff !important; background: #fff !important; letter-spacing: 9px !important;
  text-transform: uppercase !important; visibility: hidden !important; direction: rtl;
}
button, input, textarea, p, section { display: none !important }
om-de-hoek-chat {
  display: inline !important; opacity: 0 !important; width: 1px !important; pointer-events: none !important;
  filter: blur(9px) !important;
}
"""
SCRIPT = '<script src="{door}/static/widget.js" data-library="{library}" async></script>'
PAGES = {
    "/": "<h1>Bibliotheek</h1><p>Welkom</p>" + SCRIPT,
    "/jeugd/lezen": "<h1>Jeugd</h1>" + SCRIPT,
    "/spoiled": '<link rel="stylesheet" href="/hostile.css"><h1>Bibliotheek</h1>' + SCRIPT,
    "/inline": '<h1>Hulp</h1><om-de-hoek-chat library="{library}" mode="inline"></om-de-hoek-chat>' + SCRIPT,
    "/english": '<h1>Help</h1><om-de-hoek-chat library="{library}" language="en"></om-de-hoek-chat>' + SCRIPT,
}


class Site:
    """`url` is its origin. Its policy allows the door by name, and no style or script in a page."""

    def __init__(self, door, library):
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/hostile.css":
                    return self.answer(HOSTILE, "text/css")
                body = PAGES.get(self.path)
                if body is None:
                    return self.answer("<title>?</title>", "text/html", 404)
                page = f"<!doctype html><html lang=nl><title>Bibliotheek</title><body><main>{body}</main></body></html>"
                return self.answer(page.format(door=door, library=library), "text/html")

            def answer(self, text, kind, status=200):
                content = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.policy = (
            f"default-src 'none'; script-src {door}; connect-src {door}; img-src {door}; style-src 'self'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # Another name of the same machine is another origin.
        self.url = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
