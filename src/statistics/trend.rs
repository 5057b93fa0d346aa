//! The trend of a rate over a numeric variable, such as the year.

use super::distributions::student_quantile;
use super::{Frequency, Interval};

/// By how much a pooled rate changes with a unit of a variable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// The change with a unit.
    pub slope: f64,
    /// Its standard error; not defined where the interval is not.
    pub standard_error: Option<f64>,
    /// Its 95 % interval. Not defined for fewer than three documents, where the rates lie on the line, or where one document alone determines
    /// the slope.
    pub interval: Option<Interval>,
}

/// The slope of the rate, times `scale`, over a variable with a value for each document: weighted least squares with the documents' sizes x
/// as weights, so that each token has the same weight, as in a pooled rate:
///
/// ```text
/// b = Σ(v − v̄) y / Σ x (v − v̄)², with v̄ = Σ x v / Σ x
/// ```
///
/// where y are the counts. Its variance takes no model for granted and corrects for the leverage h of a document (HC3: MacKinnon &
/// White 1985, *Journal of Econometrics* 29; Long & Ervin 2000, *The American Statistician* 54):
///
/// ```text
/// Σ ((v − v̄) u / (1 − h))² / (Σ x (v − v̄)²)², with u = y − x · (the rate on the line), h = x (1/Σx + (v − v̄)² / Σ x (v − v̄)²)
/// ```
///
/// The interval has n − 2 degrees of freedom of Student's t. Not defined where all values are the same, a size is 0, or the numbers of values
/// and documents differ.
pub fn slope(values: &[f64], documents: &[Frequency], scale: f64) -> Option<Slope> {
    let line = Line::new(values, documents)?;
    let slope = line.slope * scale;
    let factor = |leverage: f64| if leverage < ALL_LEVERAGE { (1.0 - leverage).powi(-2) } else { f64::NAN };
    let error = line.variance(values, documents, factor).map(|variance| variance.sqrt() * scale);
    let degrees = documents.len() as f64 - 2.0;
    let half = error.zip(student_quantile(0.975, degrees)).map(|(error, t)| error * t);
    let interval = half.map(|half| (slope - half, slope + half));
    Some(Slope { slope, standard_error: error, interval })
}

/// The line of [`slope`] with its 95 % band, over units that share some values and are not held: they are read once for the sums at
/// each value, and once more for this. The fitted rate is Σ w y with w = 1/Σx + (v − v̄)(vᵢ − v̄) / Σ x (v − v̄)², and its variance
/// Σ (w u / (1 − h))², as that of the slope.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    line: Line,
    values: Vec<f64>,
    units: u64,
    /// By value: Σ (u / (1 − h))².
    squares: Vec<f64>,
    /// The largest residual, relative to the count.
    largest: f64,
    largest_leverage: f64,
}

impl Band {
    /// Of units whose sums at some values these are. Not defined where there are no two values of units with a size.
    pub fn new(values: &[f64], sums: &[Frequency]) -> Option<Self> {
        let (with, sums): (Vec<f64>, Vec<Frequency>) =
            values.iter().zip(sums).filter(|(_, sum)| sum.size > 0).unzip();
        Some(Band {
            line: Line::new(&with, &sums)?,
            values: values.to_vec(),
            units: 0,
            squares: vec![0.0; values.len()],
            largest: 0.0,
            largest_leverage: 0.0,
        })
    }

    /// Adds a unit that has a value, by the index of that; one without a size is left out.
    pub fn add(&mut self, value: usize, unit: Frequency) {
        let (Some(own), Some(squares)) = (self.values.get(value), self.squares.get_mut(value)) else {
            return;
        };
        if unit.size == 0 {
            return;
        }
        let (residual, relative, leverage) = self.line.residual(*own, unit);
        self.units = self.units.saturating_add(1);
        *squares += (residual / (1.0 - leverage)).powi(2);
        self.largest = self.largest.max(relative);
        self.largest_leverage = self.largest_leverage.max(leverage);
    }

