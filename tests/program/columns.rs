//! The form of the tables: their columns, the byte-order mark, the line ends.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::place::{Place, corpus};
use crate::tables::{FILES, Table, Tables};

/// The columns that `columns.csv` describes for a table, with the variables in their place.
fn described(columns: &Table, table: &str, variables: &[&str]) -> Vec<String> {
    let mut names = Vec::new();
    for row in columns.rows.iter().filter(|row| row["table"] == table) {
        match row["column"].as_str() {
            "(variables)" => names.extend(variables.iter().map(|name| name.to_string())),
            name => names.push(name.into()),
        }
    }
    names
}

#[test]
fn every_table_has_the_columns_that_columns_csv_describes() {
    let place = Place::with(&[("in/a.txt", "犬"), ("in/variables.csv", "genre,document,year\nx,a.txt,1\n")]);
    let (tables, _) = place.count(&["in"]);
    for (name, table) in [
        ("documents", &tables.documents),
        ("categories", &tables.categories),
        ("markers", &tables.markers),
        ("concordance", &tables.concordance),
        ("duplicates", &tables.duplicates),
        ("columns", &tables.columns),
    ] {
        assert_eq!(table.header, described(&tables.columns, name, &["genre", "year"]), "{name}");
    }
    let (tables, _) =
        place.count(&[corpus().to_str().unwrap(), "--by", "genre", "--resamples", "100", "--force"]);
    for name in ["groups", "comparisons"] {
        let table = Table::read(&place.path(&format!("out/{name}.csv")));
        assert_eq!(table.header, described(&tables.columns, name, &[]), "{name}");
    }
}

#[test]
fn columns_csv_describes_no_column_twice_and_every_one_in_words() {
    let place = Place::with(&[("a.txt", "犬")]);
    let (tables, _) = place.count(&["a.txt"]);
    let mut names = Vec::new();
    for row in &tables.columns.rows {
        assert!(["text", "integer", "decimal", "true or false"].contains(&row["type"].as_str()), "{row:?}");
        assert!(!row["definition"].is_empty(), "{row:?}");
        names.push((&row["table"], &row["column"]));
    }
    names.sort();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
}

/// The files of a run but for its report, which is there.
fn tables_of(tables: &Tables) -> Vec<String> {
    let (report, tables): (Vec<_>, Vec<_>) =
        tables.bytes().into_keys().partition(|name| name == "report.html" || name.starts_with("figures/"));
    assert!(report.len() > 2, "{report:?}");
    tables
}

#[test]
fn the_folder_holds_the_files_of_the_contract_and_no_others() {
    let place = Place::with(&[("a.txt", "犬")]);
    let (tables, _) = place.count(&["a.txt"]);
    let mut expected = FILES.map(str::to_owned);
    expected.sort();
    assert_eq!(tables_of(&tables), expected);
    let (tables, _) =
        place.count(&[corpus().to_str().unwrap(), "--by", "genre", "--resamples", "100", "--force"]);
    let mut expected = [&FILES[..], &["groups.csv", "comparisons.csv", "omnibus.csv"]].concat();
    expected.sort();
    assert_eq!(tables_of(&tables), expected);
}

/// The files and folders that the table under a heading names in its first column.
fn listed(page: &str, heading: &str) -> BTreeSet<String> {
    let section = page.split_once(heading).unwrap_or_else(|| panic!("no {heading:?}")).1;
    let rows =
        section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let names = rows.skip(2).flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    names.map(str::to_owned).collect()
}

#[test]
fn the_pages_list_what_a_run_writes_and_nothing_else() {
    let place = Place::with::<&str>(&[]);
    place.count(&[corpus().to_str().unwrap(), "--by", "genre", "--resamples", "100", "--xlsx"]);
    let entries = fs::read_dir(place.path("out")).unwrap().map(Result::unwrap);
    let written: BTreeSet<String> = entries
        .map(|entry| {
            let folder = if entry.file_type().unwrap().is_dir() { "/" } else { "" };
            entry.file_name().into_string().unwrap() + folder
        })
        .collect();
    for (page, heading) in [
        ("README.md", "## What is written"),
        ("README.ja.md", "## 何が書き出されるか"),
        ("docs/columns.md", "# Tables and columns"),
        ("docs/ja/columns.md", "# 表と列"),
    ] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        assert_eq!(listed(&text, heading), written, "{page}");
    }
}

#[test]
fn tables_begin_with_a_byte_order_mark_and_end_lines_with_a_line_feed() {
    let place = Place::with::<&str>(&[]);
    let (tables, _) = place.count(&[corpus().to_str().unwrap(), "--by", "genre", "--resamples", "100"]);
    let is_drawn = |name: &str| name.ends_with(".svg") || name.ends_with(".html");
    for (name, bytes) in tables.bytes().into_iter().filter(|(name, _)| !is_drawn(name)) {
        assert_eq!(bytes.starts_with("\u{feff}".as_bytes()), name.ends_with(".csv"), "{name}");
        assert!(!bytes.contains(&b'\r'), "{name}");
        assert!(bytes.ends_with(b"\n") && !bytes.ends_with(b"\n\n"), "{name}");
    }
}

#[test]
#[cfg(unix)]
fn whoever_may_read_other_folders_may_read_the_results() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(&[("a.txt", "犬")]);
    place.count(&["a.txt"]);
    fs::create_dir(place.path("other")).unwrap();
    let mode = |name| fs::metadata(place.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("out"), mode("other"));
}
