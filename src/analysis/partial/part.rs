//! The files with parts: what they hold, and whether it is whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::begin::Begin;
use super::end::End;
use super::error::PartError;
use super::id::Id;
use super::line_digest::LineDigest;
use super::row::Pairs;
use crate::analysis::{Finding, Progress, parallel};
use crate::corpus::Compression;
use crate::messages::Message;
use crate::tables::{PartRecord, RunRecord};

/// No line is longer, in bytes: what is was not written by this program.
const MOST: u64 = 4 << 30;

/// What is needed of a document's line to know whether it can be put in its place.
#[derive(Deserialize)]
struct Key {
    id: Id,
    #[serde(default)]
    variables: Pairs,
}

/// A part, and where it stands.
pub(super) struct Part {
    pub name: String,
    pub record: PartRecord,
    pub skipped: Vec<String>,
}

/// A file with parts.
pub(super) struct PartFile {
    pub path: PathBuf,
    /// Whether its documents are in the order of their ids.
    pub is_sorted: bool,
}

/// Parts that can be put together.
pub(super) struct Parts {
    pub begin: Begin,
    pub parts: Vec<Part>,
    pub files: Vec<PartFile>,
    /// Variables, in the order of their first occurrence.
    pub variables: Vec<Arc<str>>,
}

/// What was found in a file.
struct Surveyed {
    begin: Begin,
    parts: Vec<Part>,
    file: PartFile,
    variables: FirstOccurrences,
    /// Whether there is an id that is a number, and one that is text.
    ids: [bool; 2],
}

/// By variable: the first document that has it, and which of its variables it is there.
#[derive(Default)]
struct FirstOccurrences(BTreeMap<Arc<str>, (Id, usize)>);

impl FirstOccurrences {
    fn add(&mut self, name: &Arc<str>, id: &Id, place: usize) {
        match self.0.get_mut(name) {
            Some(first) if (&first.0, first.1) <= (id, place) => {}
            Some(first) => *first = (id.clone(), place),
            None => {
                self.0.insert(Arc::clone(name), (id.clone(), place));
            }
        }
    }

    fn names(self) -> Vec<Arc<str>> {
        let mut names: Vec<_> = self.0.into_iter().map(|(name, first)| (first, name)).collect();
        names.sort();
        names.into_iter().map(|(_, name)| name).collect()
    }
}

impl Parts {
    /// Reads the parts in files and folders to their ends, and checks them.
    pub fn open(paths: &[PathBuf], progress: &(dyn Fn(Progress) + Sync)) -> Result<Self, PartError> {
        let surveyed = parallel::map(files(paths)?, |path| survey(path, progress));
        let surveyed = surveyed.into_iter().collect::<Result<Vec<Surveyed>, _>>()?;
        let mut all = surveyed.into_iter();
        let no_part = || PartError::NoPart(paths.first().cloned().unwrap_or_default());
        let Surveyed { begin, mut parts, file, mut variables, mut ids } = all.next().ok_or_else(no_part)?;
        let name = |file: &PartFile| file.path.display().to_string();
        let first_name = name(&file);
        let mut of_kind = ids.map(|is_there| is_there.then(|| first_name.clone()));
        let mut files = vec![file];
        for other in all {
            other.begin.check_same(&name(&other.file), &begin, &first_name)?;
            for (own, (first, is_there)) in ids.iter_mut().zip(of_kind.iter_mut().zip(other.ids)) {
                *own |= is_there;
                if is_there && first.is_none() {
                    *first = Some(name(&other.file));
                }
            }
            for (variable, (id, place)) in other.variables.0 {
                variables.add(&variable, &id, place);
            }
            parts.extend(other.parts);
            files.push(other.file);
        }
        if let [Some(numbers), Some(text)] = of_kind {
            return Err(PartError::Ids { numbers, text });
        }
        // The files may come in any order.
        parts.sort_by(|a, b| a.record.sha256.cmp(&b.record.sha256));
        for pair in parts.windows(2) {
            if let [one, other] = pair
                && one.record.sha256 == other.record.sha256
                && one.record.documents > 0
            {
                return Err(PartError::Twice { part: one.name.clone(), other: other.name.clone() });
            }
        }
        Ok(Parts { begin, parts, files, variables: variables.names() })
    }

