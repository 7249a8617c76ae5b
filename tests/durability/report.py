"""The figures of one run, printed: what was hit and how soon it was back, what was seen, what is wrong."""

from collections import defaultdict

from tests.durability.chaos import KILLS

# Seconds in which a part is back by itself.
LIMITS = defaultdict(lambda: 3.0, rasa=30.0)
SHOWN = 10


def list_late(blows):
    return [f"{one.what} took {one.seconds:.1f} s" for one in blows if one.seconds > LIMITS[one.what]]


def write(kind, seed, blows, ledger, verdict):
    """Return the lines."""
    kills = [one for one in blows if one.what in KILLS]
    lines = [f"== {kind}, seed {seed}: {len(kills)} kills, {len(blows) - len(kills)} other blows"]
    lines.append(
        f"{'':<12}{'blows':>6}{'middle':>9}{'longest':>9}{'whole':>9}{'longest':>9}   seconds until it was back"
    )
    for what in sorted({one.what for one in blows}):
        seconds = sorted(one.seconds for one in blows if one.what == what)
        whole = sorted(one.whole for one in blows if one.what == what)
        figures = [rank for of in (seconds, whole) for rank in (of[len(of) // 2], of[-1])]
        lines.append(f"{what:<12}{len(seconds):>6}" + "".join(f"{figure:>9.2f}" for figure in figures))
    lines.append(
        f"{len(ledger.turn_keys)} turns, {len(ledger.cards)} cards, {len(ledger.emergencies)} emergencies in the chat;"
        f" {len(ledger.slips)} slips at the desk; {len(ledger.replies)} replies of partners;"
        f" {ledger.sent_again} sent again; answers {dict(sorted(ledger.answers.items()))}"
    )
    for check, wrong in verdict.items():
        lines += [f"{'WRONG' if wrong else 'right'}  {check}", *(f"       {sentence}" for sentence in wrong[:SHOWN])]
    return lines
