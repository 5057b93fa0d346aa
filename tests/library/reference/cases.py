"""Writes cases.csv: statistics computed by implementations that share nothing with Hedgerow's.

    pip install -r requirements.txt
    python3 cases.py

Ranks, t tests and distributions are SciPy's, adjusted p-values statsmodels', means NumPy's. What no such library has
(dispersion, Log Ratio, %DIFF, BIC, Cliff's delta, Hedges' g) is computed here from its definition with mpmath at 60 digits,
and so is G², which SciPy computes by a formula that loses digits where large counts hardly differ; where it does not,
SciPy's value is demanded to be the same. G² is without a Yates correction.

Each row: the function, its arguments and its results as JSON; null is "not defined".
"""

import csv
import itertools
import json
import pathlib
import random

import mpmath as mp
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

mp.mp.dps = 60
random.seed(20261124)
CASES = []


def case(function, arguments, **results):
    plain = {name: None if value is None else float(value) for name, value in results.items()}
    CASES.append((function, arguments, plain))


# Two frequencies.


def g2_of(cells):
    """2 Σ O ln(O/E) of pairs of observed and expected."""
    return 2 * sum((o * mp.log(o / e) for o, e in cells if o > 0), mp.mpf(0))


def keyness(a, size_a, b, size_b):
    a, size_a, b, size_b = (mp.mpf(x) for x in (a, size_a, b, size_b))
    results = dict.fromkeys(["log_ratio", "percent_difference", "g2_two_cell", "bic_two_cell", "g2_four_cell", "bic_four_cell"])
    arguments = [int(a), int(size_a), int(b), int(size_b)]
    if size_a > 0 and size_b > 0:
        if b > 0:
            results["percent_difference"] = (a / size_a - b / size_b) * 100 / (b / size_b)
        if a + b > 0:
            half = mp.mpf("0.5")
            results["log_ratio"] = mp.log(((a or half) / size_a) / ((b or half) / size_b), 2)
            whole = size_a + size_b
            two = [(a, size_a * (a + b) / whole), (b, size_b * (a + b) / whole)]
            results["g2_two_cell"] = g2_of(two)
            results["bic_two_cell"] = results["g2_two_cell"] - mp.log(whole)
            if a <= size_a and b <= size_b:
                rest = whole - a - b
                four = two + [(size_a - a, size_a * rest / whole), (size_b - b, size_b * rest / whole)]
                results["g2_four_cell"] = g2_of(four)
                results["bic_four_cell"] = results["g2_four_cell"] - mp.log(whole)
                check_with_scipy(a, size_a, b, size_b, results)
    case("keyness", arguments, **results)


def check_with_scipy(a, size_a, b, size_b, results):
    table = np.array([[float(a), float(b)], [float(size_a - a), float(size_b - b)]])
    if table.sum() > 1e9 or results["g2_two_cell"] < 1e-3 or (table.sum(axis=1) == 0).any():
        return
    scipy = stats.chi2_contingency(table, lambda_="log-likelihood", correction=False).statistic
    assert abs(scipy / float(results["g2_four_cell"]) - 1) < 1e-8, (table, scipy)
    expected = np.array([float(size_a), float(size_b)]) * float(a + b) / float(size_a + size_b)
    scipy = stats.power_divergence(table[0], expected, lambda_="log-likelihood").statistic
    assert abs(scipy / float(results["g2_two_cell"]) - 1) < 1e-8, (table, scipy)


for awkward in [
    (0, 0, 0, 0), (0, 100, 0, 200), (5, 100, 0, 200), (0, 100, 5, 200), (5, 0, 5, 200), (1, 1, 1, 1), (7, 7, 0, 9),
    (7, 7, 9, 9), (3, 700, 6, 1400), (1, 10**9, 0, 10**9), (10**9, 10**12, 10**9 + 1, 10**12),
    (10**9, 10**12, 10**9 + 10**5, 10**12), (123456789, 987654321987, 3, 11), (10**6, 10**7, 10**6 + 3, 10**7),
    (500, 1000, 501, 1000), (30, 20, 4, 50), (2**40, 2**45, 2**39, 2**44), (2**40 + 1, 2**45, 2**39, 2**44),
    (1, 3, 10**10, 10**11), (95, 1000, 100, 1000), (94, 1000, 100, 1000),
]:
    keyness(*awkward)
