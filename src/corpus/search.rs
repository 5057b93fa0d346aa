//! Searching paths for documents.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::formats::extension;
use super::leftovers::{is_leftover, is_leftover_folder};
use super::{CorpusError, Form, Input, Origin, ReadOptions};
use crate::text::composed;

/// The names of the table of variables at the top of a folder.
const VARIABLES: [&str; 3] = ["variables.csv", "variables.tsv", "variables.xlsx"];

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The documents, by name.
    pub inputs: Vec<Input>,
    /// Tables of variables at the top of a folder.
    pub variables: Vec<PathBuf>,
    /// How many files of each other kind were passed over, by extension.
    pub passed_over: BTreeMap<String, u64>,
    /// How many files are none that somebody wrote.
    pub leftovers: u64,
    /// How many files were found again.
    pub duplicates: u64,
    /// What is in a folder and can't be accessed.
    pub unreadable: Vec<CorpusError>,
}

/// Searches some paths, where `-` is standard input.
///
/// # Errors
/// Paths that don't exist or are of a kind that is not read, and documents of one name.
pub(super) fn search(paths: &[PathBuf], options: &ReadOptions) -> Result<Found, Vec<CorpusError>> {
    let mut found = Found::default();
    let mut errors = Vec::new();
    // Only a link or another of the user's paths can lead to a file twice. Resolving the path of every file takes as
    // long as reading it.
    let mut may_repeat = paths.len() > 1;
    for (argument, path) in paths.iter().enumerate() {
        let searched = match path {
            path if path == Path::new("-") => found.standard_input(argument, options),
            path if path.is_dir() => {
                may_repeat |= found.walk(path, argument);
                Ok(())
            }
            path => found.file(path, argument),
        };
        errors.extend(searched.err());
    }
    // Nothing else has a name that could be that of a row.
    if let ([_], [input]) = (paths, found.inputs.as_mut_slice()) {
        input.is_named_by_ids =
            matches!(input.origin, Origin::StandardInput(_)) && options.id_column.is_some();
    }
    found.inputs.sort_by(|a, b| a.document.cmp(&b.document));
    if may_repeat {
        found.remove_duplicates();
    }
    errors.extend(found.duplicate_names());
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

impl Found {
    fn standard_input(&mut self, argument: usize, options: &ReadOptions) -> Result<(), CorpusError> {
        self.inputs.push(Input::from_standard_input(argument, options.id_column.is_some())?);
        Ok(())
    }

    fn file(&mut self, path: &Path, argument: usize) -> Result<(), CorpusError> {
        let metadata = path.metadata().map_err(|source| CorpusError::Path { path: path.into(), source })?;
        if !metadata.is_file() {
            return Err(CorpusError::PathToNoFile { path: path.into() });
        }
        let unknown = || CorpusError::UnknownKind { path: path.into(), extension: extension(path) };
        let form = Form::of(path).ok_or_else(unknown)?;
        let name = path.file_name().map_or(path, Path::new);
        // A shell's pattern names the owner files that Office keeps, which nobody sees in a folder.
        if form.kind.is_offices() && is_leftover(&name.to_string_lossy()) {
            self.leftovers = self.leftovers.saturating_add(1);
            return Ok(());
        }
        self.add(name, path, form, argument)
    }

    /// Adds the files in a folder; true if a link was followed.
    fn walk(&mut self, top: &Path, argument: usize) -> bool {
        let mut linked = false;
        let is_left = |entry: &DirEntry| {
            entry.file_type().is_dir() && is_leftover_folder(&entry.file_name().to_string_lossy())
        };
        let visible =
            |entry: &DirEntry| entry.depth() == 0 || !(is_hidden(entry.file_name()) || is_left(entry));
        for entry in WalkDir::new(top).follow_links(true).into_iter().filter_entry(visible) {
            linked |= entry.as_ref().is_ok_and(|entry| entry.depth() > 0 && entry.path_is_symlink());
            match entry.map(|entry| self.entry(top, &entry, argument)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.unreadable.push(error),
                // A link to a folder above it: all there is found without it.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = relative(top, error.path().unwrap_or(top)).into();
                    let source = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                    self.unreadable.push(CorpusError::Path { path, source });
                }
            }
        }
        linked
    }

    fn entry(&mut self, top: &Path, entry: &DirEntry, argument: usize) -> Result<(), CorpusError> {
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type().is_dir() || is_readme(name) {
            return Ok(());
        }
        // A pipe would be waited for, and a device may have no end.
        let is_file = entry.file_type().is_file();
        let no_file = || CorpusError::NotAFile { document: relative(top, path).display().to_string() };
        if entry.depth() == 1 && VARIABLES.iter().any(|variables| name == *variables) {
            if !is_file {
                return Err(no_file());
            }
            self.variables.push(path.into());
        } else if is_leftover(&name.to_string_lossy()) {
            self.leftovers = self.leftovers.saturating_add(1);
        } else if let Some(form) = Form::of(path) {
            if !is_file {
                return Err(no_file());
            }
            self.add(relative(top, path), path, form, argument)?;
        } else {
            let passed_over = self.passed_over.entry(extension(path)).or_default();
            *passed_over = passed_over.saturating_add(1);
        }
        Ok(())
    }

    fn add(&mut self, name: &Path, path: &Path, form: Form, argument: usize) -> Result<(), CorpusError> {
        let document = name.to_str().ok_or_else(|| CorpusError::NotUnicode { path: path.into() })?;
        let document = composed(&document.replace('\\', "/"));
        self.inputs.push(Input::new(document, path, form, argument));
        Ok(())
    }

    /// Keeps one of the inputs that are one file: that with the most folders in its name, and of several such, the
    /// first by name. So the order of the paths changes nothing.
    fn remove_duplicates(&mut self) {
        let rank = |input: &Input| (Reverse(input.document.matches('/').count()), input.document.clone());
        let mut kept: HashMap<PathBuf, usize> = HashMap::new();
        let mut duplicates = HashSet::new();
        for (index, input) in self.inputs.iter().enumerate() {
            let Origin::File(path) = &input.origin else { continue };
            // A broken link is reported when it is read.
            let Ok(file) = path.canonicalize() else { continue };
            match kept.entry(file) {
                Entry::Vacant(entry) => {
                    entry.insert(index);
                }
                Entry::Occupied(mut entry) => {
                    let other = self.inputs.get(*entry.get());
                    let is_better = other.is_some_and(|other| rank(input) < rank(other));
                    duplicates.insert(if is_better { entry.insert(index) } else { index });
                }
            }
        }
        self.duplicates = duplicates.len() as u64;
        let mut indices = 0..;
        self.inputs.retain(|_| indices.next().is_some_and(|index| !duplicates.contains(&index)));
    }

    /// Errors for documents of one name; the inputs are sorted.
    fn duplicate_names(&self) -> Vec<CorpusError> {
        let path = |origin: &Origin| match origin {
            Origin::File(path) => path.clone(),
            Origin::StandardInput(_) => "-".into(),
        };
        let duplicate = |pair: &[Input]| match pair {
            [first, second] if first.document == second.document => Some(CorpusError::DuplicateName {
                document: first.document.clone(),
                first: path(&first.origin),
                second: path(&second.origin),
            }),
            _ => None,
        };
        let mut duplicates: Vec<CorpusError> = self.inputs.windows(2).filter_map(duplicate).collect();
        // Rows and members have the name of the file before their own.
        for many in self.inputs.iter().filter(|input| input.form.holds_many()) {
            let within = format!("{}{}", many.document, if many.form.kind.is_table() { '#' } else { '/' });
            let first = self.inputs.partition_point(|input| input.document < within);
            let Some(other) = self.inputs.get(first).filter(|other| other.document.starts_with(&within))
            else {
                continue;
            };
            duplicates.push(CorpusError::DuplicateName {
                document: other.document.clone(),
                first: path(&many.origin),
                second: path(&other.origin),
            });
        }
        duplicates
    }
}

/// A path below a folder, relative to it.
fn relative<'a>(top: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(top).unwrap_or(path)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_readme(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"README")
}
