//! How much of the main text of web pages is read, and of nothing else: `tests/web_pages/make.py` says what the pages are.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use hedgerow::{Document, HtmlPart, ReadOptions};

/// The text of a page, or of a part of it.
fn read(page: &str, html: HtmlPart) -> String {
    let options = ReadOptions { html, ..ReadOptions::default() };
    Document::from_bytes("a.html", page.into(), &options).unwrap().swap_remove(0).text
}

/// How often each token is there: runs of one script, as in `measure.py`.
fn tokens(text: &str) -> HashMap<String, usize> {
    let script = |c: char| match c {
        'ぁ'..='ゖ' | 'ー' => 1,
        'ァ'..='ヺ' => 2,
        '一'..='鿿' | '々' => 3,
        'a'..='z' | 'A'..='Z' => 4,
        '0'..='9' | '０'..='９' => 5,
        _ => 0,
    };
    let mut tokens = HashMap::new();
    let characters: Vec<char> = text.chars().collect();
    for run in characters.chunk_by(|one, next| script(*one) == script(*next)) {
        if script(run[0]) > 0 {
            *tokens.entry(run.iter().collect()).or_default() += 1;
        }
    }
    tokens
}

/// Precision and recall of the main text, the means over the pages of a folder.
fn measured(half: &str) -> [f64; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web_pages").join(half);
    let pages: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(pages.len(), 20, "{half}");
    let mut sums = [0.0; 2];
    for page in &pages {
        let right = tokens(&read(page, HtmlPart::Css("[data-text]".into())));
        let found = tokens(&read(&page.replace(" data-text", ""), HtmlPart::Main));
        let both: usize = right.iter().map(|(token, times)| *times.min(found.get(token).unwrap_or(&0))).sum();
        for (sum, all) in sums.iter_mut().zip([found, right]) {
            *sum += both as f64 / all.values().sum::<usize>() as f64 / pages.len() as f64;
        }
    }
    sums
}

#[test]
fn the_main_text_is_read_and_next_to_nothing_else() {
    for half in ["seen", "kept-back"] {
        let [precision, recall] = measured(half);
        assert!(precision > 0.97 && recall > 0.97, "{half}: precision {precision:.3}, recall {recall:.3}");
    }
}
