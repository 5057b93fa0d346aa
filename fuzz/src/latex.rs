//! LaTeX and BibTeX: whatever the names, what is printed has balanced braces and as many columns as it says.

use hedgerow::Design;
use hedgerow::messages::{Language, fill};
use hedgerow::tables::{
    ComparisonRecord, GroupRecord, RunTables, bibtex_escaped, latex as table_in_latex, latex_escaped,
};
use tempfile::TempDir;

use super::documents::check_message;
use super::input::parts;
use super::tables::written;

const COLUMNS: &str = "stratum,level,measure,category_ja,unit,log_ratio,log_ratio_low,log_ratio_high,pooled_p_adjusted,wald_p_holm";

/// The parts of the input are the variable, three groups, a measure and a cell.
pub fn latex(bytes: &[u8]) {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("a temporary folder");
    }
    let [by, first, second, third, measure, cell] = parts(bytes).map(String::from_utf8_lossy);
    let groups: Vec<&str> =
        [&*first, &*second, &*third].into_iter().filter(|group| !group.is_empty()).collect();
    let record = ComparisonRecord {
        design: Design::by(&by),
        seed: 1,
        resamples: 1,
        groups: groups.iter().map(|group| GroupRecord { group: (*group).into(), documents: 1 }).collect(),
        ..ComparisonRecord::default()
    };
    let [quoted_measure, quoted_cell] = [&measure, &cell].map(|text| quoted(text));
    let mut of_groups = String::from("stratum,group,level,measure,rate,rate_low,rate_high\n");
    for group in &groups {
        of_groups += &format!(
            ",{},category,{quoted_measure},{quoted_cell},{quoted_cell},{quoted_cell}\n",
            quoted(group)
        );
    }
    let mut of_pairs = format!("{COLUMNS}\n");
    of_pairs += &format!(
        ",category,{quoted_measure},{quoted_measure},per 1000 tokens{}\n",
        format!(",{quoted_cell}").repeat(5)
    );
    FOLDER.with(|folder| {
        let folder = folder.path();
        let records = [("groups", of_groups), ("comparisons", of_pairs.clone()), ("omnibus", of_pairs)]
            .map(|(name, text)| written(folder, name, text.as_bytes()));
        let tables = RunTables::new(folder, &records);
        let caption = "Markers by {by}: {first}, {second}";
        // Both, of which each takes the name of a category from another column.
        let language = Language::ALL[bytes.len() % 2];
        let text = match table_in_latex(tables, &record, caption, language) {
            Ok(text) => text,
            // A name that begins as one that is protected from spreadsheets is not found.
            Err(error) => return check_message(&error.to_string()),
        };
        check(&text);
        let columns = text.split_once("{tabular}{@{}l").and_then(|(_, behind)| behind.split_once("@{}}"));
        let columns = columns.expect("the columns of the table").0.len();
        let lines: Vec<&str> = text.lines().skip_while(|line| *line != "\\toprule").collect();
        assert!(lines.len() >= 4, "{text}");
        for line in lines.iter().filter(|line| line.trim_end_matches("[2pt]").ends_with("\\\\")) {
            assert_eq!(unescaped(line, '&'), columns, "{line}");
        }
    });
    check(&latex_escaped(&measure));
    let value = bibtex_escaped(&measure);
    let bibtex =
        fill("@misc{a,\n  title = {{{name}}},\n}", |name| (name == "name").then_some(value.as_str()));
    // BibTeX counts braces whatever stands before them.
    check_braces(bibtex.chars());
}

/// A cell of CSV.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// How often a sign stands in a line without a backslash before it.
fn unescaped(line: &str, sign: char) -> usize {
    let (mut found, mut escaped) = (0, false);
    for character in line.chars() {
        found += usize::from(character == sign && !escaped);
        escaped = character == '\\' && !escaped;
    }
    found
}

/// Braces are balanced, and so are the signs of formulas on each line.
fn check(text: &str) {
    let mut escaped = false;
    check_braces(text.chars().filter(|character| {
        let counts = !escaped;
        escaped = *character == '\\' && counts;
        counts
    }));
    for line in text.lines() {
        assert_eq!(unescaped(line, '$') % 2, 0, "{line}");
    }
}

fn check_braces(characters: impl Iterator<Item = char>) {
    let depth = characters.into_iter().try_fold(0_u32, |depth, character| match character {
        '{' => Some(depth + 1),
        '}' => depth.checked_sub(1),
        _ => Some(depth),
    });
    assert_eq!(depth, Some(0));
}
