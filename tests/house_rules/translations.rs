//! The pages in `docs/ja/` say what their English counterparts say: the same sections, figures, tables and code.

use std::fs;

use crate::files::{below, top};

/// What two pages must have in common, under one heading.
#[derive(Default)]
struct Section {
    title: String,
    level: usize,
    /// The figures of the heading and the prose, sorted.
    figures: Vec<String>,
    /// Of each table its rows, of each row its cells.
    tables: Vec<Vec<Vec<String>>>,
    code: Vec<String>,
    images: usize,
}

fn sections(page: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut fence = None;
    let mut in_table = false;
    for line in page.lines() {
        let section = sections.last_mut().expect("there is one at least");
        if let Some(lines) = &mut fence {
            if line.starts_with("```") {
                section.code.push(std::mem::take(lines));
                fence = None;
            } else {
                lines.push_str(line);
                lines.push('\n');
            }
            continue;
        }
        if line.starts_with("```") {
            fence = Some(format!("{line}\n"));
        } else if line.starts_with('|') {
            if !in_table {
                section.tables.push(Vec::new());
            }
            section.tables.last_mut().expect("it was added").push(cells(line));
        } else if let Some(title) = line.strip_prefix('#') {
            let level = 1 + title.len() - title.trim_start_matches('#').len();
            let title = title.trim_start_matches('#').trim().to_owned();
            sections.push(Section { level, figures: figures(&title), title, ..Section::default() });
        } else {
            section.figures.extend(figures(line));
            section.images += line.matches("![").count();
        }
        in_table = line.starts_with('|');
    }
    for section in &mut sections {
        section.figures.sort();
    }
    sections
}

fn cells(row: &str) -> Vec<String> {
    let row = row.replace("\\|", "\u{0}");
    let cells = row.trim().trim_start_matches('|').trim_end_matches('|').split('|');
    cells.map(|cell| cell.trim().replace('\u{0}', "\\|")).collect()
}

