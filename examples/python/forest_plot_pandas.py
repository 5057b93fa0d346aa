"""The forest plot of a finished run with pandas: the rates of hedges and assertive markers by group with their 95 % intervals.

    hedgerow count corpus --by genre --out stats
    python3 forest_plot_pandas.py stats forest.png

Rates and intervals are computed again from documents.csv and must be those of groups.csv; otherwise the status is 1. For one variable without
--cluster, --within and --pair: then documents are the units, as here. Packages: requirements.txt.
"""

import pathlib
import sys

import matplotlib
import numpy as np
import pandas as pd
from scipy import stats

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.font_manager import get_font_names

# Fonts with Japanese letters that are installed.
FONTS = ["Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", "Meiryo", "DejaVu Sans"]
plt.rcParams["font.family"] = [name for name in FONTS if name in get_font_names()]
LOOKS = {"hedge": ("#0072B2", "o"), "assertive": ("#D55E00", "s")}


def read(folder, name):
    """As text first, so that a group called 001, TRUE or NA stays what it is."""
    return pd.read_csv(pathlib.Path(folder, name), encoding="utf-8-sig", dtype=str, keep_default_na=False)


def interval(count, tokens):
    """The pooled rate, and its interval by Student's t on the log scale (docs/statistics.md)."""
    rate = count.sum() / tokens.sum()
    residual = (count - rate * tokens) / (1 - tokens / tokens.sum())
    reach = stats.t.ppf(0.975, len(count) - 1) * np.sqrt((residual**2).sum()) / (count.sum() + 0.5)
    return [1000 * rate * np.exp(shift) for shift in (0, -reach, reach)]


def main(folder, out):
    groups = read(folder, "groups.csv")
    groups = groups[(groups["level"] == "stance") & (groups["stratum"] == "")]
    documents = read(folder, "documents.csv")
    variable = groups["variable"].iloc[0]
    if "," in variable or (groups["clusters"] != "").any():
        sys.exit("made for one variable, without --cluster")
    figures = ["rate", "rate_low", "rate_high"]
    groups = groups.assign(**{name: pd.to_numeric(groups[name]) for name in figures})
    numbers = {name: pd.to_numeric(documents[name]) for name in ("tokens", "hedge", "assertive")}
    documents = documents.assign(**numbers)
    for _, row in groups.iterrows():
        of_group = documents[(documents[variable] == row["group"]) & (documents["tokens"] > 0)]
        own = interval(of_group[row["stance"]], of_group["tokens"])
        for name, figure in zip(figures, own):
            if not (np.isnan(row[name]) or np.isclose(row[name], figure, rtol=1e-9, atol=0)):
                sys.exit(f"{row['group']}, {row['stance']}: {name} is {row[name]} in groups.csv and {figure} here")
    draw({stance: groups[groups["stance"] == stance].sort_values("rate").to_dict("records") for stance in LOOKS}, out)
    print(f"{len(groups)} rates with their intervals agree: {out}")


def draw(panels, out):
    """`panels`: the rows of each stance, in order."""
    height = 1.5 + 0.4 * max(len(rows) for rows in panels.values())
    figure, axes = plt.subplots(1, len(panels), figsize=(8, height), sharex=True, layout="constrained")
    for axis, (stance, rows) in zip(axes, panels.items()):
        colour, mark = LOOKS[stance]
        for y, row in enumerate(rows):
            if row["rate_low"] is not None:
                axis.plot([row["rate_low"], row["rate_high"]], [y, y], color=colour)
            axis.plot(row["rate"], y, mark, color=colour)
        axis.set(title=stance, xlabel="per 1,000 tokens", yticks=range(len(rows)), yticklabels=[row["group"] for row in rows])
        axis.set_xlim(left=0)
    figure.savefig(out, dpi=200)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
