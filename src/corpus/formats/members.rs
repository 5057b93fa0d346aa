//! The members of an archive that is one document, such as a .docx or an EPUB, by name.

use std::collections::HashMap;
use std::io::Cursor;

use zip::ZipArchive;

use super::archive::{damage, unpack};
use crate::corpus::Damage;
use crate::corpus::limits::Limits;

/// An archive in memory.
pub(super) struct Members<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The indices of the members by [`key`].
    by_key: HashMap<String, usize>,
    limits: Limits,
}

impl<'a> Members<'a> {
    /// Reads the directory of an archive; one that would grow beyond the limits is refused.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Damage> {
        check_growth(bytes, limits)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damage(&error))?;
        let names = zip.file_names_raw().map(String::from_utf8_lossy).enumerate();
        let by_key = names.map(|(index, name)| (key(&name), index)).collect();
        Ok(Members { zip, by_key, limits })
    }

    /// The contents of a member, if it is there.
    pub fn get(&mut self, name: &str) -> Result<Option<Vec<u8>>, Damage> {
        match self.by_key.get(&key(name)) {
            Some(index) => unpack(&mut self.zip, *index, self.limits).map(Some),
            None => Ok(None),
        }
    }
}

/// A name as names are compared: with `/`, not at its beginning, and in lower case.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The name of a member that another, called `base`, refers to.
pub(super) fn resolve(base: &str, target: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// Refuses an archive in memory whose directory says that it grows beyond the limits, and a file of Office that is no
/// archive: what is put around a document with a password, and its own files of before 2007.
pub(super) fn check_growth(bytes: &[u8], limits: Limits) -> Result<(), Damage> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Damage::OldOffice);
    }
    let size = ZipArchive::new(Cursor::new(bytes)).ok().and_then(|zip| zip.decompressed_size());
    match size {
        Some(size) if size > u128::from(limits.unpacked(bytes.len() as u64)) => {
            Err(Damage::Growth { limit: limits.growth })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_member_that_has_them() {
        for (base, target, name) in [
            ("word/document.xml", "footnotes.xml", "word/footnotes.xml"),
            ("word/document.xml", "/word/notes/footnotes.xml", "word/notes/footnotes.xml"),
            ("a/b/c.opf", "../text/./1.xhtml", "a/text/1.xhtml"),
            ("c.opf", "../../1.xhtml", "1.xhtml"),
            ("", "word/document.xml", "word/document.xml"),
        ] {
            assert_eq!(resolve(base, target), name, "{base} {target}");
        }
    }
}
