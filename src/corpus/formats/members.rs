//! The members of an archive that is one document, such as a .docx or an EPUB, by name.

use std::collections::HashMap;
use std::io::Cursor;
#[cfg(feature = "xlsx")]
use std::io::Read;

use zip::ZipArchive;

use super::archive::{damage, unpack};
use super::directory::check_count;
use crate::corpus::Damage;
use crate::corpus::limits::Limits;

/// An archive in memory.
pub(super) struct Members<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The indices of the members by [`key`]; none where several have one.
    by_key: HashMap<String, Option<usize>>,
    /// How many bytes its members may have together, and how many are left.
    limit: u64,
    left: u64,
}

impl<'a> Members<'a> {
    /// Reads the directory of an archive; one that would grow beyond the limits is refused.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Damage> {
        check_growth(bytes, limits)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damage(&error))?;
        // Of several with one name, `zip` gives the last.
        if zip.has_duplicate_names() {
            return Err(Damage::EqualNames);
        }
        let names = zip.file_names_raw().map(String::from_utf8_lossy).enumerate();
        let mut by_key = HashMap::new();
        for (index, name) in names {
            by_key.entry(key(&name)).and_modify(|index| *index = None).or_insert(Some(index));
        }
        Ok(Members { zip, by_key, limit: limits.document, left: limits.document })
    }

    /// The contents of a member, if it is there.
    pub fn get(&mut self, name: &str) -> Result<Option<Vec<u8>>, Damage> {
        match self.by_key.get(&key(name)) {
            Some(None) => Err(Damage::EqualNames),
            Some(Some(index)) => {
                // What is read of it is held together.
                let bytes = unpack(&mut self.zip, *index, self.left).map_err(|damage| match damage {
                    Damage::TooLarge { .. } => Damage::TooLarge { size: None, limit: self.limit },
                    damage => damage,
                })?;
                self.left = self.left.saturating_sub(bytes.len() as u64);
                Ok(Some(bytes))
            }
            None => Ok(None),
        }
    }
}

#[cfg(feature = "xlsx")]
impl Members<'_> {
    /// Calls `look` with the contents of each member, as it is unpacked, and its size in bytes. One that can't be unpacked is
    /// an error where it is needed.
    pub fn each(
        &mut self,
        mut look: impl FnMut(&mut dyn Read, u64) -> Result<(), Damage>,
    ) -> Result<(), Damage> {
        for index in 0..self.zip.len() {
            if let Ok(mut member) = self.zip.by_index(index) {
                let size = member.size();
                look(&mut member, size)?;
            }
        }
        Ok(())
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
    check_count(&mut Cursor::new(bytes), limits)?;
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
