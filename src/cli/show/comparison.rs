//! What the terminal shows of a comparison of groups.

use std::io::{self, Write};

use hedgerow::analysis::Compared;
use hedgerow::counts::{Base, Level, Measure};
use hedgerow::statistics::{GroupStatistics, Interval};

use super::table::{self, left, right};
use super::{counted, one_line};

/// With more groups than this, a line would be too long for their rates.
const MOST_GROUPS: usize = 6;

/// In a group with fewer documents, a bootstrap over them gives intervals that are too narrow.
const FEW_DOCUMENTS: usize = 10;

pub fn print(out: &mut impl Write, compared: &Compared) -> io::Result<()> {
    let observations = &compared.observations;
    let members =
        |group: usize| observations.documents.iter().filter(move |document| document.group == group);
    let sizes: Vec<usize> = (0..observations.groups.len()).map(|group| members(group).count()).collect();
    let variable = one_line(&observations.variable);
    let names: Vec<String> = observations.groups.iter().map(one_line).collect();
    let groups = names.iter().zip(&sizes);
    let named: Vec<String> = groups
        .clone()
        .map(|(group, size)| format!("{group} ({})", counted(*size as u64, "document")))
        .collect();
    writeln!(out, "by {variable}: {}\n", named.join(", "))?;
    let shown =
        observations.measures.iter().enumerate().filter(|(_, measure)| measure.level != Level::Marker);
    let mut rows = match observations.groups.len() {
        2 => vec![
            ["", &observations.groups[0], &observations.groups[1], "log ratio", "p", "delta"]
                .map(String::from)
                .to_vec(),
        ],
        _ => vec![header_of_all(compared)],
    };
    rows.extend(shown.map(|(number, measure)| match observations.groups.len() {
        2 => row_of_pair(compared, number, measure),
        _ => row_of_all(compared, number, measure),
    }));
    let columns: Vec<_> =
        (0..rows[0].len()).map(|at| if at == 0 { left(0, 0) } else { right(2, 0) }).collect();
    table::print(out, &columns, &rows)?;
    match observations.groups.len() {
        2 => writeln!(
            out,
            "\nrates and shares with 95 % intervals (percentile bootstrap over documents); log ratio: {} against {};\n\
             p: permutation test of the mean rates, Holm; delta: Cliff's delta",
            names[0], names[1]
        )?,
        _ => writeln!(
            out,
            "\np: Kruskal-Wallis over all groups, Holm; ε²: its effect size; pairs of groups: comparisons.csv"
        )?,
    }
    writeln!(out, "{} resamples, seed {}", compared.plan.resamples, compared.plan.seed)?;
    let few: Vec<&str> =
        groups.filter(|(_, size)| **size < FEW_DOCUMENTS).map(|(group, _)| group.as_str()).collect();
    if !few.is_empty() {
        writeln!(
            out,
            "note: fewer than {FEW_DOCUMENTS} documents in {}: intervals from so few are too narrow",
            few.join(", ")
        )?;
    }
    if !observations.left_out.is_empty() {
        let number = counted(observations.left_out.len() as u64, "document");
        writeln!(out, "note: {number} without a value of {variable} left out; see run.json")?;
    }
    Ok(())
}

fn header_of_all(compared: &Compared) -> Vec<String> {
    let groups = &compared.observations.groups;
    let shown = if groups.len() > MOST_GROUPS { &[] } else { groups.as_slice() };
    let ends = ["p", "ε²"].map(String::from);
    [String::new()].into_iter().chain(shown.iter().cloned()).chain(ends).collect()
}

fn row_of_all(compared: &Compared, index: usize, measure: &Measure) -> Vec<String> {
    let groups = &compared.comparison.groups;
    let mut row = vec![label(measure)];
    if groups.len() <= MOST_GROUPS {
        row.extend(groups.iter().map(|figures| rounded(figures[index].rate, measure)));
    }
    let figures = &compared.comparison.all_groups[index];
    row.push(p_value(figures.p.holm));
    row.push(figures.kruskal_wallis.map_or("-".into(), |test| format!("{:.2}", test.epsilon_squared)));
    row
}

fn row_of_pair(compared: &Compared, index: usize, measure: &Measure) -> Vec<String> {
    let [first, second] = [0, 1].map(|group| &compared.comparison.groups[group][index]);
    let figures = &compared.comparison.pairs[0].1[index];
    let ends = |interval: Option<Interval>| {
        interval.map_or(String::new(), |(low, high)| format!(" [{low:.2}, {high:.2}]"))
    };
    let ratio = figures
        .log_ratio
        .map_or("-".into(), |ratio| format!("{ratio:.2}{}", ends(figures.log_ratio_interval)));
    let delta = figures.mann_whitney.map_or("-".into(), |test| format!("{:.2}", test.delta));
    vec![
        label(measure),
        with_interval(first, measure),
        with_interval(second, measure),
        ratio,
        p_value(figures.permutation.holm),
        delta,
    ]
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
