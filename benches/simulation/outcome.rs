//! What is read off a comparison: whether an interval holds the true value, whether a test is significant.

use hedgerow::analysis::Comparison;
use hedgerow::statistics::{Interval, PValue, mann_whitney, mean, variance};

use crate::population::{Dependence, Population};
use crate::random::Random;

/// Below this, a p-value is called significant.
const ALPHA: f64 = 0.05;

/// What is counted over data sets. The first are intervals, by the name of their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    Rate,
    Mean,
    LogRatio,
    MeanDifference,
    CliffsDelta,
    HedgesG,
    Slope,
    Pooled,
    Adjusted,
    Holm,
    Permutation,
    MannWhitney,
    Welch,
    Wald,
    KruskalWallis,
    KruskalWallisPermuted,
    Rest,
    SlopeP,
    Unnoted,
}

impl Figure {
    pub const ALL: [Figure; 19] = [
        Figure::Rate,
        Figure::Mean,
        Figure::LogRatio,
        Figure::MeanDifference,
        Figure::CliffsDelta,
        Figure::HedgesG,
        Figure::Slope,
        Figure::Pooled,
        Figure::Adjusted,
        Figure::Holm,
        Figure::Permutation,
        Figure::MannWhitney,
        Figure::Welch,
        Figure::Wald,
        Figure::KruskalWallis,
        Figure::KruskalWallisPermuted,
        Figure::Rest,
        Figure::SlopeP,
        Figure::Unnoted,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Figure::Rate => "`rate`",
            Figure::Mean => "`mean`",
            Figure::LogRatio => "`log_ratio`",
            Figure::MeanDifference => "`mean_difference`",
            Figure::CliffsDelta => "`cliffs_delta`",
            Figure::HedgesG => "`hedges_g`",
            Figure::Slope => "`slope`",
            Figure::Pooled => "`pooled_p`",
            Figure::Adjusted => "`pooled_p_adjusted`",
            Figure::Holm => "`pooled_p_holm`",
            Figure::Permutation => "`permutation_p`",
            Figure::MannWhitney => "`mann_whitney_p`",
            Figure::Welch => "`welch_p`",
            Figure::Wald => "`wald_p`",
            Figure::KruskalWallis => "`kruskal_wallis_p`",
            Figure::KruskalWallisPermuted => "`kruskal_wallis_permutation_p`",
            Figure::Rest => "`rest_p_adjusted`",
            Figure::SlopeP => "`slope_p`",
            Figure::Unnoted => "`pooled_p` without a note",
        }
    }

    pub fn is_interval(self) -> bool {
        self < Figure::Pooled
    }
}

/// The true values of a population's first measure.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    /// By group: the rate per 1,000 tokens, of all tokens and of the mean document alike; in the first stratum, where there are any.
    rates: Vec<f64>,
    delta: Option<f64>,
    g: Option<f64>,
    has_strata: bool,
    /// Whether documents are independent, so that there are tests which take them for that.
    has_documents: bool,
}

impl Truth {
    /// `whole`: how many documents of a group stand for all of it, where a true value can't be computed.
    pub fn new(name: &str, population: &Population, whole: usize) -> Self {
        let rate = |group: usize| {
            let mut cells = population.cells.iter().filter(|cell| cell.group == group);
            cells.next().map_or(0.0, |cell| cell.rate * 1000.0 * population.measures[0])
        };
        let mut truth = Truth {
            rates: (0..population.groups()).map(rate).collect(),
            delta: None,
            g: None,
            has_strata: population.cells.iter().any(|cell| cell.stratum > 0),
            has_documents: !population.declared && !population.stratified,
        };
        if population.dependence == Dependence::None
            && let [a, b] = population.cells[..]
        {
            if a.rate == b.rate && a.k == b.k && a.length == b.length {
                (truth.delta, truth.g) = (Some(0.0), Some(0.0));
            } else {
                truth.add_effects(name, &population.enlarged(whole), [a.documents, b.documents]);
            }
        }
        truth
    }

