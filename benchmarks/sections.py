"""The sections of the evaluation report in Markdown, from judgements and the answers of the commands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import charts
from benchmarks.figures import (
    Judgement,
    Share,
    calibrate,
    count_share,
    group_by,
    list_confusions,
    measure_calibration_error,
    measure_macro_f1,
    share_right,
    trade,
)
from referral.catalogue.service import OUT_OF_SCOPE

Row = Mapping[str, Any]
CONFUSIONS = 15
EXAMPLES = 2
STEPS = 50
# Where issue 3 wants to be.
GOAL, GOAL_TOP3, GOAL_STYLE, GOAL_ANSWERED = 0.95, 0.99, 0.90, 0.97


def write_table(rows: Iterable[Sequence[object]], header: Sequence[str]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in lines) + "\n"


def write_topics(
    judgements: Sequence[Judgement], domains: Mapping[str, str], folder: Path, *, with_messages: bool
) -> str:
    """Write accuracy as a whole, by style and by domain, with a chart, and the confusions, perhaps with messages."""
    styles = {name: share_right(group) for name, group in group_by(judgements, lambda one: one.style).items()}
    by_domain = group_by(judgements, lambda one: domains.get(one.topic, "?"))
    charts.draw_bars({name: share.value for name, share in styles.items()}, GOAL_STYLE, folder / "styles.svg")
    whole = [
        ("right", share_right(judgements), f"≥ {GOAL:.0%}"),
        ("among the three best", count_share(one.is_among_three for one in judgements), f"≥ {GOAL_TOP3:.0%}"),
        ("macro-F1", f"{measure_macro_f1(judgements):.3f}", ""),
    ]
    confusions = [
        (topic, said, len(texts), "<br>".join(shorten(text) for text in texts[:EXAMPLES]) if with_messages else "")
        for topic, said, texts in list_confusions(judgements, CONFUSIONS)
    ]
    return "\n".join(
        [
            "## Topic\n",
            write_table(whole, ["", "measured", "goal"]),
            f"### By style (goal ≥ {GOAL_STYLE:.0%} each)\n\n![by style](styles.svg)\n",
            write_table(styles.items(), ["style", "right"]),
            "### By domain\n",
            write_table(((name, share_right(group)) for name, group in by_domain.items()), ["domain", "right"]),
            "### The worst confusions\n",
            write_table(confusions, ["it is", "said", "times", "such as"]),
        ]
    )


def shorten(text: str, longest: int = 140) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def write_confidence(judgements: Sequence[Judgement], threshold: float, margin: float, folder: Path) -> str:
    """Write whether confidences mean what they say, and what asking costs and brings."""
    bins = calibrate(judgements)
    chosen = trade(judgements, threshold, margin)
    charts.draw_calibration(bins, folder / "calibration.svg")
    trades = [trade(judgements, step / STEPS) for step in range(STEPS)]
    charts.draw_trade([one for one in trades if one.right.of], chosen, GOAL_ANSWERED, folder / "asking.svg")
    steps = [trade(judgements, step / 10) for step in range(1, 10)]
    return "\n".join(
        [
            "## How sure, and how right\n",
            f"Expected calibration error {measure_calibration_error(bins):.3f} (0 is best).\n",
            "![calibration](calibration.svg)\n",
            write_table(
                ((one.count, f"{one.confidence:.2f}", f"{one.right:.2f}") for one in bins),
                ["messages", "confidence", "right"],
            ),
            "## Asking or being wrong\n",
            f"As set (threshold {threshold}, margin {margin}): {chosen.asked} get a question back; of those answered "
            f"{chosen.right} are right (goal ≥ {GOAL_ANSWERED:.0%}).\n",
            "![asking or being wrong](asking.svg)\n",
            write_table(((one.threshold, one.asked, one.right) for one in steps), ["threshold", "asked", "right"]),
        ]
    )


def write_scope(oos: Sequence[Row] | None, judgements: Sequence[Judgement] | None) -> str:
    rows: list[tuple[str, Share, str]] = []
    if oos is not None:
        rows.append(("out of scope, recognised", count_share(row["topic"] == OUT_OF_SCOPE for row in oos), "≥ 90 %"))
    if judgements is not None:
        refused = count_share(one.said == OUT_OF_SCOPE for one in judgements)
        rows.append(("real questions, refused", refused, "≤ 4 %"))
    return "## Out of scope\n\n" + write_table(rows, ["", "measured", "goal"])


def write_urgency(crisis: Sequence[Row] | None, near: Sequence[Row] | None, is_p0: Callable[[Row], bool]) -> str:
    rows: list[tuple[str, Share, str]] = []
    if crisis is not None:
        rows.append(("emergencies, caught by either net", count_share(map(is_p0, crisis)), "≥ 99 %"))
    if near is not None:
        rows.append(("figures of speech and near misses, false alarms", count_share(map(is_p0, near)), "≤ 2 %"))
    return "## Emergencies (P0)\n\n" + write_table(rows, ["", "measured", "goal"])


def write_places(rows: Sequence[Row], answers: Sequence[Row]) -> str:
    pairs = list(zip(rows, answers, strict=True))
    right = count_share(answer["place"] == row["place"] for row, answer in pairs)
    invented = count_share(answer["place"] is not None and answer["place"] != row["place"] for row, answer in pairs)
    table = [("right", right, "≥ 95 %"), ("invented", invented, "≤ 1 %")]
    return "## Place\n\n" + write_table(table, ["", "measured", "goal"])


def write_masking(rows: Sequence[Row], answers: Sequence[Row]) -> str:
    """Write recall and precision of exact spans, of names and of everything else."""
    meant = {(n, s["start"], s["end"], s["type"]) for n, row in enumerate(rows) for s in row["spans"]}
    said = {(n, s["start"], s["end"], s["type"]) for n, row in enumerate(answers) for s in row["spans"]}
    names = {span for span in meant if span[3] == "NAME"}
    table = [
        ("structured data, found exactly", count_share(span in said for span in meant - names), "≥ 99 %"),
        ("names, found exactly", count_share(span in said for span in names), "≥ 94 %"),
        ("masked rightly, of all that is masked", count_share(span in meant for span in said), "≥ 98 %"),
    ]
    return "## Masking\n\n" + write_table(table, ["", "measured", "goal"])


def write_peers(results: Mapping[str, Sequence[Judgement]]) -> str:
    """Write topic accuracy side by side, all trained on the same examples."""
    styles = sorted({one.style for group in results.values() for one in group})
    rows = [
        [
            name,
            share_right(group),
            count_share(one.is_among_three for one in group),
            *(f"{share_right(one for one in group if one.style == style).value:.0%}" for style in styles),
        ]
        for name, group in results.items()
    ]
    return "## Side by side\n\n" + write_table(rows, ["", "right", "among three", *styles])