    /// The rate on the line at a value, times `scale`, with its interval, when all units have been added. Not defined where the
    /// slope's interval is not.
    pub fn at(&self, value: f64, scale: f64) -> Option<(f64, Interval)> {
        let line = &self.line;
        let sum = |weight: &dyn Fn(f64) -> f64| -> f64 {
            let by_value = self.values.iter().zip(&self.squares);
            by_value.map(|(own, squares)| weight(own - line.centre).powi(2) * squares).sum()
        };
        let varies = self.largest > NO_RESIDUAL && self.largest_leverage < ALL_LEVERAGE;
        if self.units < 3 || !varies || sum(&|own| own) <= 0.0 {
            return None;
        }
        let distance = value - line.centre;
        let variance = sum(&|own| 1.0 / line.size + distance * own / line.squares);
        let half = student_quantile(0.975, self.units as f64 - 2.0)? * variance.sqrt() * scale;
        let fitted = (line.rate + line.slope * distance) * scale;
        Some((fitted, (fitted - half, fitted + half)))
    }
}

/// Residuals below this, relative to the counts, are rounding.
const NO_RESIDUAL: f64 = 1e-12;
/// A leverage of 1, but for rounding, leaves no residual, and no variance.
const ALL_LEVERAGE: f64 = 1.0 - 1e-9;

/// The line of weighted least squares.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    slope: f64,
    /// The weighted mean of the values.
    centre: f64,
    /// The rate there.
    rate: f64,
    /// Σ x.
    size: f64,
    /// Σ x (v − v̄)².
    squares: f64,
}

impl Line {
    fn new(values: &[f64], documents: &[Frequency]) -> Option<Self> {
        if values.len() != documents.len() || documents.iter().any(|document| document.size == 0) {
            return None;
        }
        let first = values.first()?;
        if values.iter().all(|value| value == first) {
            return None;
        }
        let pairs = || values.iter().zip(documents);
        let size: f64 = documents.iter().map(|document| document.size as f64).sum();
        let count: f64 = documents.iter().map(|document| document.count as f64).sum();
        // From the first value: values that are large beside their differences lose no digits.
        let centre =
            first + pairs().map(|(v, document)| (v - first) * document.size as f64).sum::<f64>() / size;
        let squares: f64 = pairs().map(|(v, document)| (v - centre).powi(2) * document.size as f64).sum();
        let slope = pairs().map(|(v, document)| (v - centre) * document.count as f64).sum::<f64>() / squares;
        Some(Line { slope, centre, rate: count / size, size, squares })
    }

    /// The residual of a document with a value, the same relative to its count, and its leverage.
    fn residual(&self, value: f64, document: Frequency) -> (f64, f64, f64) {
        let (distance, size, count) = (value - self.centre, document.size as f64, document.count as f64);
        let fitted = size * (self.rate + self.slope * distance);
        let residual = count - fitted;
        let relative = residual.abs() / count.max(fitted.abs()).max(1.0);
        (residual, relative, size * (1.0 / self.size + distance * distance / self.squares))
    }