    /// Cliff's delta and Hedges' g of a large population.
    fn add_effects(&mut self, name: &str, population: &Population, documents: [usize; 2]) {
        let whole = population.draw(&mut Random::new(name, u64::MAX));
        let mut rates = [Vec::new(), Vec::new()];
        let mut counts = whole.measures[0].counts.iter().peekable();
        for (index, document) in (0..).zip(&whole.documents) {
            let count = counts.next_if(|(own, _)| *own == index).map_or(0, |(_, count)| *count);
            rates[document.group].push(count as f64 * 1000.0 / document.sizes[0] as f64);
        }
        let [a, b] = &rates;
        self.delta = mann_whitney(a, b).map(|test| test.delta);
        let weights = documents.map(|documents| documents as f64 - 1.0);
        let pooled = variance(a)
            .zip(variance(b))
            .map(|(a, b)| (a * weights[0] + b * weights[1]) / (weights[0] + weights[1]));
        let difference = mean(a).zip(mean(b)).map(|(a, b)| a - b);
        self.g = difference.zip(pooled).map(|(difference, pooled)| difference / pooled.sqrt());
    }
}

fn holds(interval: Option<Interval>, truth: Option<f64>) -> Option<bool> {
    let ((low, high), truth) = (interval?, truth?);
    Some(low <= truth && truth <= high)
}

fn is_significant(p: Option<f64>) -> bool {
    p.is_some_and(|p| p <= ALPHA + 1e-12)
}

/// What a comparison gives: for intervals nothing where there is none; a test that is not defined is not significant.
pub fn observe(comparison: &Comparison, truth: &Truth, mut give: impl FnMut(Figure, bool)) {
    let rates = &truth.rates;
    // Over strata, a group has no one rate.
    let groups = if truth.has_strata { &[] } else { &comparison.groups[..] };
    for (figures, rate) in groups.iter().zip(rates) {
        let figures = &figures[0];
        let intervals = [(Figure::Rate, figures.rate_interval), (Figure::Mean, figures.mean_interval)];
        for (figure, interval) in intervals {
            holds(interval, Some(*rate)).into_iter().for_each(|holds| give(figure, holds));
        }
    }
    if let Some((_, measures)) = comparison.pairs.first() {
        let first = &measures[0];
        let intervals = [
            (Figure::LogRatio, first.log_ratio_interval, Some((rates[0] / rates[1]).log2())),
            (Figure::MeanDifference, first.mean_difference_interval, Some(rates[0] - rates[1])),
            (Figure::CliffsDelta, first.cliffs_delta_interval, truth.delta),
            (Figure::HedgesG, first.hedges_g_interval, truth.g),
        ];
        for (figure, interval, truth) in intervals {
            holds(interval, truth).into_iter().for_each(|holds| give(figure, holds));
        }
        let tests = [
            (Figure::Pooled, first.pooled),
            (Figure::Permutation, first.permutation),
            (Figure::MannWhitney, first.mann_whitney_p),
            (Figure::Welch, first.welch_p),
        ];
        let defined = if truth.has_documents { 4 } else { 2 };
        tests.into_iter().take(defined).for_each(|(figure, p)| give(figure, is_significant(p.raw)));
        let mut equal = comparison.pairs.iter().filter(|((a, b), _)| rates[*a] == rates[*b]);
        let adjusted =
            equal.clone().flat_map(|(_, measures)| measures).map(|figures| figures.pooled_adjusted);
        if equal.next().is_some() {
            give(Figure::Adjusted, adjusted.into_iter().any(is_significant));
        }
        give(Figure::Holm, measures.iter().any(|figures| is_significant(figures.pooled.holm)));
        let notes = ["notes.unequal_variance", "notes.too_few_units"];
        let is_noted = notes.iter().any(|key| first.note.has(key));
        give(Figure::Unnoted, is_significant(first.pooled.raw) && !is_noted);
    }
    let are_equal = rates.iter().all(|rate| *rate == rates[0]);
    if let Some(omnibus) = comparison.omnibus.first().filter(|_| are_equal) {
        let raw = |p: PValue| is_significant(p.raw);
        if !comparison.pairs.is_empty() {
            give(Figure::Wald, raw(omnibus.wald_p));
            give(Figure::KruskalWallis, raw(omnibus.kruskal_wallis_p));
            give(Figure::KruskalWallisPermuted, is_significant(omnibus.kruskal_wallis_permutation_p));
            let mut all = comparison.groups.iter().flatten();
            give(Figure::Rest, all.any(|figures| is_significant(figures.rest.adjusted)));
        }
        if let Some(trend) = omnibus.trend {
            give(Figure::SlopeP, raw(trend.slope_p));
            let slope = (rates[rates.len() - 1] - rates[0]) / (rates.len() - 1) as f64;
            holds(trend.slope_interval, Some(slope)).into_iter().for_each(|holds| give(Figure::Slope, holds));
        }
    }
}
