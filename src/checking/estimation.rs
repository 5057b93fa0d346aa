//! Counts, rates and differences with the program's error taken out, by the difference estimator.
//!
//! The program has counted everything; the check says of a sample by how much it was wrong. The corrected count is the program's plus the
//! estimated total of what it was wrong by: T = C + Σ d_i / π_i (Särndal, Swensson & Wretman 1992, *Model Assisted Survey Sampling*, ch. 6;
//! prediction-powered inference: Angelopoulos et al. 2023, *Science* 382; design-based supervised learning: Egami et al. 2023,
//! *NeurIPS* 36). It is unbiased whatever the errors are, as the chances π_i are known; the better the program, the smaller the d_i and the
//! narrower the interval.

use super::checked::{CheckedItem, CheckedSample, Domain, Measured, Population};
use crate::statistics::{
    Difference, Estimate, Frequency, Interval, Ratio, interval_about, natural_logarithm,
};

/// A measure in the documents of a group, as the program has counted it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counted {
    /// Affirmed markers, among tokens.
    pub frequency: Frequency,
    /// The rate with its variance between documents or clusters; none where that is not defined.
    pub ratio: Option<Ratio>,
}

/// A figure with its 95 % interval, and how much of its variance the check brings.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Corrected {
    /// The figure.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The share of the variance that is due to the sampling of the check; the rest is that between documents.
    pub check_share: Option<f64>,
}

impl Corrected {
    /// Without the share of the check.
    pub fn estimate(self) -> Estimate {
        Estimate { value: self.value, interval: self.interval }
    }
}

/// A measure in a group, raw and corrected.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CorrectedRate {
    /// The rate per 1,000 tokens as counted.
    pub raw: Corrected,
    /// The corrected count.
    pub count: Option<f64>,
    /// The corrected rate per 1,000 tokens.
    pub corrected: Corrected,
}

/// A measure in two groups, raw and corrected.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CorrectedContrast {
    /// log₂ of the ratio of the rates as counted.
    pub raw_log_ratio: Corrected,
    /// log₂ of the ratio of the corrected rates.
    pub log_ratio: Corrected,
    /// The difference of the rates per 1,000 tokens as counted.
    pub raw_difference: Corrected,
    /// The difference of the corrected rates.
    pub difference: Corrected,
}

/// A group in a contrast: its domain, the program's counts, the corrected count.
#[derive(Debug, Clone, Copy)]
struct Side {
    domain: Domain,
    counted: Counted,
    count: f64,
    /// 1 for the first, −1 for the second.
    sign: f64,
}

/// The factor of rates.
const SCALE: f64 = 1000.0;

/// A corrected rate whose check has a standard error of more than this part of it has no interval: there is no telling how many were missed.
const LARGEST_ERROR: f64 = 1.0;

impl CheckedSample {
    /// A measure in the documents of a domain, raw and corrected.
    ///
    /// The interval is symmetrical on the scale of the logarithm, whose variance is that between documents plus v / T², with v the variance of the
    /// check. Where no error was found at all, v is that of half an error in one more, as if there were none to be found it would be 0.
    pub fn rate(&self, measured: Measured, domain: Domain, counted: Counted) -> CorrectedRate {
        let size = counted.frequency.size as f64;
        let raw = counted.frequency.count as f64;
        let mut rate = CorrectedRate { raw: plain(counted), ..CorrectedRate::default() };
        let Some(count) = self.count(measured, domain, raw) else { return rate };
        rate.count = Some(count);
        if size <= 0.0 {
            return rate;
        }
        let side = Side { domain, counted, count, sign: 1.0 };
        rate.corrected = Corrected { value: Some(count / size * SCALE), ..self.logarithm(measured, &[side]) };
        let about = |logarithms| interval_about(count / size * SCALE, logarithms);
        rate.corrected.interval = rate.corrected.interval.map(about);
        rate
    }

