//! Ratio estimators: the quotient of two sums over independent units, with its variance by linearisation.
//!
//! A pooled rate is Σy / Σx over documents with the counts y in the bases x; a mean of rates is Σr / Σd over documents,
//! d = 1 each. With clusters, the units are clusters and y, x, r, d their sums. So one formula serves all (Cochran 1977,
//! *Sampling Techniques*, ch. 6).

use super::Interval;
use super::distributions::student_quantile;

/// Sums over units from which a ratio and its variance follow; they add up, so that a permutation needs no second pass.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RatioSums {
    /// How many units there are.
    pub units: f64,
    /// Σy.
    pub y: f64,
    /// Σx.
    pub x: f64,
    /// Σy².
    pub yy: f64,
    /// Σxy.
    pub xy: f64,
    /// Σx².
    pub xx: f64,
}

impl RatioSums {
    /// The ratio Σy / Σx.
    pub fn ratio(&self) -> f64 {
        self.y / self.x
    }

    /// The variance of Σy − R Σx with R the ratio: n / (n − 1) · Σ(y − Rx)². Not defined for fewer than two units.
    pub fn residual_variance(&self) -> Option<f64> {
        let ratio = self.ratio();
        let squares = self.yy - 2.0 * ratio * self.xy + ratio * ratio * self.xx;
        (self.units > 1.5 && self.x > 0.0).then(|| squares.max(0.0) * self.units / (self.units - 1.0))
    }
}

/// The scale on which an interval of a ratio is symmetrical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// The logarithm: rates.
    Log,
    /// The logit: shares.
    Logit,
}

/// A ratio with the variance of its logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio, as a fraction of the base.
    pub ratio: f64,
    /// The variance of its natural logarithm.
    pub log_variance: f64,
    /// Units less one: the degrees of freedom.
    pub degrees: f64,
    /// (T − C + ½) / (T − C) of C occurrences in a base of T.
    rest: f64,
}

impl Ratio {
    /// The ratio of units (y, x) with x > 0, in which something occurs `count` times in a base of `size`. The variance
    /// of the logarithm is
    ///
    /// ```text
    /// Σ (eᵢ / (1 − hᵢ))² / (Σy)² · (C / (C + ½))²,   eᵢ = yᵢ − R xᵢ,   hᵢ = xᵢ / Σx
    /// ```
    ///
    /// the jackknife's, or HC3 (MacKinnon & White 1985), which allows for units of unequal size, with half an occurrence
    /// added, as the variance of the logarithm of a small count is nearer to 1 / (C + ½) than to 1 / C (Gart & Zweifel 1967).
    /// Not defined for fewer than two units, without an occurrence, where nothing but occurs, and where no unit's rate
    /// differs from another's.
    pub fn new(units: &[(f64, f64)], count: u64, size: u64) -> Option<Self> {
        if !is_defined(units.len() as u64, count, size) {
            return None;
        }
        let mut residuals =
            Residuals::new(units.iter().fold((0.0, 0.0), |(y, x), unit| (y + unit.0, x + unit.1)));
        units.iter().for_each(|unit| residuals.add(*unit));
        residuals.ratio(count, size)
    }

    /// Its 95 % interval, by Student's t distribution on the scale.
    pub fn interval(&self, scale: Scale) -> Option<Interval> {
        let reach = student_quantile(0.975, self.degrees)? * self.log_variance.sqrt();
        Some(match scale {
            Scale::Log => (self.ratio * libm::exp(-reach), self.ratio * libm::exp(reach)),
            Scale::Logit => {
                // The derivative of the logit is that of the logarithm over 1 − R.
                let reach = reach / ((1.0 - self.ratio) * self.rest);
                let odds = self.ratio / (1.0 - self.ratio);
                let share = |odds: f64| odds / (1.0 + odds);
                (share(odds * libm::exp(-reach)), share(odds * libm::exp(reach)))
            }
        })
    }
}

/// An interval about a value, from the distances of its ends on the scale of the natural logarithm.
pub fn interval_about(value: f64, (low, high): Interval) -> Interval {
    (value * libm::exp(low), value * libm::exp(high))
}

fn is_defined(units: u64, count: u64, size: u64) -> bool {
    units > 1 && count > 0 && count < size
}

/// The residuals of units that are not held: they are read once for their sums, and once more for this.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Residuals {
    /// Σy and Σx.
    sums: (f64, f64),
    units: u64,
    /// Σ (eᵢ / (1 − hᵢ))².
    squares: f64,
}

impl Residuals {
    /// Of units with the sums Σy and Σx.
    pub fn new(sums: (f64, f64)) -> Self {
        Residuals { sums, ..Residuals::default() }
    }

    /// Adds a unit (y, x) with x > 0.
    pub fn add(&mut self, unit: (f64, f64)) {
        let (y, x) = self.sums;
        self.units = self.units.saturating_add(1);
        self.squares += leverage_residual(unit, y / x, x).powi(2);
    }

    /// The [`Ratio`] of the units, when all have been added.
    pub fn ratio(&self, count: u64, size: u64) -> Option<Ratio> {
        if !is_defined(self.units, count, size) {
            return None;
        }
        let (y, x) = self.sums;
        let (count, rest) = (count as f64, (size - count) as f64);
        let log_variance = self.squares / (y * y) * (count / (count + 0.5)).powi(2);
        // Rates that are all equal differ by rounding.
        let varies = log_variance > 1e-20;
        varies.then(|| Ratio {
            ratio: y / x,
            log_variance,
            degrees: self.units as f64 - 1.0,
            rest: (rest + 0.5) / rest,
        })
    }
}

/// The residual of a unit from the ratio of sums over all, by what the unit itself has pulled the ratio towards it.
pub(super) fn leverage_residual((y, x): (f64, f64), ratio: f64, sum: f64) -> f64 {
    // A unit that is all there is has no residual.
    let rest = (1.0 - x / sum).max(f64::EPSILON);
    (y - ratio * x) / rest
}

/// A difference with its variance, made of independent parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// The difference.
    pub value: f64,
    /// The variance of each part, and its degrees of freedom.
    pub parts: Vec<(f64, f64)>,
}

impl Difference {
    /// Its standard error.
    pub fn error(&self) -> f64 {
        self.parts.iter().map(|(variance, _)| variance).sum::<f64>().sqrt()
    }

    /// The degrees of freedom of Welch (1947) and Satterthwaite (1946): (Σv)² / Σ(v² / degrees).
    pub fn degrees(&self) -> f64 {
        let sum: f64 = self.parts.iter().map(|(variance, _)| variance).sum();
        sum * sum / self.parts.iter().map(|(variance, degrees)| variance * variance / degrees).sum::<f64>()
    }

    /// Its 95 % interval by Student's t distribution; not defined where nothing varies.
    pub fn interval(&self) -> Option<Interval> {
        let error = self.error();
        if !(error > 1e-10 * (1.0 + self.value.abs()) && self.degrees() >= 0.5) {
            return None;
        }
        let reach = student_quantile(0.975, self.degrees().max(1.0))? * error;
        Some((self.value - reach, self.value + reach))
    }
}