for _ in range(45):
    sizes = [int(10 ** random.uniform(2, 7)) for _ in range(2)]
    counts = [min(size, int(size * 10 ** random.uniform(-4, -1))) for size in sizes]
    keyness(counts[0], sizes[0], counts[1], sizes[1])


# Dispersion.


def dispersion(parts):
    results = dict.fromkeys(["dp", "dp_norm", "juilland_d"])
    counts, sizes = [mp.mpf(c) for c, _ in parts], [mp.mpf(s) for _, s in parts]
    if len(parts) > 1 and sum(counts) > 0:
        shares = [s / sum(sizes) for s in sizes]
        dp = sum(abs(c / sum(counts) - s) for c, s in zip(counts, shares)) / 2
        relative = [c / s for c, s in zip(counts, sizes)]
        mean = sum(relative) / len(parts)
        deviation = mp.sqrt(sum((r - mean) ** 2 for r in relative) / len(parts))
        results = {"dp": dp, "dp_norm": dp / (1 - min(shares)), "juilland_d": 1 - deviation / mean / mp.sqrt(len(parts) - 1)}
    case("dispersion", parts, **results)


for awkward in [
    [], [(3, 100)], [(0, 100), (0, 200)], [(1, 100), (2, 200)], [(5, 100), (0, 900)], [(0, 100), (5, 900)],
    [(10**9, 10**12), (10**9, 10**12 + 1), (0, 1)], [(1, 1), (1, 1), (1, 1)], [(4, 500)] * 8 + [(4, 501)],
]:
    dispersion(awkward)
for parts in [2, 3, 5, 10, 40, 200]:
    for _ in range(4):
        sizes = [random.randint(20, 3000) for _ in range(parts)]
        dispersion([(random.randint(0, size // 15) if random.random() < 0.7 else 0, size) for size in sizes])


# Samples of rates, as documents give them.


def rates(n, spread, zeros=0.3):
    """Rates per 1,000 tokens, many of them 0 and some of them tied."""
    sample = []
    for _ in range(n):
        tokens = random.choice([200, 400, 800, random.randint(100, 5000)])
        count = 0 if random.random() < zeros else random.randint(0, max(1, int(tokens * spread / 1000)))
        sample.append(count * 1000 / tokens)
    return sample


def untied(n, shift=0.0):
    return [random.gauss(10 + shift, 3) for _ in range(n)]


SAMPLES = [
    ([], []), ([], [1.0]), ([1.0], []), ([1.0], [2.0]), ([2.0], [2.0]), ([0.0] * 5, [0.0] * 7), ([3.5] * 4, [3.5] * 3),
    ([0.0] * 4, [2.0] * 5), ([1.0, 2.0], [3.0]), ([1.0], [0.0, 3.0, 5.0]), ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]),
    ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]), ([1e9, 2e9, 3e9], [1.5e9, 2.5e9, 4e9]), ([1e-9, 2e-9], [3e-9, 5e-9, 4e-9]),
    ([0.1 + 0.2, 1.0], [0.3, 2.0]), ([1000.0] * 3 + [999.9], [1000.0] * 4), ([0.0] * 50 + [4.0], [0.0] * 60),
    (untied(8), untied(8, 2)), (untied(8), untied(9, -2)), (untied(9), untied(9, 1)), (untied(2), untied(2)),
    (untied(3), untied(40, 5)), (untied(8), untied(300)), (untied(1), untied(12)), (untied(60), untied(50, 8)),
    (untied(300, 30), untied(200)), ([5.0] * 6, untied(6)), (untied(4) + [50.0], untied(5) + [0.0]),
]
for n1, n2 in itertools.product([3, 7, 12, 30], [4, 11, 60]):
    SAMPLES.append((rates(n1, 8), rates(n2, random.choice([6, 8, 20]))))
SAMPLES += [(rates(400, 10), rates(300, 12)), (rates(1000, 3, 0.9), rates(1500, 3, 0.95)), (rates(20, 40, 0), rates(20, 5, 0))]


def describe(sample):
    n = len(sample)
    case(
        "describe",
        sample,
        mean=np.mean(sample) if n else None,
        median=np.median(sample) if n else None,
        standard_deviation=np.std(sample, ddof=1) if n > 1 else None,
    )


