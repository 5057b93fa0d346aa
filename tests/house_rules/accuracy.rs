//! The report and docs/accuracy.md say the same of how well the program counts.

use std::fs;

use crate::files::top;

fn rows(table: &str) -> Vec<Vec<String>> {
    let path = top().join("src/report/page").join(table);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A number with its thousands set off.
fn grouped(number: &str) -> String {
    match number.len() {
        0..=3 => number.to_owned(),
        length => format!("{},{}", &number[..length - 3], &number[length - 3..]),
    }
}

#[test]
fn the_report_has_the_figures_of_the_documentation() {
    let text = fs::read_to_string(top().join("docs/accuracy.md")).unwrap();
    let mut expected: Vec<String> = rows("accuracy.csv")
        .iter()
        .map(|row| {
            let [round, texts, _, number, characters, markers, rest @ ..] = &row[..] else {
                panic!("{row:?}")
            };
            let [precision, recall, f1, low, high, stance, negated, kappa] = rest else { panic!("{row:?}") };
            let characters = grouped(characters);
            format!(
                "| {round} | {texts} ({number}) | {characters} | {markers} | {precision} | {recall} | \
                 **{f1}** [{low}, {high}] | {stance} | {negated} | {kappa} |"
            )
        })
        .collect();
    expected.extend(rows("accuracy_categories.csv").iter().map(|row| {
        let [category, precision, recall, f1, markers] = &row[..] else { panic!("{row:?}") };
        format!("| `{category}` | {precision} | {recall} | {f1} | {markers} |")
    }));
    for row in &expected {
        assert!(text.lines().any(|line| line == row), "docs/accuracy.md lacks the row {row}");
    }
    let documented = text.lines().filter(|line| line.starts_with("| `") || line.contains("| **")).count();
    assert_eq!(documented, expected.len(), "docs/accuracy.md has rows that src/report/page/*.csv lack");
}
