//! Files that programs leave beside documents, such as owner files and backups: no documents, whatever they are called.

use std::sync::OnceLock;

/// The patterns, a line each.
const PATTERNS: &str = include_str!("leftovers.txt");

/// Whether a file of this name is none that somebody wrote.
pub(super) fn is_leftover(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    patterns().iter().any(|pattern| !pattern.ends_with('/') && matches(pattern, &name))
}

/// Whether a folder of this name is none that somebody made.
pub(super) fn is_leftover_folder(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    patterns().iter().filter_map(|pattern| pattern.strip_suffix('/')).any(|pattern| matches(pattern, &name))
}

fn patterns() -> &'static [&'static str] {
    static READ: OnceLock<Vec<&str>> = OnceLock::new();
    READ.get_or_init(|| {
        let is_pattern = |line: &&str| !line.is_empty() && !line.starts_with("# ");
        PATTERNS.lines().filter(is_pattern).collect()
    })
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, end)) => {
            let between = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            between.is_some_and(|between| !between.is_empty())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_is_told_from_what_somebody_wrote() {
        for name in [
            "~$a.docx",
            "~$表.xlsx",
            "Thumbs.db",
            "desktop.ini",
            ".DS_Store",
            "._a.txt",
            ".#a.txt",
            "#a.txt#",
            "a.txt~",
            ".~lock.a.odt#",
            "~WRL0001.tmp",
            "a.TMP",
            "a.txt.swp",
            "a.txt.bak",
            "a.docx.crdownload",
        ] {
            assert!(is_leftover(name), "{name}");
        }
        for name in
            ["a.txt", "~a.docx", "$a.txt", "#1.txt", "#", "##", "~", "bak", "thumbs.txt", "a.db", "~$"]
        {
            assert!(!is_leftover(name), "{name}");
        }
        assert!(
            is_leftover_folder("__MACOSX")
                && is_leftover_folder("$Recycle.Bin")
                && !is_leftover_folder("a.bak")
        );
    }

    #[test]
    fn every_pattern_is_in_lower_case_and_has_one_star_at_most() {
        for pattern in patterns() {
            assert_eq!(*pattern, pattern.to_ascii_lowercase());
            assert!(pattern.matches('*').count() <= 1 && pattern.trim() == *pattern, "{pattern}");
        }
    }
}
