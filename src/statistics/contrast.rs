//! Two groups contrasted, stratum by stratum: the logarithm of the ratio of their rates, and the difference of their means.
//!
//! Without strata there is one. With several, the ratio is that of Mantel and Haenszel (1959), in the form for rates
//! (Rothman & Greenland 1998, *Modern Epidemiology*, ch. 15): Σ y₁ x₂ / x over Σ y₂ x₁ / x, x = x₁ + x₂ of each stratum.

use super::ratio::leverage_residual;
use super::{Difference, RatioSums};

/// The units (y, x) of two groups in a stratum.
pub type Stratum = [Vec<(f64, f64)>; 2];

/// What both groups weigh in a stratum: each its share of the other's base. None where a group has no base there.
fn weights([first, second]: [f64; 2]) -> Option<[f64; 2]> {
    (first > 0.0 && second > 0.0).then(|| [second / (first + second), first / (first + second)])
}

fn sums(units: &[(f64, f64)]) -> [f64; 2] {
    units.iter().fold([0.0; 2], |[y, x], unit| [y + unit.0, x + unit.1])
}

/// Σ (eᵢ / (1 − hᵢ))², and the degrees of freedom. A unit that is alone in its group is held against the rate of the stratum.
fn squares(units: &[(f64, f64)], of_both: f64) -> (f64, f64) {
    if let [(y, x)] = units {
        return ((y - of_both * x).powi(2), 1.0);
    }
    let [y, x] = sums(units);
    let squares = units.iter().map(|unit| leverage_residual(*unit, y / x, x).powi(2)).sum();
    (squares, units.len() as f64 - 1.0)
}

/// The natural logarithm of the ratio of the rates, with its variance as in [`Ratio`](super::Ratio); `counts` are how often it
/// occurs in either group. Not defined where it does not occur in both.
pub fn log_ratio_of_strata(strata: &[Stratum], counts: [u64; 2]) -> Option<Difference> {
    if counts.contains(&0) {
        return None;
    }
    let weighed = |side: usize| {
        let weighed = strata.iter().filter_map(|stratum| {
            let [first, second] = stratum.each_ref().map(|units| sums(units));
            let weights = weights([first[1], second[1]])?;
            let of_both = (first[0] + second[0]) / (first[1] + second[1]);
            let y = [first, second][side][0] * weights[side];
            let (squares, degrees) = squares(&stratum[side], of_both);
            Some((y, squares * weights[side] * weights[side], degrees))
        });
        weighed.collect::<Vec<_>>()
    };
    let sides = [weighed(0), weighed(1)];
    let [first, second] = sides.each_ref().map(|side| side.iter().map(|(y, ..)| y).sum::<f64>());
    if !(first > 0.0 && second > 0.0) {
        return None;
    }
    let parts = sides.iter().zip([first, second]).zip(counts).flat_map(|((side, sum), count)| {
        let small = (count as f64 / (count as f64 + 0.5)).powi(2);
        side.iter().map(move |(_, squares, degrees)| (squares / (sum * sum) * small, *degrees))
    });
    // A difference of logarithms: exchanging the two exchanges nothing but the sign.
    Some(Difference { value: libm::log(first) - libm::log(second), parts: parts.collect() })
}

/// The difference of the ratios Σy / Σx of both groups, with its variance by linearisation: that of Welch (1947) where each unit
/// is a document with x = 1. Over several strata it is their mean, weighed by x₁ x₂ / x (Mantel & Haenszel's weights).
/// Not defined where no stratum holds both groups.
pub fn difference_of_strata(strata: &[Stratum]) -> Option<Difference> {
    let (mut value, mut parts, mut weight_of_all) = (0.0, Vec::new(), 0.0);
    for stratum in strata {
        let [first, second] = stratum.each_ref().map(|units| sums(units));
        if first[1] == 0.0 || second[1] == 0.0 {
            continue;
        }
        let weight = first[1] * second[1] / (first[1] + second[1]);
        let of_both = (first[0] + second[0]) / (first[1] + second[1]);
        value += weight * (first[0] / first[1] - second[0] / second[1]);
        for (units, [y, x]) in stratum.iter().zip([first, second]) {
            let number = units.len() as f64;
            // Unit by unit: sums of squares would lose digits where the rates hardly differ.
            let squares = match number > 1.0 {
                true => {
                    let residuals = units.iter().map(|unit| (unit.0 - y / x * unit.1).powi(2));
                    residuals.sum::<f64>() * number / (number - 1.0)
                }
                false => (y - of_both * x).powi(2),
            };
            parts.push((weight * weight * squares / (x * x), (number - 1.0).max(1.0)));
        }
        weight_of_all += weight;
    }
    if weight_of_all == 0.0 {
        return None;
    }
    parts.iter_mut().for_each(|(variance, _)| *variance /= weight_of_all * weight_of_all);
    Some(Difference { value: value / weight_of_all, parts })
}

