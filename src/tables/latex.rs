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
use crate::counts::ComparisonForm as Form;
use crate::messages::{Language, Message, fill, is_obeyed};

/// What must fit: the text of `article`, 10pt, on A4. All widths are in points, of \\footnotesize and \\scriptsize.
const TEXT_WIDTH: usize = 345;

/// What stands between two columns.
const GAP: usize = 6;

/// The names of measures.
const LABELS: usize = 84;

/// The interval of a Log Ratio: [−1.23, −0.12].
const RATIO: usize = 58;

/// The interval of a slope: [−0.1234, −0.0123].
const SLOPE: usize = 70;

const P_VALUE: usize = 24;

const HYPHEN: usize = 3;

/// A group's name is broken at this, and at less where there are many groups.
const WIDEST_GROUP: usize = 72;

/// A figure: 123.45. Where groups would have less, their columns are left out.
const NARROWEST_GROUP: usize = 28;

/// The comparison of a run in LaTeX, no wider than the text of `article` on A4. `caption` may name `{by}`, `{within}`, `{first}` and
/// `{second}`: the variables and the groups. Heads and names are in a language.
///
/// # Errors
/// A table that can't be read.
pub fn latex(
    tables: RunTables,
    comparison: &ComparisonRecord,
    caption: &str,
    language: Language,
) -> Result<String, ReadBackError> {
    let groups = ReadTable::read(tables, "groups")?;
    let form = Form::new(comparison.groups.len(), comparison.trend);
    let compared = ReadTable::read(tables, if form == Form::Pair { "comparisons" } else { "omnibus" })?;
    let by = latex_escaped(&comparison.design.by);
    let [first, second] = [0, 1].map(|at| comparison.groups.get(at).map(|group| latex_escaped(&group.group)));
    let within = comparison.design.within.as_deref().map(latex_escaped);
    let caption = fill(caption, |name| match name {
        "by" => Some(&by),
        "within" => within.as_deref(),
        "first" => first.as_deref(),
        "second" => second.as_deref(),
        _ => None,
    });
    let width = form.group_width(comparison.groups.len());
    let shown = if width.is_some() { comparison.groups.as_slice() } else { &[] };
    let mut text = beginning(&caption, shown, width.unwrap_or_default(), form, language);
    let mut level = "stance".to_owned();
    for Row { level: own, label, cells } in rows(&groups, &compared, comparison, shown, language)? {
        if own != level {
            text += "\\midrule\n";
            level = own;
        }
        let figures: Vec<&str> = cells.iter().map(|cell| cell.figure.as_str()).collect();
        let _ = writeln!(text, "{label} & {} \\\\", figures.join(" & "));
        if cells.iter().any(|cell| cell.interval.is_some()) {
            let intervals: Vec<String> = cells.iter().map(Cell::below).collect();
            let _ = writeln!(text, " & {} \\\\[2pt]", intervals.join(" & "));
        }
    }
    Ok(text + "\\bottomrule\n\\end{tabular}\n\\end{table}\n")
}

impl Form {
    /// The heads of the columns behind the groups.
    fn ends(self, language: Language) -> Vec<String> {
        let beside = match self {
            Form::Pair => Some("latex.log_ratio"),
            Form::Several => None,
            Form::Trend => Some("latex.slope"),
        };
        let beside = beside.map(|key| words(key, language));
        beside.into_iter().chain([String::from("$p$")]).collect()
    }

    /// How many columns stand behind the groups.
    fn number_of_ends(self) -> usize {
        if self == Form::Several { 1 } else { 2 }
    }

    /// How wide the columns behind the groups are.
    fn ends_width(self) -> usize {
        let beside = match self {
            Form::Pair => RATIO,
            Form::Several => 0,
            Form::Trend => SLOPE,
        };
        P_VALUE.saturating_add(beside)
    }

    /// How wide the column of a group is; none where so many don't fit.
    fn group_width(self, groups: usize) -> Option<usize> {
        let gaps = groups.saturating_add(self.number_of_ends());
        let taken = LABELS.saturating_add(self.ends_width()).saturating_add(GAP.saturating_mul(gaps));
        let width = TEXT_WIDTH.saturating_sub(taken).checked_div(groups)?;
        (width >= NARROWEST_GROUP).then_some(width.min(WIDEST_GROUP))
    }
}

fn beginning(caption: &str, groups: &[GroupRecord], width: usize, form: Form, language: Language) -> String {
    let head = |group: &GroupRecord| broken_at(&group.group, width, "b", "\\raggedleft");
    let heads: Vec<String> = groups.iter().map(head).chain(form.ends(language)).collect();
    format!(
        "% {}\n\\begin{{table}}\n\\caption{{{caption}}}\n\\footnotesize\\setlength{{\\tabcolsep}}{{{}pt}}\n\
         \\begin{{tabular}}{{@{{}}l{}@{{}}}}\n\\toprule\n & {} \\\\\n\\midrule\n",
        Message::new("latex.needs", &[("package", &"\\usepackage{booktabs}")]).in_language(language),
        GAP / 2,
        "r".repeat(heads.len()),
        heads.join(" & ")
    )
}

/// How wide a text is, about.
fn width_of(text: &str) -> usize {
    let width = |character: char| match character {
        'm' | 'w' | 'M' | 'W' => 7,
        'A'..='Z' => 6,
        '0'..='9' => 5,
        _ if character.is_ascii() => 4,
        _ => 8,
    };
    text.chars().map(width).sum()
}

