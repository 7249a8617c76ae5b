"""A mail server for tests: takes letters over real SMTP (RFC 5321) on a port of loopback, and keeps them."""

import email
import email.policy
import socketserver
import threading


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 test")
        for line in self.rfile:
            word = line.strip().upper().partition(b" ")[0]
            if word == b"RCPT" and self.server.refuses:
                self._say("550 no such mailbox")
            elif word == b"DATA":
                self._say("354 go on")
                self._take_letter()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take_letter(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
        self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        self._say("250 kept")

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`letters` are what came in; `refuses`: no mailbox exists."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters = []
        self.refuses = False
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"
        self._thread = threading.Thread(target=self.serve_forever)
        self._thread.start()

    def close(self):
        self.shutdown()
        self._thread.join()
        self.server_close()
