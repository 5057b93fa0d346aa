"""The same as forest_plot_pandas.py, with polars.

    hedgerow count corpus --by genre --out stats
    python3 forest_plot_polars.py stats forest.png
"""

import math
import pathlib
import sys

import polars as pl
from forest_plot_pandas import LOOKS, draw
from scipy import stats

FIGURES = ["rate", "rate_low", "rate_high"]


def read(folder, name):
    """As text first, so that a group called 001, TRUE or NA stays what it is."""
    return pl.read_csv(pathlib.Path(folder, name), infer_schema=False).with_columns(pl.all().fill_null(""))


def number(name):
    return pl.col(name).replace("", None).cast(pl.Float64)


def intervals(documents, variable, stance):
    """The pooled rate of each group, and its interval by Student's t on the log scale (docs/statistics.md)."""
    rate = pl.col(stance).sum() / pl.col("tokens").sum()
    residual = (pl.col(stance) - rate * pl.col("tokens")) / (1 - pl.col("tokens") / pl.col("tokens").sum())
    error = (residual**2).sum().sqrt() / (pl.col(stance).sum() + 0.5)
    table = documents.group_by(variable).agg(own=1000 * rate, error=error, degrees=pl.len() - 1)
    rows = table.to_dicts()
    for row in rows:
        reach = stats.t.ppf(0.975, row["degrees"]) * row["error"]
        row["figures"] = [row["own"] * math.exp(shift) for shift in (0, -reach, reach)]
    return {row[variable]: row["figures"] for row in rows}


def main(folder, out):
    groups = read(folder, "groups.csv").filter(pl.col("level") == "stance", pl.col("stratum") == "")
    variable = groups["variable"][0]
    if "," in variable or (groups["clusters"] != "").any():
        sys.exit("made for one variable, without --cluster")
    groups = groups.with_columns(number(name) for name in FIGURES)
    documents = read(folder, "documents.csv").with_columns(number(name) for name in ("tokens", "hedge", "assertive"))
    documents = documents.filter(pl.col("tokens") > 0)
    panels = {}
    for stance in LOOKS:
        own = intervals(documents, variable, stance)
        panels[stance] = groups.filter(pl.col("stance") == stance).sort("rate").to_dicts()
        for row in panels[stance]:
            for name, figure in zip(FIGURES, own[row["group"]]):
                if row[name] is not None and not math.isclose(row[name], figure, rel_tol=1e-9):
                    sys.exit(f"{row['group']}, {stance}: {name} is {row[name]} in groups.csv and {figure} here")
    draw(panels, out)
    print(f"{len(groups)} rates with their intervals agree: {out}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