    /// A measure in the documents of two domains, raw and corrected.
    pub fn contrast(
        &self,
        measured: Measured,
        domains: [Domain; 2],
        counted: [Counted; 2],
    ) -> CorrectedContrast {
        let rates = counted.map(|counted| plain(counted).value);
        let logarithms = counted.map(|counted| counted.ratio.map(|ratio| natural_logarithm(ratio.ratio)));
        let ratios = || counted.iter().map(|counted| counted.ratio);
        let of_log: Option<Vec<_>> =
            ratios().map(|ratio| ratio.map(|ratio| (ratio.log_variance, ratio.degrees))).collect();
        let of_rate = |ratio: Ratio| {
            let rate = ratio.ratio * SCALE;
            (rate * rate * ratio.log_variance, ratio.degrees)
        };
        let of_rate: Option<Vec<_>> = ratios().map(|ratio| ratio.map(of_rate)).collect();
        let difference = |values: [Option<f64>; 2]| Some(values[0]? - values[1]?);
        let estimate = |value: Option<f64>, parts: Option<Vec<(f64, f64)>>| Corrected {
            value,
            interval: value.zip(parts).and_then(|(value, parts)| Difference { value, parts }.interval()),
            check_share: None,
        };
        let mut contrast = CorrectedContrast {
            raw_log_ratio: base_two(estimate(difference(logarithms), of_log)),
            raw_difference: estimate(difference(rates), of_rate),
            ..CorrectedContrast::default()
        };
        let side = |domain: Domain, counted: Counted, sign: f64| {
            let count = self.count(measured, domain, counted.frequency.count as f64)?;
            Some(Side { domain, counted, count, sign })
        };
        let ([one, other], [of_one, of_other]) = (domains, counted);
        let (Some(first), Some(second)) = (side(one, of_one, 1.0), side(other, of_other, -1.0)) else {
            return contrast;
        };
        let sides = [first, second];
        if sides.iter().any(|side| side.counted.frequency.size == 0) {
            return contrast;
        }
        let rates = sides.map(|side| side.count / side.counted.frequency.size as f64);
        if rates.iter().all(|rate| *rate > 0.0) {
            let value = natural_logarithm(rates[0]) - natural_logarithm(rates[1]);
            let mut estimate = self.logarithm(measured, &sides);
            estimate.interval = estimate.interval.map(|(low, high)| (value + low, value + high));
            contrast.log_ratio = base_two(Corrected { value: Some(value), ..estimate });
        }
        contrast.difference = self.difference(measured, sides);
        contrast
    }

    /// The corrected count.
    fn count(&self, measured: Measured, domain: Domain, raw: f64) -> Option<f64> {
        let correction = |item: &CheckedItem| match item.is_in(domain) {
            true => self.correction_of(measured, item),
            false => 0.0,
        };
        Some(raw + self.total(correction)?.value)
    }

    /// The interval of Σ ± log T about it, and the share of the check.
    fn logarithm(&self, measured: Measured, sides: &[Side]) -> Corrected {
        if sides.iter().any(|side| side.count <= 0.0) {
            return Corrected::default();
        }
        let factor = |side: &Side| side.sign / side.count;
        for side in sides {
            let alone = self.check(measured, &[(side.domain, 1.0 / side.count)]);
            if !alone.is_some_and(|check| sum(&check) <= LARGEST_ERROR * LARGEST_ERROR) {
                return Corrected::default();
            }
        }
        let weights: Vec<(Domain, f64)> = sides.iter().map(|side| (side.domain, factor(side))).collect();
        let documents: Option<Vec<_>> = sides
            .iter()
            .map(|side| side.counted.ratio.map(|ratio| (ratio.log_variance, ratio.degrees)))
            .collect();
        joined(0.0, documents, self.check(measured, &weights))
    }

