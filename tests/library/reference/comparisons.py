"""Writes comparisons.json: comparisons of groups of documents, computed without Hedgerow's formulas for sums.

    pip install -r requirements.txt
    python3 comparisons.py

Residuals are taken unit by unit, arrangements one by one; quantiles are SciPy's. Where SciPy or statsmodels has the figure (Welch's
interval, the paired t interval), theirs is demanded to be the same. The counts are invented.
"""
import itertools
import json
import math
import pathlib
import random

import numpy as np
from scipy import stats

random.seed(20261127)
SCALE = 1000.0


def t_quantile(degrees):
    return stats.t.ppf(0.975, degrees)


def units_of(rows):
    """Cells of cluster, stratum and group: (group, stratum, cluster), count, base, sum of rates, documents."""
    cells = {}
    for group, stratum, cluster, count, size in rows:
        cell = cells.setdefault((group, stratum, cluster), [0, 0, 0.0, 0])
        cell[0] += count
        cell[1] += size
        cell[2] += count / size
        cell[3] += 1
    return [(key, *cell) for key, cell in cells.items()]


def log_interval(units, count):
    """Of a ratio of sums: the jackknife's variance by leaving each residual's own leverage out."""
    y, x = np.array(units, float).T
    ratio = y.sum() / x.sum()
    residuals = (y - ratio * x) / (1 - x / x.sum())
    error = math.sqrt((residuals**2).sum()) / y.sum() * count / (count + 0.5)
    reach = t_quantile(len(y) - 1) * error
    return [ratio * math.exp(-reach) * SCALE, ratio * math.exp(reach) * SCALE]


def log_ratio(sides, counts):
    """Mantel and Haenszel's over strata: sides[side][stratum] is a list of (y, x)."""
    strata = range(len(sides[0]))
    sums = [[np.array(units, float).sum(axis=0) if units else np.zeros(2) for units in side] for side in sides]
    parts, logarithms = [], []
    for side in (0, 1):
        total, squares = 0.0, []
        for stratum in strata:
            own, other = sums[side][stratum], sums[1 - side][stratum]
            if own[1] == 0 or other[1] == 0:
                continue
            weight = other[1] / (own[1] + other[1])
            total += weight * own[0]
            y, x = np.array(sides[side][stratum], float).T
            if len(y) == 1:
                both = (own[0] + other[0]) / (own[1] + other[1])
                squares.append((weight**2 * (y[0] - both * x[0]) ** 2, 1))
            else:
                residuals = (y - own[0] / own[1] * x) / (1 - x / own[1])
                squares.append((weight**2 * (residuals**2).sum(), len(y) - 1))
        small = (counts[side] / (counts[side] + 0.5)) ** 2
        parts += [(square / total**2 * small, degrees) for square, degrees in squares]
        logarithms.append(math.log(total))
    variance = sum(part for part, _ in parts)
    degrees = variance**2 / sum(part**2 / own for part, own in parts)
    reach = t_quantile(degrees) * math.sqrt(variance)
    value = logarithms[0] - logarithms[1]
    return [value / math.log(2), (value - reach) / math.log(2), (value + reach) / math.log(2)]


def mean_difference(sides):
    """Over one stratum: of (sum of rates, documents)."""
    parts, means = [], []
    for units in sides:
        y, x = np.array(units, float).T
        mean = y.sum() / x.sum()
        residuals = y - mean * x
        parts.append((len(y) / (len(y) - 1) * (residuals**2).sum() / x.sum() ** 2, len(y) - 1))
        means.append(mean)
    variance = sum(part for part, _ in parts)
    degrees = variance**2 / sum(part**2 / own for part, own in parts)
    reach = t_quantile(degrees) * math.sqrt(variance)
    value = means[0] - means[1]
    return [value * SCALE, (value - reach) * SCALE, (value + reach) * SCALE]


def studentised(units, chosen, rate):
    """|t| of the log ratio and of the difference of the means, if `chosen` are the units of the first group."""
    logarithms, variances, means, errors = [], [], [], []
    for side in (True, False):
        own = [unit for at, unit in enumerate(units) if (at in chosen) == side]
        y, x, r, d, inverse = np.array(own, float).T
        n = len(y)
        total = y.sum() if y.sum() > 0 else 0.5
        residuals = y - y.sum() / x.sum() * x
        least = (1 - y.sum() / x.sum()) / (y.sum() + 0.5)
        logarithms.append(math.log(total / x.sum()))
        variances.append(max(n / (n - 1) * (residuals**2).sum() / total**2, least))
        mean = r.sum() / d.sum()
        spread = n / (n - 1) * ((r - mean * d) ** 2).sum()
        means.append(mean)
        errors.append(max(spread, rate * (1 - rate) * inverse.sum()) / d.sum() ** 2)
    return (
        abs(logarithms[0] - logarithms[1]) / math.sqrt(sum(variances)),
        abs(means[0] - means[1]) / math.sqrt(sum(errors)),
    )


