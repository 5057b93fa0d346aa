//! What the terminal shows of a comparison of groups.

use std::fmt::Display;
use std::io;

use hedgerow::analysis::{Compared, Plan};
use hedgerow::counts::{Base, ComparisonForm as Form, Level, Measure, Observations};
use hedgerow::statistics::{GroupStatistics, Interval};
use hedgerow::tables::LikelyCluster;

use super::table::{self, Row, left, right};
use super::{counted, in_words, one_line, stance_name, wrapping};
use crate::cli::messages::own_words;
use crate::cli::terminal::Output;

/// The columns before the further lines of a list of groups.
const GROUPS_INDENT: usize = 2;

/// With more groups than this, a line would be too long for their rates.
const MOST_GROUPS: usize = 6;

/// How many groups are named with their sizes.
const MOST_GROUPS_NAMED: usize = 30;

/// With fewer units in a group, intervals are wide and tests find little.
const FEW_UNITS: usize = 10;

/// Below this, a pair of groups is said to differ.
const ALPHA: f64 = 0.05;

/// How many pairs of groups that differ are listed.
const MOST_PAIRS: usize = 10;

pub fn print(out: &mut impl Output, compared: &Compared) -> io::Result<()> {
    let observations = &compared.observations;
    let members =
        |group: usize| observations.documents.iter().filter(move |document| document.group == group);
    let sizes: Vec<usize> = (0..observations.groups.len()).map(|group| members(group).count()).collect();
    let names: Vec<String> = observations.groups.iter().map(one_line).collect();
    let named = names
        .iter()
        .zip(&sizes)
        .take(MOST_GROUPS_NAMED)
        .map(|(group, size)| format!("{group} ({})", counted(*size as u64, "counted.document")));
    let more = names.len().checked_sub(MOST_GROUPS_NAMED).filter(|more| *more > 0);
    let named: Vec<String> = named.chain(more.map(and_more)).collect();
    let values: [(_, &dyn Display); 2] = [("by", &observations.design.by), ("groups", &named.join(", "))];
    wrapping::print(out, &own_words("comparison.by", &values), GROUPS_INDENT)?;
    writeln!(out)?;
    let shown =
        observations.measures.iter().enumerate().filter(|(_, measure)| measure.level != Level::Marker);
    let form = Form::new(observations.groups.len(), !observations.values.is_empty());
    let measures: Vec<(&Measure, Vec<Figure>)> =
        shown.map(|(number, measure)| (measure, row(compared, form, number, measure))).collect();
    let header = header(compared, form);
    let groups = if names.len() > MOST_GROUPS { 0 } else { names.len() };
    let columns: Vec<_> = (0..header.len())
        .map(|at| match at {
            0 => left(0, 0),
            _ if at <= groups => right(2, 0).of_names(),
            _ => right(2, 0),
        })
        .collect();
    table::print(
        out,
        &columns,
        &rows(observations, header, &measures, |rows| table::width(&columns, rows) <= out.columns()),
    )?;
    writeln!(out)?;
    explain(out, compared, form)?;
    note(out, compared, &sizes)
}

/// A figure, and its interval where it has one.
struct Figure {
    value: String,
    interval: Option<String>,
}

impl From<String> for Figure {
    fn from(value: String) -> Self {
        Figure { value, interval: None }
    }
}

/// A row for each measure, with the intervals behind the figures if such rows fit, else in a row below.
fn rows(
    observations: &Observations,
    header: Vec<String>,
    measures: &[(&Measure, Vec<Figure>)],
    fits: impl Fn(&[Row]) -> bool,
) -> Vec<Row> {
    let labelled = |measure: &Measure, figures: Vec<String>| {
        let cells = [vec![label(observations, measure)], figures].concat();
        match measure.stance {
            Some(stance) => Row::of(stance, cells),
            None => Row::plain(cells),
        }
    };
    let joined = |figure: &Figure| {
        let interval = figure.interval.iter().map(|interval| format!(" {interval}"));
        figure.value.clone() + &interval.collect::<String>()
    };
    let one_line =
        measures.iter().map(|(measure, figures)| labelled(measure, figures.iter().map(joined).collect()));
    let rows: Vec<Row> = [Row::header(header.clone())].into_iter().chain(one_line).collect();
    if fits(&rows) {
        return rows;
    }
    let two_lines = measures.iter().flat_map(|(measure, figures)| {
        let values = figures.iter().map(|figure| figure.value.clone()).collect();
        let intervals = figures.iter().map(|figure| figure.interval.clone().unwrap_or_default());
        let intervals = [String::new()].into_iter().chain(intervals).collect();
        [labelled(measure, values), Row::plain(intervals)]
    });
    [Row::header(header)].into_iter().chain(two_lines).collect()
}

