//! From values to places, and the marks of an axis.

/// A linear scale.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The values at its two ends.
    pub values: (f64, f64),
    /// The places of these.
    pub places: (f64, f64),
}

impl Scale {
    /// A scale from values to places.
    pub fn new(values: (f64, f64), places: (f64, f64)) -> Self {
        Scale { values, places }
    }

    /// The place of a value.
    pub fn place(&self, value: f64) -> f64 {
        let (low, high) = self.values;
        let (from, to) = self.places;
        from + (value - low) / (high - low) * (to - from)
    }

    /// The place of a value, or of the end that is nearest.
    pub fn within(&self, value: f64) -> f64 {
        self.place(value.clamp(self.values.0, self.values.1))
    }

    /// Round values within it, some `about` of them, with their words.
    pub fn ticks(&self, about: usize) -> Vec<(f64, String)> {
        let (low, high) = self.values;
        let (step, decimals) = step((high - low) / about.max(1) as f64);
        let first = (low / step - 1e-9).ceil();
        let last = (high / step + 1e-9).floor();
        let count = (last - first).max(0.0) as usize;
        let value = |number: usize| (first + number as f64) * step;
        (0..=count).map(value).map(|value| (value, signed(value, decimals))).collect()
    }
}

/// The end of an axis from 0 that holds a value with a margin.
pub fn end_of(value: f64) -> f64 {
    value.max(1e-3) * 1.05
}

/// Powers of ten, with the decimals that each has.
const POWERS: [(f64, usize); 14] = [
    (1e-4, 4),
    (1e-3, 3),
    (1e-2, 2),
    (1e-1, 1),
    (1.0, 0),
    (1e1, 0),
    (1e2, 0),
    (1e3, 0),
    (1e4, 0),
    (1e5, 0),
    (1e6, 0),
    (1e7, 0),
    (1e8, 0),
    (1e9, 0),
];

/// The least of 1, 2 and 5 times a power of ten that is not below a value, and the decimals that it has.
fn step(least: f64) -> (f64, usize) {
    let steps =
        POWERS.iter().flat_map(|(power, decimals)| [1.0, 2.0, 5.0].map(|times| (power * times, *decimals)));
    steps.into_iter().find(|(step, _)| *step >= least * (1.0 - 1e-9)).unwrap_or((1e10, 0))
}

/// A value with a minus that is one.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| byte == b'0' || byte == b'.') => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within() {
        let words = |low, high, about| -> Vec<String> {
            Scale::new((low, high), (0.0, 1.0)).ticks(about).into_iter().map(|(_, words)| words).collect()
        };
        assert_eq!(words(0.0, 30.0, 4), ["0", "10", "20", "30"]);
        assert_eq!(words(0.0, 1.0, 5), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(words(-2.5, 2.5, 5), ["−2", "−1", "0", "1", "2"]);
        assert_eq!(words(2015.0, 2025.0, 5), ["2016", "2018", "2020", "2022", "2024"]);
        assert_eq!(words(0.0, 0.03, 3), ["0.00", "0.01", "0.02", "0.03"]);
    }

    #[test]
    fn a_value_outside_is_at_the_end() {
        let scale = Scale::new((0.0, 10.0), (100.0, 200.0));
        assert_eq!((scale.place(5.0), scale.within(12.0), scale.within(-1.0)), (150.0, 200.0, 100.0));
    }
}