    /// The sandwich variance of the slope, with a factor for each squared residual, which may depend on its leverage.
    /// Not defined for fewer than three documents, or where there are no residuals but for rounding.
    fn variance(&self, values: &[f64], documents: &[Frequency], factor: impl Fn(f64) -> f64) -> Option<f64> {
        let (mut sum, mut largest) = (0.0, 0.0f64);
        for (value, document) in values.iter().zip(documents) {
            let (residual, relative, leverage) = self.residual(*value, *document);
            largest = largest.max(relative);
            let distance = value - self.centre;
            sum += (distance * residual).powi(2) * factor(leverage);
        }
        let defined = documents.len() > 2 && largest > NO_RESIDUAL && sum > 0.0;
        defined.then(|| sum / (self.squares * self.squares))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(cells: &[(u64, u64)]) -> Vec<Frequency> {
        cells.iter().map(|(count, size)| Frequency { count: *count, size: *size }).collect()
    }

    #[test]
    fn rates_on_a_line_have_its_slope_and_no_error() {
        // 1, 2 and 4 per cent in the years 0, 1 and 3.
        let documents = documents(&[(1, 100), (4, 200), (20, 500)]);
        let values = [2000.0, 2001.0, 2003.0];
        let given = slope(&values, &documents, 1000.0).unwrap();
        assert!((given.slope - 10.0).abs() < 1e-12, "{given:?}");
        assert_eq!((given.standard_error, given.interval), (None, None));
    }

    #[test]
    fn what_has_no_slope_is_not_defined() {
        let three = documents(&[(1, 100), (4, 200), (2, 500)]);
        assert_eq!(slope(&[1.0; 3], &three, 1.0), None);
        assert_eq!(slope(&[1.0, 2.0], &three, 1.0), None);
        assert_eq!(slope(&[1.0, 2.0, 3.0], &documents(&[(1, 100), (0, 0), (2, 500)]), 1.0), None);
        assert_eq!(slope(&[], &[], 1.0), None);
        let two = slope(&[1.0, 2.0], &documents(&[(1, 100), (4, 200)]), 1.0).unwrap();
        assert_eq!((two.slope.is_finite(), two.interval), (true, None));
        // One document alone has another value, and determines the slope.
        let given = slope(&[1.0, 1.0, 2.0], &three, 1.0).unwrap();
        assert_eq!((given.slope.is_finite(), given.interval), (true, None));
    }

    /// The band where all units are held, a sum over them one by one.
    fn held(values: &[f64], units: &[Frequency], at: f64) -> Option<(f64, Interval)> {
        slope(values, units, 1.0)?.interval?;
        let line = Line::new(values, units)?;
        let variance: f64 = values
            .iter()
            .zip(units)
            .map(|(value, unit)| {
                let (residual, _, leverage) = line.residual(*value, *unit);
                let weight = 1.0 / line.size + (at - line.centre) * (value - line.centre) / line.squares;
                (weight * residual / (1.0 - leverage)).powi(2)
            })
            .sum();
        let half = student_quantile(0.975, units.len() as f64 - 2.0)? * variance.sqrt();
        let fitted = line.rate + line.slope * (at - line.centre);
        Some((fitted, (fitted - half, fitted + half)))
    }

    fn band(values: &[f64], units: &[(usize, Frequency)]) -> Option<Band> {
        let mut sums = vec![Frequency::default(); values.len()];
        for (value, unit) in units {
            sums[*value].count += unit.count;
            sums[*value].size += unit.size;
        }
        let mut band = Band::new(values, &sums)?;
        units.iter().for_each(|(value, unit)| band.add(*value, *unit));
        Some(band)
    }

    #[test]
    fn the_band_is_that_of_the_units_one_by_one() {
        let values = [2000.0, 2001.0, 2003.0, 2004.0];
        let cells = [(3, 200), (1, 90), (0, 0), (9, 410), (4, 150), (0, 80), (12, 300), (7, 333)];
        let units: Vec<(usize, Frequency)> =
            [0, 0, 0, 1, 1, 2, 2, 2].into_iter().zip(documents(&cells)).collect();
        let band = band(&values, &units).unwrap();
        let (own, held_units): (Vec<f64>, Vec<Frequency>) = units
            .iter()
            .filter(|(_, unit)| unit.size > 0)
            .map(|(value, unit)| (values[*value], *unit))
            .unzip();
        for at in [1999.5, 2000.0, 2002.0, 2004.0] {
            let (rate, (low, high)) = held(&own, &held_units, at).unwrap();
            let (own_rate, (own_low, own_high)) = band.at(at, 1.0).unwrap();
            for (given, expected) in [(own_rate, rate), (own_low, low), (own_high, high)] {
                assert!((given - expected).abs() < 1e-12, "{given} {expected}");
            }
        }
    }

    #[test]
    fn where_the_slope_has_no_interval_there_is_no_band() {
        let at = |values: &[f64], cells: &[(u64, u64)]| {
            let units: Vec<_> = documents(cells).into_iter().enumerate().collect();
            band(values, &units).and_then(|band| band.at(values[0], 1.0))
        };
        assert_eq!(at(&[1.0, 2.0, 4.0], &[(1, 100), (4, 200), (20, 500)]), None, "on a line");
        assert_eq!(at(&[1.0, 2.0], &[(1, 100), (4, 200)]), None, "two units");
        assert_eq!(at(&[1.0; 3], &[(1, 100), (4, 200), (2, 500)]), None, "one value");
        let units: Vec<_> = [0, 0, 1].into_iter().zip(documents(&[(1, 100), (4, 200), (2, 500)])).collect();
        assert_eq!(band(&[1.0, 2.0], &units).unwrap().at(1.0, 1.0), None, "one unit determines it");
        assert!(at(&[1.0, 2.0, 4.0], &[(1, 100), (9, 200), (2, 500)]).is_some());
    }
}
