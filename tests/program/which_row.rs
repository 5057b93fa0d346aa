//! The examples of docs/which-row.md: commands, figures, and the sentences that report them.

use std::fs;
use std::path::Path;

use crate::docs::assert_session;
use crate::tables::Table;

const PAGE: &str = include_str!("../../docs/which-row.md");
const VARIABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/which-row.csv");
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

fn cells(line: &str) -> Vec<&str> {
    let cells = line.trim().trim_start_matches('|').trim_end_matches('|').split('|');
    cells.map(|cell| cell.trim().trim_matches('`')).collect()
}

/// Whether a cell of a table is what the page shows: a figure may have fewer decimals there.
fn is_shown(cell: &str, shown: &str) -> bool {
    match (cell.parse::<f64>(), shown.parse::<f64>()) {
        (Ok(figure), Ok(_)) => {
            let decimals = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            format!("{figure:.decimals$}") == shown
        }
        _ => cell == shown,
    }
}

/// Compares a table of the page with the rows of the table of a run that it names; gives the figures that it shows.
fn assert_rows(lines: &[&str], stats: &Path) -> Vec<f64> {
    let head = cells(lines[0]);
    let table = Table::read(&stats.join(head[0]));
    let rows: Vec<Vec<&str>> = lines[2..].iter().map(|line| cells(line)).collect();
    let mut figures = Vec::new();
    for (number, measure) in head.iter().enumerate().skip(1) {
        let is_named = |row: &&std::collections::BTreeMap<String, String>| {
            row["measure"] == *measure
                && (row["stratum"].is_empty() || rows.iter().any(|cells| cells[0] == "stratum"))
                && row["level"] != "marker"
        };
        let found = table
            .rows
            .iter()
            .filter(is_named)
            .any(|row| rows.iter().all(|cells| is_shown(&row[cells[0]], cells[number])));
        assert!(found, "{} has no row of {measure} with\n{}", head[0], lines.join("\n"));
        figures.extend(rows.iter().filter_map(|cells| cells[number].parse::<f64>().ok()));
    }
    figures
}

/// The numbers with decimals in a text, without their signs.
fn decimals(text: &str) -> Vec<&str> {
    let numbers = text.split(|character: char| !character.is_ascii_digit() && character != '.');
    let numbers = numbers.map(|number| number.trim_end_matches('.'));
    numbers.filter(|number| number.contains('.')).collect()
}

#[test]
fn the_examples_are_what_the_program_says() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let stats = folder.path().join("stats");
    let (mut sessions, mut tables, mut sentences) = (0, 0, 0);
    // What the tables of a section show.
    let mut figures: Vec<f64> = Vec::new();
    let mut lines = PAGE.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            figures.clear();
        } else if line == "```console" {
            let mut block = String::new();
            while let Some(line) = lines.next_if(|line| *line != "```") {
                block += line;
                block += "\n";
            }
            lines.next();
            let session = block.strip_prefix("$ hedgerow ").expect("a command");
            assert_session(session, folder.path(), &[("corpus", CORPUS), ("docs/which-row.csv", VARIABLES)]);
            sessions += 1;
        } else if line.starts_with("| `")
            && line.contains(".csv` | `")
            && lines.peek().is_some_and(|next| next.starts_with("|---"))
        {
            let mut table = vec![line];
            while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
                table.push(line);
            }
            figures.extend(assert_rows(&table, &stats));
            tables += 1;
        } else if let Some(sentence) = line.strip_prefix("> ") {
            for number in decimals(sentence) {
                let places = number.split_once('.').map_or(0, |(_, places)| places.len());
                let padded = if number.starts_with('.') { format!("0{number}") } else { number.to_owned() };
                let is_known = figures.iter().any(|figure| format!("{:.places$}", figure.abs()) == padded);
                assert!(is_known, "no table of the section shows {number}: {sentence}");
            }
            sentences += 1;
        }
    }
    assert!(sessions >= 7 && tables >= 9 && sentences >= 16, "{sessions} {tables} {sentences}");
}

#[test]
fn every_link_of_the_page_is_there() {
    let headings: Vec<String> = PAGE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| heading.to_lowercase().replace('?', "").replace(' ', "-"))
        .collect();
    for link in PAGE.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        match link.split_once('#') {
            Some(("", heading)) => assert!(headings.iter().any(|known| known == heading), "{link}"),
            Some((page, _)) => assert!(fs::exists(format!("docs/{page}")).unwrap(), "{link}"),
            None => assert!(fs::exists(format!("docs/{link}")).unwrap(), "{link}"),
        }
    }
}