def permutation(rows, blocks):
    """p over all arrangements within blocks; `blocks` names the block of a unit."""
    cells = {}
    for group, stratum, cluster, count, size in rows:
        cell = cells.setdefault((group, stratum, cluster), [0, 0, 0.0, 0, 0.0])
        for at, value in enumerate((count, size, count / size, 1, 1 / size)):
            cell[at] += value
    keys, units = list(cells), list(cells.values())
    rate = sum(unit[2] for unit in units) / sum(unit[3] for unit in units)
    members = {}
    for at, key in enumerate(keys):
        members.setdefault(blocks(key), []).append(at)
    choices = [
        list(itertools.combinations(block, sum(keys[at][0] == 0 for at in block))) for block in members.values()
    ]
    observed = studentised(units, {at for at, key in enumerate(keys) if key[0] == 0}, rate)
    scores = [
        studentised(units, set(itertools.chain(*choice)), rate) for choice in itertools.product(*choices)
    ]
    extreme = [sum(score[which] >= observed[which] * (1 - 1e-9) for score in scores) for which in (0, 1)]
    return [count / len(scores) for count in extreme], len(scores)


def independent(rows, design):
    cells = units_of(rows)
    strata = max(row[1] for row in rows) + 1
    counts = [sum(row[3] for row in rows if row[0] == group) for group in (0, 1)]

    def of(group, stratum, first):
        return [cell[first : first + 2] for cell in cells if cell[0][0] == group and cell[0][1] == stratum]

    sides = [[of(group, stratum, 1) for stratum in range(strata)] for group in (0, 1)]
    figures = {
        "log_ratio": log_ratio(sides, counts),
        "rate_interval": log_interval([unit for units in sides[0] for unit in units], counts[0]),
        "mean_interval": log_interval(
            [unit for stratum in range(strata) for unit in of(0, stratum, 3)], counts[0]
        ),
    }
    if strata == 1:
        figures["mean_difference"] = mean_difference([of(group, 0, 3) for group in (0, 1)])
        figures["p"], figures["arrangements"] = permutation(rows, lambda key: 0)
        if design == "documents":
            rates = [[row[3] / row[4] * SCALE for row in rows if row[0] == group] for group in (0, 1)]
            low, high = stats.ttest_ind(*rates, equal_var=False).confidence_interval()
            assert np.allclose(figures["mean_difference"][1:], [low, high], rtol=1e-10)
    return figures


def paired(rows):
    pairs = {}
    for group, _, cluster, count, size in rows:
        pairs.setdefault(cluster, {})[group] = (count, size)
    sides = [np.array([pairs[pair][group] for pair in pairs], float).T for group in (0, 1)]
    parts, logarithms = [], []
    for y, x in sides:
        parts.append((y - y.sum() / x.sum() * x) / (1 - x / x.sum()) / y.sum())
        logarithms.append(math.log(y.sum() / x.sum()))
    n = len(pairs)
    reach = t_quantile(n - 1) * math.sqrt(((parts[0] - parts[1]) ** 2).sum())
    value = logarithms[0] - logarithms[1]
    rates = [y / x * SCALE for y, x in sides]
    low, high = stats.ttest_rel(*rates).confidence_interval()
    p, arrangements = permutation(rows, lambda key: key[2])
    return {
        "log_ratio": [end / math.log(2) for end in (value, value - reach, value + reach)],
        "mean_difference": [rates[0].mean() - rates[1].mean(), low, high],
        "p": p,
        "arrangements": arrangements,
    }


def arrangements_of(sizes):
    """Every way to put units into groups of these sizes, as labels."""
    labels = [group for group, size in enumerate(sizes) for _ in range(size)]

    def rest(counts):
        if not any(counts):
            yield ()
        for group, count in enumerate(counts):
            if count:
                counts[group] -= 1
                for tail in rest(counts):
                    yield (group, *tail)
                counts[group] += 1

    assert len(labels) == sum(sizes)
    return rest(list(sizes))


