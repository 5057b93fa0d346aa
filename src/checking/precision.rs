//! How much of what the program has found is right, and how much it has missed.

use super::checked::{CheckedItem, CheckedSample, Domain, Measured, Population};
use crate::statistics::{Estimate, poisson_interval, wilson_interval_of_share};

/// What the check says of the program's coding of a measure. Denied markers take part like others.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Quality {
    /// How many of its hits were judged.
    pub judged: u64,
    /// The share of its hits that are right.
    pub precision: Estimate,
    /// How many markers of it the program has missed.
    pub missed: Estimate,
    /// The share of the markers of it that the program has found and coded as such.
    pub recall: Estimate,
}

impl CheckedSample {
    /// What the check says of a measure in the documents of a domain.
    ///
    /// Of the hits of a measure, each stands for N_h / n_h; the interval of their share that is right is Wilson's with Kish's effective number.
    /// A total of missed markers with the variance v has the score interval of a Poisson mean with T² / v occurrences; of none in n sentences,
    /// the upper limit is that of none in n. The variance of recall is that of a ratio of totals, by linearisation, and its interval
    /// Wilson's with the effective number R (1 − R) / v; where nothing is missed, it follows from the interval of what is.
    pub fn quality(&self, measured: Measured, domain: Domain) -> Quality {
        let is_own = |item: &CheckedItem| {
            item.is_in(domain) && item.found.is_some_and(|found| self.counts(measured, found))
        };
        let (mut judged, mut right, mut weights, mut squares) = (0_u64, 0.0, 0.0, 0.0);
        for stratum in self.of(Population::Hits) {
            let weight = stratum.size as f64 / stratum.items.len().max(1) as f64;
            for item in stratum.items.iter().filter(|item| is_own(item)) {
                judged = judged.saturating_add(1);
                right += weight * self.rightness(measured, item);
                weights += weight;
                squares += weight * weight;
            }
        }
        let precision = (judged > 0).then(|| (right / weights).clamp(0.0, 1.0));
        let interval =
            precision.and_then(|share| wilson_interval_of_share(share, weights * weights / squares));
        let missed = self.missed(measured, domain);
        Quality {
            judged,
            precision: Estimate { value: precision, interval },
            missed,
            recall: self.recall(measured, domain, missed),
        }
    }

    /// Whether a hit of a measure is right: of a stance, whether what is there has this stance.
    fn rightness(&self, measured: Measured, item: &CheckedItem) -> f64 {
        match measured {
            Measured::Category(_) => item.right,
            Measured::Stance(_) => self.sum(measured, &item.truth, |_| true).min(1.0),
        }
    }

    fn missed(&self, measured: Measured, domain: Domain) -> Estimate {
        let missed = |item: &CheckedItem| match item.is_in(domain) {
            true => self.sum(measured, &item.missed, |_| true),
            false => 0.0,
        };
        let Some(total) = self.total(missed) else { return Estimate::default() };
        let variance: f64 = total.parts.iter().map(|(variance, _)| variance).sum();
        let interval = if variance > 0.0 {
            let effective = total.value * total.value / variance;
            let scale = total.value / effective;
            poisson_interval(effective).map(|(low, high)| (low * scale, high * scale))
        } else if total.value > 0.0 {
            Some((total.value, total.value))
        } else {
            let (weight, rest) = self.weight_of_sentences(domain);
            poisson_interval(0.0).map(|(_, high)| (0.0, high * weight * rest))
        };
        Estimate { value: Some(total.value), interval }
    }

    /// How many sentences of a domain one that was judged stands for, and the share that was not judged.
    fn weight_of_sentences(&self, domain: Domain) -> (f64, f64) {
        let (mut sentences, mut judged) = (0.0, 0.0);
        for stratum in self.of(Population::Sentences) {
            let own = stratum.items.iter().filter(|item| item.is_in(domain)).count() as f64;
            sentences += own * stratum.size as f64 / stratum.items.len().max(1) as f64;
            judged += own;
        }
        if judged > 0.0 { (sentences / judged, 1.0 - judged / sentences) } else { (f64::INFINITY, 1.0) }
    }

    fn recall(&self, measured: Measured, domain: Domain, missed: Estimate) -> Estimate {
        let found = |item: &CheckedItem| {
            let is_own = item.found.is_some_and(|found| self.counts(measured, found));
            if is_own && item.is_in(domain) { self.rightness(measured, item) } else { 0.0 }
        };
        let there = |item: &CheckedItem| match item.is_in(domain) {
            true => self.sum(measured, &item.truth, |_| true) + self.sum(measured, &item.missed, |_| true),
            false => 0.0,
        };
        let (Some(right), Some(all)) = (self.total(found), self.total(there)) else {
            return Estimate::default();
        };
        if all.value <= 0.0 {
            return Estimate::default();
        }
        let recall = (right.value / all.value).clamp(0.0, 1.0);
        let residual = |item: &CheckedItem| (found(item) - recall * there(item)) / all.value;
        let variance = self.total(residual).map(|total| total.error().powi(2)).unwrap_or_default();
        let interval = if recall < 1.0 && variance > 0.0 {
            wilson_interval_of_share(recall, recall * (1.0 - recall) / variance)
        } else {
            let most = missed.interval.map(|(_, high)| high).filter(|high| high.is_finite());
            most.filter(|_| recall == 1.0).map(|high| (right.value / (right.value + high), 1.0))
        };
        Estimate { value: Some(recall), interval }
    }
}
