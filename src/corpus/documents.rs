//! From a file to its documents.

use std::fs::File;
use std::io::{self, Read};

use super::document::sha256;
use super::formats::{self, Kind};
use super::{CorpusError, Document, Input, Reading, Record};

/// The documents of a file, one by one. What can't be read is an error among them.
pub struct Documents<'a> {
    reading: &'a Reading,
    rest: Rest,
    /// How the files were read, once their documents are.
    pub records: Vec<Record>,
}

/// What has not been read yet.
enum Rest {
    Nothing,
    Refused(CorpusError),
    Whole { name: String, kind: Kind, bytes: Vec<u8> },
}

impl<'a> Documents<'a> {
    /// The documents of a file that was found.
    pub fn open(input: &Input, reading: &'a Reading) -> Self {
        let unreadable = |source| CorpusError::Unreadable { document: input.document.clone(), source };
        let rest = match contents(input).map_err(unreadable) {
            Ok(bytes) => Rest::Whole { name: input.document.clone(), kind: input.kind, bytes },
            Err(error) => Rest::Refused(error),
        };
        Documents { reading, rest, records: Vec::new() }
    }

    /// The documents in some bytes; the end of `name` says what they are, as it does of a file.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, reading: &'a Reading) -> Self {
        let name = name.to_owned();
        let rest = match Kind::of_name(&name) {
            Some(kind) => Rest::Whole { name, kind, bytes },
            None => Rest::Refused(CorpusError::Kind { path: name.into() }),
        };
        Documents { reading, rest, records: Vec::new() }
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        match std::mem::replace(&mut self.rest, Rest::Nothing) {
            Rest::Nothing => None,
            Rest::Refused(error) => Some(Err(error)),
            Rest::Whole { name, kind, bytes } => Some(self.whole(name, kind, bytes)),
        }
    }
}

impl Documents<'_> {
    /// A file that is one document.
    fn whole(&mut self, name: String, kind: Kind, bytes: Vec<u8>) -> Result<Document, CorpusError> {
        let (size, digest) = (bytes.len() as u64, sha256(&bytes));
        let extract = formats::extract(kind, &name, bytes, self.reading)?;
        self.records.push(Record {
            document: name.clone(),
            bytes: size,
            sha256: digest,
            format: extract.format,
            encoding: extract.encoding.map(super::Encoding::name),
            malformed_bytes: extract.malformed,
            html: extract.html,
            documents: None,
        });
        Ok(Document { name, text: extract.text, bytes: size, variables: Vec::new() })
    }
}

/// Reads a file in one go: one byte of room is left over where its size was told right.
fn contents(input: &Input) -> io::Result<Vec<u8>> {
    let mut file = File::open(input.place.path())?;
    let mut bytes = vec![0; input.bytes as usize + 1];
    let mut filled = 0;
    loop {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if filled < bytes.len() {
            // No more is there: a second look costs as much as the first.
            break;
        }
        bytes.resize(2 * bytes.len(), 0);
    }
    bytes.truncate(filled);
    Ok(bytes)
}
