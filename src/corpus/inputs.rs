//! Finding the documents below the paths that a user gives.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tempfile::{NamedTempFile, TempPath};
use walkdir::WalkDir;

use super::formats::{extension, remedy};
use super::{CorpusError, Form, Kind};

/// The name of the document that comes from standard input.
pub const STANDARD_INPUT: &str = "stdin";

/// The name of the table of variables at the top of a folder.
const VARIABLES: &str = "variables.csv";

/// Where a document comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Standard input, kept in a temporary file: what is there is looked at before it is counted.
    StandardInput(Arc<TempPath>),
}

impl Origin {
    /// The file to read.
    pub fn path(&self) -> &Path {
        match self {
            Origin::File(path) => path,
            Origin::StandardInput(path) => path,
        }
    }
}

/// A file that has been found and not yet read.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name in the tables: the path below the folder that the user gave, with `/`.
    pub document: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What it is.
    pub form: Form,
    /// The number of the user's path that led to it.
    pub argument: usize,
    /// Its size, once it has been asked for.
    bytes: OnceLock<u64>,
}

impl Input {
    /// Its size in bytes, asked of the system once, when it is first needed. 0 where it can't be told,
    /// of which the user hears when the file is read.
    pub fn bytes(&self) -> u64 {
        *self.bytes.get_or_init(|| self.origin.path().metadata().map_or(0, |metadata| metadata.len()))
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The documents, by name.
    pub inputs: Vec<Input>,
    /// Tables of variables found at the top of a folder.
    pub variables: Vec<PathBuf>,
    /// How many files of each other kind were passed over, by extension.
    pub passed_over: BTreeMap<String, u64>,
    /// How many files were found again, on another path or by another link, and counted once.
    pub duplicates: u64,
    /// The variables that tables of documents have, in the order of the tables.
    pub columns: Vec<String>,
    /// Tables that were passed over, as none of their columns is known to hold the text.
    pub tables_passed_over: Vec<String>,
    /// What stands in a folder and can't be looked at.
    pub unreadable: Vec<CorpusError>,
}

impl Corpus {
    /// Finds the documents below `paths`; `-` is standard input.
    ///
    /// Folders are walked in full and links followed; hidden files and `README*` are no documents.
    ///
    /// # Errors
    /// All that stands in the way of a count: paths that aren't there or are of another kind, documents of
    /// one name, or no document at all.
    pub fn find(paths: &[PathBuf]) -> Result<Self, Vec<CorpusError>> {
        let mut corpus = Corpus::default();
        let mut errors = Vec::new();
        // A file can be there twice only by a link or by another of the user's paths; to look at every file's own
        // path costs as much as to read it.
        let mut may_repeat = paths.len() > 1;
        for (argument, path) in paths.iter().enumerate() {
            let found = match path {
                path if path == Path::new("-") => corpus.standard_input(argument),
                path if path.is_dir() => {
                    may_repeat |= corpus.walk(path, argument);
                    Ok(())
                }
                path => corpus.file(path, argument),
            };
            errors.extend(found.err());
        }
        corpus.inputs.sort_by(|a, b| a.document.cmp(&b.document));
        if may_repeat {
            corpus.count_once();
        }
        errors.extend(corpus.duplicate_names());
        if errors.is_empty() && corpus.inputs.is_empty() && corpus.unreadable.is_empty() {
            let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            let other = match corpus.passed_over.is_empty() {
                true => String::new(),
                false => format!(" (there: {})", corpus.passed_over_in_words()),
            };
            errors.push(CorpusError::Nothing { paths: paths.join(", "), other });
        }
        if errors.is_empty() { Ok(corpus) } else { Err(errors) }
    }

    /// The files that were passed over, by kind, with the remedy where there is one: `3 .jpg, 1 .doc (save it as
    /// .docx or .txt)`.
    pub fn passed_over_in_words(&self) -> String {
        let kinds = self.passed_over.iter().map(|(kind, files)| match remedy(kind) {
            Some(remedy) => format!("{files} {kind} ({remedy})"),
            None => format!("{files} {kind}"),
        });
        kinds.collect::<Vec<_>>().join(", ")
    }

    fn standard_input(&mut self, argument: usize) -> Result<(), CorpusError> {
        let document = || STANDARD_INPUT.to_owned();
        let (origin, form, bytes) = keep_standard_input()
            .map_err(|source| CorpusError::Unreadable { document: document(), source })?;
        self.inputs.push(Input { document: document(), origin, form, argument, bytes: bytes.into() });
        Ok(())
    }