def mann_whitney(a, b):
    results = dict.fromkeys(["u", "p", "exact", "delta"])
    if a and b:
        n1, n2 = len(a), len(b)
        tied = len(set(a + b)) < n1 + n2
        exact = min(n1, n2) <= 8 and not tied
        method = "exact" if exact else "asymptotic"
        test = stats.mannwhitneyu(a, b, alternative="two-sided", method=method, use_continuity=True)
        auto = stats.mannwhitneyu(a, b, alternative="two-sided", method="auto")
        assert auto.pvalue == test.pvalue or np.isnan(auto.pvalue)
        delta = mp.mpf(sum((x > y) - (x < y) for x in a for y in b)) / (n1 * n2)
        p = None if len(set(a + b)) == 1 else test.pvalue
        results = {"u": test.statistic, "p": p, "exact": exact, "delta": delta}
    case("mann_whitney", [a, b], **results)


def means(a, b):
    results = dict.fromkeys(["t", "degrees", "p", "g"])
    if len(a) > 1 and len(b) > 1 and (len(set(a)) > 1 or len(set(b)) > 1):
        test = stats.ttest_ind(a, b, equal_var=False)
        ma, mb = ([mp.mpf(x) for x in sample] for sample in (a, b))
        mean = lambda s: sum(s) / len(s)
        squares = lambda s: sum((x - mean(s)) ** 2 for x in s)
        m = len(a) + len(b) - 2
        j = mp.gamma(mp.mpf(m) / 2) / (mp.sqrt(mp.mpf(m) / 2) * mp.gamma(mp.mpf(m - 1) / 2))
        g = j * (mean(ma) - mean(mb)) / mp.sqrt((squares(ma) + squares(mb)) / m)
        results = {"t": test.statistic, "degrees": test.df, "p": test.pvalue, "g": g}
    case("means", [a, b], **results)


for a, b in SAMPLES:
    mann_whitney(a, b)
    means(a, b)
for sample in [[], [4.0], [0.0, 0.0], [0.1] * 9, [1.0, 2.0], [1e15, 1e15 + 2, 1e15 + 4], rates(25, 9), rates(100, 2, 0.9), untied(31)]:
    describe(sample)


def kruskal_wallis(samples):
    results = dict.fromkeys(["h", "degrees", "p", "epsilon_squared"])
    values = [x for sample in samples for x in sample]
    if len(samples) > 1 and all(samples) and len(set(values)) > 1:
        test = stats.kruskal(*samples)
        n = mp.mpf(len(values))
        epsilon = mp.mpf(test.statistic) / ((n**2 - 1) / (n + 1))
        results = {"h": test.statistic, "degrees": len(samples) - 1, "p": test.pvalue, "epsilon_squared": epsilon}
    case("kruskal_wallis", samples, **results)


for awkward in [
    [], [[1.0, 2.0]], [[1.0], []], [[1.0], [2.0]], [[1.0], [1.0], [1.0]], [[0.0] * 5, [0.0] * 4, [0.0, 1.0]],
    [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[1.0], [2.0], [3.0], [4.0]], [[1e12, 3e12], [2e12, 4e12], [5e12]],
]:
    kruskal_wallis(awkward)
for groups in [2, 3, 4, 7, 20]:
    for _ in range(3):
        kruskal_wallis([rates(random.randint(2, 40), random.choice([5, 10])) for _ in range(groups)])
kruskal_wallis([untied(30, 10 * shift) for shift in range(4)])


def adjust(p):
    adjusted = {"holm": "holm", "benjamini_hochberg": "fdr_bh"}
    columns = {name: multipletests(p, method=method)[1].tolist() if p else [] for name, method in adjusted.items()}
    flat = {f"{name} {at}": value for name, values in columns.items() for at, value in enumerate(values)}
    case("adjust", p, **flat)


for p in [[], [0.3], [1.0, 1.0], [0.01, 0.01, 0.01], [0.0, 1.0], [0.04, 0.03, 0.02, 0.01], [1e-300, 1e-10, 0.9]]:
    adjust(p)
for n in [2, 5, 11, 50, 300]:
    adjust([random.random() ** random.choice([1, 3]) for _ in range(n)])
adjust([round(random.random(), 1) for _ in range(30)])


def quantile(values, p):
    case("quantile", [sorted(values), p], quantile=np.quantile(values, p) if values else None)


for p in [0.0, 0.025, 0.5, 0.975, 1.0]:
    quantile([3.0, 1.0, 2.0, 8.0], p)
    quantile(untied(101), p)
quantile([7.0], 0.3)

with (pathlib.Path(__file__).parent / "cases.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["function", "arguments", "results"])
    for function, arguments, results in CASES:
        writer.writerow([function, json.dumps(arguments), json.dumps(results)])
print(len(CASES), "cases")