    /// Two places that have the line of a document.
    pub fn with_document(&self, id: &Id) -> [String; 2] {
        let mut found = self.files.iter().flat_map(|file| places_of(&file.path, id));
        [found.next().unwrap_or_default(), found.next().unwrap_or_default()]
    }
}

/// Where the lines of a document stand.
fn places_of(path: &Path, id: &Id) -> Vec<String> {
    let mut places = Vec::new();
    let Ok(mut lines) = PartLines::open(path) else { return places };
    let mut number = 0_u64;
    while lines.next_line().unwrap_or(false) {
        number = number.saturating_add(1);
        if lines.line().and_then(Id::of_line).as_ref() == Some(id) {
            places.push(place(path, number));
        }
    }
    places
}

/// What a place in a file is called.
fn place(path: &Path, line: u64) -> String {
    format!("{}, line {line}", path.display())
}

/// The files of paths, of which a folder stands for those in it: not for hidden ones, nor for those that Hadoop writes beside
/// its results (`_SUCCESS`).
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, PartError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unreadable = |source| PartError::Unreadable { path: path.clone(), source };
        let mut found = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let is_kept = !entry.file_name().to_string_lossy().starts_with(['.', '_']);
            if is_kept && entry.path().is_file() {
                found.push(entry.path());
            }
        }
        if found.is_empty() {
            return Err(PartError::NoPart(path.clone()));
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}

/// The size of parts in bytes, all together; of those that can't be read, 0: the error comes up again.
pub fn bytes_of_parts(paths: &[PathBuf]) -> u64 {
    let size = |path: PathBuf| path.metadata().map_or(0, |metadata| metadata.len());
    files(paths).unwrap_or_default().into_iter().map(size).sum()
}

/// The part that is being read.
struct Open {
    line: u64,
    digest: LineDigest,
    documents: u64,
}

/// Reads the parts in a file to its end, and checks them.
fn survey(path: PathBuf, progress: &(dyn Fn(Progress) + Sync)) -> Result<Surveyed, PartError> {
    let name = path.display().to_string();
    let mut survey = Survey {
        path: &path,
        begin: None,
        parts: Vec::new(),
        open: None,
        last: None,
        is_sorted: true,
        variables: FirstOccurrences::default(),
        ids: [false; 2],
    };
    let mut lines = PartLines::open(&path)?;
    let mut number = 0_u64;
    while lines.next_line()? {
        number = number.saturating_add(1);
        progress(Progress::Text(lines.bytes.len() as u64));
        let read = match lines.line() {
            Some(line) => survey.line(&name, number, line)?,
            None => None,
        };
        if read.is_none() {
            return Err(match &survey.open {
                _ if survey.begin.is_none() => PartError::NoPart(path),
                Some(open) if lines.is_torn() => PartError::CutOff { path, line: open.line },
                _ => PartError::Changed { path, line: number },
            });
        }
    }
    let Survey { begin, parts, open, is_sorted, variables, ids, .. } = survey;
    match (begin, open) {
        (_, Some(Open { line, .. })) => Err(PartError::CutOff { path, line }),
        (None, None) => Err(PartError::NoPart(path)),
        (Some(begin), None) => {
            Ok(Surveyed { begin, parts, file: PartFile { path, is_sorted }, variables, ids })
        }
    }
}

/// What is known of a file so far.
struct Survey<'a> {
    path: &'a Path,
    begin: Option<Begin>,
    parts: Vec<Part>,
    open: Option<Open>,
    last: Option<Id>,
    is_sorted: bool,
    variables: FirstOccurrences,
    ids: [bool; 2],
}

