//! The paths of documents, as a user typed them.

use std::path::{Path, PathBuf};

use glob::MatchOptions;

use super::error::{Error, Result};

/// How a shell matches names. On Windows, where none does, case makes no difference.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: !cfg!(windows),
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Puts the files in the place of a pattern such as `texts/*.txt` that the shell has left as it is.
pub fn expanded(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut expanded = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match pattern(path).map(files) {
            None => expanded.push(path.clone()),
            Some(Ok(files)) => expanded.extend(files),
            Some(Err(Error::Problems(problem))) => problems.extend(problem),
            Some(Err(error)) => return Err(error),
        }
    }
    if problems.is_empty() { Ok(expanded) } else { Err(Error::Problems(problems)) }
}

/// A path with a wildcard that is no file by itself.
fn pattern(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| text.contains(['*', '?']) && path.symlink_metadata().is_err())
}

/// The files that match a pattern.
fn files(pattern: &str) -> Result<Vec<PathBuf>> {
    let problem = |source: &dyn std::fmt::Display| {
        Error::own("program.pattern", &[("pattern", &pattern), ("source", source)])
    };
    let found = glob::glob_with(pattern, OPTIONS).map_err(|error| problem(&error))?;
    let files = found.collect::<std::result::Result<Vec<_>, _>>().map_err(|error| problem(&error))?;
    match files[..] {
        [] => Err(Error::own("program.no_match", &[("pattern", &pattern)])),
        _ => Ok(files),
    }
}
