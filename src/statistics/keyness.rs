//! Two frequencies compared: effect sizes and the log-likelihood ratio.

/// How often something occurs, and in how much: hedges among tokens, hedged sentences among sentences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Occurrences.
    pub count: u64,
    /// What they are counted among.
    pub size: u64,
}

impl Frequency {
    /// The relative frequency; not defined where the size is 0.
    pub fn relative(self) -> Option<f64> {
        (self.size > 0).then(|| self.count as f64 / self.size as f64)
    }
}

/// Hardie's Log Ratio, log₂ of the quotient of the relative frequencies: 1 means twice as frequent in the first,
/// −1 half as frequent, 0 equally (Hardie 2014; Brezina 2018, ch. 3). A frequency of 0 is taken as 0.5
/// occurrences, as Hardie does. Not defined where it occurs in neither, or a size is 0.
pub fn log_ratio(first: Frequency, second: Frequency) -> Option<f64> {
    let defined = first.size > 0 && second.size > 0 && first.count + second.count > 0;
    let logarithm = |part: Frequency| {
        let count = if part.count > 0 { part.count as f64 } else { 0.5 };
        libm::log2(count / part.size as f64)
    };
    // A difference rather than a quotient: exchanging the two exchanges nothing but the sign.
    defined.then(|| logarithm(first) - logarithm(second))
}

/// %DIFF, 100 · (first − second) / second, of the relative frequencies: 100 means twice as frequent in the first
/// (Gabrielatos 2018, after Gabrielatos & Marchi 2012). Not defined where the second is 0.
pub fn percent_difference(first: Frequency, second: Frequency) -> Option<f64> {
    let defined = first.size > 0 && second.size > 0 && second.count > 0;
    defined.then(|| cross_difference(first, second) * 100.0 / (second.count as f64 * first.size as f64))
}

/// The log-likelihood ratio over two cells, G² = 2 Σ O ln(O / E), where O are the occurrences in either and E what
/// the sizes make expect of their sum (Rayson & Garside 2000). Without a correction for continuity.
/// It takes the occurrences for a Poisson count, so it means nothing for shares, which vary less: √(1 − share) as much.
/// Not defined where it occurs in neither, or a size is 0.
pub fn g2_two_cell(first: Frequency, second: Frequency) -> Option<f64> {
    let (sum, size) = sums(first, second)?;
    let expected = |part: Frequency| part.size as f64 / size * sum;
    let excess = excess(first, second);
    Some(2.0 * (deviance(expected(first), excess) + deviance(expected(second), -excess)))
}

/// The log-likelihood ratio over the four cells of the contingency table, G² = 2 Σ O ln(O / E), whose second row is the
/// rest of each size (Dunning 1993). Without a correction for continuity.
/// Not defined where it occurs in neither, a size is 0, or a count is above its size.
pub fn g2_four_cell(first: Frequency, second: Frequency) -> Option<f64> {
    let (sum, size) = sums(first, second)?;
    let rest = (first.size + second.size).checked_sub(first.count + second.count)? as f64;
    if first.count > first.size || second.count > second.size {
        return None;
    }
    let excess = excess(first, second);
    let cell = |part: Frequency, row: f64, excess: f64| deviance(part.size as f64 / size * row, excess);
    let occurring = cell(first, sum, excess) + cell(second, sum, -excess);
    Some(2.0 * (occurring + cell(first, rest, -excess) + cell(second, rest, excess)))
}

/// The Bayesian information criterion of a G² with one degree of freedom, G² − ln N, an approximation of the Bayes factor on the scale of
/// 2 ln (Wilson 2013, after Kass & Raftery 1995): 2 to 6 is positive, 6 to 10 strong, above 10 very strong evidence for a difference; −2 to −6,
/// −6 to −10 and below −10 the same for none; between −2 and 2 it is not worth more than a bare mention. N is the sum of both sizes.
/// It means as much as its G²: that over two cells means nothing for shares ([`g2_two_cell`]).
pub fn bic(g2: f64, first: Frequency, second: Frequency) -> f64 {
    g2 - libm::log((first.size + second.size) as f64)
}

/// The occurrences and the sizes of both.
fn sums(first: Frequency, second: Frequency) -> Option<(f64, f64)> {
    let (count, size) = (first.count + second.count, first.size + second.size);
    (count > 0 && first.size > 0 && second.size > 0).then_some((count as f64, size as f64))
}

/// O − E of the first cell.
fn excess(first: Frequency, second: Frequency) -> f64 {
    cross_difference(first, second) / (first.size + second.size) as f64
}

/// The difference of the two cross products, in integers: it may be small where they are huge.
fn cross_difference(first: Frequency, second: Frequency) -> f64 {
    let product = |count: u64, size: u64| i128::from(count) * i128::from(size);
    (product(first.count, second.size) - product(second.count, first.size)) as f64
}

/// O ln(O / E) − (O − E), from E and O − E. The second term cancels over the cells of a table; with it, each term
/// is small where O is near E, so that nothing is lost where large counts hardly differ (Loader 2000).
fn deviance(expected: f64, excess: f64) -> f64 {
    if expected == 0.0 {
        return 0.0;
    }
    let x = excess / expected;
    if x.abs() < 0.05 {
        // E · ((1 + x) ln(1 + x) − x) = E · (x²/2 − x³/6 + x⁴/12 − …)
        let (mut power, mut sum) = (x * x, 0.0);
        for k in 2..16 {
            let term = power / f64::from(k * (k - 1));
            sum += if k % 2 == 0 { term } else { -term };
            power *= x;
        }
        return expected * sum;
    }
    let observed = expected + excess;
    // A cell without occurrences: 0 · ln 0 is 0.
    let logarithm = if x <= -1.0 + f64::EPSILON { 0.0 } else { observed * libm::log1p(x) };
    logarithm - excess
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frequency(count: u64, size: u64) -> Frequency {
        Frequency { count, size }
    }

    #[test]
    fn twice_as_frequent_is_a_log_ratio_of_one_and_a_hundred_percent() {
        let (first, second) = (frequency(20, 1000), frequency(20, 2000));
        assert_eq!(log_ratio(first, second), Some(1.0));
        assert_eq!(log_ratio(second, first), Some(-1.0));
        assert_eq!(percent_difference(first, second), Some(100.0));
    }

    #[test]
    fn a_frequency_of_zero_is_half_an_occurrence_and_gives_no_percentage() {
        let (none, four) = (frequency(0, 1000), frequency(4, 1000));
        assert_eq!(log_ratio(four, none), Some(3.0));
        assert_eq!((percent_difference(four, none), percent_difference(none, four)), (None, Some(-100.0)));
        assert_eq!(
            (log_ratio(none, none), g2_two_cell(none, none), g2_four_cell(none, none)),
            (None, None, None)
        );
        assert_eq!(log_ratio(four, frequency(0, 0)), None);
    }

    #[test]
    fn equal_frequencies_have_no_likelihood_ratio() {
        let (first, second) = (frequency(3, 700), frequency(6, 1400));
        assert_eq!((g2_two_cell(first, second), g2_four_cell(first, second)), (Some(0.0), Some(0.0)));
    }
}
