"""The door as an application in this process: real routes, middleware and database, no socket."""

import asyncio
import functools
import uuid

import httpx

from api import app as door
from api.web.problems import MEDIA_TYPE

# Reading what an emergency sounds like takes most of the time of a start; it is the same for every door of a test.
door.load_detector = functools.cache(door.load_detector)


class Door:
    """`app` is FastAPI's; a request runs its background work before it returns."""

    def __init__(self, settings):
        self.settings = settings
        self.app = door.create_app(settings)
        self.database = self.app.state.database

    def ask(self, method, path, **request):
        """Send a request; an error that nobody caught is a 500, as it is behind a real server."""

        async def send():
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=("192.0.2.7", 4711))
            async with httpx.AsyncClient(transport=transport, base_url="http://library") as client:
                return await client.request(method, path, **request)

        return asyncio.run(send())

    def open(self, **wanted):
        """Open a conversation and return its id and its first reply."""
        opened = self.ask("POST", "/v1/conversations", json=wanted)
        assert opened.status_code == 201, opened.text
        return opened.json()["conversationId"], opened.json()["replies"][0]

    def send(self, conversation_id, turn_id=None, **said):
        """Take a turn; return the bare answer."""
        turn = {"turnId": turn_id or uuid.uuid4().hex, **said}
        return self.ask("POST", f"/v1/conversations/{conversation_id}/messages", json=turn)

    def say(self, conversation_id, text, turn_id=None):
        return read_reply(self.send(conversation_id, turn_id, text=text))

    def press(self, conversation_id, reply, label, turn_id=None):
        """Press the button of a reply that bears this label."""
        ids = {button["label"]: button["id"] for button in [*reply["menu"], *reply["buttons"]]}
        return read_reply(self.send(conversation_id, turn_id, buttonId=ids[label]))

    def close(self):
        self.app.state.rasa.close()
        self.database.dispose()


def read_reply(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()


def read_problem(answer):
    """Return status and code of an answer that is an error as every error of the door is."""
    assert answer.headers["content-type"] == MEDIA_TYPE
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"urn:omdehoek:problem:{problem['code']}"
    assert problem["title"]
    return answer.status_code, problem["code"]
