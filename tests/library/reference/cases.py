"""Writes cases.csv: statistics computed by implementations that share nothing with Hedgerow's.

    pip install -r requirements.txt
    python3 cases.py

Ranks, t tests and distributions are SciPy's, adjusted p-values, Wilson's interval and slopes statsmodels', means and
correspondence analysis NumPy's, Krippendorff's alpha that of `krippendorff`, Cohen's kappa scikit-learn's. What no such library
has (dispersion, Log Ratio, %DIFF, BIC, Cliff's delta and Hedges' g with their intervals, that of Kendall's tau, Gwet's AC1, totals of
stratified samples) is computed here from its
definition with mpmath at 60 digits,
and so is G², which SciPy computes by a formula that loses digits where large counts hardly differ; where it does not,
SciPy's value is demanded to be the same. G² is without a Yates correction.

Each row: the function, its arguments and its results as JSON; null is "not defined".
"""

import csv
import itertools
import json
import pathlib
import random

import krippendorff
import mpmath as mp
import numpy as np
import statsmodels.api as sm
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

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


# Quantiles: from SciPy's as a start, the root of the distribution function at 60 digits.


def student_quantile(p, degrees):
    if not 0 < p < 1 or degrees <= 0:
        return None
    start, n, tail = float(stats.t.ppf(p, float(degrees))), mp.mpf(degrees), min(mp.mpf(p), 1 - mp.mpf(p))
    if start == 0:
        return mp.mpf(0)
    # P(T < -t), an incomplete beta function; its integral is expanded in the small argument, whichever it is.
    def excess(t):
        x, y = n / (n + t * t), t * t / (n + t * t)
        if y < 0.5:
            reached = (1 - mp.betainc(mp.mpf(1) / 2, n / 2, 0, y, regularized=True)) / 2
        else:
            reached = mp.betainc(n / 2, mp.mpf(1) / 2, 0, x, regularized=True) / 2
        return mp.log(reached / tail)

    root = mp.findroot(excess, abs(mp.mpf(start)), tol=1e-30)
    assert abs(root / abs(start) - 1) < 1e-6, (p, degrees, start, root)
    return mp.sign(start) * root


def quantiles(p, degrees):
    normal = mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1) if 0 < p < 1 else None
    case("quantiles", [p, degrees], normal=normal, student=student_quantile(p, degrees))


for p in [0.975, 0.025, 0.5, 0.6, 0.9, 0.999, 1e-10, 1 - 2**-30]:
    for degrees in [1, 1.5, 2, 3, 7.25, 18, 98, 500.5, 9999, 10000, 1e5, 1e9]:
        quantiles(p, degrees)
for p, degrees in [(0.0, 5), (1.0, 5), (0.9, 0.0), (0.9, 0.1), (1e-10, 0.7)]:
    quantiles(p, degrees)


# Intervals of the difference of two samples.


def mean(values):
    return sum(values, mp.mpf(0)) / len(values)


def variance(values):
    return sum((x - mean(values)) ** 2 for x in values) / (len(values) - 1)