/// The sums of units.
pub fn ratio_sums(units: &[(f64, f64)]) -> RatioSums {
    let mut sums = RatioSums::default();
    for (y, x) in units.iter().filter(|(_, x)| *x > 0.0) {
        sums.units += 1.0;
        sums.y += y;
        sums.x += x;
        sums.yy += y * y;
        sums.xy += x * y;
        sums.xx += x * x;
    }
    sums
}

/// A statistic over its standard error, as permutations score it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Studentised {
    /// The statistic over its standard error; 0 where it is not defined.
    pub t: f64,
    /// Degrees of freedom, after Welch and Satterthwaite.
    pub degrees: f64,
}

impl Studentised {
    /// The difference of two logarithms of rates, each with its variance and degrees of freedom.
    pub fn of_log_rates(one: (f64, f64, f64), other: (f64, f64, f64)) -> Self {
        Studentised::new(one.0 - other.0, [(one.1, one.2), (other.1, other.2)])
    }

    fn new(value: f64, parts: [(f64, f64); 2]) -> Self {
        let variance = parts[0].0 + parts[1].0;
        if !(variance > 0.0 && value.is_finite()) {
            return Studentised::default();
        }
        let inner: f64 = parts.iter().map(|(variance, degrees)| variance * variance / degrees.max(1.0)).sum();
        Studentised { t: value / variance.sqrt(), degrees: variance * variance / inner }
    }

    /// |t| as a quantile of the standard normal distribution, by Wallace's approximation (1959), so that contrasts with
    /// different degrees of freedom can be compared.
    pub fn score(&self) -> f64 {
        let degrees = self.degrees;
        if degrees <= 0.0 {
            return 0.0;
        }
        (8.0 * degrees + 1.0) / (8.0 * degrees + 3.0)
            * (degrees * libm::log1p(self.t * self.t / degrees)).sqrt()
    }
}

/// The natural logarithms of counts, of which permutation tests need many. That of 0 is taken as that of ½, as in a log ratio.
#[derive(Debug)]
pub struct Logarithms(Vec<f64>);

impl Logarithms {
    /// How many are kept.
    const KEPT: usize = 1 << 12;

    /// Computes those of small counts.
    #[expect(clippy::new_without_default, reason = "nothing about it is a default")]
    pub fn new() -> Self {
        let logarithm = |count: usize| libm::log(if count > 0 { count as f64 } else { 0.5 });
        Logarithms((0..Logarithms::KEPT).map(logarithm).collect())
    }

    /// The logarithm of a rate from sums whose y is a count, with its variance and degrees of freedom; the logarithm of the base is given. The
    /// variance is n / (n − 1) · Σ(y − Rx)² / (Σy)², and not below (1 − R) / (Σy + ½), that of independent occurrences.
    pub fn log_rate(&self, sums: &RatioSums, log_base: f64) -> (f64, f64, f64) {
        let logarithm = self.0.get(sums.y as usize).copied().unwrap_or_else(|| libm::log(sums.y));
        (logarithm - log_base, log_variance(sums), sums.units - 1.0)
    }
}

/// The natural logarithm, the same on every machine.
pub fn natural_logarithm(value: f64) -> f64 {
    libm::log(value)
}

/// The logarithm of a rate, from its sums, with its variance and degrees of freedom. The variance is n / (n − 1) · Σ(y − Rx)² / (Σy)², and not below
/// (1 − R) / (Σy + ½), that of independent occurrences, as the documents of a small group may agree by chance. No occurrence is taken as ½.
fn log_rate(sums: &RatioSums) -> (f64, f64, f64) {
    let y = if sums.y > 0.0 { sums.y } else { 0.5 };
    (libm::log(y) - libm::log(sums.x), log_variance(sums), sums.units - 1.0)
}

fn log_variance(sums: &RatioSums) -> f64 {
    let y = if sums.y > 0.0 { sums.y } else { 0.5 };
    let variance = sums.residual_variance().unwrap_or(0.0) / (y * y);
    variance.max(least_variance(sums))
}

fn least_variance(sums: &RatioSums) -> f64 {
    (1.0 - sums.ratio()).max(0.0) / (sums.y + 0.5)
}

