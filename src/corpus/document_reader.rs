//! From a file to its documents.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use super::formats::{self, Archive, Columns, Form, Kind, Packing, RowDocuments, Table};
use super::streaming::{HashingReader, ReadTotals};
use super::{CorpusError, Document, Input, InputRecord, ReadOptions};
use crate::digest::{hexadecimal, sha256};

/// The documents of a file, one by one. What can't be read is an error among them.
///
/// A table is read row by row and an archive member by member, so that no more is in memory than a document.
pub struct DocumentReader<'a> {
    options: &'a ReadOptions,
    rest: Rest<'a>,
    /// How the files were read, once their documents are.
    pub records: Vec<InputRecord>,
}

/// What has not been read yet.
enum Rest<'a> {
    Nothing,
    Refused(CorpusError),
    Whole { name: String, form: Form, bytes: Vec<u8> },
    Rows { rows: RowDocuments, kind: Kind, totals: ReadTotals },
    Members { archive: Box<Archive>, member: Option<Box<DocumentReader<'a>>> },
}

impl<'a> DocumentReader<'a> {
    /// The documents of a file that was found.
    pub fn open(input: &Input, options: &'a ReadOptions) -> Self {
        let name = input.document.clone();
        let rest = match input.form.kind {
            Kind::Csv | Kind::Tsv | Kind::JsonLines | Kind::Xlsx => {
                open_file(input).and_then(|file| Self::rows(name, input.form, Box::new(file), options))
            }
            Kind::Zip => open_file(input)
                .and_then(|file| Archive::open(&name, Box::new(BufReader::new(file))))
                .map(|archive| Rest::Members { archive: Box::new(archive), member: None }),
            _ => match contents(input) {
                Ok(bytes) => Ok(Rest::Whole { name, form: input.form, bytes }),
                Err(source) => Err(CorpusError::Unreadable { document: name, source }),
            },
        };
        DocumentReader { options, rest: rest.unwrap_or_else(Rest::Refused), records: Vec::new() }
    }

    /// The documents in some bytes; the end of `name` says what they are, as it does of a file.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, options: &'a ReadOptions) -> Self {
        let name = name.to_owned();
        let rest = match Form::of(Path::new(&name)) {
            Some(form) => Self::rest_of(name, form, bytes, options),
            None => Rest::Refused(CorpusError::Kind { path: name.into(), remedy: "name it for what it is" }),
        };
        DocumentReader { options, rest, records: Vec::new() }
    }

    fn rest_of(name: String, form: Form, bytes: Vec<u8>, options: &'a ReadOptions) -> Rest<'a> {
        let rest = match form.kind {
            Kind::Csv | Kind::Tsv | Kind::JsonLines | Kind::Xlsx => {
                Self::rows(name, form, Box::new(Cursor::new(bytes)), options)
            }
            Kind::Zip => Archive::open(&name, Box::new(Cursor::new(bytes)))
                .map(|archive| Rest::Members { archive: Box::new(archive), member: None }),
            _ => Ok(Rest::Whole { name, form, bytes }),
        };
        rest.unwrap_or_else(Rest::Refused)
    }

    fn rows(
        name: String,
        form: Form,
        file: Box<dyn Read + Send>,
        options: &ReadOptions,
    ) -> Result<Rest<'a>, CorpusError> {
        let totals = ReadTotals::default();
        let table = open_table(&name, form, file, options, totals.clone())?;
        let columns = text_column(&table.header, form.kind, &name, options)?;
        let rows = table.documents(name, columns);
        Ok(Rest::Rows { rows, kind: form.kind, totals })
    }
}

impl Iterator for DocumentReader<'_> {
    type Item = Result<Document, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match &mut self.rest {
                Rest::Nothing => return None,
                Rest::Refused(_) | Rest::Whole { .. } => {
                    return match std::mem::replace(&mut self.rest, Rest::Nothing) {
                        Rest::Whole { name, form, bytes } => Some(self.whole(name, form, bytes)),
                        Rest::Refused(error) => Some(Err(error)),
                        _ => None,
                    };
                }
                Rest::Rows { rows, kind, totals } => {
                    let row = match rows.next() {
                        Some(Ok(row)) => row,
                        // Behind a row that can't be read there are others; behind a file, there are none.
                        Some(Err(error @ CorpusError::Row { .. })) => return Some(Err(error)),
                        Some(Err(error)) => {
                            self.rest = Rest::Nothing;
                            return Some(Err(error));
                        }
                        None => {
                            let totals = totals.get().clone();
                            self.records.push(InputRecord {
                                document: rows.document.clone(),
                                bytes: totals.bytes,
                                sha256: hexadecimal(totals.digest),
                                format: kind.name().into(),
                                encoding: totals.encoding.map(|encoding| encoding.name().into()),
                                malformed_bytes: totals.malformed,
                                html: None,
                                documents: Some(rows.number),
                            });
                            self.rest = Rest::Nothing;
                            return None;
                        }
                    };
                    return Some(Ok(Document {
                        name: format!("{}#{}", rows.document, row.id),
                        bytes: row.text.len() as u64,
                        text: row.text,
                        variables: row.variables,
                    }));
                }
                Rest::Members { archive, member } => {
                    if let Some(documents) = member {
                        match documents.next() {
                            Some(document) => return Some(document),
                            None => self.records.append(&mut documents.records),
                        }
                    }
                    match archive.next() {
                        None => self.rest = Rest::Nothing,
                        Some(Err(error)) => {
                            *member = None;
                            return Some(Err(error));
                        }
                        Some(Ok(unpacked)) => {
                            let formats::Unpacked { document, form, bytes } = unpacked;
                            let rest = match DocumentReader::rest_of(document, form, bytes, self.options) {
                                // It was told of when the archive was looked into.
                                Rest::Refused(CorpusError::NoTextColumn { .. }) => Rest::Nothing,
                                rest => rest,
                            };
                            let options = self.options;
                            *member = Some(Box::new(DocumentReader { options, rest, records: Vec::new() }));
                        }
                    }
                }
            }
        }
    }
}