def intervals(a, b):
    names = ["mean", "g", "delta"]
    results = {f"{name} {end}": None for name in names for end in ["low", "high"]}
    n1, n2 = len(a), len(b)
    x, y = ([mp.mpf(value) for value in sample] for sample in (a, b))
    varying = n1 > 1 and n2 > 1 and (len(set(a)) > 1 or len(set(b)) > 1)
    if varying:
        welch = stats.ttest_ind(a, b, equal_var=False).confidence_interval(0.95)
        v1, v2, d = variance(x), variance(y), mean(x) - mean(y)
        degrees = (v1 / n1 + v2 / n2) ** 2 / ((v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1))
        half = student_quantile(0.975, degrees) * mp.sqrt(v1 / n1 + v2 / n2)
        results |= {"mean low": d - half, "mean high": d + half}
        for end, value in [("mean low", welch.low), ("mean high", welch.high)]:
            assert abs(results[end] - value) <= 1e-9 * (abs(half) + abs(d)), (a, b)
        # The gradient of d in the two means and variances, times their covariance in normal populations.
        m = n1 + n2 - 2
        pooled = ((n1 - 1) * v1 + (n2 - 1) * v2) / m
        g = d / mp.sqrt(pooled)
        of_variance = [-g / (2 * pooled) * mp.mpf(n - 1) / m for n in (n1, n2)]
        spread = sum(v / (n - 1) / pooled for v, n in [(v1, n1), (v2, n2)])
        spread += sum(c**2 * 2 * v**2 / (n - 1) for c, v, n in zip(of_variance, (v1, v2), (n1, n2)))
        j = mp.gamma(mp.mpf(m) / 2) / (mp.sqrt(mp.mpf(m) / 2) * mp.gamma(mp.mpf(m - 1) / 2))
        half = student_quantile(0.975, m) * mp.sqrt(spread)
        results |= {"g low": j * (g - half), "g high": j * (g + half)}
    if n1 > 1 and n2 > 1 and len(set(a + b)) > 1:
        signs = [[mp.sign(p - q) for q in y] for p in x]
        delta = mean([mean(row) for row in signs])
        t = student_quantile(0.975, n1 + n2 - 2)
        if abs(delta) == 1:
            n = min(n1, n2)
            end = 2 * mp.mpf(n) / (n + t**2) - 1
            low, high = (end, 1) if delta > 0 else (-1, -end)
        else:
            of_rows = sum((mean(row) - delta) ** 2 for row in signs) / (n1 - 1)
            of_columns = sum((mean(column) - delta) ** 2 for column in zip(*signs)) / (n2 - 1)
            of_cells = sum((cell - delta) ** 2 for row in signs for cell in row) / ((n1 - 1) * (n2 - 1))
            s2 = ((n2 - 1) * of_rows + (n1 - 1) * of_columns + of_cells) / (n1 * n2)
            half = t * mp.sqrt(s2) * mp.sqrt((1 - delta**2) ** 2 + t**2 * s2)
            low, high = ((delta - delta**3 + side * half) / (1 - delta**2 + t**2 * s2) for side in (-1, 1))
        results |= {"delta low": low, "delta high": high}
    case("intervals", [a, b], **results)


for a, b in SAMPLES:
    if len(a) * len(b) < 30000:
        intervals(a, b)


# Proportions. At the ends of the scale, SciPy's and statsmodels' are off by their rounding.


def wilson(part, whole):
    low = high = f1_low = f1_high = None
    if whole > 0 and part <= whole:
        low, high = proportion_confint(part, whole, method="wilson")
        low, high = (0.0 if part == 0 else low), (1.0 if part == whole else high)
        f1_low, f1_high = 2 * low / (1 + low), 2 * high / (1 + high)
    case("wilson", [part, whole], low=low, high=high, f1_low=f1_low, f1_high=f1_high)


for part, whole in [(0, 0), (1, 0), (0, 1), (1, 1), (20, 20), (0, 20), (19, 20), (1, 3), (50, 100), (7, 10**6), (10**6, 10**6 + 1), (3, 2)]:
    wilson(part, whole)


# Tarone's family, by its definition in whole numbers.


def tarone(least, alpha):
    for factor in range(1, len(least) + 1):
        members = [p <= alpha / factor for p in least]
        if sum(members) <= factor:
            break
    else:
        factor, members = 0, []
    case("tarone", [least, alpha], factor=factor, **{str(at): member for at, member in enumerate(members)})


for least in [[], [0.05], [0.050001], [1e-9] * 7, [0.01] * 5 + [0.02] * 5, [1.0] * 9]:
    tarone(least, 0.05)
for n in [4, 20, 100]:
    for alpha in [0.05, 0.01]:
        tarone([random.random() ** random.choice([1, 4, 20]) for _ in range(n)], alpha)


def least_p(first, second, occurring):
    """All documents with an occurrence in the smaller group, or that group full of the ones with the highest rates."""
    least = 1.0
    if occurring and first and second:
        smaller = min(first, second)
        if occurring <= smaller:
            least = stats.hypergeom(first + second, occurring, smaller).pmf(occurring)
        else:
            least = mp.mpf(1) / mp.binomial(first + second, smaller)
        least = min(1, least * (2 if first == second else 1))
    case("least_p", [first, second, occurring], p=least)


for first, second in [(0, 5), (1, 1), (3, 3), (3, 9), (9, 3), (20, 20), (7, 60), (200, 300)]:
    for occurring in [0, 1, 2, 3, 4, first, second, first + second]:
        if occurring <= first + second:
            least_p(first, second, occurring)


# Trends.


