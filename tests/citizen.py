"""A citizen at the door: opens a conversation over HTTP, says things, presses buttons by their label."""

import uuid

import httpx


class Citizen:
    def __init__(self, url, **start):
        self.http = httpx.Client(base_url=url, timeout=30)
        try:
            opened = self.http.post("/v1/conversations", json={"language": "nl", **start})
            opened.raise_for_status()
        except httpx.HTTPError:
            self.http.close()
            raise
        self.conversation_id = opened.json()["conversationId"]
        self.reply = opened.json()["replies"][0]

    def say(self, text, *, turn_id=None):
        return self._send({"turnId": turn_id or uuid.uuid4().hex, "text": text})

    def press(self, label, *, turn_id=None):
        return self._send({"turnId": turn_id or uuid.uuid4().hex, "buttonId": self.find_button(label)})

    def find_button(self, label):
        buttons = [*self.reply["menu"], *self.reply["buttons"]]
        found = [button["id"] for button in buttons if button["label"] == label]
        assert found, f"no button {label!r} among {[button['label'] for button in buttons]}"
        return found[0]

    def send(self, body):
        """Send any body at all and return the bare answer."""
        return self.http.post(f"/v1/conversations/{self.conversation_id}/messages", json=body)

    def _send(self, turn):
        answer = self.send(turn)
        assert answer.status_code == 200, answer.text
        self.reply = answer.json()
        return self.reply

    @property
    def texts(self):
        return [message["text"] for message in self.reply["messages"] if message.get("text")]

    @property
    def cards(self):
        return [message["card"] for message in self.reply["messages"] if message.get("card")]

    def close(self):
        self.http.close()
