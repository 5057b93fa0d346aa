//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// The top of the repository.
pub fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder, with their paths from the top of the repository.
pub fn below(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(top().join(folder))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| (name(&path), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no .{extension} file in {folder}");
    files
}

/// Every text file that stands in the repository or could be added to it.
pub fn everything() -> Vec<(String, String)> {
    let kept = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_str().unwrap_or_default();
        !entry.path().join("CACHEDIR.TAG").exists() && ![".git", "target", "stats"].contains(&name)
    };
    let paths: Vec<PathBuf> = walkdir::WalkDir::new(top())
        .into_iter()
        .filter_entry(kept)
        .map(|entry| entry.unwrap().into_path())
        .collect();
    let texts = paths.iter().filter_map(|path| Some((name(path), fs::read_to_string(path).ok()?)));
    texts.collect()
}

fn name(path: &Path) -> String {
    path.strip_prefix(top()).unwrap().to_string_lossy().replace('\\', "/")
}