impl Survey<'_> {
    /// Takes a line; none if it can't stand where it does.
    fn line(&mut self, name: &str, number: u64, line: &str) -> Result<Option<()>, PartError> {
        if line.starts_with(Begin::KEY) {
            return self.begin(name, number, line);
        }
        Ok(match line.starts_with(End::KEY) {
            true => self.end(line),
            false => self.row(line),
        })
    }

    fn begin(&mut self, name: &str, number: u64, line: &str) -> Result<Option<()>, PartError> {
        if let Some(open) = &self.open {
            return Err(PartError::CutOff { path: self.path.into(), line: open.line });
        }
        let Some(begin) = Begin::read(line, name)? else { return Ok(None) };
        match &self.begin {
            Some(first) => begin.check_same(&place(self.path, number), first, &place(self.path, 1))?,
            None => self.begin = Some(begin),
        }
        let mut digest = LineDigest::default();
        digest.add(line);
        self.open = Some(Open { line: number, digest, documents: 0 });
        Ok(Some(()))
    }

    fn row(&mut self, line: &str) -> Option<()> {
        let open = self.open.as_mut()?;
        let Key { id, variables } =
            line.starts_with(Id::KEY).then(|| serde_json::from_str(line).ok()).flatten()?;
        open.digest.add(line);
        open.documents = open.documents.saturating_add(1);
        for (place, (variable, _)) in variables.0.iter().enumerate() {
            self.variables.add(variable, &id, place);
        }
        self.is_sorted &= self.last.as_ref().is_none_or(|last| *last < id);
        self.ids[usize::from(id.is_text())] = true;
        self.last = Some(id);
        Some(())
    }

    fn end(&mut self, line: &str) -> Option<()> {
        let Open { line: first, digest, documents } = self.open.take()?;
        let Some((end, sha256)) =
            End::read(line, digest.clone()).filter(|(end, _)| end.documents == documents)
        else {
            self.open = Some(Open { line: first, digest, documents });
            return None;
        };
        let name = if first == 1 { self.path.display().to_string() } else { place(self.path, first) };
        let record = PartRecord { sha256, documents, inputs: end.inputs };
        self.parts.push(Part { name, record, skipped: end.skipped });
        Some(())
    }
}

/// The lines of a file, one at a time.
pub(super) struct PartLines {
    path: PathBuf,
    file: BufReader<Box<dyn Read + Send>>,
    bytes: Vec<u8>,
}

impl PartLines {
    /// Opens a file, which may be compressed.
    pub fn open(path: &Path) -> Result<Self, PartError> {
        let file =
            Compression::open(path).map_err(|source| PartError::Unreadable { path: path.into(), source })?;
        Ok(PartLines::new(path.into(), file))
    }

    /// The lines of a file that is open; a temporary one has the path of its folder.
    pub fn new(path: PathBuf, file: Box<dyn Read + Send>) -> Self {
        PartLines { path, file: BufReader::with_capacity(1 << 16, file), bytes: Vec::new() }
    }

    /// Reads the next line; false where there is none.
    pub fn next_line(&mut self) -> Result<bool, PartError> {
        self.bytes.clear();
        let unreadable = |source| PartError::Unreadable { path: self.path.clone(), source };
        self.file.by_ref().take(MOST).read_until(b'\n', &mut self.bytes).map_err(unreadable)?;
        Ok(!self.bytes.is_empty())
    }

    /// The line without its end; none where it is not UTF-8.
    pub fn line(&self) -> Option<&str> {
        let line = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)).ok()
    }

    /// Whether the line has no end.
    fn is_torn(&self) -> bool {
        !self.bytes.ends_with(b"\n")
    }
}

/// Checks that the parts in files and folders are those that a merge has put together.
///
/// # Errors
/// Parts that can't be put together.
pub fn verify_parts(
    record: &RunRecord,
    paths: &[PathBuf],
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Finding>, PartError> {
    let found = Parts::open(paths, progress)?.parts;
    let is_recorded = |part: &&Part| record.parts.iter().any(|known| known.sha256 == part.record.sha256);
    let is_found = |known: &&PartRecord| found.iter().any(|part| known.sha256 == part.record.sha256);
    let new = found.iter().filter(|part| !is_recorded(part));
    let new = new.map(|part| Message::new("verification.part_new", &[("part", &part.name)]));
    let missing = record.parts.iter().filter(|known| !is_found(known));
    let missing = missing.map(|part| Message::new("verification.part_missing", &[("sha256", &part.sha256)]));
    let count = found.iter().filter(is_recorded).count();
    let mut findings: Vec<Finding> = new.chain(missing).map(Finding::Differs).collect();
    if count > 0 {
        findings.insert(0, Finding::Agrees(Message::new("verification.parts", &[("count", &count)])));
    }
    Ok(findings)
}
