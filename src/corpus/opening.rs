//! A corpus: the files to read, and what must be known of them before the first is read.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::catching::caught;
use super::formats::{self, Archive, Columns, Form, Header, Kind};
use super::limits::Limits;
use super::search::{Found, search};
use super::{CorpusError, Input, ReadOptions, Variables};

/// A table that was passed over, as none of its columns is known to hold the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePassedOver {
    /// The table.
    pub document: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// How many columns of a table are named, and how many tables.
const NAMED: usize = 10;

impl fmt::Display for TablePassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.document, some(&self.columns))
    }
}

/// The first of some names, and how many there are besides.
pub(super) fn some(names: &[impl fmt::Display]) -> String {
    let mut list: Vec<String> = names.iter().take(NAMED).map(ToString::to_string).collect();
    if names.len() > NAMED {
        list.push(format!("… ({})", names.len()));
    }
    list.join(", ")
}

/// The files of a corpus, found and not yet read, and the variables of its documents.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The files, by name of the document.
    pub inputs: Vec<Input>,
    /// The variables: those of the tables of variables, then those of tables of documents.
    pub variables: Variables,
    /// How many files of each other kind were passed over, by extension.
    pub passed_over: BTreeMap<String, u64>,
    /// Tables that were passed over, as none of their columns is known to hold the text.
    pub tables_passed_over: Vec<TablePassedOver>,
    /// Sheets of workbooks that hold something and are not read, by table.
    pub sheets_passed_over: BTreeMap<String, Vec<String>>,
    /// How many files are none that somebody wrote, but left by programs beside documents: owner files, backups and so on.
    pub leftovers: u64,
    /// Members of archives that have the name of another, and a number behind it.
    pub numbered: Vec<String>,
    /// How many files were found again, on another path or by another link, and are counted once.
    pub duplicates: u64,
    /// What is in a folder and can't be accessed.
    pub unreadable: Vec<CorpusError>,
}

impl Corpus {
    /// Finds the documents below `paths`, where `-` is standard input, and their variables.
    ///
    /// Folders are searched in full and links followed; hidden files, `README*`, and `variables.csv` at the top of a
    /// folder are no documents. A table in a folder is passed over if none of its columns holds the text.
    ///
    /// The header of each table is read, and JSON Lines in full: their keys are known only at their end.
    ///
    /// # Errors
    /// All that prevents a count: paths that don't exist or are of a kind that is not read, documents of one name, a
    /// table that was named and has no text, variables that can't be used, or no document at all.
    pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Self, Vec<CorpusError>> {
        let Found { inputs, variables, passed_over, leftovers, duplicates, unreadable } =
            search(paths, options)?;
        let mut corpus = Corpus { passed_over, leftovers, duplicates, unreadable, ..Corpus::default() };
        let mut errors = Vec::new();
        let tables = options.variables.as_ref().map_or(variables.as_slice(), std::slice::from_ref);
        match Variables::read(tables, options) {
            Ok(variables) => corpus.variables = variables,
            Err(error) => errors.push(error),
        }
        for input in inputs {
            let is_in_folder = paths.get(input.argument).is_some_and(|path| path.is_dir());
            // A panic comes up again when the file is read.
            match caught(&input.document, || corpus.survey(&input, is_in_folder, options)).unwrap_or(Ok(true))
            {
                Ok(true) => corpus.inputs.push(input),
                Ok(false) => {}
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() && corpus.inputs.is_empty() && corpus.unreadable.is_empty() {
            errors.push(CorpusError::NoDocuments {
                paths: paths.into(),
                passed_over: std::mem::take(&mut corpus.passed_over),
                tables_passed_over: std::mem::take(&mut corpus.tables_passed_over),
            });
        }
        if errors.is_empty() { Ok(corpus) } else { Err(errors) }
    }

    /// Notes the variables of a table or an archive; false if there is nothing to read in it. A file that can't be read
    /// is kept: the error comes up again when it is read.
    fn survey(
        &mut self,
        input: &Input,
        is_in_folder: bool,
        options: &ReadOptions,
    ) -> Result<bool, CorpusError> {
        match input.form.kind {
            Kind::Zip => self.survey_archive(input, options),
            // Folders hold XML of all kinds.
            Kind::Tei if is_in_folder => {
                let Ok(file) = input.open() else { return Ok(true) };
                let mut head = Vec::new();
                let is_read = decompressed(input.form, Box::new(file), options)
                    .take(formats::HEAD)
                    .read_to_end(&mut head);
                if is_read.is_err() || formats::is_read_xml(&head) {
                    return Ok(true);
                }
                let extension = formats::extension(Path::new(&input.document));
                let passed_over = self.passed_over.entry(extension).or_default();
                *passed_over = passed_over.saturating_add(1);
                Ok(false)
            }
            kind if kind.is_table() => {
                let Ok(file) = input.open() else { return Ok(true) };
                match self.survey_table(&input.document, input.form, Box::new(file), options) {
                    Err(CorpusError::NoTextColumn { document, columns }) if is_in_folder => {
                        self.tables_passed_over.push(TablePassedOver { document, columns });
                        Ok(false)
                    }
                    surveyed => surveyed.map(|()| true),
                }
            }
            _ => Ok(true),
        }
    }

    fn survey_archive(&mut self, input: &Input, options: &ReadOptions) -> Result<bool, CorpusError> {
        let open = |file| Archive::open(&input.document, Box::new(file), Limits::of(options));
        let Ok(archive) = input.open().and_then(open) else { return Ok(true) };
        for extension in &archive.passed_over {
            let passed_over = self.passed_over.entry(extension.clone()).or_default();
            *passed_over = passed_over.saturating_add(1);
        }
        self.leftovers = self.leftovers.saturating_add(archive.leftovers);
        self.numbered.extend_from_slice(&archive.numbered);
        let mut to_read: usize = archive.len();
        let mut surveyed = Ok(());
        archive.survey_tables(|document, form, file| {
            match self.survey_table(&document, form, file, options) {
                Err(CorpusError::NoTextColumn { document, columns }) => {
                    self.tables_passed_over.push(TablePassedOver { document, columns });
                    to_read = to_read.saturating_sub(1);
                }
                Err(error) if surveyed.is_ok() => surveyed = Err(error),
                _ => {}
            }
        });
        surveyed.map(|()| to_read > 0)
    }

    /// Adds the variables of a table.
    fn survey_table<'a>(
        &mut self,
        document: &str,
        form: Form,
        file: Box<dyn Read + Send + 'a>,
        options: &ReadOptions,
    ) -> Result<(), CorpusError> {
        let file = decompressed(form, file, options);
        let columns = formats::columns(form.kind, document, file, options)
            .and_then(|header| Ok((Columns::find(&header.columns, form.kind, document, options)?, header)));
        match columns {
            Ok((columns, Header { columns: header, sheets_passed_over })) => {
                if !sheets_passed_over.is_empty() {
                    self.sheets_passed_over.insert(document.into(), sheets_passed_over);
                }
                self.variables.add_columns(document, columns.variables(&header), &options.reserved)
            }
            Err(error @ CorpusError::NoTextColumn { .. }) => Err(error),
            Err(_) => Ok(()),
        }
    }
}

/// The contents of a file that may be compressed.
fn decompressed<'a>(
    form: Form,
    file: Box<dyn Read + Send + 'a>,
    options: &ReadOptions,
) -> Box<dyn Read + Send + 'a> {
    match form.compression {
        None => file,
        Some(compression) => compression.decompress(file, Limits::of(options)),
    }
}
