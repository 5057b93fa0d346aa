//! From a file to its documents.

use std::io::{Cursor, Read};
use std::path::Path;

use super::catching::caught;
use super::formats::{self, Archive, Columns, Form, Kind, RowDocuments, Table, UnpackedMember};
use super::hashing::{HashingReader, ReadTotals};
use super::limits::{Limits, read_whole};
use super::long_text::LONG;
use super::{CorpusError, Damage, Document, Input, InputRecord, NoText, ReadOptions};
use crate::digest::{hexadecimal, sha256};
use crate::text::characters::is_blank;
use crate::text::composed;

/// The documents of a file, one by one, or the errors in their place.
///
/// A file that is one document is read at once; a table row by row and an archive member by member, so that no more
/// than a document is in memory (and all of a spreadsheet).
pub struct DocumentReader<'a> {
    /// The name of the file.
    name: String,
    options: &'a ReadOptions,
    /// How many bytes a compressed file may have when it is unpacked.
    most: u64,
    rest: Rest<'a>,
    /// How files were read, each added behind its last document.
    pub records: Vec<InputRecord>,
}

/// What has not been given yet.
enum Rest<'a> {
    /// A file that is one document.
    One(Option<Result<Document, CorpusError>>),
    Table(TableReader),
    Archive(ArchiveReader<'a>),
}

impl<'a> DocumentReader<'a> {
    /// Opens a file that was found.
    pub fn open(input: &Input, options: &'a ReadOptions) -> Self {
        DocumentReader::open_within(input, options, options.max_document.0)
    }

    /// The same for one that is no larger than `most` when it is unpacked, if it is compressed.
    pub(crate) fn open_within(input: &Input, options: &'a ReadOptions, most: u64) -> Self {
        let (name, limits) = (input.document.as_str(), Limits::of(options));
        DocumentReader::opened(name, options, |reader| {
            // A longer one is read piece by piece where no document is needed.
            let limit =
                if input.form.kind == Kind::Text { limits.document.max(LONG) } else { limits.document };
            reader.most = most.min(limit);
            let is_workbook = input.form == Form { kind: Kind::Xlsx, compression: None };
            if is_workbook && input.bytes() > limits.document {
                let (size, limit) = (Some(input.bytes()), limits.document);
                Rest::failed(CorpusError::TooLarge { document: name.into(), size, limit })
            } else if input.form.kind.is_table() {
                reader.table(name, input.form, input.is_named_by_ids, || Ok(Box::new(input.open()?)))
            } else if input.form.kind == Kind::Zip {
                Rest::archive(input.open().and_then(|file| Archive::open(name, Box::new(file), limits)))
            } else {
                let document = input.read(limit).and_then(|bytes| reader.whole(name, input.form, bytes));
                Rest::One(Some(document))
            }
        })
    }

    /// The documents in the contents of a file; the extension of `name` says what they are.
    pub fn from_bytes(name: &str, bytes: Vec<u8>, options: &'a ReadOptions) -> Self {
        let name = &composed(name);
        match Form::of(Path::new(name)) {
            Some(form) => DocumentReader::from_form(name, form, bytes, options),
            None => {
                let extension = formats::extension(Path::new(name));
                let error = CorpusError::UnknownKind { path: name.into(), extension };
                DocumentReader::opened(name, options, |_| Rest::failed(error))
            }
        }
    }

    fn from_form(name: &str, form: Form, bytes: Vec<u8>, options: &'a ReadOptions) -> Self {
        DocumentReader::opened(name, options, |reader| {
            if form.kind.is_table() {
                reader.table(name, form, false, || Ok(Box::new(Cursor::new(bytes))))
            } else if form.kind == Kind::Zip {
                Rest::archive(Archive::open(name, Box::new(Cursor::new(bytes)), Limits::of(options)))
            } else {
                Rest::One(Some(reader.whole(name, form, bytes)))
            }
        })
    }

    /// A reader of what `open` opens.
    fn opened(name: &str, options: &'a ReadOptions, open: impl FnOnce(&mut Self) -> Rest<'a>) -> Self {
        let most = options.max_document.0;
        let mut reader =
            DocumentReader { name: name.into(), options, most, rest: Rest::One(None), records: Vec::new() };
        reader.rest = caught(name, || open(&mut reader)).unwrap_or_else(Rest::failed);
        reader
    }

    fn table(
        &self,
        name: &str,
        form: Form,
        is_named_by_ids: bool,
        file: impl FnOnce() -> Result<Box<dyn Read + Send>, CorpusError>,
    ) -> Rest<'a> {
        match file().and_then(|file| TableReader::open(name, form, file, self.options)) {
            Ok(table) => Rest::Table(TableReader { is_named_by_ids, ..table }),
            Err(error) => Rest::failed(error),
        }
    }

    /// A file that is one document.
    fn whole(&mut self, name: &str, form: Form, mut bytes: Vec<u8>) -> Result<Document, CorpusError> {
        let (size, digest) = (bytes.len() as u64, sha256(&bytes));
        if let Some(compression) = form.compression {
            let file = compression.decompress(Cursor::new(bytes), Limits::of(self.options));
            let contents = read_whole(file, 0, self.most).map_err(|error| CorpusError::Damaged {
                document: name.into(),
                kind: Kind::Text,
                damage: Damage::Compression(error.to_string()),
            })?;
            let too_large = || CorpusError::TooLarge { document: name.into(), size: None, limit: self.most };
            bytes = contents.ok_or_else(too_large)?;
        }
        let extract = formats::extract(form.kind, name, bytes, self.options)?;
        if is_blank(&extract.text) {
            return Err(CorpusError::NoText { document: name.into(), what: NoText::File });
        }
        self.records.push(InputRecord {
            document: name.into(),
            bytes: size,
            sha256: digest,
            format: extract.format.into(),
            encoding: extract.encoding.map(|encoding| encoding.name().into()),
            malformed_bytes: extract.malformed,
            html: extract.html,
            read_share: extract.read_share,
            joined_breaks: Some(extract.joined.len() as u64).filter(|breaks| *breaks > 0),
            documents: None,
            error_cells: 0,
        });
        Ok(Document {
            name: name.into(),
            has_integer_id: false,
            text: extract.text,
            bytes: size,
            variables: Vec::new(),
            joined: extract.joined,
        })
    }
}

