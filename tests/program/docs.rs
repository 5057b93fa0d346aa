//! What the documentation says is true: its examples are found, its tables and outputs are the program's.

use std::fs;
use std::path::Path;
use std::process::Command;

use hedgerow::analysis::{Coder, Found, Setup};
use hedgerow::text::Wrapping;

/// The rows of the tables of `docs/definition.md`, each with what stood above it.
struct Row {
    category: String,
    heading: &'static str,
    cells: Vec<String>,
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut category, mut heading) = (String::new(), "");
    for line in read("docs/definition.md").lines() {
        if let Some(title) = line.strip_prefix("### ") {
            category = title.split(' ').next().unwrap_or_default().into();
        } else if line.starts_with("| form |") {
            heading = "counted";
        } else if line.starts_with("| example | why |") {
            heading = "not counted";
        } else if line.starts_with("| example | `negated`") {
            heading = "negated";
        } else if !line.starts_with('|') {
            heading = "";
        } else if !heading.is_empty() && !line.starts_with("|---") {
            let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            rows.push(Row { category: category.clone(), heading, cells });
        }
    }
    rows
}

/// The sentence without the asterisks, and the bytes that they enclose.
fn marked(example: &str) -> (String, std::ops::Range<usize>) {
    let parts: Vec<&str> = example.split("**").collect();
    let [left, node, right] = parts[..] else { panic!("expected one marker in bold: {example}") };
    (format!("{left}{node}{right}"), left.len()..left.len() + node.len())
}

fn hits_at<'a>(hits: &'a [Found], node: &std::ops::Range<usize>) -> Vec<&'a Found> {
    hits.iter().filter(|found| found.node.start < node.end && node.start < found.node.end).collect()
}

#[test]
fn the_examples_of_the_definition_are_coded_as_it_says() {
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    let mut coder = Coder::new(&setup);
    let category = |found: &Found| {
        let entry = &setup.lexicon.entries[found.hit.entry];
        setup.lexicon.category(entry).name.clone()
    };
    let mut wrong = Vec::new();
    let mut tried = 0;
    for row in rows() {
        // A cell may hold several examples.
        let examples = if row.heading == "counted" { &row.cells[1] } else { &row.cells[0] };
        for example in examples.split('／') {
            tried += 1;
            if row.heading == "not counted" {
                let hits = coder.code(example, Wrapping::NONE).hits;
                if hits.iter().any(|found| category(found) == row.category) {
                    wrong.push(format!("{}: {example} holds none", row.category));
                }
                continue;
            }
            let (sentence, node) = marked(example);
            let hits = coder.code(&sentence, Wrapping::NONE).hits;
            let hits = hits_at(&hits, &node);
            if row.heading == "negated" {
                let expected = row.cells[1] == "true";
                if !hits.iter().any(|found| found.hit.negated == expected) {
                    wrong.push(format!("{example} is negated: {expected}"));
                }
            } else if !hits.iter().any(|found| category(found) == row.category) {
                wrong.push(format!("{}: {example} holds one", row.category));
            }
        }
    }
    assert!(tried > 150, "only {tried} examples were read");
    assert!(wrong.is_empty(), "docs/definition.md says otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn every_category_of_the_lexicon_is_defined() {
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    let definition = read("docs/definition.md");
    for category in &setup.lexicon.categories {
        let row = format!("| `{}` | `{}` | {} |", category.stance, category.name, category.term);
        assert!(definition.contains(&row), "docs/definition.md lacks: {row}");
    }
}

/// The words of a command line; double quotation marks keep blanks in a word.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, part) in command.split('"').enumerate() {
        match number % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

#[test]
fn the_worked_example_of_a_lexicon_prints_what_its_page_shows() {
    let page = read("docs/lexicon.md");
    let blocks: Vec<&str> = page.split("```").skip(1).step_by(2).collect();
    let lexicon =
        blocks.iter().find_map(|block| block.strip_prefix("toml\n")).expect("a lexicon file is shown");
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    fs::write(folder.path().join("disclaimer.toml"), lexicon).expect("the file can be written");
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let mut run = 0;
    for block in blocks {
        for session in block.split("$ hedgerow ").skip(1) {
            assert_session(session, folder.path(), &[("corpus", corpus)]);
            run += 1;
        }
    }
    assert!(run >= 4, "only {run} commands were found");
}

/// Runs a command of the documentation in a folder, with other words in the place of some, and compares what it prints with what
/// stands below it: in this order, with nothing left out but where there is a `…`.
pub fn assert_session(session: &str, folder: &Path, places: &[(&str, &str)]) {
    let (command, shown) = session.split_once('\n').unwrap_or((session, ""));
    let arguments = words(command).into_iter().map(|word| {
        let place = places.iter().find(|(name, _)| *name == word);
        place.map_or(word.clone(), |(_, place)| (*place).to_owned())
    });
    let mut program = Command::new(env!("CARGO_BIN_EXE_hedgerow"));
    let output = program.args(arguments).current_dir(folder).output().expect("it starts");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    let mut rest = printed.lines();
    let mut skip = false;
    for line in shown.lines() {
        match line.trim() {
            "…" => skip = true,
            _ if skip => {
                assert!(rest.any(|other| other == line), "{command}: lacks: {line}\n{printed}");
                skip = false;
            }
            _ => assert_eq!(rest.next(), Some(line), "{command}\n{printed}"),
        }
    }
}
