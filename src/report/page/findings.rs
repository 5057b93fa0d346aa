//! How groups differ, in words: the difference, its interval, and p by the test of the design.

use super::{Both, in_each};
use crate::counts::{ComparisonForm, Order};
use crate::messages::grouped;
use crate::report::Words;
use crate::report::figures::signed;
use crate::tables::{ReadBackError, RowReader, RunRecord, RunTables};

/// What is said of each stance; empty without a comparison.
pub fn findings(tables: RunTables, record: &RunRecord) -> Result<Vec<Both>, ReadBackError> {
    let Some(comparison) = &record.comparison else { return Ok(Vec::new()) };
    let design = &comparison.design;
    let rates = extremes(tables)?;
    let form = ComparisonForm::new(comparison.groups.len(), comparison.trend);
    let mut found = Vec::new();
    let table = if form == ComparisonForm::Pair { "comparisons" } else { "omnibus" };
    if !tables.has(table) {
        return Ok(found);
    }
    let mut rows = tables.open(table)?;
    let [stratum, level, measure] = rows.columns(["stratum", "level", "measure"])?;
    let steps = matches!(design.order, Order::Listed(_));
    while rows.next_row()? {
        if rows.cell(level) != "stance" || !rows.cell(stratum).is_empty() {
            continue;
        }
        let stance = match rows.cell(measure) {
            "hedge" => "page.hedges",
            _ => "page.assertives",
        };
        let (key, estimate, p, names) = match form {
            ComparisonForm::Pair => {
                let [first, second] =
                    rows.columns(["group_a", "group_b"])?.map(|column| rows.text(column).to_owned());
                let rates = rows.columns(["rate_a", "rate_b"])?;
                let rates = [rate(&rows, rates[0])?, rate(&rows, rates[1])?];
                let columns = ["log_ratio", "log_ratio_low", "log_ratio_high"];
                let [rate_first, rate_second] = rates;
                (
                    "page.finding_pair",
                    estimate(&rows, columns)?,
                    "pooled_p_adjusted",
                    [first, rate_first, second, rate_second],
                )
            }
            ComparisonForm::Trend => {
                let key = if steps { "page.finding_steps" } else { "page.finding_trend" };
                let none = String::new;
                (
                    key,
                    estimate(&rows, ["slope", "slope_low", "slope_high"])?,
                    "slope_p_holm",
                    [none(), none(), none(), none()],
                )
            }
            ComparisonForm::Several => {
                let of_measure = rates.iter().find(|(name, _)| name == rows.cell(measure));
                let Some((_, names)) = of_measure else { continue };
                ("page.finding_several", Some(String::new()), "wald_p_holm", names.clone())
            }
        };
        let [p] = rows.columns([p])?;
        let p = rows.decimal(p)?;
        let (Some(estimate), Some(p)) = (estimate, p) else {
            found.push(in_each(|words| words.say("page.finding_none", &[("stance", &words.of(stance))])));
            continue;
        };
        let [first, rate_first, second, rate_second] = &names;
        found.push(in_each(|words: &Words| {
            words.say(
                key,
                &[
                    ("stance", &words.of(stance)),
                    ("variable", &design.by),
                    ("first", first),
                    ("rate_first", rate_first),
                    ("second", second),
                    ("rate_second", rate_second),
                    ("estimate", &estimate),
                    ("p", &p_value(p)),
                    ("number", &grouped(comparison.groups.len() as u64)),
                ],
            )
        }));
    }
    Ok(found)
}

/// By stance: the groups with the highest and the lowest rate, each with the rate.
fn extremes(tables: RunTables) -> Result<Vec<(String, [String; 4])>, ReadBackError> {
    let mut rows = tables.open("groups")?;
    let [group, stratum, level, measure, rate] =
        rows.columns(["group", "stratum", "level", "measure", "rate"])?;
    let mut rates: Vec<(String, f64, String)> = Vec::new();
    while rows.next_row()? {
        let is_stance = rows.cell(level) == "stance" && rows.cell(stratum).is_empty();
        if let Some(value) = rows.decimal(rate)?.filter(|_| is_stance) {
            rates.push((rows.cell(measure).to_owned(), value, rows.text(group).to_owned()));
        }
    }
    let of = |stance: &str| {
        let of_stance = || rates.iter().filter(|(measure, ..)| measure == stance);
        let highest = of_stance().max_by(|one, other| one.1.total_cmp(&other.1))?;
        let lowest = of_stance().min_by(|one, other| one.1.total_cmp(&other.1))?;
        let shown = |rate: f64| format!("{rate:.1}");
        Some((stance.to_owned(), [highest.2.clone(), shown(highest.1), lowest.2.clone(), shown(lowest.1)]))
    };
    Ok(["hedge", "assertive"].into_iter().filter_map(of).collect())
}

fn rate(rows: &RowReader, column: usize) -> Result<String, ReadBackError> {
    Ok(rows.decimal(column)?.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.1}")))
}

/// An estimate with its interval; none where it is not defined.
fn estimate(rows: &RowReader, columns: [&str; 3]) -> Result<Option<String>, ReadBackError> {
    let [value, low, high] = rows.columns(columns)?;
    let (value, low, high) = (rows.decimal(value)?, rows.decimal(low)?, rows.decimal(high)?);
    let value = value.map(|value| match low.zip(high) {
        Some((low, high)) => format!("{} [{}, {}]", signed(value, 2), signed(low, 2), signed(high, 2)),
        None => signed(value, 2),
    });
    Ok(value)
}

fn p_value(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("= {p:.3}") }
}
