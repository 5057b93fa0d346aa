//! Totals of a population of which a stratified sample was drawn.

use super::Difference;

/// A stratum of the population, from which some were drawn at random without replacement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampledStratum<'v> {
    /// How many there are in the population.
    pub size: u64,
    /// The values of those that were drawn.
    pub values: &'v [f64],
}

impl SampledStratum<'_> {
    /// The mean of the values, and the sum of their squared deviations from it.
    fn moments(&self) -> (f64, f64) {
        let mean = self.values.iter().sum::<f64>() / self.values.len() as f64;
        (mean, self.values.iter().map(|value| (value - mean).powi(2)).sum())
    }
}

/// The total of the values in the population, with its variance by stratum (Cochran 1977, *Sampling Techniques*, ch. 5):
///
/// ```text
/// T = Σ N_h ȳ_h        v_h = N_h² (1 − n_h / N_h) s_h² / n_h        s_h² = Σ (y − ȳ_h)² / (n_h − 1)
/// ```
///
/// which is Horvitz & Thompson's estimator (1952), as each of a stratum has the chance n_h / N_h of being drawn. A stratum of which one was
/// drawn, and not all there is, has the mean s² of the others, weighed by their degrees of freedom.
/// Not defined where a stratum has some and none was drawn, or where there is nothing to take s² from.
pub fn stratified_total(strata: &[SampledStratum]) -> Option<Difference> {
    let moments: Vec<(f64, f64)> = strata.iter().map(SampledStratum::moments).collect();
    let (mut squares, mut degrees) = (0.0, 0.0);
    for (stratum, (_, own)) in strata.iter().zip(&moments).filter(|(stratum, _)| stratum.values.len() > 1) {
        squares += own;
        degrees += stratum.values.len() as f64 - 1.0;
    }
    let mut total = Difference::default();
    for (stratum, (mean, own)) in strata.iter().zip(moments) {
        let (size, drawn) = (stratum.size as f64, stratum.values.len() as f64);
        if stratum.size == 0 {
            continue;
        }
        if stratum.values.is_empty() {
            return None;
        }
        total.value += size * mean;
        let rest = 1.0 - drawn / size;
        if rest <= 0.0 {
            continue;
        }
        let (variance, degrees) = match stratum.values.len() {
            1 if degrees > 0.0 => (squares / degrees, degrees),
            1 => return None,
            _ => (own / (drawn - 1.0), drawn - 1.0),
        };
        if variance > 0.0 {
            total.parts.push((size * size * rest * variance / drawn, degrees));
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(strata: &[(u64, &[f64])]) -> Option<Difference> {
        let strata = strata.iter().map(|(size, values)| SampledStratum { size: *size, values });
        stratified_total(&strata.collect::<Vec<_>>())
    }

    #[test]
    fn a_whole_population_is_known() {
        let known = total(&[(3, &[1.0, 0.0, 2.0]), (1, &[5.0])]).unwrap();
        assert_eq!((known.value, known.parts), (8.0, Vec::new()));
    }

    /// Over every sample of two of each of two strata, the estimates have the mean of the total and the variance that they estimate.
    #[test]
    fn estimates_are_unbiased_and_so_is_their_variance() {
        let population: [&[f64]; 2] = [&[0.0, 1.0, 1.0, 4.0], &[2.0, 0.0, -3.0]];
        let pairs = |values: &[f64]| {
            let mut pairs = Vec::new();
            for (at, one) in values.iter().enumerate() {
                values[at + 1..].iter().for_each(|other| pairs.push([*one, *other]));
            }
            pairs
        };
        let mut estimates = Vec::new();
        for one in pairs(population[0]) {
            for other in pairs(population[1]) {
                estimates.push(total(&[(4, &one), (3, &other)]).unwrap());
            }
        }
        let mean = |value: &dyn Fn(&Difference) -> f64| {
            estimates.iter().map(value).sum::<f64>() / estimates.len() as f64
        };
        assert!((mean(&|estimate| estimate.value) - 5.0).abs() < 1e-12);
        let spread = mean(&|estimate| (estimate.value - 5.0).powi(2));
        assert!((mean(&|estimate| estimate.error().powi(2)) - spread).abs() < 1e-12);
    }

    #[test]
    fn one_alone_varies_as_the_others_do() {
        let known = total(&[(10, &[1.0]), (4, &[0.0, 2.0])]).unwrap();
        assert_eq!((known.value, known.parts[0]), (14.0, (100.0 * 0.9 * 2.0, 1.0)));
        assert_eq!((total(&[(10, &[1.0])]), total(&[(10, &[])])), (None, None));
        assert_eq!(total(&[(0, &[])]).map(|total| total.value), Some(0.0));
    }
}