/// A name in LaTeX, in lines of a width if it is wider, at the top or the bottom of its cell. TeX hyphenates English words by itself, but
/// not the first of a paragraph, for which there is a space of no width, and none with signs or digits in it.
fn broken_at(name: &str, width: usize, position: &str, flush: &str) -> String {
    let name = unbroken(name);
    if width_of(&name) <= width {
        return latex_escaped(&name);
    }
    let mut lines = String::new();
    for word in name.split_inclusive(BREAKS) {
        lines += "\\hspace{0pt}";
        let letters = word.trim_end_matches(BREAKS);
        let is_hyphenated =
            letters.chars().all(|letter| letter.is_ascii_alphabetic()) && !word.ends_with(['_', '-']);
        let is_broken = width_of(word) > width && word.is_ascii() && !is_hyphenated;
        let mut taken: usize = 0;
        for character in word.chars() {
            let mut buffer = [0; 4];
            let character: &str = character.encode_utf8(&mut buffer);
            taken = taken.saturating_add(width_of(character));
            if is_broken && taken > width.saturating_sub(HYPHEN) {
                lines += "\\-";
                taken = width_of(character);
            }
            lines += &latex_escaped(character);
        }
    }
    format!("\\parbox[{position}]{{{width}pt}}{{{flush}{lines}\\strut}}")
}

/// Behind these, a name may go on in the next line.
const BREAKS: [char; 5] = [' ', '/', '_', '-', '.'];

struct Row {
    level: String,
    label: String,
    cells: Vec<Cell>,
}

/// A figure, and what stands below it.
struct Cell {
    figure: String,
    interval: Option<String>,
}

impl Cell {
    fn p_value(cell: &str) -> Self {
        Cell { figure: p_value(cell), interval: None }
    }

    fn with_interval(value: &str, low: &str, high: &str, digits: usize) -> Self {
        let interval = || format!("[{}, {}]", rounded(low, digits), rounded(high, digits));
        Cell { figure: rounded(value, digits), interval: (!low.is_empty()).then(interval) }
    }

    fn below(&self) -> String {
        self.interval.as_ref().map_or(String::new(), |interval| format!("{{\\scriptsize {interval}}}"))
    }
}

/// A row for each stance, share and category.
fn rows(
    groups: &ReadTable,
    compared: &ReadTable,
    record: &ComparisonRecord,
    shown: &[GroupRecord],
    language: Language,
) -> Result<Vec<Row>, ReadBackError> {
    let form = Form::new(record.groups.len(), record.trend);
    let mut rows = Vec::new();
    for row in compared.rows() {
        let [stratum, level, measure, unit, term] =
            compared.cells(row, ["stratum", "level", "measure", "unit", "category_ja"])?;
        if !stratum.is_empty() || level == "marker" {
            continue;
        }
        let digits = if unit.starts_with("per") { 2 } else { 3 };
        let mut cells = Vec::new();
        for GroupRecord { group, .. } in shown {
            let [rate, low, high] = of_group(groups, [group, level, measure])?;
            cells.push(match form {
                Form::Pair => Cell::with_interval(rate, low, high, digits),
                _ => Cell { figure: rounded(rate, digits), interval: None },
            });
        }
        match form {
            Form::Pair => {
                let [ratio, low, high, p] = compared
                    .cells(row, ["log_ratio", "log_ratio_low", "log_ratio_high", "pooled_p_adjusted"])?;
                cells.extend([Cell::with_interval(ratio, low, high, 2), Cell::p_value(p)]);
            }
            Form::Trend => {
                let [slope, low, high, p] =
                    compared.cells(row, ["slope", "slope_low", "slope_high", "slope_p_holm"])?;
                let slope = Cell::with_interval(slope, low, high, digits.saturating_add(1));
                cells.extend([slope, Cell::p_value(p)]);
            }
            Form::Several => {
                let [p] = compared.cells(row, ["wald_p_holm"])?;
                cells.push(Cell::p_value(p));
            }
        }
        rows.push(Row { level: level.into(), label: label(level, measure, term, language), cells });
    }
    Ok(rows)
}

/// The name of a measure, in the width of its column.
fn label(level: &str, measure: &str, term: &str, language: Language) -> String {
    let name = match (level, measure, language) {
        ("category", _, Language::English) => measure.replace('_', " "),
        ("category", _, Language::Japanese) => term.into(),
        (_, "hedge", _) => words("latex.hedge", language),
        (_, "assertive", _) => words("latex.assertive", language),
        (_, "sentences_hedged_share", _) => words("latex.sentences_hedged", language),
        (_, "sentences_assertive_share", _) => words("latex.sentences_assertive", language),
        (_, "sentences_mixed_share", _) => words("latex.sentences_mixed", language),
        (_, "sentences_unmarked_share", _) => words("latex.sentences_unmarked", language),
        (_, "sentences_other_share", _) => words("latex.sentences_other", language),
        _ => words("latex.hedge_share", language),
    };
    let label = broken_at(&name, LABELS, "t", "\\raggedright");
    // Behind `\\\\`, LaTeX takes these for an option of it.
    if label.starts_with(['[', '*']) { format!("{{}}{label}") } else { label }
}

fn words(key: &'static str, language: Language) -> String {
    Message::new(key, &[]).in_language(language)
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
