//! The worked example of docs/checking.md, in both languages: its commands and what they print.

use std::fs;
use std::path::Path;

use crate::docs::assert_session;
use crate::place::program;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");

/// Judges a sheet as the page says: what stands in quotation marks is wrong, all else right.
fn judge(drawn: &Path, judged: &Path) {
    let mut rows = csv::Reader::from_path(drawn).unwrap();
    let header = rows.headers().unwrap().clone();
    let index = |name: &str| header.iter().position(|column| column.ends_with(name)).unwrap();
    let [kind, left, judgement] = ["kind", "left", "judgement"].map(index);
    let mut written = csv::Writer::from_path(judged).unwrap();
    written.write_record(&header).unwrap();
    for row in rows.records() {
        let mut row: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        let is_open =
            |[open, close]: [char; 2]| row[left].matches(open).count() > row[left].matches(close).count();
        let is_quoted = is_open(['「', '」']) || is_open(['『', '』']);
        row[judgement] = match (row[kind].as_str(), is_quoted) {
            ("hit", true) => "wrong",
            ("hit", false) => "right",
            _ => "done",
        }
        .into();
        written.write_record(&row).unwrap();
    }
    written.flush().unwrap();
}

fn assert_page(path: &str) {
    let page = fs::read_to_string(path).unwrap();
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let consoles = page.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let sessions: Vec<&str> = consoles.flat_map(|block| block.split("$ hedgerow ").skip(1)).collect();
    assert_eq!(sessions.len(), 4, "{path}");
    let judged = folder.join("judged.csv");
    for session in &sessions {
        let sheet = if session.starts_with("correct") { judged.to_str().unwrap() } else { "sheet.xlsx" };
        assert_session(session, folder, &[("corpus", CORPUS), ("sheet.xlsx", sheet)]);
        if session.starts_with("sample") {
            // The same sample as CSV, which the test can fill in.
            let command = session.lines().next().unwrap().replace("sheet.xlsx", "drawn.csv");
            let words = command.split_whitespace().map(|word| if word == "corpus" { CORPUS } else { word });
            assert!(program().args(words).current_dir(folder).output().unwrap().status.success());
            judge(&folder.join("drawn.csv"), &judged);
        }
    }
    let cited = program().args(["cite", "stats"]).current_dir(folder).output().unwrap();
    let cited = String::from_utf8(cited.stdout).unwrap();
    let quoted: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    assert!(quoted.len() == 1 && cited.contains(quoted[0]), "{path}: {quoted:?} is not in {cited}");
}

#[test]
fn the_english_example_shows_what_the_program_prints() {
    assert_page("docs/checking.md");
}

#[test]
fn the_japanese_example_shows_what_the_program_prints() {
    assert_page("docs/ja/checking.md");
}