    fn difference(&self, measured: Measured, sides: [Side; 2]) -> Corrected {
        let size = |side: &Side| side.counted.frequency.size as f64;
        let rate = |side: &Side| side.count / size(side) * SCALE;
        let [first, second] = &sides;
        let weights = sides.map(|side| (side.domain, side.sign * SCALE / size(&side)));
        let documents: Option<Vec<_>> = sides
            .iter()
            .map(|side| side.counted.ratio.map(|r| (rate(side).powi(2) * r.log_variance, r.degrees)))
            .collect();
        joined(rate(first) - rate(second), documents, self.check(measured, &weights))
    }

    /// The variance of the check, in independent parts, of a sum of corrected counts, each times a weight.
    fn check(&self, measured: Measured, weights: &[(Domain, f64)]) -> Option<Vec<(f64, f64)>> {
        let mut parts = Vec::new();
        for population in [Population::Hits, Population::Sentences] {
            let value = |item: &CheckedItem| {
                let weights = weights.iter().filter(|(domain, _)| item.is_in(*domain));
                let weight: f64 = weights.map(|(_, weight)| weight).sum();
                if weight == 0.0 { 0.0 } else { weight * self.correction_of(measured, item) }
            };
            let total = self.total_of(population, value)?;
            if total.parts.is_empty() {
                let least = |(domain, weight): &(Domain, f64)| {
                    let (variance, degrees) = self.least_variance(population, measured, *domain)?;
                    Some((weight * weight * variance, degrees))
                };
                parts.extend(weights.iter().filter_map(least));
            } else {
                parts.extend(total.parts);
            }
        }
        Some(parts)
    }

    /// The variance of a total of errors where none was found in the n that could have one: N² p (1 − p) / n (1 − n / N) with p = ½ / (n + 1).
    fn least_variance(
        &self,
        population: Population,
        measured: Measured,
        domain: Domain,
    ) -> Option<(f64, f64)> {
        let could = |item: &CheckedItem| {
            item.is_in(domain) && item.found.is_none_or(|found| self.counts(measured, found))
        };
        let (mut size, mut judged) = (0.0, 0.0);
        for stratum in self.of(population) {
            let own = stratum.items.iter().filter(|item| could(item)).count() as f64;
            size += own * stratum.size as f64 / stratum.items.len().max(1) as f64;
            judged += own;
        }
        let p = 0.5 / (judged + 1.0);
        let variance = size * size * p * (1.0 - p) / judged * (1.0 - judged / size);
        (judged > 0.0 && variance > 0.0).then_some((variance, (judged - 1.0).max(1.0)))
    }
}

fn sum(parts: &[(f64, f64)]) -> f64 {
    parts.iter().map(|(variance, _)| variance).sum()
}

/// The rate as counted.
fn plain(counted: Counted) -> Corrected {
    let Frequency { count, size } = counted.frequency;
    let interval = counted.ratio.and_then(|ratio| ratio.interval(crate::statistics::Scale::Log));
    Corrected {
        value: (size > 0).then(|| count as f64 / size as f64 * SCALE),
        interval: interval.map(|(low, high)| (low * SCALE, high * SCALE)),
        check_share: None,
    }
}

/// A figure with the variance between documents and that of the check.
fn joined(value: f64, documents: Option<Vec<(f64, f64)>>, check: Option<Vec<(f64, f64)>>) -> Corrected {
    let (Some(documents), Some(check)) = (documents, check) else {
        return Corrected { value: Some(value), ..Corrected::default() };
    };
    let of_check = sum(&check);
    let all = of_check + sum(&documents);
    let parts = documents.into_iter().chain(check).collect();
    Corrected {
        value: Some(value),
        interval: Difference { value, parts }.interval(),
        check_share: (all > 0.0).then(|| of_check / all),
    }
}

/// A figure in natural logarithms, in binary ones.
fn base_two(estimate: Corrected) -> Corrected {
    use std::f64::consts::LN_2;
    Corrected {
        value: estimate.value.map(|value| value / LN_2),
        interval: estimate.interval.map(|(low, high)| (low / LN_2, high / LN_2)),
        ..estimate
    }
}