fn header(compared: &Compared, form: Form) -> Vec<String> {
    let groups = &compared.observations.groups;
    let shown = if groups.len() > MOST_GROUPS { &[] } else { groups.as_slice() };
    let ends: &[&str] = match form {
        Form::Pair => &["comparison.log_ratio", "comparison.p"],
        Form::Several => &["comparison.p"],
        Form::Trend => &["comparison.slope", "comparison.p"],
    };
    let ends = ends.iter().map(|key| own_words(key, &[]));
    [String::new()].into_iter().chain(shown.iter().cloned()).chain(ends).collect()
}

fn row(compared: &Compared, form: Form, index: usize, measure: &Measure) -> Vec<Figure> {
    let groups = &compared.comparison.groups;
    let mut row = Vec::new();
    if groups.len() <= MOST_GROUPS {
        row.extend(groups.iter().map(|figures| match form {
            Form::Pair => with_interval(&figures[index], measure),
            _ => rounded(figures[index].rate, measure).into(),
        }));
    }
    match form {
        Form::Pair => {
            // With an order that takes the place of pairs, there is none.
            let figures = compared.comparison.pairs.first().map(|(_, figures)| &figures[index]);
            let ratio = figures.and_then(|figures| figures.log_ratio);
            let interval = figures.and_then(|figures| figures.log_ratio_interval);
            let value = ratio.map_or("-".into(), |ratio| format!("{ratio:.2}"));
            row.push(Figure { value, interval: interval.map(|interval| ends(interval, 2)) });
            row.push(p_value(figures.and_then(|figures| figures.pooled_adjusted)).into());
        }
        Form::Several => row.push(p_value(compared.comparison.omnibus[index].wald_p.holm).into()),
        Form::Trend => {
            let trend = compared.comparison.omnibus[index].trend;
            let digits = if measure.base == Base::Tokens { 3 } else { 4 };
            let value = trend.map_or("-".into(), |trend| format!("{:.digits$}", trend.slope));
            let interval = trend.and_then(|trend| trend.slope_interval);
            row.push(Figure { value, interval: interval.map(|interval| ends(interval, digits)) });
            row.push(p_value(trend.and_then(|trend| trend.slope_p.holm)).into());
        }
    }
    row
}

/// Says what the figures are.
fn explain(out: &mut impl Output, compared: &Compared, form: Form) -> io::Result<()> {
    let observations = &compared.observations;
    let design = &observations.design;
    let unit = match (&design.pair, &design.cluster) {
        (Some(pair), _) => own_words("comparison.pairs", &[("variable", pair)]),
        (None, Some(cluster)) => own_words("comparison.clusters", &[("variable", cluster)]),
        (None, None) => own_words("comparison.documents", &[]),
    };
    let group = |index: usize| observations.groups.get(index).map_or("", String::as_str);
    let lines = match form {
        Form::Pair => {
            own_words("comparison.pair", &[("unit", &unit), ("first", &group(0)), ("second", &group(1))])
        }
        Form::Several => own_words("comparison.several", &[("unit", &unit)]),
        Form::Trend => own_words("comparison.trend", &[("unit", &unit), ("variable", &design.by)]),
    };
    wrapping::print(out, &lines, 0)?;
    if let Some(within) = &design.within {
        wrapping::print(out, &own_words("comparison.within", &[("variable", within)]), 0)?;
    }
    differing_pairs(out, compared)?;
    let Plan { resamples, seed } = compared.plan;
    wrapping::print(out, &own_words("comparison.plan", &[("resamples", &resamples), ("seed", &seed)]), 0)
}

/// The pairs of several groups that differ in a stance.
fn differing_pairs(out: &mut impl Output, compared: &Compared) -> io::Result<()> {
    let Compared { observations, comparison, .. } = compared;
    if observations.groups.len() < 3 || comparison.pairs.is_empty() {
        return Ok(());
    }
    let stances =
        observations.measures.iter().enumerate().filter(|(_, measure)| measure.level == Level::Stance);
    let mut is_any = false;
    for (index, measure) in stances {
        let mut differing: Vec<(f64, String)> = Vec::new();
        for ((a, b), figures) in &comparison.pairs {
            let figures = &figures[index];
            if let (Some(p), Some(ratio)) = (figures.pooled_adjusted, figures.log_ratio)
                && p < ALPHA
            {
                let (more, fewer) = if ratio > 0.0 { (a, b) } else { (b, a) };
                let [more, fewer] = [more, fewer].map(|group| one_line(&observations.groups[*group]));
                differing.push((p, format!("{more} > {fewer} (p {})", p_value(Some(p)))));
            }
        }
        differing.sort_by(|one, other| one.0.total_cmp(&other.0));
        let more = differing.len().saturating_sub(MOST_PAIRS);
        let mut words: Vec<String> = differing.into_iter().take(MOST_PAIRS).map(|(_, words)| words).collect();
        if more > 0 {
            words.push(and_more(more));
        }
        if !words.is_empty() {
            is_any = true;
            let values: [(_, &dyn Display); 2] =
                [("measure", &label(observations, measure)), ("pairs", &words.join(", "))];
            wrapping::print(out, &own_words("comparison.differing", &values), GROUPS_INDENT)?;
        }
    }
    if !is_any {
        wrapping::print(out, &own_words("comparison.none_differ", &[]), 0)?;
    }
    Ok(())
}

