//! How evenly a marker is spread over the documents of a group.
//!
//! A part is a document: how often the marker occurs in it, and its size (its tokens).

use super::Frequency;

/// Gries's deviation of proportions, ½ · Σ |vᵢ − sᵢ|, where vᵢ is the part's share of the occurrences and sᵢ its
/// share of the whole (Gries 2008, *International Journal of Corpus Linguistics* 13, 403–437).
/// 0: spread as the sizes of the parts make expect; towards 1: clumped.
/// Not defined without occurrences, or for fewer than two parts.
pub fn dp(parts: &[Frequency]) -> Option<f64> {
    let (count, size) = sums(parts)?;
    let deviation = |part: &Frequency| (part.count as f64 / count - part.size as f64 / size).abs();
    Some(parts.iter().map(deviation).sum::<f64>() / 2.0)
}

/// DPnorm, DP / (1 − the smallest sᵢ), so that 1 can be reached whatever the sizes of the parts
/// (Lijffijt & Gries 2012, *International Journal of Corpus Linguistics* 17, 147–149, correcting Gries 2008).
/// 0: even; 1: all occurrences in the smallest part. Not defined where [`dp`] is not.
pub fn dp_norm(parts: &[Frequency]) -> Option<f64> {
    let (_, size) = sums(parts)?;
    let smallest = parts.iter().map(|part| part.size).min()? as f64 / size;
    Some(dp(parts)? / (1.0 - smallest))
}

/// Juilland's D for parts of unequal size, 1 − V / √(n − 1), where V is the coefficient of variation (with the
/// standard deviation of a population) of the parts' relative frequencies (Gries 2008, 2020; Brezina 2018, ch. 2).
/// 1: even; 0: all occurrences in one part.
/// Not defined without occurrences, or for fewer than two parts.
pub fn juilland_d(parts: &[Frequency]) -> Option<f64> {
    sums(parts)?;
    let relative: Vec<f64> = parts.iter().map(|part| part.count as f64 / part.size as f64).collect();
    let n = relative.len() as f64;
    let mean = relative.iter().sum::<f64>() / n;
    let variance = relative.iter().map(|frequency| (frequency - mean).powi(2)).sum::<f64>() / n;
    Some(1.0 - variance.sqrt() / mean / (n - 1.0).sqrt())
}

/// The sizes of parts that are not held; those without any size are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PartSizes {
    /// How many parts there are.
    pub number: u64,
    /// The size of all together.
    pub size: u64,
    /// The size of the smallest; 0 where there is none.
    pub smallest: u64,
}

impl PartSizes {
    /// Adds a part.
    pub fn add(&mut self, size: u64) {
        if size > 0 {
            self.smallest = if self.number == 0 { size } else { self.smallest.min(size) };
            self.number = self.number.saturating_add(1);
            self.size = self.size.saturating_add(size);
        }
    }
}

/// The deviation of proportions of what occurs in some of the parts, which are read one by one:
/// ½ (Σ |vᵢ − sᵢ| over these + the share of the others).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deviation {
    parts: PartSizes,
    count: u64,
    /// Σ |vᵢ − sᵢ| over the parts in which it occurs.
    deviations: f64,
    /// Their size.
    inside: u64,
}

impl Deviation {
    /// Of what occurs `count` times in the parts.
    pub fn new(parts: PartSizes, count: u64) -> Self {
        Deviation { parts, count, deviations: 0.0, inside: 0 }
    }

    /// Adds a part in which it occurs.
    pub fn add(&mut self, part: Frequency) {
        let (count, size) = (self.count as f64, self.parts.size as f64);
        self.deviations += (part.count as f64 / count - part.size as f64 / size).abs();
        self.inside = self.inside.saturating_add(part.size);
    }

    /// [`dp`].
    pub fn dp(&self) -> Option<f64> {
        let others = self.parts.size.saturating_sub(self.inside) as f64 / self.parts.size as f64;
        (self.parts.number > 1 && self.count > 0).then(|| (self.deviations + others) / 2.0)
    }

    /// [`dp_norm`].
    pub fn dp_norm(&self) -> Option<f64> {
        Some(self.dp()? / (1.0 - self.parts.smallest as f64 / self.parts.size as f64))
    }
}

/// The occurrences and the size of all parts, where a dispersion is defined: two parts or more, none of them
/// empty, and an occurrence.
fn sums(parts: &[Frequency]) -> Option<(f64, f64)> {
    let count: u64 = parts.iter().map(|part| part.count).sum();
    let size: u64 = parts.iter().map(|part| part.size).sum();
    let defined = parts.len() > 1 && count > 0 && parts.iter().all(|part| part.size > 0);
    defined.then_some((count as f64, size as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_scales_are_those_that_are_stated() {
        let parts = |counts: [u64; 3]| {
            counts
                .into_iter()
                .zip([100, 200, 700])
                .map(|(count, size)| Frequency { count, size })
                .collect::<Vec<_>>()
        };
        let even = parts([1, 2, 7]);
        assert!(dp(&even).unwrap() < 1e-15 && dp_norm(&even).unwrap() < 1e-15);
        assert!((juilland_d(&even).unwrap() - 1.0).abs() < 1e-15);
        let clumped = parts([5, 0, 0]);
        assert!(
            (dp(&clumped).unwrap() - 0.9).abs() < 1e-15 && (dp_norm(&clumped).unwrap() - 1.0).abs() < 1e-15
        );
        assert!(juilland_d(&clumped).unwrap().abs() < 1e-15);
        assert_eq!((dp(&parts([0; 3])), dp_norm(&even[..1]), juilland_d(&[])), (None, None, None));
    }
}
