"""A stand-in for our channel in Rasa: answers every turn with what a test put in, and remembers what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class RasaServer:
    """Listens on a free port of loopback. `answer` is a JSON value, or bytes as they are; `asked` are the bodies."""

    def __init__(self):
        self.answer = {}
        self.status = 200
        self.asked = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._write(200, b"{}")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stand_in.asked.append(json.loads(body))
                answer = stand_in.answer
                self._write(stand_in.status, answer if isinstance(answer, bytes) else json.dumps(answer).encode())

            def _write(self, status, content):
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def understand(*messages, **slots):
    """Return an answer as `bot/channels/door.py` gives it."""
    return {
        "messages": list(messages),
        "slots": slots,
        "intent": {"name": "huurtoeslag", "confidence": 0.8},
        "ranking": [{"name": "huurtoeslag", "confidence": 0.8}, {"name": "zorgtoeslag", "confidence": 0.1}],
        "entities": [],
    }
