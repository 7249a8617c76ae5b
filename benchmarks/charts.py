"""Draws the charts of the evaluation as SVG, small and the same on every machine."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt

from benchmarks.figures import Bin, Trade

mpl.rcParams.update(
    {"svg.hashsalt": "om-de-hoek", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
)
COLOUR, QUIET = "#154273", "#b2bcc8"


def save(figure: plt.Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def draw_bars(shares: Mapping[str, float], goal: float, path: Path) -> None:
    """Draw one bar a group (0–1), with the goal as a line."""
    figure, axes = plt.subplots(figsize=(6, 0.3 * len(shares) + 0.8))
    names = list(shares)[::-1]
    axes.barh(names, [100 * shares[name] for name in names], color=COLOUR)
    axes.axvline(100 * goal, color=QUIET, linestyle="--", label=f"goal {goal:.0%}")
    axes.set(xlim=(0, 100), xlabel="% right")
    axes.legend(loc="lower left", frameon=False)
    save(figure, path)


def draw_calibration(bins: Sequence[Bin], path: Path) -> None:
    """Draw how often answers are right by how sure they were; on the dashed line both are the same."""
    figure, axes = plt.subplots(figsize=(4, 4))
    axes.plot([0, 1], [0, 1], color=QUIET, linestyle="--")
    axes.plot([one.confidence for one in bins], [one.right for one in bins], color=COLOUR)
    axes.scatter(
        [one.confidence for one in bins], [one.right for one in bins], s=[8 + one.count for one in bins], color=COLOUR
    )
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="confidence", ylabel="share right")
    save(figure, path)


def draw_trade(trades: Sequence[Trade], chosen: Trade, goal: float, path: Path) -> None:
    """Draw the share of right answers by the share of messages that get a question back."""
    figure, axes = plt.subplots(figsize=(5, 3.5))
    axes.plot([one.asked.value for one in trades], [one.right.value for one in trades], color=COLOUR)
    axes.scatter([chosen.asked.value], [chosen.right.value], color=COLOUR, zorder=3, label="as set")
    axes.axhline(goal, color=QUIET, linestyle="--", label=f"goal {goal:.0%}")
    axes.set(xlabel="share of messages that get a question back", ylabel="share right of those answered")
    axes.legend(loc="lower right", frameon=False)
    save(figure, path)


def draw_growth(
    times: Mapping[str, Mapping[int, float]],
    goal: float,
    path: Path,
    *,
    across: str = "services in the country",
    up: str = "median (ms)",
) -> None:
    """Draw milliseconds (`up`) by how many there are (`across`), one line a series, both on a logarithmic scale."""
    figure, axes = plt.subplots(figsize=(6, 3.5))
    for name, by_size in times.items():
        axes.plot(list(by_size), list(by_size.values()), marker="o", markersize=3, label=name)
    axes.axhline(goal, color=QUIET, linestyle="--", label=f"goal {goal:g} ms")
    axes.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
    axes.legend(loc="upper left", frameon=False, fontsize=7)
    save(figure, path)
