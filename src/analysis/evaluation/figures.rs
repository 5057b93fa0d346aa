//! The figures of an evaluation, with their intervals.

use super::{Evaluation, Scores, SentenceScores};
use crate::statistics::{
    Agreement, Estimate, f1, f1_interval, kappa, percentile_interval, precision, recall, resample, share,
    wilson_interval,
};

/// From this many documents on, intervals come from resampling documents; below, sentences.
const ENOUGH_DOCUMENTS: usize = 10;

/// What must be the same for a pair of markers to be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreLevel {
    /// That they overlap.
    Marker,
    /// Their ends.
    Span,
    /// Their stance.
    Stance,
    /// Their category.
    Category,
}

impl ScoreLevel {
    /// The name in `evaluation.csv`.
    pub fn name(self) -> &'static str {
        match self {
            ScoreLevel::Marker => "any marker",
            ScoreLevel::Span => "same span",
            ScoreLevel::Stance => "same stance",
            ScoreLevel::Category => "same category",
        }
    }
}

/// Precision, recall and F1 of all markers, or of a category.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRow {
    /// What is right.
    pub level: ScoreLevel,
    /// The category; none for all together.
    pub category: Option<String>,
    /// How many are right, were found, and are in the gold coding.
    pub scores: Scores,
    /// right / found, with Wilson's interval.
    pub precision: Estimate,
    /// right / gold, with Wilson's interval.
    pub recall: Estimate,
    /// 2 · right / (found + gold), with a bootstrap interval.
    pub f1: Estimate,
}

/// The figures of an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct EvaluationFigures {
    /// The sums.
    pub total: Agreement,
    /// How many documents there are.
    pub documents: u64,
    /// How many sentences.
    pub sentences: u64,
    /// Whether documents were resampled for the intervals of F1 and kappa; else sentences.
    pub over_documents: bool,
    /// All markers, then each category.
    pub rows: Vec<ScoreRow>,
    /// The share of the pairs that agree on whether the marker is negated.
    pub negated: Estimate,
    /// Cohen's kappa over sentences; the interval has no width where all resamples agree.
    pub kappa: Estimate,
}

/// How many pairs are right.
type Right = fn(&Agreement) -> u64;

impl Evaluation {
    /// The figures, in the order of the tables.
    pub fn figures(&self) -> EvaluationFigures {
        let sum = |units: &Vec<SentenceScores>| {
            let mut sum = SentenceScores::default();
            units.iter().for_each(|unit| sum.merge(unit));
            sum
        };
        let by_document: Vec<SentenceScores> = self.documents.iter().map(sum).collect();
        let by_sentence = self.documents.concat();
        let over_documents = by_document.len() >= ENOUGH_DOCUMENTS;
        let units = if over_documents { &by_document } else { &by_sentence };
        let resamples = resample(units, SentenceScores::merge);
        let total = sum(&by_document).agreement;
        let of_all: [(ScoreLevel, Right); 4] = [
            (ScoreLevel::Marker, |all| all.matched),
            (ScoreLevel::Span, |all| all.same_span),
            (ScoreLevel::Stance, |all| all.same_stance),
            (ScoreLevel::Category, |all| all.same_category),
        ];
        let mut rows = Vec::new();
        for (level, right) in of_all {
            let scores = |all: &Agreement| Scores { right: right(all), found: all.found, gold: all.gold };
            rows.push(row(level, None, scores(&total), &resamples, |sum| scores(&sum.agreement)));
        }
        for (category, scores) in &self.categories {
            rows.push(row(ScoreLevel::Category, Some(category.clone()), *scores, &resamples, |sum| {
                sum.categories.get(category).copied().unwrap_or_default()
            }));
        }
        EvaluationFigures {
            total,
            documents: by_document.len() as u64,
            sentences: by_sentence.len() as u64,
            over_documents,
            rows,
            negated: proportion(total.same_negated, total.matched),
            kappa: Estimate {
                value: kappa(&total.sentences),
                interval: percentile_interval(&resamples, |sum| kappa(&sum.agreement.sentences)),
            },
        }
    }
}

fn row(
    level: ScoreLevel,
    category: Option<String>,
    scores: Scores,
    resamples: &[SentenceScores],
    of: impl Fn(&SentenceScores) -> Scores,
) -> ScoreRow {
    let Scores { right, found, gold } = scores;
    let resampled = percentile_interval(resamples, |sum| {
        let Scores { right, found, gold } = of(sum);
        f1(right, found, gold)
    });
    // One of no width would say that nothing is left to chance; one that is not defined in all resamples, of a rare
    // category, is Wilson's, too.
    let resampled = resampled.filter(|(low, high)| low < high);
    ScoreRow {
        level,
        category,
        scores,
        precision: Estimate { value: precision(right, found), interval: wilson_interval(right, found) },
        recall: Estimate { value: recall(right, gold), interval: wilson_interval(right, gold) },
        f1: Estimate {
            value: f1(right, found, gold),
            interval: resampled.or_else(|| f1_interval(right, found, gold)),
        },
    }
}

fn proportion(part: u64, whole: u64) -> Estimate {
    Estimate { value: share(part, whole), interval: wilson_interval(part, whole) }
}
