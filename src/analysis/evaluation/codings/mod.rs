//! Codings of documents by readers: a table of this program's form, or what another program has written. What each of them writes is
//! read by a small file of its own and fitted to the documents in `fitting`.

mod alignment;
mod brat;
mod doccano;
mod fitting;
mod labels;
mod webanno;

use std::fs;
use std::path::{Path, PathBuf};

use self::fitting::CodedTexts;
use self::labels::Labels;
use super::CodedDocuments;
use crate::corpus::{
    CorpusError, Document, Gold, ReadOptions, TableProblem, decode_text, document_name, read_file,
};
use crate::lexicon::Lexicon;
use crate::messages::Message;

/// A coding by readers, before it is fitted to the documents.
pub struct Coding(Form);

enum Form {
    Table(Gold, CodedDocuments),
    Texts(CodedTexts),
}

/// A text as it was coded in another program.
pub(super) struct CodedText {
    /// The file.
    pub path: PathBuf,
    /// The line of the file that it begins on, from 1.
    pub line: u64,
    /// What its document may be called, with or without its extension.
    pub names: Vec<String>,
    /// The text itself; none where it stands elsewhere.
    pub text: Option<String>,
    /// Its markers, in the order of the file.
    pub marks: Vec<CodedMark>,
}

/// A marker as it was coded in another program.
pub(super) struct CodedMark {
    /// The line of the file, from 1.
    pub line: u64,
    /// The offset in characters of the text.
    pub start: u64,
    /// The offset of its end.
    pub end: u64,
    /// What stands there, if the file says so; how much and which white space is not said.
    pub node: Option<String>,
    pub label: labels::Label,
}

/// What is wrong in a file: its line, from 1, and the sentence.
type Wrong = (u64, Message);

impl Coding {
    /// Reads a coding, by the form that the file has: a table as [`Gold::read`] does, WebAnno's TSV 3 as INCEpTION writes it, brat's
    /// standoff format, or doccano's JSON Lines; a folder is searched for files of the latter three. Labels are categories of the lexicon.
    ///
    /// # Errors
    /// A file that can't be read, or the first line of one that is not of its form or has a label that is no category.
    pub fn read(path: &Path, lexicon: &Lexicon, options: &ReadOptions) -> Result<Self, CorpusError> {
        let labels = Labels::of(lexicon);
        let mut files = Vec::new();
        if path.is_dir() {
            search(path, &mut files)?;
            if files.is_empty() {
                return Err(error(path, (1, Message::new("coding.no_file", &[]))));
            }
        } else {
            files.extend(Kind::of(path)?.map(|kind| (path.to_owned(), kind)));
            if files.is_empty() {
                let gold = Gold::read(path, options)?;
                let documents = CodedDocuments::of(&gold);
                return Ok(Coding(Form::Table(gold, documents)));
            }
        }
        let (mut texts, mut pages) = (Vec::new(), Vec::new());
        for (file, kind) in files {
            let decoded = decode_text(&file.display().to_string(), read_file(&file, options)?)?;
            let names = names(path, &file);
            let wrong = |wrong| error(&file, wrong);
            match kind {
                Kind::WebAnno => {
                    let limit = usize::try_from(options.max_document.0).unwrap_or(usize::MAX);
                    pages.push((file.clone(), names, webanno::read(&decoded, limit).map_err(wrong)?));
                }
                Kind::Brat => {
                    let marks = brat::read(&decoded, &labels).map_err(wrong)?;
                    let beside = file.with_extension("txt");
                    let text = match beside.is_file() {
                        true => {
                            Some(decode_text(&beside.display().to_string(), read_file(&beside, options)?)?)
                        }
                        false => None,
                    };
                    texts.push(CodedText { path: file.clone(), line: 1, names, text, marks });
                }
                Kind::Doccano => texts.extend(doccano::read(&decoded, &file, &labels).map_err(wrong)?),
            }
        }
        let coded = webanno::coded(pages, &labels).map_err(|(file, wrong)| error(&file, wrong))?;
        texts.extend(coded.texts);
        Ok(Coding(Form::Texts(CodedTexts::new(path, texts, coded.passed_over))))
    }

    /// Whether a document is one of those that were coded.
    pub fn contains(&self, document: &Document) -> bool {
        match &self.0 {
            Form::Table(_, documents) => documents.contains(&document.name),
            Form::Texts(texts) => !texts.candidates(document).is_empty(),
        }
    }

    /// What of the files is no coding of markers.
    pub fn notes(&self) -> Vec<Message> {
        match &self.0 {
            Form::Table(..) => Vec::new(),
            Form::Texts(texts) => texts.notes(),
        }
    }

    /// The coding of some documents, all of which were coded in the place of theirs.
    ///
    /// # Errors
    /// A text that is that of no document, or differs from it; the place of the first difference.
    pub fn fitted(self, documents: &[Document]) -> Result<Gold, CorpusError> {
        match self.0 {
            Form::Table(gold, _) => Ok(gold),
            Form::Texts(texts) => texts.fitted(documents),
        }
    }
}

/// What another program writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    WebAnno,
    Brat,
    Doccano,
}

impl Kind {
    /// That of a file, by its name and how it begins.
    fn of(path: &Path) -> Result<Option<Self>, CorpusError> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let head = || {
            use std::io::Read;
            let mut head = Vec::new();
            // A line of doccano's holds a whole text; its keys stand at both ends of it.
            let file = fs::File::open(path).and_then(|file| file.take(1 << 16).read_to_end(&mut head));
            file.map_err(|source| CorpusError::TableUnreadable { path: path.into(), source })?;
            Ok(head)
        };
        Ok(match extension.as_deref() {
            Some("ann") => Some(Kind::Brat),
            Some("tsv" | "txt") => webanno::is_of_this_form(&head()?).then_some(Kind::WebAnno),
            Some("jsonl" | "json") => doccano::is_of_this_form(&head()?).then_some(Kind::Doccano),
            _ => None,
        })
    }
}

/// The codings in a folder and those within it, in the order of their names.
fn search(folder: &Path, files: &mut Vec<(PathBuf, Kind)>) -> Result<(), CorpusError> {
    let unreadable = |source| CorpusError::TableUnreadable { path: folder.into(), source };
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(unreadable)?.collect();
    let mut entries = entries.map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        // A link to a folder is not followed, so that there is no circle.
        if entry.file_type().map_err(unreadable)?.is_dir() {
            search(&path, files)?;
        } else if path.is_file() {
            files.extend(Kind::of(&path)?.map(|kind| (path, kind)));
        }
    }
    Ok(())
}

/// What the document of a file may be called: the path of the file below that of the coding, without its extension, and the folder it
/// stands in, as INCEpTION puts the file of each coder into a folder with the document's name; of either, the last part alone.
fn names(coding: &Path, file: &Path) -> Vec<String> {
    let below = file.strip_prefix(coding).ok().filter(|below| !below.as_os_str().is_empty());
    let below = below.map_or_else(|| file.file_name().map(PathBuf::from).unwrap_or_default(), PathBuf::from);
    let mut names = Vec::new();
    for path in [Some(below.with_extension("")), file.parent().map(PathBuf::from)].into_iter().flatten() {
        names.push(document_name(&path.to_string_lossy()));
        names.extend(path.file_name().map(|name| document_name(&name.to_string_lossy())));
    }
    names
}

fn error(path: &Path, (line, message): Wrong) -> CorpusError {
    CorpusError::Gold { path: path.into(), line, problem: TableProblem::Other(message) }
}
