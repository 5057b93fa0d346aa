//! The names under which a file that was changed is kept.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The first name that is free in all the folders: `documents.edited.csv`, `documents.edited-2.csv` and so on.
pub(super) fn edited(name: &OsStr, folders: &[&Path]) -> OsString {
    let name = Path::new(name);
    numbered(|number| {
        let mut edited = name.file_stem().unwrap_or_default().to_owned();
        edited.push(".edited");
        edited.push(number);
        if let Some(extension) = name.extension() {
            edited.push(".");
            edited.push(extension);
        }
        folders.iter().all(|folder| is_free(&folder.join(&edited))).then_some(edited)
    })
}

/// The first free path beside a folder for one that can't take its place: `stats.new`, `stats.new-2` and so on.
pub(super) fn beside(target: &Path) -> std::path::PathBuf {
    numbered(|number| {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        name.push(number);
        Some(target.with_file_name(name)).filter(|path| is_free(path))
    })
}

/// The first that is found for no number, `-2`, `-3` and so on.
fn numbered<T>(find: impl Fn(&str) -> Option<T>) -> T {
    let mut number = 1u64;
    loop {
        let written = if number == 1 { String::new() } else { format!("-{number}") };
        if let Some(found) = find(&written) {
            return found;
        }
        number += 1;
    }
}

fn is_free(path: &Path) -> bool {
    path.symlink_metadata().is_err()
}
