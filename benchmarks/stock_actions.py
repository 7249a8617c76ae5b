"""`python -m benchmarks.stock_actions PORT`: our actions in the SDK's own server, as `python -m rasa_sdk` starts it.

Our door gives each turn an id, and the journal writes each id once; stock Rasa has no such slot. It does give each
message an id and sends that along with the call of an action: here it becomes the slot `turn_id`.
"""

import sys
from typing import Any

from rasa_sdk.endpoint import run
from rasa_sdk.executor import ActionExecutor

from actions.__main__ import PACKAGE


class MessageExecutor(ActionExecutor):
    """The SDK's executor with one slot more."""

    async def run(self, action_call: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        tracker = action_call["tracker"]
        tracker["slots"]["turn_id"] = tracker["latest_message"]["message_id"]
        return await super().run(action_call, *args, **kwargs)


if __name__ == "__main__":
    executor = MessageExecutor()
    executor.register_package(PACKAGE)
    run(executor, int(sys.argv[1]))
