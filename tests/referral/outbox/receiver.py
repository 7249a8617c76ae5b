"""Real receivers on loopback: one that can fail, refuse, be slow and die, and one that never finishes its answer."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """`events` are the bodies that it has taken, in order; `answers` what it says to each next request, then 204."""

    def __init__(self):
        self.events, self.headers, self.bodies, self.answers = [], [], [], []
        self.server = None
        self.port = 0

    def start(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = outer.answers.pop(0) if outer.answers else 204
                if status == 204:
                    outer.events.append(json.loads(body))
                    outer.bodies.append(body)
                    outer.headers.append(dict(self.headers.items()))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/events"

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class Dripper:
    """Says `start` and then one more byte every so often, for as long as somebody listens.

    `hung_up`: a sender has left it while it was still dripping.
    """

    def __init__(self, start):
        self.start, self.hung_up = start, threading.Event()
        self._stopped = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/events"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        connection, _ = self._socket.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(self.start)
            while not self._stopped.wait(0.02):
                try:
                    connection.sendall(b"x")
                except OSError:
                    self.hung_up.set()
                    return

    def stop(self):
        self._stopped.set()
        self._thread.join()
        self._socket.close()
