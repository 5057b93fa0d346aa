//! Zip archives of documents.

use std::io::{Cursor, Read, Seek};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::packed::{HARMLESS, MOST_TIMES};
use super::{Form, Kind, extension};
use crate::corpus::decoding::decode_whole;
use crate::corpus::{CorpusError, ReadOptions};

/// How many members an archive may have.
const MOST_MEMBERS: usize = 100_000;

/// How large a member may be, in bytes: it is held in memory.
const LARGEST: u64 = 1 << 30;

/// What an archive may be read from.
pub(crate) trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// An archive, and its members in the order of their names.
pub(crate) struct Archive {
    document: String,
    zip: ZipArchive<Box<dyn Source>>,
    members: std::vec::IntoIter<Member>,
    /// The extensions of members that are of no kind that is read.
    pub passed_over: Vec<String>,
}

struct Member {
    index: usize,
    name: String,
    form: Option<Form>,
}

/// A member that has been unpacked.
pub(crate) struct Unpacked {
    pub document: String,
    pub form: Form,
    pub bytes: Vec<u8>,
}

impl Archive {
    /// Opens an archive.
    pub fn open(document: &str, file: Box<dyn Source>) -> Result<Self, CorpusError> {
        let damaged = |message: String| CorpusError::Damaged { document: document.into(), message };
        let mut zip = ZipArchive::new(file).map_err(|error| damaged(no_archive(&error)))?;
        if zip.len() > MOST_MEMBERS {
            return Err(damaged(format!(
                "{} members are more than {MOST_MEMBERS}; unpack it into a folder",
                zip.len()
            )));
        }
        let (mut members, mut passed_over) = (Vec::new(), Vec::new());
        for index in 0..zip.len() {
            let member = zip.by_index_raw(index).map_err(|error| damaged(no_archive(&error)))?;
            if member.is_dir() {
                continue;
            }
            let name = name(member.name_raw());
            let parts: Vec<&str> = name.split('/').collect();
            if parts.iter().any(|part| ["", ".", ".."].contains(part)) {
                return Err(damaged(format!("the member {name} lies outside; unpack it and look")));
            }
            let is_left_out = |part: &&str| part.starts_with('.') || *part == "__MACOSX";
            if parts.iter().any(is_left_out) || parts.last().is_some_and(|last| last.starts_with("README")) {
                continue;
            }
            let form = Form::of(Path::new(&name));
            let is_archive = ["zip", "tar", "tgz", "7z", "rar", "lzh"]
                .iter()
                .any(|kind| extension(Path::new(&name)).eq_ignore_ascii_case(&format!(".{kind}")));
            match form {
                Some(form) if form.kind == Kind::Zip => members.push(Member { index, name, form: None }),
                Some(form) => members.push(Member { index, name, form: Some(form) }),
                None if is_archive => members.push(Member { index, name, form: None }),
                None => passed_over.push(extension(Path::new(&name))),
            }
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Archive { document: document.into(), zip, members: members.into_iter(), passed_over })
    }

    /// The tables among its members.
    pub fn tables(mut self) -> impl Iterator<Item = Result<Unpacked, CorpusError>> {
        let members: Vec<Member> =
            self.members.filter(|member| member.form.is_some_and(|form| form.kind.is_table())).collect();
        self.members = members.into_iter();
        self
    }

    /// How many members there are to read.
    pub fn len(&self) -> usize {
        self.members.len()
    }
}

impl Iterator for Archive {
    type Item = Result<Unpacked, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        let member = self.members.next()?;
        let document = format!("{}/{}", self.document, member.name);
        let damaged = |message: String| CorpusError::Damaged { document: document.clone(), message };
        let Some(form) = member.form else {
            return Some(Err(damaged("an archive within an archive; unpack it".into())));
        };
        match unpack(&mut self.zip, member.index) {
            Ok(bytes) => Some(Ok(Unpacked { document, form, bytes })),
            Err(message) => Some(Err(damaged(message))),
        }
    }
}

/// The bytes of a member.
fn unpack(zip: &mut ZipArchive<impl Source>, index: usize) -> Result<Vec<u8>, String> {
    let mut member = zip.by_index(index).map_err(|error| no_archive(&error))?;
    let most = LARGEST.min(HARMLESS.max(member.compressed_size().saturating_mul(MOST_TIMES)));
    let mut bytes = Vec::new();
    let unpacked = member.by_ref().take(most + 1).read_to_end(&mut bytes);
    unpacked.map_err(|error| format!("damaged: {error}; pack the archive anew"))?;
    if bytes.len() as u64 > most {
        return Err(format!("more than {most} bytes when it is unpacked, too much for a text; leave it out"));
    }
    Ok(bytes)
}

/// One member of an archive in memory, such as the text of a .docx.
pub(super) fn member(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| no_archive(&error))?;
    match zip.index_for_name(name) {
        Some(index) => unpack(&mut zip, index).map(Some),
        None => Ok(None),
    }
}

/// Whether an archive says that it grows out of all proportion.
pub(super) fn is_a_bomb(bytes: &[u8]) -> bool {
    let size = ZipArchive::new(Cursor::new(bytes)).ok().and_then(|zip| zip.decompressed_size());
    let most = u128::from(HARMLESS).max(bytes.len() as u128 * u128::from(MOST_TIMES));
    size.is_some_and(|size| size > most)
}

fn no_archive(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(message) if *message == ZipError::PASSWORD_REQUIRED => {
            "protected by a password; unpack it".into()
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            format!("packed in a way that is not read ({error}); unpack it")
        }
        _ => format!("this is no whole archive ({error}); pack it anew"),
    }
}

/// The name of a member. Archives made in Japan often have Shift_JIS there, and say nothing of it.
fn name(raw: &[u8]) -> String {
    let name = decode_whole("", raw.to_vec(), None, &ReadOptions::default()).map(|name| name.text);
    let name = name.unwrap_or_else(|_| {
        let shift_jis = ReadOptions {
            encoding: "Shift_JIS".parse().ok(),
            allow_malformed: true,
            ..ReadOptions::default()
        };
        let name = decode_whole("", raw.to_vec(), None, &shift_jis).map(|name| name.text);
        name.unwrap_or_else(|_| String::from_utf8_lossy(raw).into_owned())
    });
    // Some programs on Windows write the names of the folders so.
    name.replace('\\', "/").replace(char::is_control, "�")
}