def several(rows, values):
    """Of more than two groups of documents: the tests over all, of each against the rest, of pairs, and of the slope."""
    units = np.array([row[3:] for row in rows], float)
    groups = len(values)

    def log_rate(own):
        y, x = own.T
        n, total = len(y), y.sum() if y.sum() > 0 else 0.5
        residuals = y - y.sum() / x.sum() * x
        least = (1 - y.sum() / x.sum()) / (y.sum() + 0.5)
        variance = max(n / (n - 1) * (residuals**2).sum() / total**2, least) if n > 1 else least
        return math.log(total / x.sum()), variance, n - 1

    def t(one, other):
        variance = one[1] + other[1]
        degrees = variance**2 / (one[1] ** 2 / max(one[2], 1) + other[1] ** 2 / max(other[2], 1))
        score = abs(one[0] - other[0]) / math.sqrt(variance)
        normal = (8 * degrees + 1) / (8 * degrees + 3) * math.sqrt(degrees * math.log1p(score**2 / degrees))
        return score, normal

    def scores(labels):
        labels = np.array(labels)
        own = [log_rate(units[labels == group]) for group in range(groups)]
        weights = np.array([1 / variance for _, variance, _ in own])
        logarithms = np.array([logarithm for logarithm, _, _ in own])
        wald = (weights * (logarithms - (weights * logarithms).sum() / weights.sum()) ** 2).sum()
        rest = [t(own[group], log_rate(units[labels != group]))[0] for group in range(groups)]
        pairs = [t(own[a], own[b])[1] for a, b in itertools.combinations(range(groups), 2)]
        value, (y, x) = np.array(values)[labels], units.T
        centre = (value * x).sum() / x.sum()
        spread = (x * (value - centre) ** 2).sum()
        slope = ((value - centre) * y).sum() / spread
        residuals = y - x * (y.sum() / x.sum() + slope * (value - centre))
        variance = (((value - centre) * residuals) ** 2).sum() / spread**2 * len(y) / (len(y) - 2)
        rate = y.sum() / x.sum()
        slope = abs(slope) / math.sqrt(max(variance, rate * (1 - rate) / spread))
        rates = [(y / x)[labels == group] for group in range(groups)]
        return wald, slope, stats.kruskal(*rates).statistic, rest, pairs

    observed = scores([row[0] for row in rows])
    sizes = [sum(row[0] == group for row in rows) for group in range(groups)]
    every = [scores(labels) for labels in arrangements_of(sizes)]

    def p(score, known):
        return sum(score(own) >= known * (1 - 1e-9) for own in every) / len(every)

    return {
        "wald": observed[0],
        "wald_p": p(lambda own: own[0], observed[0]),
        "slope_p": p(lambda own: own[1], observed[1]),
        "kruskal_wallis_p": p(lambda own: own[2], observed[2]),
        "rest_p": [p(lambda own, group=group: own[3][group], known) for group, known in enumerate(observed[3])],
        "pairs_p": [p(lambda own: max(own[4]), known) for known in observed[4]],
    }


def invented(documents, rate, clusters=None, strata=1):
    """Rows of (group, stratum, cluster, count, size)."""
    rows = []
    for at in range(documents[0] + documents[1]):
        group = int(at >= documents[0])
        size = random.randint(150, 1500)
        count = min(size, int(random.gammavariate(2, rate[group] * size / 2)))
        cluster = at if clusters is None else at // clusters
        rows.append((group, random.randrange(strata), cluster, count, size))
    return rows


def main():
    cases = []
    for documents in [(3, 3), (4, 6), (5, 5), (7, 3), (2, 9)]:
        rows = invented(documents, (0.02, 0.012))
        cases.append({"design": "documents", "rows": rows, **independent(rows, "documents")})
    for clusters, documents in [(3, (12, 9)), (4, (16, 16))]:
        rows = invented(documents, (0.015, 0.02), clusters)
        cases.append({"design": "clusters", "rows": rows, **independent(rows, "clusters")})
    for documents in [(9, 12), (20, 15)]:
        rows = invented(documents, (0.02, 0.01), strata=3)
        cases.append({"design": "strata", "rows": rows, **independent(rows, "strata")})
    for number in (3, 6, 9):
        rows = [
            (group, 0, pair, random.randint(2, 12) + 3 * pair, random.randint(300, 900))
            for pair in range(number)
            for group in (0, 1)
        ]
        cases.append({"design": "pairs", "rows": rows, **paired(rows)})
    groups = []
    for sizes in [(2, 3, 3), (4, 2, 3)]:
        rows = invented((sum(sizes), 0), (0.02, 0.02))
        labels = [group for group, size in enumerate(sizes) for _ in range(size)]
        rows = [
            (label, 0, cluster, min(size, round(count * (1 + label))), size)
            for label, (_, _, cluster, count, size) in zip(labels, rows)
        ]
        values = [2001.0, 2002.0, 2005.0]
        groups.append({"rows": rows, "values": values, **several(rows, values)})
    written = "".join(json.dumps(case) + "\n" for case in groups)
    pathlib.Path(__file__).with_name("groups.jsonl").write_text(written)
    path = pathlib.Path(__file__).with_name("comparisons.json")
    lines = ",\n".join(json.dumps(case) for case in cases)
    path.write_text(f"[\n{lines}\n]\n")


main()