impl DocumentReader<'_> {
    /// A file that is one document.
    fn whole(&mut self, name: String, form: Form, bytes: Vec<u8>) -> Result<Document, CorpusError> {
        let (size, digest) = (bytes.len() as u64, sha256(&bytes));
        let bytes = match form.packing {
            None => bytes,
            Some(packing) => {
                let mut unpacked = Vec::new();
                let read = packing.unpack(Box::new(Cursor::new(bytes))).read_to_end(&mut unpacked);
                read.map_err(|error| damaged(&name, &error))?;
                unpacked
            }
        };
        let extract = formats::extract(form.kind, &name, bytes, self.options)?;
        if extract.text.trim().is_empty() {
            let why = "perhaps it was not saved in full; get it again, or leave it out".into();
            return Err(CorpusError::NoText { document: name, what: "file", why });
        }
        self.records.push(InputRecord {
            document: name.clone(),
            bytes: size,
            sha256: digest,
            format: extract.format.into(),
            encoding: extract.encoding.map(|encoding| encoding.name().into()),
            malformed_bytes: extract.malformed,
            html: extract.html.map(str::to_owned),
            documents: None,
        });
        Ok(Document { name, text: extract.text, bytes: size, variables: Vec::new() })
    }
}

/// The column that holds the text. JSON Lines have no header: what their rows have is seen as they come.
fn text_column(
    header: &[String],
    kind: Kind,
    document: &str,
    options: &ReadOptions,
) -> Result<Columns, CorpusError> {
    if kind == Kind::JsonLines && header.is_empty() {
        return Ok(Columns::unseen(options));
    }
    let columns = Columns::among(header, options).map_err(|message| CorpusError::Row {
        document: document.into(),
        line: 1,
        message,
    })?;
    columns.ok_or_else(|| CorpusError::NoTextColumn { document: document.into(), columns: header.join(", ") })
}

fn damaged(document: &str, error: &io::Error) -> CorpusError {
    let message = format!("can't be unpacked: {error}; unpack or pack it anew");
    CorpusError::Damaged { document: document.into(), message }
}

/// What a table file holds besides texts: the names of its variables. None if no column of it holds the text.
pub(super) fn variables_of(input: &Input, options: &ReadOptions) -> Result<Vec<String>, CorpusError> {
    let file = Box::new(open_file(input)?);
    table_variables(&input.document, input.form, file, options)
}

/// The variables of a table, named in `document`.
pub(super) fn table_variables(
    document: &str,
    form: Form,
    file: Box<dyn Read + Send>,
    options: &ReadOptions,
) -> Result<Vec<String>, CorpusError> {
    let table = open_table(document, form, file, options, ReadTotals::default())?;
    let header = table.all_columns(form.kind)?;
    let columns = text_column(&header, form.kind, document, options)?;
    Ok(columns.variables(&header).cloned().collect())
}

fn open_table(
    document: &str,
    form: Form,
    file: Box<dyn Read + Send>,
    options: &ReadOptions,
    totals: ReadTotals,
) -> Result<Table, CorpusError> {
    let file: Box<dyn Read + Send> = Box::new(HashingReader { inner: file, totals: totals.clone() });
    let file = match form.packing {
        None => file,
        Some(packing) => Packing::unpack(packing, file),
    };
    Table::open(form.kind, document, file, options, totals)
}

pub(super) fn open_file(input: &Input) -> Result<File, CorpusError> {
    let document = || input.document.clone();
    File::open(input.origin.path()).map_err(|source| CorpusError::Unreadable { document: document(), source })
}

/// Reads a file in one go: one byte of room is left over where its size was told right, to see that it ends there.
fn contents(input: &Input) -> io::Result<Vec<u8>> {
    let mut file = File::open(input.origin.path())?;
    let mut bytes = vec![0; input.bytes() as usize + 1];
    let mut filled = 0;
    loop {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        if filled == bytes.len() {
            bytes.resize(2 * bytes.len(), 0);
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}
