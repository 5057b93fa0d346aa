//! The comparison of groups as a LaTeX table.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::fmt::Write;

use super::{Change, ComparisonRecord, GroupRecord, ReadBackError, ReadTable, RunTables};
use crate::messages::{fill, is_obeyed};

/// With more groups than this, a line would be too long for their rates.
const MOST_GROUPS: usize = 6;

/// The comparison of a run in LaTeX. `caption` may name `{by}`, `{first}` and `{second}`: the variable and the groups.
///
/// # Errors
/// A table that can't be read.
pub fn latex(
    tables: RunTables,
    comparison: &ComparisonRecord,
    caption: &str,
) -> Result<String, ReadBackError> {
    let groups = ReadTable::read(tables, "groups")?;
    let pair = comparison.groups.len() == 2;
    let compared = ReadTable::read(tables, if pair { "comparisons" } else { "omnibus" })?;
    let names: Vec<String> = comparison.groups.iter().map(|group| latex_escaped(&group.group)).collect();
    let by = latex_escaped(&comparison.design.by);
    let caption = fill(caption, |name| match name {
        "by" => Some(&by),
        "first" => names.first().map(String::as_str),
        "second" => names.get(1).map(String::as_str),
        _ => None,
    });
    let is_trend = comparison.trend && !pair;
    // Columns of many groups would not fit.
    let shown = if comparison.groups.len() > MOST_GROUPS { &[] } else { names.as_slice() };
    let mut text = beginning(&caption, shown, pair, is_trend);
    let mut level = "stance";
    let rows = rows(&groups, &compared, comparison)?;
    for Row { level: own, label, cells } in &rows {
        if own != level {
            text += "\\midrule\n";
            level = own;
        }
        let _ = writeln!(text, "{label} & {} \\\\", cells.join(" & "));
    }
    Ok(text + "\\bottomrule\n\\end{tabular}\n\\end{table}\n")
}

fn beginning(caption: &str, names: &[String], pair: bool, is_trend: bool) -> String {
    let ends: &[&str] = match (pair, is_trend) {
        (true, _) => &["Log Ratio", "$p$"],
        (false, false) => &["$p$"],
        (false, true) => &["slope", "$p$"],
    };
    // Small, as rows with intervals are long.
    let size = if pair { "\\footnotesize\\setlength{\\tabcolsep}{3pt}" } else { "\\small" };
    let columns = "r".repeat(names.len().saturating_add(ends.len()));
    let heads: Vec<&str> = names.iter().map(String::as_str).chain(ends.iter().copied()).collect();
    format!(
        "% Needs \\usepackage{{booktabs}}, and a document class or package for Japanese where a name is Japanese.\n\
         \\begin{{table}}\n\\caption{{{caption}}}\n{size}\n\\begin{{tabular}}{{l{columns}}}\n\\toprule\n \
         & {} \\\\\n\\midrule\n",
        heads.join(" & ")
    )
}

struct Row {
    level: String,
    label: String,
    cells: Vec<String>,
}

/// A row for each stance, share and category.
fn rows(
    groups: &ReadTable,
    compared: &ReadTable,
    record: &ComparisonRecord,
) -> Result<Vec<Row>, ReadBackError> {
    let pair = record.groups.len() == 2;
    let mut rows = Vec::new();
    for row in compared.rows() {
        let [stratum, level, measure, unit] = compared.cells(row, ["stratum", "level", "measure", "unit"])?;
        if !stratum.is_empty() || level == "marker" {
            continue;
        }
        let digits = if unit.starts_with("per") { 2 } else { 3 };
        let mut cells = Vec::new();
        let shown = if record.groups.len() > MOST_GROUPS { &[] } else { record.groups.as_slice() };
        for GroupRecord { group, .. } in shown {
            let [rate, low, high] = of_group(groups, [group, level, measure])?;
            cells.push(match pair {
                true => with_interval(rate, low, high, digits),
                false => rounded(rate, digits),
            });
        }
        if pair {
            let [ratio, low, high, p] =
                compared.cells(row, ["log_ratio", "log_ratio_low", "log_ratio_high", "pooled_p_adjusted"])?;
            cells.extend([with_interval(ratio, low, high, 2), p_value(p)]);
        } else if record.trend {
            let [slope, low, high, p] =
                compared.cells(row, ["slope", "slope_low", "slope_high", "slope_p_holm"])?;
            cells.extend([with_interval(slope, low, high, digits.saturating_add(1)), p_value(p)]);
        } else {
            let [p] = compared.cells(row, ["wald_p_holm"])?;
            cells.push(p_value(p));
        }
        let label = measure.trim_end_matches("_share").replace('_', " ");
        let label = if measure == "hedge_share" { "hedge share".into() } else { label };
        let label = latex_escaped(&label);
        // Behind `\\\\`, LaTeX takes these for an option of it.
        let label = if label.starts_with(['[', '*']) { format!("{{}}{label}") } else { label };
        rows.push(Row { level: level.into(), label, cells });
    }
    Ok(rows)
}

