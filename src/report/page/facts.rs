//! What was counted, what changes how one reads it, and with what it was counted.

use serde::Serialize;

use super::lines::Lines;
use super::{Both, in_each};
use crate::lexicon::Stance;
use crate::messages::grouped;
use crate::report::Words;
use crate::report::figures::signed;
use crate::report::source::{SEED, Source};
use crate::statistics::{Interval, Scale, per_thousand, share};
use crate::tables::{LikelyCluster, RunRecord};

/// With fewer documents or clusters, intervals are wide and tests find little.
const FEW: usize = 10;
/// With less of a page's Japanese text, it is said that the page was not read in full.
const READ_SHARE: f64 = 0.5;
/// Names of a list that the page has; run.json has all.
const MOST_LISTED: usize = 200;

/// The facts of a run.
#[derive(Debug, Serialize)]
pub struct Facts {
    version: String,
    documents: u64,
    sentences: u64,
    tokens: u64,
    /// By stance, then of the hedge share.
    figures: Vec<LargeFigure>,
    warnings: Vec<Both>,
    /// What was not read, or read otherwise than it stands, with the names.
    unread: Vec<Unread>,
    variable: Option<String>,
    is_without_text: bool,
    /// Name and value.
    made_with: Vec<(Both, String)>,
}

#[derive(Debug, Serialize)]
struct LargeFigure {
    name: Both,
    stance: &'static str,
    value: String,
    interval: Option<String>,
    count: u64,
}

#[derive(Debug, Serialize)]
struct Unread {
    sentence: Both,
    names: Vec<String>,
    more: usize,
}

impl Facts {
    /// The facts of a run.
    pub fn of(record: &RunRecord, source: &Source, lines: Option<&Lines>) -> Self {
        let all = source.documents.all;
        Facts {
            version: record.hedgerow.clone(),
            documents: all.documents,
            sentences: all.sentences,
            tokens: all.tokens,
            figures: large_figures(source),
            warnings: warnings(record, source, lines),
            unread: unread(record),
            variable: source.grouping.as_ref().map(|grouping| grouping.variable.clone()),
            is_without_text: record.options.without_text,
            made_with: made_with(record),
        }
    }
}

fn large_figures(source: &Source) -> Vec<LargeFigure> {
    let all = source.documents.all;
    let [hedge, assertive] = all.stances;
    let [of_hedges, of_assertives, of_shares] = source.documents.ratios;
    let shown = |interval: Option<Interval>, factor: f64, decimals: usize| {
        let (low, high) = interval?;
        Some(format!("{}–{}", signed(low * factor, decimals), signed(high * factor, decimals)))
    };
    let mut figures = Vec::new();
    let by_stance = [(hedge, of_hedges), (assertive, of_assertives)];
    for (stance, (count, ratio)) in Stance::ALL.into_iter().zip(by_stance) {
        let interval = ratio.and_then(|ratio| ratio.interval(Scale::Log));
        figures.push(LargeFigure {
            name: in_each(|words| {
                words.of(if stance == Stance::Hedge { "page.hedges" } else { "page.assertives" })
            }),
            stance: stance.name(),
            value: per_thousand(count, all.tokens).map_or_else(|| "–".into(), |rate| format!("{rate:.1}")),
            interval: shown(interval, 1000.0, 1),
            count,
        });
    }
    let both = hedge.saturating_add(assertive);
    let interval = of_shares.and_then(|ratio| ratio.interval(Scale::Logit));
    figures.push(LargeFigure {
        name: in_each(|words| words.of("page.hedge_share")),
        stance: "share",
        value: share(hedge, both).map_or_else(|| "–".into(), |share| format!("{share:.2}")),
        interval: shown(interval, 1.0, 2),
        count: both,
    });
    figures
}

fn counted(key: &'static str, number: u64) -> Both {
    in_each(|words| words.say(key, &[("count", &grouped(number))]))
}

