"""The search for the rules that fit: among those of the intent that was heard.

`RulePolicy` compares every rule with the conversation, several times a turn, and we have a rule for each topic. A rule
whose last state names another intent than the one heard can never fit, so it need not be compared.
"""

from typing import Any
from weakref import WeakKeyDictionary

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.nlu.constants import INTENT

State = dict[str, dict[str, Any]]
_FIND_KEYS = RulePolicy._get_possible_keys
_indexes: WeakKeyDictionary[RulePolicy, dict[int, dict[str, dict[str, str]]]] = WeakKeyDictionary()
ANY_INTENT = ""


def index_rules() -> None:
    RulePolicy._get_possible_keys = _get_possible_keys


def _get_possible_keys(policy: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    indexes = _indexes.setdefault(policy, {})
    if id(lookup) not in indexes:
        indexes[id(lookup)] = sort_by_intent(lookup)
    intent = (states[-1].get(USER) or {}).get(INTENT) if states else None
    index = indexes[id(lookup)]
    likely = index.get(ANY_INTENT, {}) | (index.get(intent, {}) if intent else {})
    keys: set[str] = _FIND_KEYS(policy, likely if states else lookup, states)
    return keys


def sort_by_intent(lookup: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return the rules by the intent that their last state demands; `ANY_INTENT` for those that demand none."""
    index: dict[str, dict[str, str]] = {}
    for key, action in lookup.items():
        last = RulePolicy._rule_key_to_state(key)[-1]
        intent = (last.get(USER) or {}).get(INTENT)
        # A rule that starts a conversation fits every start, whatever the intent.
        demands = bool(intent) and intent != SHOULD_NOT_BE_SET and PREVIOUS_ACTION in last
        index.setdefault(str(intent) if demands else ANY_INTENT, {})[key] = action
    return index
