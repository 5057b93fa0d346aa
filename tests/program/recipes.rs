//! The recipes of docs/recipes.md, on the files that stand there.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::docs::assert_session;

const PAGE: &str = include_str!("../../docs/recipes.md");

/// The blocks of the page: what stands behind the language in the first line, and the lines.
fn blocks() -> Vec<(&'static str, &'static str, &'static str)> {
    let blocks = PAGE.split("```").skip(1).step_by(2).filter_map(|block| {
        let (first, lines) = block.split_once('\n')?;
        let (language, name) = first.split_once(' ').unwrap_or((first, ""));
        Some((language, name, lines))
    });
    blocks.collect()
}

fn write_files(folder: &Path) {
    for (_, name, lines) in blocks() {
        if !name.is_empty() {
            fs::write(folder.join(name), lines).expect("the file can be written");
        }
    }
}

/// Runs a script of the page, and gives what it prints.
fn python(folder: &Path, arguments: &[&str]) -> String {
    let mut program = Command::new("python3");
    program.args(arguments).current_dir(folder).env("PYTHONUTF8", "1");
    let output = program.output().expect("Python is installed");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_command_prints_what_the_page_shows() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    write_files(folder.path());
    let shown = fs::read_to_string(folder.path().join("novel-counts.csv")).expect("it was written");
    fs::remove_file(folder.path().join("novel-counts.csv")).expect("it was written");
    let mut run = 0;
    for (_, _, lines) in blocks().into_iter().filter(|(language, ..)| *language == "console") {
        for session in lines.split("$ ").skip(1) {
            match session.split_once(' ') {
                Some(("hedgerow", rest)) => assert_session(rest, folder.path(), &[]),
                Some(("python3", rest)) => {
                    let (arguments, output) = rest.split_once('\n').unwrap_or((rest, ""));
                    let arguments: Vec<&str> = arguments.split(' ').collect();
                    assert_eq!(python(folder.path(), &arguments), output, "{arguments:?}");
                }
                _ => panic!("neither hedgerow nor python3: {session}"),
            }
            run += 1;
        }
    }
    assert_eq!(run, 7);
    let written = fs::read_to_string(folder.path().join("novel-counts.csv")).expect("a script wrote it");
    assert_eq!(written.trim_start_matches('\u{feff}').replace("\r\n", "\n"), shown);
}

#[test]
fn excerpts_are_read_in_each_encoding_with_commas_or_tabs() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    write_files(folder.path());
    let sample = fs::read_to_string(folder.path().join("kwic.csv")).expect("it was written");
    python(folder.path(), &["kwic.py", "kwic.csv", "excerpts.csv"]);
    let expected = fs::read(folder.path().join("excerpts.csv")).expect("a script wrote it");
    for separator in [",", "\t"] {
        for line_end in ["\n", "\r\n"] {
            let text = sample.replace(',', separator).replace('\n', line_end);
            let utf_16: Vec<u8> =
                "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            let (shift_jis, ..) = encoding_rs::SHIFT_JIS.encode(&text);
            for bytes in [text.as_bytes(), &utf_16, &shift_jis, format!("\u{feff}{text}").as_bytes()] {
                fs::write(folder.path().join("download"), bytes).expect("the file can be written");
                python(folder.path(), &["kwic.py", "download", "other.csv"]);
                let written = fs::read(folder.path().join("other.csv")).expect("a script wrote it");
                assert!(written == expected, "{separator:?}, {line_end:?}: {:?}", &bytes[..4]);
            }
        }
    }
}

#[test]
fn rows_stay_in_step_where_a_text_is_empty() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    write_files(folder.path());
    let table = "テキスト,性別\n必ず行く。,女\n,男\n雨かもしれない。,女\n";
    fs::write(folder.path().join("answers.csv"), table).expect("the file can be written");
    assert_session("count answers.csv --out answers\n…\ntables: answers", folder.path(), &[]);
    python(folder.path(), &["variables.py", "answers/documents.csv", "counts.csv"]);
    let written = fs::read_to_string(folder.path().join("counts.csv")).expect("a script wrote it");
    let rows: Vec<&str> = written.lines().skip(1).collect();
    assert_eq!(rows, ["0,1,なし,あり", "0,0,なし,なし", "1,0,あり,なし"]);
}

#[test]
fn text_before_the_first_heading_of_the_level_is_named() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    write_files(folder.path());
    fs::write(folder.path().join("a.txt"), "<h1>上</h1>\n序文。\n<h2>一</h2>\n本文。\n")
        .expect("it can be written");
    let mut program = Command::new("python3");
    let output = program.args(["headings.py", "a.txt", "2", "a.csv"]).current_dir(folder.path());
    let output = output.env("PYTHONUTF8", "1").output().expect("Python is installed");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("belongs to no heading of level 2: 序文。"));
}
