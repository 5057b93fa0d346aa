//! Links between the pages lead to files and headings that are there.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::files::{below, top};

/// The fragment that GitHub gives to a heading.
fn fragment(title: &str) -> String {
    let kept = title.trim().chars().filter(|&c| c.is_alphanumeric() || "-_ ".contains(c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The lines that are no code.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    page.lines().filter(move |line| {
        let fence = line.starts_with("```");
        code ^= fence;
        !code && !fence
    })
}

fn fragments(page: &str) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let headings = prose(page).filter(|line| line.starts_with('#'));
    let fragments = headings.map(|line| {
        let fragment = fragment(line.trim_start_matches('#'));
        let before = seen.entry(fragment.clone()).or_default();
        *before += 1;
        if *before == 1 { fragment } else { format!("{fragment}-{}", *before - 1) }
    });
    fragments.collect()
}

/// The targets of the links in a line, to files here. A `](` within code is none: its text has no `[`.
fn targets(line: &str) -> Vec<&str> {
    let parts: Vec<&str> = line.split("](").collect();
    let links = parts.windows(2).filter(|pair| pair[0].contains('['));
    let targets = links.filter_map(|pair| pair[1].split_once(')')).map(|(target, _)| target);
    targets.filter(|target| !target.contains(':')).collect()
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            part => normal.push(part),
        }
    }
    normal
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut pages = below("docs", "md");
    for name in ["README.md", "README.ja.md", "CONTRIBUTING.md", "SECURITY.md"] {
        pages.push((name.into(), fs::read_to_string(top().join(name)).unwrap()));
    }
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (path, page) in &pages {
        for target in prose(page).flat_map(targets) {
            let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(path).parent().unwrap();
            let file = if file.is_empty() { PathBuf::from(path) } else { normal(&folder.join(file)) };
            tried += 1;
            if !top().join(&file).exists() {
                wrong.push(format!("{path}: no file {target}"));
            } else if !fragment.is_empty() {
                let text = fs::read_to_string(top().join(&file)).unwrap_or_default();
                if !fragments(&text).iter().any(|found| found == fragment) {
                    wrong.push(format!("{path}: no heading {target}"));
                }
            }
        }
    }
    assert!(tried > 300, "only {tried} links were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fragments_are_those_of_github() {
    for (title, expected) in [
        ("1,000語あたりの出現数（生起率）", "1000語あたりの出現数生起率"),
        ("推量・蓋然性（conjecture）", "推量蓋然性conjecture"),
        ("What can't be told apart", "what-cant-be-told-apart"),
        ("documents.csv", "documentscsv"),
        ("条件：before と after", "条件before-と-after"),
    ] {
        assert_eq!(fragment(title), expected);
    }
    assert_eq!(fragments("# A\n```\n# no heading\n```\n## A\n"), ["a", "a-1"]);
}