impl Rest<'_> {
    fn failed(error: CorpusError) -> Self {
        Rest::One(Some(Err(error)))
    }

    fn archive(archive: Result<Archive, CorpusError>) -> Self {
        match archive {
            Ok(archive) => Rest::Archive(ArchiveReader { archive, member: None }),
            Err(error) => Rest::failed(error),
        }
    }
}

impl Iterator for DocumentReader<'_> {
    type Item = Result<Document, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        let DocumentReader { name, options, rest, records, .. } = self;
        let next = caught(name, || match rest {
            Rest::One(document) => document.take(),
            Rest::Table(table) => table.next(records),
            Rest::Archive(archive) => archive.next(options, records),
        });
        next.unwrap_or_else(|error| {
            self.rest = Rest::One(None);
            Some(Err(error))
        })
    }
}

/// A table whose rows are documents.
struct TableReader {
    /// None at its end.
    rows: Option<RowDocuments>,
    kind: Kind,
    /// Whether documents are named by their ids alone.
    is_named_by_ids: bool,
    totals: ReadTotals,
    /// How many documents it has given.
    documents: u64,
}

impl TableReader {
    fn open(
        name: &str,
        form: Form,
        file: Box<dyn Read + Send>,
        options: &ReadOptions,
    ) -> Result<Self, CorpusError> {
        let totals = ReadTotals::default();
        let file = HashingReader { inner: file, totals: totals.clone() };
        let file: Box<dyn Read + Send> = match form.compression {
            None => Box::new(file),
            Some(compression) => compression.decompress(file, Limits::of(options)),
        };
        let table = Table::open(form.kind, name, file, options, totals.clone())?;
        let columns = Columns::find(&table.header, form.kind, name, options)?;
        let rows = Some(table.documents(name.into(), columns));
        Ok(TableReader { rows, kind: form.kind, is_named_by_ids: false, totals, documents: 0 })
    }

    fn next(&mut self, records: &mut Vec<InputRecord>) -> Option<Result<Document, CorpusError>> {
        let rows = self.rows.as_mut()?;
        match rows.next() {
            Some(Ok(row)) => {
                self.documents = self.documents.saturating_add(1);
                let name = match self.is_named_by_ids {
                    true => row.id,
                    false => format!("{}#{}", rows.document, row.id),
                };
                Some(Ok(Document {
                    name,
                    has_integer_id: row.has_integer_id,
                    bytes: row.text.len() as u64,
                    text: row.text,
                    variables: row.variables,
                    joined: Vec::new(),
                }))
            }
            // Other rows may follow one that can't be read.
            Some(Err(error @ CorpusError::Row { .. })) => Some(Err(error)),
            Some(Err(error)) => {
                self.rows = None;
                Some(Err(error))
            }
            None => {
                let (document, error_cells) = (std::mem::take(&mut rows.document), rows.error_cells);
                records.push(InputRecord { error_cells, ..self.record(document) });
                self.rows = None;
                None
            }
        }
    }

    fn record(&self, document: String) -> InputRecord {
        let totals = self.totals.get().clone();
        InputRecord {
            document,
            bytes: totals.bytes,
            sha256: hexadecimal(totals.digest),
            format: self.kind.name().into(),
            encoding: totals.encoding.map(|encoding| encoding.name().into()),
            malformed_bytes: totals.malformed.saturating_add(totals.half_characters),
            html: None,
            read_share: None,
            joined_breaks: None,
            documents: Some(self.documents),
            error_cells: 0,
        }
    }
}

/// An archive, and the member that is being read.
struct ArchiveReader<'a> {
    archive: Archive,
    member: Option<Box<DocumentReader<'a>>>,
}

impl<'a> ArchiveReader<'a> {
    fn next(
        &mut self,
        options: &'a ReadOptions,
        records: &mut Vec<InputRecord>,
    ) -> Option<Result<Document, CorpusError>> {
        loop {
            match self.member.as_mut().and_then(Iterator::next) {
                // Reported when the archive was surveyed.
                Some(Err(CorpusError::NoTextColumn { .. })) => {}
                Some(document) => return Some(document),
                None => {}
            }
            if let Some(member) = self.member.take() {
                records.extend(member.records);
            }
            match self.archive.next()? {
                Ok(UnpackedMember { document, form, bytes }) => {
                    let member = DocumentReader::from_form(&document, form, bytes, options);
                    self.member = Some(Box::new(member));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
