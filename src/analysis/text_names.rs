//! Names of files for the texts of documents, on any system's disk.

use std::collections::HashSet;

use crate::digest::sha256;
use crate::text::folded;

/// The most bytes in the name of a file or folder: file systems allow 255.
const MOST: usize = 240;

/// The most bytes in a path.
const MOST_IN_ALL: usize = 1000;

/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// The names that have been given, each to one document.
#[derive(Debug)]
pub(super) struct TextNames {
    /// What each file is called behind its document's name.
    extension: &'static str,
    /// Files and folders, without regard to case and width, which some systems don't tell apart.
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl TextNames {
    /// No names yet; `extension` begins with a full stop.
    pub fn new(extension: &'static str) -> Self {
        TextNames { extension, files: HashSet::new(), folders: HashSet::new() }
    }

    /// The path of a document's file, with `/`: that of its name and the extension, or another one where this is too long or
    /// can't stand beside an earlier one.
    pub fn path(&mut self, document: &str) -> String {
        let (folders, name) = document.rsplit_once('/').unwrap_or(("", document));
        let folders = folders.split('/').filter(|_| document.contains('/'));
        let folders = folders.map(|part| shortened(&folder_name(part), part, ""));
        let parts: Vec<String> = folders.chain([shortened(&encoded(name), name, self.extension)]).collect();
        let path = parts.join("/");
        if path.len() <= MOST_IN_ALL && self.take(&path) {
            return path;
        }
        let flat = digested(&parts.join("%2F"), document, self.extension);
        self.take(&flat);
        flat
    }

    /// Notes a path; false if its place is taken.
    fn take(&mut self, path: &str) -> bool {
        let path = folded(path).to_lowercase();
        let folders = || path.match_indices('/').map(|(end, _)| &path[..end]);
        let is_free = !self.files.contains(&path)
            && !self.folders.contains(&path)
            && !folders().any(|folder| self.files.contains(folder));
        if is_free {
            for folder in folders() {
                if !self.folders.contains(folder) {
                    self.folders.insert(folder.to_owned());
                }
            }
            self.files.insert(path);
        }
        is_free
    }
}

/// A name with its extension, cut and with a digest if it is too long.
fn shortened(name: &str, original: &str, extension: &str) -> String {
    match name.len() + extension.len() {
        ..=MOST => format!("{name}{extension}"),
        _ => digested(name, original, extension),
    }
}

/// The beginning of a name, and the digest of the whole.
fn digested(name: &str, original: &str, extension: &str) -> String {
    let digest = &sha256(original.as_bytes())[..16];
    let room = MOST - extension.len() - digest.len() - 1;
    format!("{}~{digest}{extension}", &name[..name.floor_char_boundary(room)])
}

/// A part of a document's name as the name of a file: the id of a row may have characters that no file name may.
fn encoded(part: &str) -> String {
    let is_allowed = |c: char| !(c.is_control() || r#"\:*?"<>|%"#.contains(c));
    let encode = |c: char| if is_allowed(c) { c.to_string() } else { percent(c) };
    match part {
        "" | "." | ".." => format!("%{part}"),
        part if is_device(part) => {
            let mut characters = part.chars();
            characters.next().map(percent).unwrap_or_default() + &characters.map(encode).collect::<String>()
        }
        part => part.chars().map(encode).collect(),
    }
}

/// The name of a folder: Windows drops a full stop or blank at its end.
fn folder_name(part: &str) -> String {
    let mut name = encoded(part);
    if let Some(last) = name.chars().next_back().filter(|last| [' ', '.'].contains(last)) {
        name.pop();
        name += &percent(last);
    }
    name
}

fn percent(character: char) -> String {
    format!("%{:02X}", u32::from(character))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = || {
        let number = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
        number.is_some_and(|number| {
            ["1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"].contains(&number)
        })
    };
    DEVICES.contains(&&*stem) || port()
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use super::*;

    fn path(document: &str) -> String {
        TextNames::new(".txt").path(document)
    }

    #[test]
    fn no_name_of_a_document_leads_out_of_the_folder() {
        for (document, expected) in [
            ("a/b.html", "a/b.html.txt"),
            ("../a", "%.%2E/a.txt"),
            ("a//.", "a/%/%..txt"),
            ("/a", "%/a.txt"),
            ("", "%.txt"),
            ("table.csv:x\\y", "table.csv%3Ax%5Cy.txt"),
        ] {
            assert_eq!(path(document), expected, "{document}");
            let is_name = |part: Component| matches!(part, Component::Normal(_));
            assert!(Path::new(expected).components().all(is_name), "{expected}");
        }
    }

    #[test]
    fn names_that_windows_keeps_or_cuts_are_encoded() {
        for (document, expected) in [
            ("con", "%63on.txt"),
            ("NUL.html", "%4EUL.html.txt"),
            ("com1/a", "%63om1/a.txt"),
            ("aux .x", "%61ux .x.txt"),
            ("lpt¹", "%6Cpt¹.txt"),
            ("a./b", "a%2E/b.txt"),
            ("a /b ", "a%20/b .txt"),
            ("console", "console.txt"),
            ("com10", "com10.txt"),
        ] {
            assert_eq!(path(document), expected, "{document}");
        }
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let ids =
            ["効".repeat(200), "効".repeat(200) + "果", "x".repeat(4000), "%".repeat(90), "a/".repeat(900)];
        let mut names = TextNames::new(".txt");
        let mut taken = HashSet::new();
        for id in &ids {
            for document in [format!("a.csv#{id}"), format!("{id}/b.txt")] {
                let path = names.path(&document);
                assert!(path.len() <= MOST_IN_ALL, "{path}");
                assert!(path.split('/').all(|part| (1..=MOST).contains(&part.len())), "{path}");
                assert!(path.ends_with(".txt") && taken.insert(path.clone()), "{path}");
                assert_eq!(TextNames::new(".txt").path(&document), path);
            }
        }
        assert!(path(&"a".repeat(236)).starts_with("aaa") && !path(&"a".repeat(236)).contains('~'));
        assert!(path(&"a".repeat(237)).contains('~'));
    }

    #[test]
    fn what_a_disk_cannot_tell_apart_gets_another_name() {
        for documents in [
            ["t.csv#A", "t.csv#a"],
            ["t.csv#か\u{3099}", "t.csv#が"],
            ["x/A.html", "X/a.html"],
            ["a", "a.txt/b"],
            ["a.txt/b", "a"],
            ["a.txt/b/c", "a.txt/b.txt/d"],
        ] {
            let mut names = TextNames::new(".txt");
            let paths = documents.map(|document| names.path(document));
            assert_eq!(paths[0], path(documents[0]));
            let folder = tempfile::tempdir().unwrap();
            for (path, document) in paths.iter().zip(documents) {
                let path = folder.path().join(path.to_lowercase());
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                assert!(!path.exists(), "{document}");
                std::fs::write(path, document).unwrap();
            }
        }
    }
}
