"""What is left out, as it would be counted without a thought for speed: everything read, everything judged."""

from collections import defaultdict

from referral.matching.rank import judge, may_help
from referral.matching.wishes import Wish


def count_slowly(candidates, need):
    """Return wish → services left out for it: those of which each location that may help lacks something."""
    verdicts = defaultdict(list)
    for candidate in candidates:
        if may_help(candidate, need):
            verdicts[candidate.service_id].append(judge(candidate, need))
    counts = defaultdict(int)
    for found in verdicts.values():
        if all(isinstance(one, Wish) for one in found):
            counts[max(found, key=list(Wish).index)] += 1
    return dict(counts)