/// The rate of a group in a measure, and its interval.
fn of_group<'t>(groups: &'t ReadTable, keys: [&str; 3]) -> Result<[&'t str; 3], ReadBackError> {
    for row in groups.rows() {
        let [group, level, measure, stratum] = groups.cells(row, ["group", "level", "measure", "stratum"])?;
        if stratum.is_empty() && [group, level, measure] == keys {
            return groups.cells(row, ["rate", "rate_low", "rate_high"]);
        }
    }
    Err(groups.changed(Change::Expected { expected: keys.join(", "), found: None }))
}

fn with_interval(value: &str, low: &str, high: &str, digits: usize) -> String {
    let value = rounded(value, digits);
    match low.is_empty() {
        true => value,
        // In braces, as a row must not begin with a bracket behind `\\`.
        false => format!("{value} {{[{}, {}]}}", rounded(low, digits), rounded(high, digits)),
    }
}

/// A figure with so many decimals; a dash where it is not defined.
fn rounded(cell: &str, digits: usize) -> String {
    let Ok(number) = cell.parse::<f64>() else { return "--".into() };
    let text = format!("{number:.digits$}");
    match text.strip_prefix('-') {
        Some(text) if text.contains(|digit: char| ('1'..='9').contains(&digit)) => format!("$-${text}"),
        Some(text) => text.into(),
        None => text,
    }
}

fn p_value(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(p) if p < 0.001 => "$<$.001".into(),
        Ok(p) => format!("{p:.3}").trim_start_matches('0').into(),
        Err(_) => "--".into(),
    }
}

/// Text on one line: line ends, other control characters and marks of direction are a blank, several together one.
pub fn unbroken(text: &str) -> String {
    let mut unbroken = String::with_capacity(text.len());
    let mut is_broken = false;
    for character in text.chars() {
        let breaks = is_obeyed(character);
        if breaks && !is_broken {
            unbroken.push(' ');
        } else if !breaks {
            unbroken.push(character);
        }
        is_broken = breaks;
    }
    unbroken
}

/// Text so that BibTeX prints it: it counts braces whatever stands before them.
pub fn bibtex_escaped(text: &str) -> String {
    latex_escaped(text).replace("\\{", "\\textbraceleft{}").replace("\\}", "\\textbraceright{}")
}

/// Text on one line so that LaTeX prints it.
pub fn latex_escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in unbroken(text).chars() {
        match character {
            '\\' => escaped += "\\textbackslash{}",
            '~' => escaped += "\\textasciitilde{}",
            '^' => escaped += "\\textasciicircum{}",
            '<' => escaped += "\\textless{}",
            '>' => escaped += "\\textgreater{}",
            '|' => escaped += "\\textbar{}",
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_latex_reads_as_a_command_is_printed() {
        assert_eq!(
            latex_escaped("50% & $x_1 {a}\\~^#"),
            "50\\% \\& \\$x\\_1 \\{a\\}\\textbackslash{}\\textasciitilde{}\\textasciicircum{}\\#"
        );
    }

    #[test]
    fn a_name_is_on_one_line_and_its_braces_are_balanced_for_bibtex() {
        assert_eq!(latex_escaped("[x]\nnew\r\n\nli\u{7}ne\u{2028}"), "[x] new li ne ");
        for text in ["}{", "\\{", "{{", "a}\n"] {
            let escaped = bibtex_escaped(text);
            let depth = escaped.chars().try_fold(0_u32, |depth, character| match character {
                '{' => Some(depth + 1),
                '}' => depth.checked_sub(1),
                _ => Some(depth),
            });
            assert_eq!(depth, Some(0), "{escaped}");
        }
    }

    #[test]
    fn figures_are_rounded_with_a_real_minus() {
        assert_eq!(
            ["-0.456", "-0.001", "12", ""].map(|cell| rounded(cell, 2)),
            ["$-$0.46", "0.00", "12.00", "--"]
        );
        assert_eq!(["0.0304", "0.0001", "1", ""].map(p_value), [".030", "$<$.001", "1.000", "--"]);
    }
}