def slope(values, documents, scale):
    results = dict.fromkeys(["slope", "standard_error", "low", "high"])
    if len(set(values)) > 1 and all(size > 0 for _, size in documents):
        counts, sizes = (np.array(column, dtype=float) for column in zip(*documents))
        # About a value in the middle: statsmodels' pseudo-inverse loses digits in years.
        design = sm.add_constant(np.array(values) - np.average(values, weights=sizes))
        fit = sm.WLS(counts / sizes, design, weights=sizes).fit()
        results["slope"] = fit.params[1] * scale
        if len(values) > 2 and (counts > 0).any() and np.abs(fit.wresid).max() > 1e-12:
            weighted = fit.model.wexog
            if np.diag(weighted @ np.linalg.pinv(weighted)).max() < 1 - 1e-9:
                robust = fit.get_robustcov_results("HC3", use_t=True)
                low, high = robust.conf_int(0.05)[1] * scale
                results |= {"standard_error": robust.bse[1] * scale, "low": low, "high": high}
    case("slope", [values, documents, scale], **results)


for n in [3, 4, 6, 12, 50, 300]:
    for _ in range(3):
        sizes = [int(10 ** random.uniform(2, 4)) for _ in range(n)]
        documents = [(random.randint(0, size // 60), size) for size in sizes]
        years = random.random() < 0.5
        values = [float(random.randint(2010, 2025)) if years else random.uniform(-3, 3) for _ in range(n)]
        slope(values, documents, 1000.0)
slope([2001.0, 2001.0, 2001.0], [(1, 100), (2, 100), (3, 100)], 1000.0)
slope([2001.0, 2002.0], [(1, 100), (3, 100)], 1000.0)
slope([2001.0, 2001.0, 2002.0], [(1, 100), (2, 150), (3, 100)], 1.0)
slope([2001.0, 2003.0, 2004.0], [(0, 100), (0, 150), (0, 90)], 1.0)
slope([2001.0, 2003.0, 2004.0], [(1, 100), (0, 0), (0, 90)], 1.0)


def kendall(x, y):
    results = dict.fromkeys(["tau_b", "low", "high"])
    n = len(x)
    if n > 1 and len(set(x)) > 1 and len(set(y)) > 1:
        pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
        signs = {ij: [int(np.sign(values[ij[0]] - values[ij[1]])) for values in (x, y)] for ij in pairs}
        of_x, of_y = (mean([abs(signs[ij][at]) for ij in pairs]) for at in (0, 1))
        product = mp.sqrt(of_x * of_y)
        tau = mean([signs[ij][0] * signs[ij][1] for ij in pairs]) / product
        assert abs(tau - stats.kendalltau(x, y).statistic) < 1e-12
        results["tau_b"] = tau
        if n > 3 and abs(tau) < 1 - mp.mpf(10) ** -40:
            linear = {
                ij: a * b / product - tau / 2 * (abs(a) / of_x + abs(b) / of_y) for ij, (a, b) in signs.items()
            }
            own = [sum(linear[i, j] for j in range(n) if j != i) / (n - 1) for i in range(n)]
            s2 = (4 * (n - 2) * mean([h**2 for h in own]) + 2 * mean([h**2 for h in linear.values()])) / (n * (n - 1))
            half = mp.sqrt(2) * mp.erfinv(mp.mpf("0.95")) * mp.sqrt(s2) / (1 - tau**2)
            results |= {"low": mp.tanh(mp.atanh(tau) - half), "high": mp.tanh(mp.atanh(tau) + half)}
    case("kendall", [x, y], **results)


for x, y in [([], []), ([1.0], [2.0]), ([1.0, 2.0], [2.0, 1.0]), ([1.0, 2.0, 3.0], [1.0, 3.0, 2.0]), ([1.0] * 5, untied(5)), (untied(5), [0.0] * 5)]:
    kendall(x, y)
kendall(sorted(untied(9)), sorted(untied(9)))
for n in [4, 5, 8, 20, 60]:
    kendall(untied(n), untied(n))
    kendall([float(random.randint(2015, 2024)) for _ in range(n)], rates(n, 8))
    years = [float(random.randint(2015, 2024)) for _ in range(n)]
    kendall(years, [year - 2000 + random.gauss(0, 5) for year in years])


# Tails, at 60 digits: of the normal, the chi-square and Student's distribution.


def normal_tail(z):
    case("normal_tail", [z], p=mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2)


def chi_square_tail(x, degrees):
    x, a = mp.mpf(x) / 2, mp.mpf(degrees) / 2
    # One minus the lower tail where that is the smaller, by its series of positive terms; else the continued fraction of the upper one.
    if x < a + 1:
        term = total = mp.mpf(1)
        n = 0
        while term > total * mp.mpf(10) ** -40:
            n += 1
            term *= x / (a + n)
            total += term
        p = 1 - mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total
    else:
        fraction, terms = mp.mpf(0), 400 + int(20 * mp.sqrt(a))
        for n in range(terms, 0, -1):
            fraction = n * (a - n) / (x + 2 * n + 1 - a + fraction)
        p = mp.exp(a * mp.log(x) - x - mp.loggamma(a)) / (x + 1 - a + fraction)
    if degrees <= 30:
        assert abs(p / mp.gammainc(a, x, regularized=True) - 1) < 1e-25, (float(x), degrees)
    case("chi_square_tail", [float(2 * x), degrees], p=p)


def student_tails(t, degrees):
    x, half = degrees / (degrees + mp.mpf(t) ** 2), mp.mpf(1) / 2
    if x > half:
        with mp.workdps(400):
            p = 1 - mp.betainc(half, mp.mpf(degrees) / 2, 0, mp.mpf(t) ** 2 / (degrees + mp.mpf(t) ** 2), regularized=True)
    else:
        p = mp.betainc(mp.mpf(degrees) / 2, half, 0, x, regularized=True)
    case("student_tails", [t, degrees], p=p)


for z in [-8.0, -1.0, 0.0, 1e-9, 0.3, 1.0, 1.959963984540054, 5.0, 12.5, 37.0]:
    normal_tail(z)
for degrees in [1, 2, 3, 7, 19, 39, 40, 41, 100, 999, 50_000]:
    for part in [1e-3, 0.5, 0.9, 0.999, 1.0, 1.01, 1.1, 1.5, 3.0, 10.0]:
        chi_square_tail(part * degrees, degrees)
for x, degrees in [(1e-9, 1), (1300.0, 1), (1380.0, 4), (1500.0, 30), (5_010_000.0, 5_000_000), (9_997_000.0, 10_000_000)]:
    chi_square_tail(x, degrees)
for degrees in [0.5, 1, 1.5, 2, 3.7, 10, 39, 40, 41.5, 200, 5000.25, 1e5, 1e7]:
    for t in [0.0, 1e-8, 0.1, 0.9, 1.4, 1.7320508, 1.74, 2.0, 3.5, 8.0, 20.0, 36.0]:
        student_tails(t, degrees)
for t, degrees in [(1e100, 1), (1e100, 3), (1e9, 30), (1e40, 7.5), (500.0, 150)]:
    student_tails(t, degrees)

# By their own random numbers, so that those above stay as they are.
chance = random.Random(20261128)


def band(values, documents, scale, at):
    """The line of slope() at a value, with its interval."""
    counts, sizes = (np.array(column, dtype=float) for column in zip(*documents))
    centre = np.average(values, weights=sizes)
    fit = sm.WLS(counts / sizes, sm.add_constant(np.array(values) - centre), weights=sizes).fit()
    robust = fit.get_robustcov_results("HC3", use_t=True)
    point = np.array([1.0, at - centre])
    rate, half = point @ fit.params, stats.t.ppf(0.975, len(values) - 2) * np.sqrt(point @ robust.cov_params() @ point)
    case("band", [values, documents, scale, at], rate=rate * scale, low=(rate - half) * scale, high=(rate + half) * scale)


for n in [4, 7, 30]:
    for _ in range(3):
        sizes = [int(10 ** chance.uniform(2, 4)) for _ in range(n)]
        documents = [(chance.randint(0, size // 60), size) for size in sizes]
        values = [float(2010 + number % 6) for number in range(n)]
        for at in [2010.0, 2012.5, 2015.0]:
            band(values, documents, 1000.0, at)


def correspondence(counts):
    """Correspondence analysis by NumPy's singular values: coordinates on two axes, and all inertias."""
    table = np.array(counts, dtype=float)
    table /= table.sum()
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    expected = np.outer(rows, columns)
    left, singular, right = np.linalg.svd((table - expected) / np.sqrt(expected), full_matrices=False)
    axes = min(len(rows), len(columns)) - 1
    row_coordinates = left * singular / np.sqrt(rows)[:, None]
    column_coordinates = right.T * singular / np.sqrt(columns)[:, None]
    signs = [np.sign(column_coordinates[np.argmax(np.abs(column_coordinates[:, axis])), axis]) for axis in range(2)]
    results = {f"inertia_{axis}": singular[axis] ** 2 for axis in range(axes)}
    for axis in range(2):
        results |= {f"row_{row}_{axis}": value * signs[axis] for row, value in enumerate(row_coordinates[:, axis])}
        results |= {f"column_{column}_{axis}": value * signs[axis] for column, value in enumerate(column_coordinates[:, axis])}
    case("correspondence", counts, **results)


# Smoking of the staff, Greenacre's own example.
correspondence([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]])
for height, width in [(3, 3), (3, 12), (4, 13), (11, 12), (40, 13)]:
    correspondence([[1 + int(10 ** chance.uniform(0, 3)) for _ in range(width)] for _ in range(height)])

# Coders who agree, or not; irrCAC 0.4.4, which needs an older SciPy, gives the same AC1.


def ac1_of(table, codes):
    """Rows are items, columns coders; None is no code."""
    agreed, shares = [], []
    for item in table:
        given = [code for code in item if code is not None]
        pairs = list(itertools.combinations(given, 2))
        agreed.append(np.mean([one == other for one, other in pairs]))
        shares.append([given.count(code) / len(given) for code in codes])
    shares = np.mean(shares, axis=0)
    by_chance = np.sum(shares * (1 - shares)) / (max(len(codes), 2) - 1)
    return (np.mean(agreed) - by_chance) / (1 - by_chance)


def alpha_of(table):
    given = [code for item in table for code in item if code is not None]
    if len(set(given)) < 2:
        return None
    ratings = [[np.nan if code is None else code for code in coder] for coder in zip(*table)]
    return krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal")


def kappa_of(table):
    if any(None in item or len(item) != 2 for item in table) or len({code for item in table for code in item}) < 2:
        return None
    return cohen_kappa_score(*zip(*table))


def jackknifed(table, statistic):
    value, n = statistic(table), len(table)
    left_out = [statistic(table[:i] + table[i + 1 :]) for i in range(n)]
    if value is None or None in left_out:
        return value, None, None
    error = np.sqrt((n - 1) / n * np.sum((np.array(left_out) - np.mean(left_out)) ** 2))
    reach = stats.t.ppf(0.975, n - 1) * error
    return (value, max(value - reach, -1), min(value + reach, 1)) if error > 1e-12 else (value, None, None)


def reliability(table):
    codes = sorted({code for item in table for code in item if code is not None})
    results = {}
    for name, statistic in [("kappa", kappa_of), ("alpha", alpha_of), ("ac1", lambda table: ac1_of(table, codes))]:
        results[name], results[name + "_low"], results[name + "_high"] = jackknifed(table, statistic)
    case("reliability", table, **results)


draws = np.random.default_rng(20261128)
for coders, codes, items, errors, gaps in [(2, 2, 40, 0.1, 0), (2, 4, 60, 0.3, 0), (3, 3, 50, 0.2, 0.2), (4, 5, 25, 0.5, 0.3), (2, 2, 12, 0, 0)]:
    table = []
    while len(table) < items:
        truth = draws.choice(codes, p=[0.7] + [0.3 / (codes - 1)] * (codes - 1))
        item = [int(draws.integers(codes)) if draws.random() < errors else int(truth) for _ in range(coders)]
        item = [None if draws.random() < gaps else code for code in item]
        if sum(code is not None for code in item) > 1:
            table.append(item)
    reliability(table)

# Totals of stratified samples.


def stratified(strata):
    value = variance = mp.mpf(0)
    for size, values in strata:
        values = [mp.mpf(v) for v in values]
        n, mean = len(values), sum(values) / len(values)
        value += size * mean
        if n < size:
            square = sum((v - mean) ** 2 for v in values) / (n - 1)
            variance += size**2 * (1 - mp.mpf(n) / size) * square / n
    case("stratified", strata, value=value, error=mp.sqrt(variance))


for number in [1, 2, 5, 20]:
    strata = []
    for _ in range(number):
        size = int(draws.integers(2, 2000))
        values = [float(draws.choice([-1, 0, 0.5, 1, 2])) for _ in range(int(draws.integers(2, 12)))]
        strata.append([max(size, len(values)), values])
    stratified(strata)

with (pathlib.Path(__file__).parent / "cases.csv").open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["function", "arguments", "results"])
    for function, arguments, results in CASES:
        writer.writerow([function, json.dumps(arguments), json.dumps(results)])
print(len(CASES), "cases")
