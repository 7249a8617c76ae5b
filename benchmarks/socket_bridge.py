"""Lets rasa-webchat, which speaks socket.io as Rasa's own channel does, talk with our door. Runs in Rasa's environment.

bot/.venv/bin/python -m benchmarks.socket_bridge DOOR PORT
"""

import sys
import uuid

import aiohttp
import socketio
from aiohttp import web

door, port = sys.argv[1], int(sys.argv[2])
server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")
conversations: "dict[str, str]" = {}


def list_texts(reply):
    """Return what is said, a card by its name."""
    texts = [message["text"] or (message["card"] or {}).get("name") for message in reply["messages"]]
    return [text for text in texts if text]


async def post(path, content):
    async with aiohttp.ClientSession() as http, http.post(f"{door}{path}", json=content) as answer:
        answer.raise_for_status()
        return await answer.json()


@server.on("session_request")
async def begin(sid, data):
    await server.emit("session_confirm", (data or {}).get("session_id") or sid, room=sid)


@server.on("user_uttered")
async def hear(sid, data):
    if sid not in conversations:
        opened = await post("/v1/conversations", {})
        conversations[sid] = opened["conversationId"]
        texts = list_texts(opened["replies"][0])
    else:
        turn = {"turnId": uuid.uuid4().hex, "text": data["message"]}
        texts = list_texts(await post(f"/v1/conversations/{conversations[sid]}/messages", turn))
    for text in texts:
        await server.emit("bot_uttered", {"text": text}, room=sid)


application = web.Application()
server.attach(application)
web.run_app(application, host="127.0.0.1", port=port, print=None)