    fn file(&mut self, path: &Path, argument: usize) -> Result<(), CorpusError> {
        path.metadata().map_err(|source| CorpusError::Path { path: path.into(), source })?;
        let form = Form::of(path).ok_or_else(|| {
            let remedy = remedy(&extension(path)).unwrap_or("save it as plain text (.txt)");
            CorpusError::Kind { path: path.into(), remedy }
        })?;
        let name = path.file_name().map(Path::new).unwrap_or(path);
        self.add(name, path, form, argument)
    }

    /// Adds what stands in a folder, and says whether a link was followed.
    fn walk(&mut self, top: &Path, argument: usize) -> bool {
        let mut linked = false;
        let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
        for entry in WalkDir::new(top).follow_links(true).into_iter().filter_entry(visible) {
            linked |= entry.as_ref().is_ok_and(|entry| entry.depth() > 0 && entry.path_is_symlink());
            match entry.map(|entry| self.entry(top, &entry, argument)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.unreadable.push(error),
                // A link back to a folder above it: everything there is found without it.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = below(top, error.path().unwrap_or(top)).into();
                    let source = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                    self.unreadable.push(CorpusError::Path { path, source });
                }
            }
        }
        linked
    }

    fn entry(&mut self, top: &Path, entry: &walkdir::DirEntry, argument: usize) -> Result<(), CorpusError> {
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type().is_dir() || is_readme(name) {
            return Ok(());
        }
        if entry.depth() == 1 && name == VARIABLES {
            self.variables.push(path.into());
        } else if let Some(form) = Form::of(path) {
            self.add(below(top, path), path, form, argument)?;
        } else {
            *self.passed_over.entry(extension(path)).or_default() += 1;
        }
        Ok(())
    }

    fn add(&mut self, name: &Path, path: &Path, form: Form, argument: usize) -> Result<(), CorpusError> {
        let document = name.to_str().ok_or_else(|| CorpusError::Name { path: path.into() })?;
        let document = document.replace(MAIN_SEPARATOR, "/");
        let origin = Origin::File(path.into());
        self.inputs.push(Input { document, origin, form, argument, bytes: OnceLock::new() });
        Ok(())
    }

    /// Keeps a file once that is found on several paths or by several links: under the name with the most folders
    /// in it, and of several such, the first. So the order of the paths changes nothing.
    fn count_once(&mut self) {
        let rank = |input: &Input| (Reverse(input.document.matches('/').count()), input.document.clone());
        let mut kept: HashMap<PathBuf, usize> = HashMap::new();
        let mut again = HashSet::new();
        for (number, input) in self.inputs.iter().enumerate() {
            let Origin::File(path) = &input.origin else { continue };
            // A link to nowhere is told of when it is read.
            let Ok(file) = path.canonicalize() else { continue };
            match kept.entry(file) {
                Entry::Vacant(entry) => {
                    entry.insert(number);
                }
                Entry::Occupied(mut entry) => {
                    let (one, other) = (*entry.get(), number);
                    let is_better = rank(&self.inputs[other]) < rank(&self.inputs[one]);
                    let (stays, goes) = if is_better { (other, one) } else { (one, other) };
                    entry.insert(stays);
                    again.insert(goes);
                }
            }
        }
        self.duplicates = again.len() as u64;
        let mut number = 0;
        self.inputs.retain(|_| {
            number += 1;
            !again.contains(&(number - 1))
        });
    }

    fn duplicate_names(&self) -> Vec<CorpusError> {
        let path = |origin: &Origin| match origin {
            Origin::File(path) => path.clone(),
            Origin::StandardInput(_) => "-".into(),
        };
        let double = |pair: &[Input]| match pair {
            [first, second] if first.document == second.document => Some(CorpusError::DuplicateName {
                document: first.document.clone(),
                first: path(&first.origin),
                second: path(&second.origin),
            }),
            _ => None,
        };
        self.inputs.windows(2).filter_map(double).collect()
    }
}

/// The path of something below a folder, as its documents are named.
fn below<'a>(top: &Path, path: &'a Path) -> &'a Path {
    path.strip_prefix(top).unwrap_or(path)
}

/// Copies standard input to a temporary file. An object of JSON at its beginning makes JSON Lines of it.
fn keep_standard_input() -> io::Result<(Origin, Form, u64)> {
    let mut input = BufReader::new(io::stdin().lock());
    let beginning = input.fill_buf()?;
    let beginning = beginning.strip_prefix("\u{feff}".as_bytes()).unwrap_or(beginning);
    let kind = if beginning.trim_ascii_start().starts_with(b"{") { Kind::JsonLines } else { Kind::Text };
    let mut file = NamedTempFile::new()?;
    let bytes = io::copy(&mut input, &mut file)?;
    let origin = Origin::StandardInput(Arc::new(file.into_temp_path()));
    Ok((origin, Form { kind, packing: None }, bytes))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_readme(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"README")
}
