"""A count model of a finished run: how many times as often a stance occurs in one group as in another, with the tokens as exposure,
beside the program's own log ratio.

    hedgerow count corpus --by genre --out stats
    python3 count_model.py stats [CLUSTER]

The model is a negative binomial regression of the counts with the exposure tokens for each pair of groups (statsmodels'
NegativeBinomial; Poisson where the counts do not vary more than that). With CLUSTER, a variable of the documents such as their site, the
standard errors are robust to documents of one cluster being alike. Packages: requirements.txt.
"""

import pathlib
import sys

import numpy as np
import pandas as pd
import statsmodels.api as sm

if len(sys.argv) not in (2, 3):
    sys.exit("usage: count_model.py STATS [CLUSTER]")
cluster = sys.argv[2] if len(sys.argv) == 3 else None


def read(name):
    """As text, so that a group called 001, True or NA stays what it is."""
    return pd.read_csv(pathlib.Path(sys.argv[1], name), encoding="utf-8-sig", dtype=str, keep_default_na=False)


documents, comparisons = read("documents.csv"), read("comparisons.csv")
comparisons = comparisons[(comparisons["level"] == "stance") & (comparisons["group_b"] != "")]
if cluster is not None and cluster not in documents:
    sys.exit(f"documents.csv has no variable {cluster}")


def fit(count, tokens, first, **options):
    """The coefficient of `first`, the logarithm of a ratio of rates, and its standard error."""
    design = sm.add_constant(first)
    poisson = sm.Poisson(count, design, exposure=tokens)
    # The likelihood of a negative binomial rises from there only if the counts vary more than Poisson ones.
    fitted = poisson.fit(disp=0, **options)
    if ((count - fitted.predict()) ** 2 - count).sum() > 0:
        model = sm.NegativeBinomial(count, design, exposure=tokens)
        fitted = model.fit(start_params=[*fitted.params, 0.1], maxiter=500, disp=0, **options)
    if not fitted.mle_retvals["converged"]:
        sys.exit("the model does not converge")
    return fitted.params[1], fitted.bse[1]


def ratio(row):
    """log2 of the rate in a over the rate in b, with its 95 % interval."""
    groups = documents[row["variable"]]
    pair = documents[groups.isin([row["group_a"], row["group_b"]]) & (documents["tokens"] != "0")]
    count, tokens = (pair[name].astype(float).to_numpy() for name in (row["measure"], "tokens"))
    first = (pair[row["variable"]] == row["group_a"]).to_numpy(dtype=float)
    if count[first == 1].sum() == 0 or count[first == 0].sum() == 0:
        return [np.nan] * 3
    options = {}
    if cluster is not None:
        options = {"cov_type": "cluster", "cov_kwds": {"groups": pd.factorize(pair[cluster])[0]}}
    centre, error = fit(count, tokens, first, **options)
    return np.array([centre, centre - 1.959964 * error, centre + 1.959964 * error]) / np.log(2)


shown = comparisons[["measure", "group_a", "group_b"]].copy()
shown[["model", "model_low", "model_high"]] = [ratio(row) for _, row in comparisons.iterrows()]
own = ["log_ratio", "log_ratio_low", "log_ratio_high"]
shown[own] = comparisons[own].apply(pd.to_numeric)
shown.to_csv(sys.stdout, index=False)
