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
    // A leverage of 1, but for rounding, leaves no residual, and no variance.
    let factor = |leverage: f64| if leverage < 1.0 - 1e-9 { (1.0 - leverage).powi(-2) } else { f64::NAN };
    let error = line.variance(values, documents, factor).map(|variance| variance.sqrt() * scale);
    let degrees = documents.len() as f64 - 2.0;
    let half = error.zip(student_quantile(0.975, degrees)).map(|(error, t)| error * t);
    let interval = half.map(|half| (slope - half, slope + half));
    Some(Slope { slope, standard_error: error, interval })
}

/// The rate on the line of [`slope`] at a value, times `scale`, with its 95 % interval: the fitted rate is Σ w y with w = 1/Σx + (v − v̄)(vᵢ − v̄) / Σ x (v − v̄)²,
/// and its variance Σ (w u / (1 − h))², as that of the slope. Not defined where the slope's interval is not.
pub fn band(values: &[f64], documents: &[Frequency], scale: f64, at: f64) -> Option<(f64, Interval)> {
    slope(values, documents, scale)?.interval?;
    let line = Line::new(values, documents)?;
    let distance = at - line.centre;
    let variance: f64 = values
        .iter()
        .zip(documents)
        .map(|(value, document)| {
            let (own, size) = (value - line.centre, document.size as f64);
            let residual = document.count as f64 - size * (line.rate + line.slope * own);
            let leverage = size * (1.0 / line.size + own * own / line.squares);
            let weight = 1.0 / line.size + distance * own / line.squares;
            (weight * residual / (1.0 - leverage)).powi(2)
        })
        .sum();
    let half = student_quantile(0.975, documents.len() as f64 - 2.0)? * variance.sqrt() * scale;
    let fitted = (line.rate + line.slope * distance) * scale;
    Some((fitted, (fitted - half, fitted + half)))
}

/// The line of weighted least squares.
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

    /// The sandwich variance of the slope, with a factor for each squared residual, which may depend on its leverage.
    /// Not defined for fewer than three documents, or where there are no residuals but for rounding.
    fn variance(&self, values: &[f64], documents: &[Frequency], factor: impl Fn(f64) -> f64) -> Option<f64> {
        let (mut sum, mut largest) = (0.0, 0.0f64);
        for (value, document) in values.iter().zip(documents) {
            let (distance, size) = (value - self.centre, document.size as f64);
            let fitted = size * (self.rate + self.slope * distance);
            let residual = document.count as f64 - fitted;
            largest = largest.max(residual.abs() / (document.count as f64).max(fitted.abs()).max(1.0));
            let leverage = size * (1.0 / self.size + distance * distance / self.squares);
            sum += (distance * residual).powi(2) * factor(leverage);
        }
        let defined = documents.len() > 2 && largest > 1e-12 && sum > 0.0;
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
}
