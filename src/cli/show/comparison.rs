//! What the terminal shows of a comparison of groups.

use std::io::{self, Write};

use hedgerow::analysis::Compared;
use hedgerow::counts::{Base, ComparisonForm as Form, Level, Measure, Observations};
use hedgerow::statistics::{GroupStatistics, Interval};
use hedgerow::tables::LikelyCluster;

use super::table::{self, left, right};
use super::{counted, one_line};

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

pub fn print(out: &mut impl Write, compared: &Compared) -> io::Result<()> {
    let observations = &compared.observations;
    let members =
        |group: usize| observations.documents.iter().filter(move |document| document.group == group);
    let sizes: Vec<usize> = (0..observations.groups.len()).map(|group| members(group).count()).collect();
    let names: Vec<String> = observations.groups.iter().map(one_line).collect();
    let named = names
        .iter()
        .zip(&sizes)
        .take(MOST_GROUPS_NAMED)
        .map(|(group, size)| format!("{group} ({})", counted(*size as u64, "document")));
    let more = names.len().checked_sub(MOST_GROUPS_NAMED).filter(|more| *more > 0);
    let named: Vec<String> = named.chain(more.map(|more| format!("and {more} more"))).collect();
    writeln!(out, "by {}: {}\n", one_line(&observations.design.by), named.join(", "))?;
    let shown =
        observations.measures.iter().enumerate().filter(|(_, measure)| measure.level != Level::Marker);
    let form = Form::new(observations.groups.len(), !observations.values.is_empty());
    let mut rows = vec![header(compared, form)];
    rows.extend(shown.map(|(number, measure)| row(compared, form, number, measure)));
    let columns: Vec<_> =
        (0..rows[0].len()).map(|at| if at == 0 { left(0, 0) } else { right(2, 0) }).collect();
    table::print(out, &columns, &rows)?;
    writeln!(out)?;
    explain(out, compared, form)?;
    note(out, compared, &sizes)
}

fn header(compared: &Compared, form: Form) -> Vec<String> {
    let groups = &compared.observations.groups;
    let shown = if groups.len() > MOST_GROUPS { &[] } else { groups.as_slice() };
    let ends: &[&str] = match form {
        Form::Pair => &["log ratio", "p"],
        Form::Several => &["p"],
        Form::Trend => &["slope", "p"],
    };
    let ends = ends.iter().map(|end| (*end).to_owned());
    [String::new()].into_iter().chain(shown.iter().cloned()).chain(ends).collect()
}

fn row(compared: &Compared, form: Form, index: usize, measure: &Measure) -> Vec<String> {
    let groups = &compared.comparison.groups;
    let mut row = vec![label(measure)];
    if groups.len() <= MOST_GROUPS {
        row.extend(groups.iter().map(|figures| match form {
            Form::Pair => with_interval(&figures[index], measure),
            _ => rounded(figures[index].rate, measure),
        }));
    }
    match form {
        Form::Pair => {
            // With an order that takes the place of pairs, there is none.
            let figures = compared.comparison.pairs.first().map(|(_, figures)| &figures[index]);
            let ratio = figures.and_then(|figures| figures.log_ratio);
            let interval = figures.and_then(|figures| figures.log_ratio_interval);
            row.push(ratio.map_or("-".into(), |ratio| format!("{ratio:.2}{}", ends(interval, 2))));
            row.push(p_value(figures.and_then(|figures| figures.pooled_adjusted)));
        }
        Form::Several => row.push(p_value(compared.comparison.omnibus[index].wald_p.holm)),
        Form::Trend => {
            let trend = compared.comparison.omnibus[index].trend;
            let digits = if measure.base == Base::Tokens { 3 } else { 4 };
            row.push(trend.map_or("-".into(), |trend| {
                format!("{:.digits$}{}", trend.slope, ends(trend.slope_interval, digits))
            }));
            row.push(p_value(trend.and_then(|trend| trend.slope_p.holm)));
        }
    }
    row
}

/// Says what the figures are.
fn explain(out: &mut impl Write, compared: &Compared, form: Form) -> io::Result<()> {
    let observations = &compared.observations;
    let design = &observations.design;
    let unit = match (&design.pair, &design.cluster) {
        (Some(pair), _) => format!("pairs of one {}", one_line(pair)),
        (None, Some(cluster)) => format!("clusters of one {}", one_line(cluster)),
        (None, None) => "documents".into(),
    };
    let names: Vec<String> = observations.groups.iter().map(one_line).collect();
    match form {
        Form::Pair => writeln!(
            out,
            "pooled rates and shares with 95 % intervals over {unit}; log ratio: {} against\n\
             {}; p: its permutation test, adjusted for all rows of its level",
            names[0], names[1]
        )?,
        Form::Several => writeln!(
            out,
            "pooled rates and shares; p: are they equal in all groups? Permutation test over\n\
             {unit}, adjusted by Holm's method; pairs of groups: comparisons.csv"
        )?,
        Form::Trend => writeln!(
            out,
            "pooled rates and shares; slope: their change for each unit of {}, with its\n\
             95 % interval; p: its permutation test over {unit}, Holm",
            one_line(&design.by)
        )?,
    }
    if let Some(within) = &design.within {
        writeln!(
            out,
            "log ratio and p are within {} (Mantel-Haenszel); each of it by itself: comparisons.csv",
            one_line(within)
        )?;
    }
    differing_pairs(out, compared)?;
    writeln!(out, "{} permutations at most, seed {}", compared.plan.resamples, compared.plan.seed)
}