fn warnings(record: &RunRecord, source: &Source, lines: Option<&Lines>) -> Vec<Both> {
    let mut warnings = Vec::new();
    let mut warn = |key: &'static str, number: usize| {
        if number > 0 {
            warnings.push(counted(key, number as u64));
        }
    };
    warn("page.warn_skipped", record.skipped.len());
    let is_half = |share: Option<f64>| share.is_some_and(|share| share < READ_SHARE);
    let inputs = || record.inputs.iter().chain(record.parts.iter().flat_map(|part| &part.inputs));
    warn("page.warn_read_by_half", inputs().filter(|input| is_half(input.read_share)).count());
    warn("page.warn_malformed", inputs().filter(|input| input.malformed_bytes > 0).count());
    if !record.options.skip_other_languages {
        warn("page.warn_other_languages", record.other_languages.len());
    }
    if !record.options.drop_duplicates {
        warn("page.warn_duplicates", record.duplicates as usize);
    }
    if source.documents.all.documents < FEW as u64 {
        warn("page.warn_few", source.documents.all.documents as usize);
    }
    if let Some(comparison) = &record.comparison {
        let few = comparison.groups.iter().filter(|group| group.documents < FEW);
        let few: Vec<&str> = few.map(|group| group.group.as_str()).collect();
        if !few.is_empty() && !comparison.trend {
            let names = few.iter().take(FEW).copied().collect::<Vec<_>>().join(", ");
            warnings.push(in_each(|words| words.say("page.warn_few_groups", &[("names", &names)])));
        }
        if let Some(LikelyCluster { variable, value, documents }) = &comparison.likely_cluster {
            warnings.push(in_each(|words: &Words| match variable {
                Some(variable) => words.say(
                    "page.warn_cluster",
                    &[("variable", variable), ("value", value), ("count", &grouped(*documents))],
                ),
                None => words.say("page.warn_site", &[("value", value), ("count", &grouped(*documents))]),
            }));
        }
        if !comparison.left_out.is_empty() {
            warnings.push(counted("page.warn_left_out", comparison.left_out.len() as u64));
        }
    }
    if let Some(lines) = lines.filter(|lines| lines.kept < lines.all) {
        let sizes = [grouped(lines.kept), grouped(lines.all)];
        let [kept, all] = &sizes;
        let seed = super::lines::SEED;
        warnings.push(in_each(|words| {
            words.say("page.warn_sample", &[("kept", kept), ("all", all), ("seed", &seed)])
        }));
    }
    if source.documents.is_sampled() {
        let all = grouped(source.documents.all.documents);
        let drawn = grouped(source.documents.sample.len() as u64);
        warnings.push(in_each(|words| {
            words.say("page.warn_drawn", &[("drawn", &drawn), ("all", &all), ("seed", &SEED)])
        }));
    }
    warnings
}

fn unread(record: &RunRecord) -> Vec<Unread> {
    let mut unread = Vec::new();
    let mut say = |key: &'static str, number: usize, names: Vec<String>| {
        if number > 0 {
            let more = number.saturating_sub(names.len().min(MOST_LISTED));
            let names: Vec<String> = names.into_iter().take(MOST_LISTED).collect();
            let more = if names.is_empty() { 0 } else { more };
            unread.push(Unread { sentence: counted(key, number as u64), names, more });
        }
    };
    let all = |names: &[String]| names.iter().take(MOST_LISTED + 1).cloned().collect::<Vec<_>>();
    say("page.unread_skipped", record.skipped.len(), all(&record.skipped));
    let others = &record.other_languages;
    let named = others.iter().map(|other| format!("{} ({})", other.document, other.language)).collect();
    let key = match record.options.skip_other_languages {
        true => "page.unread_other_languages",
        false => "page.read_other_languages",
    };
    say(key, others.len(), named);
    let key = match record.options.drop_duplicates {
        true => "page.unread_duplicates",
        false => "page.read_duplicates",
    };
    say(key, record.duplicates as usize, Vec::new());
    let kinds = record.passed_over.iter().map(|(kind, number)| format!(".{kind}: {number}")).collect();
    let number = record.passed_over.values().fold(0, |sum: u64, number| sum.saturating_add(*number));
    say("page.unread_kinds", number as usize, kinds);
    say("page.unread_tables", record.tables_passed_over.len(), all(&record.tables_passed_over));
    let sheets = record.sheets_passed_over.iter();
    let sheets: Vec<String> =
        sheets.map(|(table, sheets)| format!("{table}: {}", sheets.join(", "))).collect();
    say("page.unread_sheets", sheets.len(), sheets.clone());
    say("page.without_variables", record.without_variables.len(), all(&record.without_variables));
    let rows = &record.variables_without_document;
    say("page.variables_without_document", rows.len(), all(rows));
    say("page.wrapped", record.wrapped.len(), all(&record.wrapped));
    say("page.ruby", record.ruby.len(), all(&record.ruby));
    unread
}

fn made_with(record: &RunRecord) -> Vec<(Both, String)> {
    let options = &record.options;
    let mut rows: Vec<(&'static str, String)> = vec![
        ("page.version", record.hedgerow.clone()),
        ("page.lindera", record.lindera.clone()),
        ("page.dictionary", record.dictionary.name.clone()),
        ("page.dictionary_digest", record.dictionary.sha256.clone()),
        ("page.lexicon_entries", grouped(record.lexicon.entries as u64)),
        ("page.lexicon_digest", record.lexicon.sha256.clone()),
        ("page.html", options.html.clone()),
        ("page.wrapping", options.wrapped.clone()),
    ];
    rows.extend(options.variables.iter().map(|file| ("page.variables", file.name.clone())));
    rows.extend(options.encoding.iter().map(|encoding| ("page.encoding", encoding.clone())));
    if let Some(comparison) = &record.comparison {
        let design = &comparison.design;
        rows.push(("page.by", design.by.clone()));
        for (key, value) in
            [("page.within", &design.within), ("page.cluster", &design.cluster), ("page.pair", &design.pair)]
        {
            rows.extend(value.iter().map(|value| (key, value.clone())));
        }
        rows.push(("page.resamples", grouped(comparison.resamples as u64)));
        rows.push(("page.seed", comparison.seed.to_string()));
    }
    rows.into_iter().map(|(key, value)| (in_each(|words| words.of(key)), value)).collect()
}