fn note(out: &mut impl Output, compared: &Compared, sizes: &[usize]) -> io::Result<()> {
    let observations = &compared.observations;
    let units = |group: usize| match observations.design.dependence() {
        None => sizes[group],
        Some(_) => compared.comparison.groups[group].first().map_or(0, |figures| figures.clusters),
    };
    let design = &observations.design;
    if !observations.values.is_empty() && !design.is_ordered() {
        super::note(out, "comparison.are_numbers", &[("variable", &design.by)])?;
    } else if observations.values.is_empty() {
        let groups = observations.groups.iter().enumerate();
        let few: Vec<&str> =
            groups.filter(|(group, _)| units(*group) < FEW_UNITS).map(|(_, name)| name.as_str()).collect();
        let key = match (few.len() == observations.groups.len(), design.dependence()) {
            (true, None) => "comparison.few_documents",
            (true, Some(_)) => "comparison.few_units",
            (false, None) => "comparison.few_documents_in",
            (false, Some(_)) => "comparison.few_units_in",
        };
        if !few.is_empty() {
            super::note(out, key, &[("number", &FEW_UNITS), ("groups", &few.join(", "))])?;
        }
    }
    if let Some(LikelyCluster { variable, value, documents }) = &compared.likely_cluster {
        let documents = counted(*documents, "counted.document");
        match variable {
            Some(variable) => super::note(
                out,
                "comparison.likely_cluster",
                &[("number", &documents), ("variable", variable), ("value", value)],
            )?,
            None => {
                super::note(out, "comparison.likely_site", &[("number", &documents), ("value", value)])?;
            }
        }
    }
    if !observations.left_out.is_empty() {
        let number = counted(observations.left_out.len() as u64, "counted.document");
        match &design.pair {
            Some(pair) => {
                super::note(out, "comparison.without_pair", &[("number", &number), ("variable", pair)])?;
            }
            None => {
                let variables = variables(observations);
                super::note(
                    out,
                    "comparison.without_value",
                    &[("number", &number), ("variables", &variables)],
                )?;
            }
        }
    }
    Ok(())
}

/// The variables without which a document is left out.
fn variables(observations: &Observations) -> String {
    let design = &observations.design;
    match &design.within {
        Some(within) => own_words("comparison.either", &[("first", &design.by), ("second", within)]),
        None => design.by.clone(),
    }
}

/// What stands for those that are not named.
fn and_more(more: usize) -> String {
    own_words("comparison.more", &[("count", &more)])
}

/// The ends of an interval in brackets.
fn ends((low, high): Interval, digits: usize) -> String {
    format!("[{low:.digits$}, {high:.digits$}]")
}

fn label(observations: &Observations, measure: &Measure) -> String {
    let share = |key| own_words(key, &[]);
    match (measure.level, measure.stance) {
        (Level::Stance, Some(stance)) => stance_name(stance),
        (Level::Share, _) => match measure.name.as_str() {
            "sentences_hedged_share" => share("comparison.sentences_hedged"),
            "sentences_assertive_share" => share("comparison.sentences_assertive"),
            "sentences_mixed_share" => share("comparison.sentences_mixed"),
            "sentences_unmarked_share" => share("comparison.sentences_unmarked"),
            "sentences_other_share" => share("comparison.sentences_other"),
            _ => share("comparison.hedge_share"),
        },
        _ => {
            let term = observations.terms.get(&measure.name).unwrap_or(&measure.name);
            in_words(&measure.name, term)
        }
    }
}

fn with_interval(figures: &GroupStatistics, measure: &Measure) -> Figure {
    let interval = figures.rate_interval.map(|interval| ends(interval, digits(measure)));
    Figure { value: rounded(figures.rate, measure), interval }
}

fn rounded(rate: Option<f64>, measure: &Measure) -> String {
    let digits = digits(measure);
    rate.map_or("-".into(), |rate| format!("{rate:.digits$}"))
}

fn digits(measure: &Measure) -> usize {
    if measure.base == Base::Tokens { 2 } else { 3 }
}

fn p_value(p: Option<f64>) -> String {
    match p {
        None => "-".into(),
        Some(p) if p < 0.001 => "<.001".into(),
        Some(p) => format!("{p:.3}"),
    }
}