/// The figures of a text, in one form: 1,000 is 1000, as 千 and １０００ are, and 3万 is 30000. Targets of links are not read, as
/// their fragments are titles. A figure within a word (SHA256) is none; figures in words and in 漢数字 are not compared.
fn figures(text: &str) -> Vec<String> {
    let text = without_targets(text);
    let mut figures = Vec::new();
    let mut before = ' ';
    let mut rest = text.as_str();
    while let Some(character) = rest.chars().next() {
        let begins = !(before.is_ascii_alphanumeric() || "_.".contains(before));
        match figure(rest).filter(|_| begins) {
            Some((figure, length)) => {
                figures.push(figure);
                before = '0';
                rest = &rest[length..];
            }
            None => {
                before = character;
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    figures.sort();
    figures
}

/// The figure that a text begins with, and its bytes.
fn figure(text: &str) -> Option<(String, usize)> {
    if text.starts_with('千') && ["語", "人", "件"].iter().any(|unit| text["千".len()..].starts_with(unit))
    {
        return Some(("1000".into(), "千".len()));
    }
    let sign = if text.starts_with('−') { '−'.len_utf8() } else { 0 };
    let mut length = sign;
    let mut digits = String::new();
    let mut characters = text[sign..].chars().peekable();
    while let Some(character) = characters.next() {
        let digit = |c: char| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
            _ => c.is_ascii_digit().then_some(c),
        };
        let more = characters.peek().copied().and_then(digit).is_some();
        match character {
            ',' if !digits.is_empty() && more => {}
            '.' if more && !digits.contains('.') => digits.push('.'),
            _ => match digit(character) {
                Some(digit) => digits.push(digit),
                None => break,
            },
        }
        length += character.len_utf8();
    }
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for (unit, zeros) in [("億", 8), ("万", 4), ("千", 3)] {
        if text[length..].starts_with(unit) && !digits.contains('.') {
            digits.push_str(&"0".repeat(zeros));
            length += unit.len();
            break;
        }
    }
    Some((if sign > 0 { format!("−{digits}") } else { digits }, length))
}

fn without_targets(text: &str) -> String {
    let mut parts = text.split("](");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push(']');
        kept.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    kept
}

/// What a session in the terminal shows in any language: its commands and figures.
fn language_free(code: &str) -> String {
    if !code.starts_with("```console") {
        return code.to_owned();
    }
    // Lines are broken elsewhere in another language.
    let lines = code.lines().flat_map(|line| match line.strip_prefix("$ ") {
        Some(command) => vec![command.replace(" --lang ja", "")],
        None => figures(line),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a cell of an English table is a Japanese example, which is the same in any language.
fn is_example(cell: &str) -> bool {
    let kana = |c: char| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヺ');
    cell.contains('。') && cell.contains(kana) && !cell.contains(|c: char| c.is_ascii_alphabetic())
}

/// Whether a cell is a name in code alone, such as a column's.
fn is_name(cell: &str) -> bool {
    cell.len() > 2 && cell.starts_with('`') && cell.ends_with('`') && cell.matches('`').count() == 2
}

/// In what a Japanese page differs from the English one, with the English title of the place.
fn differences(english: &str, japanese: &str) -> Vec<String> {
    let (english, japanese) = (sections(english), sections(japanese));
    let levels = |page: &[Section]| page.iter().map(|section| section.level).collect::<Vec<_>>();
    if levels(&english) != levels(&japanese) {
        let differs = english.iter().zip(&japanese).find(|(a, b)| a.level != b.level);
        let place = differs.map_or("the end".into(), |(a, b)| format!("`{}`, `{}`", a.title, b.title));
        return vec![format!("other headings from {place} on")];
    }
    let mut found = Vec::new();
    for (a, b) in english.iter().zip(&japanese) {
        let mut differ = |what: String| found.push(format!("under `{}`: {what}", a.title));
        if a.figures != b.figures {
            differ(format!("figures {}", apart(&a.figures, &b.figures)));
        }
        if a.images != b.images {
            differ("other images".into());
        }
        let code =
            |section: &Section| section.code.iter().map(|code| language_free(code)).collect::<Vec<_>>();
        if code(a) != code(b) {
            differ("other code".into());
        }
        let shape = |section: &Section| -> Vec<Vec<usize>> {
            section.tables.iter().map(|table| table.iter().map(Vec::len).collect()).collect()
        };
        if shape(a) != shape(b) {
            differ("tables of another shape".into());
            continue;
        }
        let rows = a.tables.iter().flatten().zip(b.tables.iter().flatten());
        for (cell, other) in rows.flat_map(|(a, b)| a.iter().zip(b)) {
            let (here, there) = (figures(cell), figures(other));
            if here != there {
                differ(format!("figures {} in `{cell}`, `{other}`", apart(&here, &there)));
            } else if (is_example(cell) || is_name(cell)) && cell != other {
                differ(format!("another cell than `{cell}`: `{other}`"));
            }
        }
    }
    found
}

/// The figures that only one side has.
fn apart(english: &[String], japanese: &[String]) -> String {
    let without = |some: &[String], others: &[String]| {
        let mut others = others.to_vec();
        let mut left = some.to_vec();
        left.retain(|figure| match others.iter().position(|other| other == figure) {
            Some(place) => {
                others.swap_remove(place);
                false
            }
            None => true,
        });
        left.join(", ")
    };
    format!(
        "in English alone: [{}], in Japanese alone: [{}]",
        without(english, japanese),
        without(japanese, english)
    )
}

/// The pages in both languages: the name, English, Japanese.
fn pairs() -> Vec<(String, String, String)> {
    let japanese = below("docs/ja", "md");
    let pairs = japanese.into_iter().filter_map(|(path, japanese)| {
        let name = path.strip_prefix("docs/ja/")?.to_owned();
        let english = fs::read_to_string(top().join("docs").join(&name)).ok()?;
        Some((name, english, japanese))
    });
    pairs.collect()
}

#[test]
fn japanese_pages_have_the_sections_figures_tables_and_code_of_the_english_ones() {
    let pairs = pairs();
    assert!(pairs.len() >= 5, "only {} pages stand in both languages", pairs.len());
    let mut wrong = Vec::new();
    for (name, english, japanese) in pairs {
        wrong.extend(
            differences(&english, &japanese).into_iter().map(|what| format!("docs/ja/{name}: {what}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_in_two_languages_begin_with_a_link_to_the_other() {
    for (name, english, japanese) in pairs() {
        let links = |page: &str, link: String| page.lines().take(3).any(|line| line == link);
        assert!(links(&english, format!("[日本語](ja/{name})")), "docs/{name} does not begin with it");
        assert!(links(&japanese, format!("[English](../{name})")), "docs/ja/{name} does not begin with it");
    }
}

/// The pages that stand in both languages, to which a Japanese text links in English: `before` is what leads to `docs/`.
fn links_to_english(text: &str, before: &str, pairs: &[(String, String, String)]) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with("[English]("));
    let targets = lines.flat_map(|line| line.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
    let targets = targets.filter(|target| {
        let page = target.strip_prefix(before).map(|page| page.split('#').next().unwrap_or_default());
        page.is_some_and(|page| pairs.iter().any(|(name, ..)| name == page))
    });
    targets.map(str::to_owned).collect()
}

#[test]
fn japanese_pages_link_to_japanese_pages_where_there_are_some() {
    let pairs = pairs();
    let mut wrong = Vec::new();
    for (name, _, japanese) in &pairs {
        let links = links_to_english(japanese, "../", &pairs);
        wrong.extend(links.into_iter().map(|target| format!("docs/ja/{name}: {target}")));
    }
    let readme = fs::read_to_string(top().join("README.ja.md")).unwrap();
    wrong.extend(
        links_to_english(&readme, "docs/", &pairs).into_iter().map(|to| format!("README.ja.md: {to}")),
    );
    assert!(wrong.is_empty(), "they are there in Japanese:\n{}", wrong.join("\n"));
}

#[test]
fn the_japanese_index_names_every_page() {
    let index = fs::read_to_string(top().join("docs/ja/README.md")).unwrap();
    let pairs = pairs();
    for (path, _) in below("docs", "md").into_iter().filter(|(path, _)| !path.starts_with("docs/ja/")) {
        let name = path.trim_start_matches("docs/");
        let folder = if pairs.iter().any(|(known, ..)| known == name) { "" } else { "../" };
        assert!(index.contains(&format!("({folder}{name})")), "docs/ja/README.md lacks {folder}{name}");
    }
}

const ENGLISH: &str = "# Rates\n\nOf 1,000 tokens, 12.5 are hedges.\n\n| `case` | rate |\n|---|---|\n| 雨が降る**らしい**。 | 0.93 |\n\n## How\n\n```\ncount\n```\n";
const JAPANESE: &str = "# 生起率\n\n1,000語のうち12.5がヘッジである。\n\n| `case` | 率 |\n|---|---|\n| 雨が降る**らしい**。 | 0.93 |\n\n## 方法\n\n```\ncount\n```\n";

#[test]
fn a_faithful_translation_does_not_differ() {
    assert_eq!(differences(ENGLISH, JAPANESE), Vec::<String>::new());
    assert_eq!(differences(ENGLISH, &JAPANESE.replace("1,000語", "千語")), Vec::<String>::new());
    assert_eq!(differences(ENGLISH, &JAPANESE.replace("12.5", "１２.５")), Vec::<String>::new());
}

#[test]
fn every_change_of_one_side_is_found() {
    let changes = [
        ("12.5", "12.6", "figures"),
        ("1,000", "1,001", "figures"),
        ("である。", "である（2 文書）。", "figures"),
        ("0.93", "0.39", "figures"),
        ("らしい", "ようだ", "another cell"),
        ("`case`", "`cases`", "another cell"),
        (" | 0.93 |", " | 0.93 | 0.93 |", "another shape"),
        ("count\n", "counts\n", "other code"),
        ("## 方法", "### 方法", "other headings"),
        ("## 方法\n", "", "other headings"),
        ("## 方法", "![図](a.png)\n\n## 方法", "other images"),
    ];
    for (from, to, what) in changes {
        assert!(JAPANESE.contains(from));
        let found = differences(ENGLISH, &JAPANESE.replacen(from, to, 1)).join("\n");
        assert!(found.contains(what), "{from} as {to}: {found:?}");
    }
}

#[test]
fn figures_are_read_in_one_form() {
    for (text, expected) in [
        ("1,000 tokens, 10,290", "1000 10290"),
        ("千語あたり 3万語と 2億", "1000 200000000 30000"),
        ("between .93 and .97, at 5 %", ".93 .97 5"),
        ("−2 to 10–12 in SHA256 of [this](page.md#chapter-7)", "10 12 −2"),
    ] {
        assert_eq!(figures(text).join(" "), expected, "{text}");
    }
}

#[test]
fn of_a_session_in_the_terminal_commands_and_figures_are_compared() {
    let english = "```console\n$ hedgerow count corpus\n28 documents\n";
    let japanese = "```console\n$ hedgerow count corpus --lang ja\n28文書\n";
    assert_eq!(language_free(english), language_free(japanese));
    assert_ne!(language_free(english), language_free(&japanese.replace("28", "29")));
    assert_ne!(language_free(english), language_free(&japanese.replace("count", "cite")));
}
