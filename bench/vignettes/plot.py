"""The report's picture: which level was given to the cases of each level."""

from collections.abc import Sequence
from pathlib import Path

from bench.vignettes.scoring import Result, score
from rasa_project.triage.rules import Level

ORDER = sorted(Level, reverse=True)
DEFENSIBLE, UNDER, OVER, EXACT = "#7fb7a3", "#c0392b", "#e0a458", "#2f7d6b"


def draw(results: Sequence[Result], file: Path, title: str) -> None:
    """Draws, for each fixed level, the share exact, defensible, over- and under-triaged.

    Args:
        results: What was given.
        file: An SVG file; the same results give the same bytes.
        title: The heading.
    """
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "vignettes"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 3.6))
    for row, level in enumerate(reversed(ORDER)):
        found = score([result for result in results if result.case.level == level])
        near = found.acceptable.rate - found.exact.rate
        parts = (
            (found.exact.rate, EXACT), (near, DEFENSIBLE),
            (found.over.rate, OVER), (found.under.rate, UNDER),
        )  # fmt: skip
        left = 0.0
        for width, colour in parts:
            axes.barh(row, 100 * width, left=100 * left, color=colour, height=0.62)
            left += width
        low, high = found.exact.interval
        axes.plot([100 * low, 100 * high], [row, row], color="black", linewidth=1.2)
        axes.text(101, row, f"{100 * found.exact.rate:.0f}% exact", va="center", fontsize=9)
    axes.set_yticks(range(len(ORDER)), [level.name for level in reversed(ORDER)])
    axes.set_xlim(0, 100)
    axes.set_xlabel("Share of messages (%); the black line is the 95% interval of exact")
    axes.set_title(title, loc="left", fontsize=11)
    names = ("exact", "other defensible level", "over-triage", "under-triage")
    colours = (EXACT, DEFENSIBLE, OVER, UNDER)
    handles = [pyplot.Rectangle((0, 0), 1, 1, color=colour) for colour in colours]
    axes.legend(handles, names, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncol=4, fontsize=9)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.savefig(file, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
