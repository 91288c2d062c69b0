"""The picture of bench/text500: wall time by downloads at a time, both axes logarithmic."""

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "text500", "font.family": "sans-serif",
                            "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"], "font.size": 11})

from matplotlib import pyplot  # noqa: E402  (the backend is chosen first)

TICKS = [(10, "10 s"), (30, "30 s"), (60, "1 min"), (120, "2 min"), (300, "5 min"), (600, "10 min"),
         (1200, "20 min"), (2400, "40 min")]
GREY, BLUE, ORANGE, GREEN = "#57606a", "#0969da", "#bc4c00", "#1a7f37"


def draw(path, text, book, with_errors, kept):
    scale = kept["scale"]
    figure, axes = pyplot.subplots(figsize=(8.4, 5.0))
    figure.patch.set_facecolor("white")
    classic = [row for row in kept["rows"] if row["workers"]]
    installed = [row for row in kept["rows"] if not row["workers"]]

    series(axes, {key: wall for key, wall in book.items() if key not in with_errors}, ORANGE, "s", "book")
    series(axes, {key: wall for key, wall in book.items() if key in with_errors}, ORANGE, "s", "book, with errors",
           markerfacecolor="white")
    series(axes, text, BLUE, "^", "teaching text", markersize=9)
    ours = sorted((row["workers"][0] * row["workers"][1], row["wall_s"] / scale) for row in classic)
    axes.plot(*zip(*ours), color=GREEN, marker="o", markersize=4.5, linewidth=1.2, label="wswp, one transfer a thread")
    wall = sorted(row["wall_s"] for row in installed)[len(installed) // 2] / scale
    in_flight = max(row["in_flight"] for row in installed)
    axes.plot([in_flight], [wall], color=GREEN, marker="*", markersize=15, linestyle="none", label="wswp as installed")
    axes.annotate(f"{wall:.1f} s", (in_flight, wall), xytext=(0, 11), textcoords="offset points", ha="center",
                  color=GREEN, fontweight="bold")
    axes.axhline(kept["slowest_s"] / scale, color=GREY, linestyle="--", linewidth=1)
    axes.annotate(f"the slowest site alone: {kept['slowest_s'] / scale:.1f} s", (1, kept["slowest_s"] / scale),
                  xytext=(0, 5), textcoords="offset points", color=GREY)

    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(0.85, 900)
    axes.set_ylim(9, 3600)
    axes.set_xticks([1, 2, 5, 10, 20, 40, 100, 200, 500], ["1", "2", "5", "10", "20", "40", "100", "200", "500"])
    axes.set_yticks([at for at, _ in TICKS], [label for _, label in TICKS])
    axes.minorticks_off()
    axes.grid(color="#d8dee4", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("downloads at a time (processes × threads)")
    axes.set_title("500 home pages: wall time", loc="left", fontsize=13)
    axes.legend(frameon=False, loc="upper right")
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def series(axes, walls, colour, marker, label, **style):
    """Points by downloads at a time."""
    points = sorted((processes * threads, wall) for (processes, threads), wall in walls.items())
    axes.plot(*zip(*points), color=colour, marker=marker, linestyle="none", label=label, **{"markersize": 7, **style})
