"""A Bot API server on loopback: keeps what a bot sends, hands out what people do, and fails when it is told to.

As https://core.telegram.org/bots/api says: `getUpdates` with an offset confirms everything before it; a message over
4096 characters (UTF-16, after the tags) and HTML that is none are refused; data behind a button holds 64 bytes.
"""

import asyncio
import html
import itertools
import json
import re
import socket
import threading
import time

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

TOKEN = "4711:a-token"  # noqa: S105  (of nobody)
BOT = {"id": 4711, "is_bot": True, "first_name": "Om de Hoek", "username": "omdehoek_bot"}
NOW = 1_795_510_800
PATIENCE = 20.0


class BotApi:
    def __init__(self):
        self.sent = []  # (method, what) of everything that shows in a chat, in order
        self.calls = []
        self.failures = []  # (method, status, body), each used once
        self._updates = []
        self._numbers = itertools.count(100)
        self._messages = {}
        self.confirmed = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        routes = [Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"])]
        config = uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="error")
        self._server = uvicorn.Server(config)
        threading.Thread(target=self._server.run, daemon=True).start()
        while not self._server.started:
            time.sleep(0.01)

    def close(self):
        self._server.should_exit = True

    # ── what people do ────────────────────────────────────────────────────────

    def put(self, **update):
        update_id = update.pop("update_id", None) or next(self._numbers)
        self._updates.append({"update_id": update_id, **update})
        return update_id

    def say(self, text, chat=1, language="nl", **more):
        kind = more.pop("kind", "private")
        message = {
            "message_id": next(self._numbers),
            "date": NOW,
            "chat": {"id": chat, "type": kind, **({"title": "Groep"} if kind != "private" else {})},
            "from": {"id": abs(chat), "is_bot": False, "first_name": "Fatima", "language_code": language},
            **({"text": text} if text is not None else {}),
        }
        if text and text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(" ")[0])}]
        update_id = more.pop("update_id", None)
        return self.put(message=message | more, update_id=update_id)

    def press(self, label, chat=1):
        """Press the newest button in a chat that bears this label."""
        for message in reversed([one for one in self._messages.values() if one["chat"]["id"] == chat]):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for key in row:
                    if key["text"] == label:
                        person = {"id": abs(chat), "is_bot": False, "first_name": "Fatima", "language_code": "nl"}
                        query = {
                            "id": str(next(self._numbers)),
                            "from": person,
                            "message": message,
                            "chat_instance": "1",
                        }
                        return self.put(callback_query=query | {"data": key["callback_data"]})
        raise AssertionError(f"no button {label!r}")

    # ── what they see ─────────────────────────────────────────────────────────

    def list_texts(self, chat=1):
        return [what["text"] for method, what in self.sent if method == "sendMessage" and what["chat_id"] == chat]

    def read_last(self, chat=1):
        return html.unescape(re.sub(r"<[^>]+>", "", self.list_texts(chat)[-1]))

    def list_buttons(self, chat=1):
        message = [one for one in self._messages.values() if one["chat"]["id"] == chat][-1]
        return [key["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for key in row]

    def wait_until(self, is_so, patience=PATIENCE):
        deadline = time.monotonic() + patience
        while not is_so():
            assert time.monotonic() < deadline, f"it did not happen; sent: {self.sent}"
            time.sleep(0.02)

    def wait_for(self, update_id):
        """Wait until the bot has confirmed this update."""
        self.wait_until(lambda: self.confirmed > update_id)

    # ── the server ────────────────────────────────────────────────────────────

    def fail(self, method, status, **body):
        self.failures.append((method, status, {"ok": False, "error_code": status, "description": "no", **body}))

    async def _answer(self, request):
        method = request.path_params["method"]
        form = dict(await request.form()) if request.method == "POST" else {}
        what = {name: self._read(value) for name, value in form.items()}
        self.calls.append((method, what))
        if request.path_params["token"] != TOKEN:
            return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        for failure in self.failures:
            if failure[0] == method:
                self.failures.remove(failure)
                return JSONResponse(failure[2], failure[1])
        answer = await getattr(self, f"_{method}", self._agree)(what)
        if isinstance(answer, JSONResponse):
            return answer
        return JSONResponse({"ok": True, "result": answer})

    @staticmethod
    def _read(value):
        try:
            return json.loads(value)
        except ValueError:
            return value

    async def _agree(self, what):
        return True

    async def _getMe(self, what):  # noqa: N802
        return BOT

    async def _getUpdates(self, what):  # noqa: N802
        offset = what.get("offset", 0)
        self.confirmed = max(self.confirmed, offset)
        deadline = time.monotonic() + min(what.get("timeout", 0), 1)
        while True:
            waiting = [one for one in self._updates if one["update_id"] >= offset]
            if waiting or time.monotonic() > deadline:
                return waiting
            await asyncio.sleep(0.02)

    async def _sendMessage(self, what):  # noqa: N802
        shown = html.unescape(re.sub(r"</?(b|i|code)>", "", str(what["text"])))
        if re.search(r"<|&(?!amp;|lt;|gt;)", re.sub(r"</?(b|i|code)>", "", str(what["text"]))):
            return self._refuse("can't parse entities")
        if not 0 < len(shown.encode("utf-16-le")) // 2 <= 4096:
            return self._refuse("message is too long")
        what["text"] = str(what["text"])
        for row in (what.get("reply_markup") or {}).get("inline_keyboard", []):
            for key in row:
                if len(key.get("callback_data", "x").encode()) > 64 or not key["text"]:
                    return self._refuse("BUTTON_DATA_INVALID")
        return self._keep("sendMessage", what)

    async def _sendVenue(self, what):  # noqa: N802
        return self._keep("sendVenue", what)

    async def _editMessageReplyMarkup(self, what):  # noqa: N802
        message = self._messages[what["message_id"]]
        message["reply_markup"] = what.get("reply_markup", {})
        return message

    def _keep(self, method, what):
        self.sent.append((method, what))
        message = {
            "message_id": next(self._numbers),
            "date": NOW,
            "chat": {"id": what["chat_id"], "type": "private" if what["chat_id"] > 0 else "supergroup"},
            "text": str(what.get("text", "")),
        }
        markup = what.get("reply_markup") or {}
        if "inline_keyboard" in markup:
            message["reply_markup"] = markup
        self._messages[message["message_id"]] = message
        return message

    @staticmethod
    def _refuse(why):
        return JSONResponse({"ok": False, "error_code": 400, "description": f"Bad Request: {why}"}, 400)