/// The studentised logarithm of the ratio of the rates (Janssen 1997; Chung & Romano 2013, on studentised permutation tests),
/// from sums by stratum; the variances are those of [`Logarithms::log_rate`].
pub fn studentised_log_ratio(strata: &[[RatioSums; 2]]) -> Studentised {
    if let [[first, second]] = strata {
        if first.x == 0.0 || second.x == 0.0 {
            return Studentised::default();
        }
        return Studentised::of_log_rates(log_rate(first), log_rate(second));
    }
    // By side: the weighed count, its variance, the units, the count, the base, and the weight of ½ an occurrence.
    let (mut y, mut squares, mut half) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    let mut of_all = [RatioSums::default(); 2];
    let mut strata_with_both = 0.0;
    for stratum in strata {
        let Some(weights) = weights([stratum[0].x, stratum[1].x]) else { continue };
        let rate = (stratum[0].y + stratum[1].y) / (stratum[0].x + stratum[1].x);
        strata_with_both += 1.0;
        for side in 0..2 {
            let (sums, weight) = (&stratum[side], weights[side]);
            let residuals = sums.residual_variance().unwrap_or_else(|| (sums.y - rate * sums.x).powi(2));
            y[side] += weight * sums.y;
            squares[side] += weight * weight * residuals;
            half[side] += weight * sums.x;
            of_all[side].units += sums.units;
            of_all[side].y += sums.y;
            of_all[side].x += sums.x;
        }
    }
    if strata_with_both == 0.0 {
        return Studentised::default();
    }
    let part = |side: usize| {
        let sum = if y[side] > 0.0 { y[side] } else { 0.5 * half[side] / of_all[side].x };
        let variance = (squares[side] / (sum * sum)).max(least_variance(&of_all[side]));
        (libm::log(sum), (variance, of_all[side].units - strata_with_both))
    };
    let [one, other] = [part(0), part(1)];
    Studentised::new(one.0 - other.0, [one.1, other.1])
}

/// The studentised difference of the means of rates, from sums by stratum in which y is a rate and x the documents: Welch's t
/// where there is one stratum and a unit is a document. `least` is by stratum and side the least variance of Σy, that of
/// independent occurrences.
pub fn studentised_difference(strata: &[[RatioSums; 2]], least: &[[f64; 2]]) -> Studentised {
    let (mut value, mut variances, mut units) = (0.0, [0.0; 2], [0.0; 2]);
    for (stratum, least) in strata.iter().zip(least) {
        let [first, second] = stratum;
        if first.x == 0.0 || second.x == 0.0 {
            continue;
        }
        let weight = first.x * second.x / (first.x + second.x);
        value += weight * (first.ratio() - second.ratio());
        for side in 0..2 {
            let sums = &stratum[side];
            let residuals = sums.residual_variance().unwrap_or(0.0).max(least[side]);
            variances[side] += weight * weight * residuals / (sums.x * sums.x);
            units[side] += sums.units - 1.0;
        }
    }
    Studentised::new(value, [(variances[0], units[0]), (variances[1], units[1])])
}

/// The Wald-type statistic of equal rates in several groups, Σ w (L − L̄)² with L and 1 / w of [`Logarithms::log_rate`], which are given for each group (Pauly, Brunner &
/// Konietschke 2015, on its permutation); groups without a base are left aside.
pub fn wald(groups: &[RatioSums], rates: &[(f64, f64, f64)]) -> f64 {
    let rates = || {
        let with_base = rates.iter().zip(groups).filter(|(_, sums)| sums.x > 0.0);
        with_base.map(|((rate, variance, _), _)| (*rate, 1.0 / variance.max(1e-12)))
    };
    let (mut weight, mut mean) = (0.0, 0.0);
    for (rate, own) in rates() {
        weight += own;
        mean += own * rate;
    }
    rates().map(|(rate, own)| own * (rate - mean / weight).powi(2)).sum()
}

/// The studentised slope of the rate over the values of ordered groups, weighed by the base: Σ(v − v̄)y / Σ(v − v̄)²x over its standard
/// error by linearisation, which is not below that of independent occurrences. 0 where it is not defined.
pub fn slope_t(values: &[f64], groups: &[RatioSums]) -> f64 {
    let groups = || values.iter().zip(groups).filter(|(_, sums)| sums.x > 0.0);
    let (mut units, mut y, mut x, mut vx) = (0.0, 0.0, 0.0, 0.0);
    for (value, sums) in groups() {
        units += sums.units;
        y += sums.y;
        x += sums.x;
        vx += value * sums.x;
    }
    let (rate, centre) = (y / x, vx / x);
    let (mut product, mut spread) = (0.0, 0.0);
    for (value, sums) in groups() {
        product += (value - centre) * sums.y;
        spread += (value - centre).powi(2) * sums.x;
    }
    let slope = product / spread;
    let squares: f64 = groups()
        .map(|(value, sums)| {
            let fitted = rate + slope * (value - centre);
            let squares = sums.yy - 2.0 * fitted * sums.xy + fitted * fitted * sums.xx;
            (value - centre).powi(2) * squares.max(0.0)
        })
        .sum();
    let variance = squares / (spread * spread) * units / (units - 2.0);
    let least = rate * (1.0 - rate) / spread;
    let t = slope / variance.max(least).sqrt();
    if units > 2.0 && t.is_finite() { t } else { 0.0 }
}
