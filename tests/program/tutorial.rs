//! The tutorial, in both languages: its commands, outputs and figures.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::docs::assert_session;
use crate::tables::Table;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

/// Runs the commands of a page in a folder that has the sample corpus.
fn run(page: &str, folder: &Path) {
    let consoles = page.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let sessions: Vec<&str> = consoles.flat_map(|block| block.split("$ hedgerow ").skip(1)).collect();
    assert_eq!(sessions.len(), 4);
    for session in sessions {
        assert_session(session, folder, &[("corpus", CORPUS)]);
    }
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect()
}

/// The tables of a page, without the row of dashes.
fn tables(page: &str) -> Vec<Vec<Vec<&str>>> {
    let paragraphs = page.split("\n\n").filter(|paragraph| paragraph.starts_with('|'));
    let rows =
        paragraphs.map(|text| text.lines().filter(|line| !line.starts_with("|---")).map(cells).collect());
    rows.collect()
}

fn rounds_to(figure: &str, shown: &str) -> bool {
    let decimals = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    figure.parse::<f64>().is_ok_and(|figure| format!("{figure:.decimals$}") == shown)
}

/// The row of a table of the run that a label such as `health, university, hedge` names.
fn row<'a>(table: &'a Table, label: &str) -> &'a BTreeMap<String, String> {
    let named: Vec<&str> = label.split(", ").collect();
    let groups = |row: &BTreeMap<String, String>| -> Vec<String> {
        let columns = if row.contains_key("group") { &["group"][..] } else { &["group_a", "group_b"] };
        columns.iter().chain(&["measure"]).map(|column| row[*column].clone()).collect()
    };
    table.rows.iter().find(|row| groups(row) == named).unwrap_or_else(|| panic!("no row {label}"))
}

fn assert_page(page: &str) {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    run(page, folder.path());
    for name in ["figures/forest.svg", "figures/forest.csv"] {
        assert!(folder.path().join("stats").join(name).is_file(), "{name} is not written");
    }
    let mut shown_tables = 0;
    for rows in tables(page) {
        let table = Table::read(&folder.path().join("stats").join(rows[0][0]));
        for shown in &rows[1..] {
            if rows[0][0] == "concordance.csv" {
                let is_one = |row: &&BTreeMap<String, String>| {
                    rows[0].iter().zip(shown).skip(1).all(|(column, value)| row[*column] == *value)
                };
                assert_eq!(table.rows.iter().filter(is_one).count().to_string(), shown[0], "{shown:?}");
                continue;
            }
            let row = row(&table, shown[0]);
            for (column, figure) in rows[0].iter().zip(shown).skip(1) {
                assert!(rounds_to(&row[*column], figure), "{}: {column} is {}", shown[0], row[*column]);
            }
        }
        shown_tables += 1;
    }
    assert_eq!(shown_tables, 3);
}

/// The decimals of a text, from the point on where it has a 0 before it or none.
fn decimals(text: &str) -> Vec<String> {
    let numbers = text.split(|character: char| !character.is_ascii_digit() && character != '.');
    let numbers = numbers.map(|number| number.trim_end_matches('.').trim_start_matches('0'));
    numbers.filter(|number| number.contains('.')).map(str::to_owned).collect()
}

#[test]
fn the_english_tutorial_shows_what_the_program_prints() {
    assert_page(&fs::read_to_string("docs/tutorial.md").expect("the page is there"));
}

#[test]
fn the_japanese_tutorial_shows_what_the_program_prints() {
    assert_page(&fs::read_to_string("docs/ja/tutorial.md").expect("the page is there"));
}

#[test]
fn the_paragraph_of_results_has_the_figures_of_the_tables() {
    for path in ["docs/tutorial.md", "docs/ja/tutorial.md"] {
        let page = fs::read_to_string(path).expect("the page is there");
        let is_source = |line: &&str| line.starts_with('|') || line.contains("  ");
        let known: Vec<String> = page.lines().filter(is_source).flat_map(decimals).collect();
        let reported: Vec<String> =
            page.lines().filter(|line| line.starts_with('>')).flat_map(decimals).collect();
        assert!(reported.len() >= 8, "{path}: {reported:?}");
        for figure in reported {
            assert!(known.contains(&figure), "{path}: {figure} stands in no table");
        }
    }
}