/// The pairs of several groups that differ in a stance.
fn differing_pairs(out: &mut impl Write, compared: &Compared) -> io::Result<()> {
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
            words.push(format!("and {more} more"));
        }
        if !words.is_empty() {
            is_any = true;
            writeln!(out, "{}: {}, adjusted for all pairs", label(measure), words.join(", "))?;
        }
    }
    if !is_any {
        writeln!(out, "no two groups differ in hedges or assertive markers, adjusted for all pairs")?;
    }
    Ok(())
}

fn note(out: &mut impl Write, compared: &Compared, sizes: &[usize]) -> io::Result<()> {
    let observations = &compared.observations;
    let units = |group: usize| match observations.design.dependence() {
        None => sizes[group],
        Some(_) => compared.comparison.groups[group].first().map_or(0, |figures| figures.clusters),
    };
    if !observations.values.is_empty() && !observations.design.is_ordered() {
        writeln!(
            out,
            "note: all values of {} are numbers, so a trend is computed; --ordered leaves out the pairs",
            one_line(&observations.design.by)
        )?;
    } else if observations.values.is_empty() {
        let groups = observations.groups.iter().enumerate();
        let few: Vec<String> =
            groups.filter(|(group, _)| units(*group) < FEW_UNITS).map(|(_, name)| one_line(name)).collect();
        if few.len() == observations.groups.len() {
            let what =
                if observations.design.dependence().is_some() { "independent units" } else { "documents" };
            writeln!(
                out,
                "note: fewer than {FEW_UNITS} {what} in each group: only large differences can be found"
            )?;
        } else if !few.is_empty() {
            let what =
                if observations.design.dependence().is_some() { "independent units" } else { "documents" };
            writeln!(
                out,
                "note: fewer than {FEW_UNITS} {what} in {}: only large differences can be found",
                few.join(", ")
            )?;
        }
    }
    if let Some(LikelyCluster { variable, value, documents }) = &compared.likely_cluster {
        let value = one_line(value);
        let documents = counted(*documents, "document");
        match variable {
            Some(variable) => writeln!(
                out,
                "note: {documents} share the {} {value}; if they are not independent, add --cluster {}",
                one_line(variable),
                one_line(variable)
            )?,
            None => writeln!(
                out,
                "note: {documents} are of the site {value}; if they are not independent, make the site a variable\n\
                 and name it with --cluster"
            )?,
        }
    }
    if !observations.left_out.is_empty() {
        let number = counted(observations.left_out.len() as u64, "document");
        let why = match &observations.design.pair {
            Some(pair) => format!("without a value or without the others of the same {}", one_line(pair)),
            None => format!("without a value of {}", one_line(variables(observations))),
        };
        writeln!(out, "note: {number} {why} left out; see run.json")?;
    }
    Ok(())
}

/// The variables without which a document is left out.
fn variables(observations: &Observations) -> String {
    let design = &observations.design;
    let within = design.within.as_ref().map_or(String::new(), |within| format!(" or {within}"));
    format!("{}{within}", design.by)
}

/// The ends of an interval in brackets; nothing where there is none.
fn ends(interval: Option<Interval>, digits: usize) -> String {
    interval.map_or(String::new(), |(low, high)| format!(" [{low:.digits$}, {high:.digits$}]"))
}

fn label(measure: &Measure) -> String {
    let name = measure.name.trim_end_matches("_share").replace("sentences_", "sentences ");
    match (measure.level, measure.base) {
        (Level::Share, Base::Markers) => "hedge share".into(),
        _ => name,
    }
}

fn with_interval(figures: &GroupStatistics, measure: &Measure) -> String {
    let ends = figures.rate_interval.map_or(String::new(), |(low, high)| {
        format!(" [{}, {}]", rounded(Some(low), measure), rounded(Some(high), measure))
    });
    rounded(figures.rate, measure) + &ends
}

fn rounded(rate: Option<f64>, measure: &Measure) -> String {
    let digits = if measure.base == Base::Tokens { 2 } else { 3 };
    rate.map_or("-".into(), |rate| format!("{rate:.digits$}"))
}

fn p_value(p: Option<f64>) -> String {
    match p {
        None => "-".into(),
        Some(p) if p < 0.001 => "<.001".into(),
        Some(p) => format!("{p:.3}"),
    }
}
