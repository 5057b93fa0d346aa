//! Zip archives of documents.

use std::io::{Read, Seek};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Form, Kind, extension};
use crate::corpus::decoding::decode_whole;
use crate::corpus::limits::Limits;
use crate::corpus::{CorpusError, Damage, ReadOptions};
use crate::text::composed;

/// The extensions of archives, none of which is read within another.
const ARCHIVES: [&str; 6] = [".zip", ".tar", ".tgz", ".7z", ".rar", ".lzh"];

/// What an archive is read from.
pub(crate) trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// An archive. As an iterator, it decompresses its members, in the order of their names.
pub(crate) struct Archive {
    document: String,
    zip: ZipArchive<Box<dyn Source>>,
    members: std::vec::IntoIter<Member>,
    limits: Limits,
    /// The extensions of members of a kind that is not read.
    pub passed_over: Vec<String>,
}

struct Member {
    /// Its index in the archive.
    index: usize,
    name: String,
    /// None for an archive within the archive.
    form: Option<Form>,
}

/// A member that has been decompressed.
pub(crate) struct UnpackedMember {
    pub document: String,
    pub form: Form,
    pub bytes: Vec<u8>,
}

impl Archive {
    /// Reads the directory of an archive.
    pub fn open(document: &str, file: Box<dyn Source>, limits: Limits) -> Result<Self, CorpusError> {
        let damaged = |damage| CorpusError::Damaged { document: document.into(), kind: Kind::Zip, damage };
        let mut zip = ZipArchive::new(file).map_err(|error| damaged(damage(&error)))?;
        if zip.len() > limits.members {
            return Err(damaged(Damage::TooManyMembers { members: zip.len(), limit: limits.members }));
        }
        let (mut members, mut passed_over) = (Vec::new(), Vec::new());
        for index in 0..zip.len() {
            let member = zip.by_index_raw(index).map_err(|error| damaged(damage(&error)))?;
            if member.is_dir() {
                continue;
            }
            let name = name(member.name_raw());
            let parts: Vec<&str> = name.split('/').collect();
            if parts.iter().any(|part| ["", ".", ".."].contains(part)) {
                return Err(damaged(Damage::MemberOutside(name)));
            }
            let is_hidden = |part: &&str| part.starts_with('.') || *part == "__MACOSX";
            if parts.iter().any(is_hidden) || parts.last().is_some_and(|last| last.starts_with("README")) {
                continue;
            }
            let extension = extension(Path::new(&name));
            let is_archive = ARCHIVES.iter().any(|archive| extension.eq_ignore_ascii_case(archive));
            match Form::of(Path::new(&name)).filter(|form| form.kind != Kind::Zip) {
                Some(form) => members.push(Member { index, name, form: Some(form) }),
                None if is_archive => members.push(Member { index, name, form: None }),
                None => passed_over.push(extension),
            }
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        let members = members.into_iter();
        Ok(Archive { document: document.into(), zip, members, limits, passed_over })
    }

    /// How many members there are to read.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Calls `survey` with the name, form and contents of each table among the members; one that can't be read ends
    /// early.
    pub fn survey_tables(mut self, mut survey: impl FnMut(String, Form, Box<dyn Read + Send + '_>)) {
        for Member { index, name, form } in self.members {
            let Some(form) = form.filter(|form| form.kind.is_table()) else { continue };
            if let Ok(member) = self.zip.by_index(index) {
                let limit = self.limits.member(member.compressed_size());
                survey(format!("{}/{name}", self.document), form, Box::new(member.take(limit)));
            }
        }
    }
}

impl Iterator for Archive {
    type Item = Result<UnpackedMember, CorpusError>;

    fn next(&mut self) -> Option<Self::Item> {
        let member = self.members.next()?;
        let document = format!("{}/{}", self.document, member.name);
        let unpacked = match member.form {
            Some(form) => unpack(&mut self.zip, member.index, self.limits).map(|bytes| (form, bytes)),
            None => Err(Damage::NestedArchive),
        };
        Some(match unpacked {
            Ok((form, bytes)) => Ok(UnpackedMember { document, form, bytes }),
            Err(damage) => Err(CorpusError::Damaged { document, kind: Kind::Zip, damage }),
        })
    }
}

/// The contents of a member.
pub(super) fn unpack(
    zip: &mut ZipArchive<impl Read + Seek>,
    index: usize,
    limits: Limits,
) -> Result<Vec<u8>, Damage> {
    let mut member = zip.by_index(index).map_err(|error| damage(&error))?;
    let limit = limits.member(member.compressed_size());
    let mut bytes = Vec::new();
    let read = member.by_ref().take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| Damage::Member(error.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(Damage::MemberTooLarge { limit });
    }
    Ok(bytes)
}

/// What is wrong, from the decoder's words.
pub(super) fn damage(error: &ZipError) -> Damage {
    match error {
        ZipError::UnsupportedArchive(message) if *message == ZipError::PASSWORD_REQUIRED => Damage::Encrypted,
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Damage::UnsupportedMethod(error.to_string())
        }
        _ => Damage::Archive(error.to_string()),
    }
}

/// The name of a member. Archives made in Japan often have names in Shift_JIS without a flag that says so.
fn name(raw: &[u8]) -> String {
    let decode = |options: &ReadOptions| decode_whole("", raw.to_vec(), None, options).map(|name| name.text);
    let shift_jis =
        || ReadOptions { encoding: "Shift_JIS".parse().ok(), allow_malformed: true, ..Default::default() };
    let name = decode(&ReadOptions::default()).or_else(|_| decode(&shift_jis()));
    let name = name.unwrap_or_else(|_| String::from_utf8_lossy(raw).into_owned());
    // Some programs on Windows separate folders by a backslash.
    composed(&name.replace('\\', "/").replace(char::is_control, "�"))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::corpus::formats::members::check_growth;

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn open(bytes: Vec<u8>, limits: Limits) -> Result<Archive, Damage> {
        Archive::open("a.zip", Box::new(Cursor::new(bytes)), limits).map_err(damage_of)
    }

    fn damage_of(error: CorpusError) -> Damage {
        match error {
            CorpusError::Damaged { kind: Kind::Zip, damage, .. } => damage,
            other => panic!("{other}"),
        }
    }

    /// The names and contents of the members, or what is wrong with them.
    fn members(bytes: Vec<u8>, limits: Limits) -> Vec<(String, Result<Vec<u8>, Damage>)> {
        let read = |member: Result<UnpackedMember, CorpusError>| match member {
            Ok(UnpackedMember { document, bytes, .. }) => (document, Ok(bytes)),
            Err(CorpusError::Damaged { document, damage, .. }) => (document, Err(damage)),
            Err(other) => panic!("{other}"),
        };
        open(bytes, limits).unwrap().map(read).collect()
    }

    #[test]
    fn names_that_lie_outside_are_refused() {
        for name in ["../a.txt", "a/../../b.txt", "/etc/a.txt", "a//b.txt", "./a.txt", "..\\a.txt", "a/.."] {
            // The writer would mend some of these names.
            let plain = "x".repeat(name.len());
            let mut bytes = zipped(&[(&plain, b"x")]);
            for start in 0..bytes.len() - plain.len() {
                if bytes[start..].starts_with(plain.as_bytes()) {
                    bytes[start..start + name.len()].copy_from_slice(name.as_bytes());
                }
            }
            let damage = open(bytes, Limits::default()).err();
            assert_eq!(damage, Some(Damage::MemberOutside(name.replace('\\', "/"))), "{name}");
        }
    }

    #[test]
    fn an_archive_has_as_many_members_as_the_limit() {
        let bytes = zipped(&[("a.txt", b"a"), ("b.txt", b"b"), ("c.jpg", b"c")]);
        let limits = |members| Limits { members, ..Limits::default() };
        assert_eq!(members(bytes.clone(), limits(3)).len(), 2);
        let damage = open(bytes, limits(2)).err();
        assert_eq!(damage, Some(Damage::TooManyMembers { members: 3, limit: 2 }));
    }

    #[test]
    fn a_member_is_as_large_as_the_limit() {
        let bytes = zipped(&[("a.txt", &[b' '; 5_000]), ("b.txt", b"b")]);
        let read = |limits| members(bytes.clone(), limits).remove(0).1;
        let limits = |growth, harmless, member| Limits { growth, harmless, member, ..Limits::default() };
        for (limits, limit) in [
            // Its own limit goes before any growth.
            (limits(1_000_000, 0, 4_999), Some(4_999)),
            (limits(1_000_000, 0, 5_000), None),
            (limits(0, 4_999, u64::MAX), Some(4_999)),
            (limits(0, 5_000, u64::MAX), None),
        ] {
            match limit {
                Some(limit) => assert_eq!(read(limits), Err(Damage::MemberTooLarge { limit })),
                None => assert_eq!(read(limits).unwrap().len(), 5_000),
            }
        }
        assert_eq!(members(bytes.clone(), limits(0, 1, 1))[1], ("a.zip/b.txt".into(), Ok(b"b".into())));
    }

    #[test]
    fn growth_is_checked_before_an_archive_in_memory_is_read() {
        let bytes = zipped(&[("a", &[b' '; 5_000]), ("b", &[b' '; 5_000])]);
        let limits = |growth, harmless| Limits { growth, harmless, ..Limits::default() };
        let times = 10_000 / bytes.len() as u64;
        assert_eq!(check_growth(&bytes, limits(times + 1, 0)), Ok(()));
        assert_eq!(check_growth(&bytes, limits(times, 0)), Err(Damage::Growth { limit: times }));
        assert_eq!(check_growth(&bytes, limits(0, 10_000)), Ok(()));
        assert_eq!(check_growth(&bytes, limits(0, 9_999)), Err(Damage::Growth { limit: 0 }));
    }

    #[test]
    fn archives_within_an_archive_are_refused_and_others_go_on() {
        let inner = zipped(&[("x.txt", b"x")]);
        let bytes = zipped(&[("a.ZIP", &inner), ("b.tar", b"b"), ("c.txt", b"c"), ("d.zip.gz", b"d")]);
        let found = members(bytes, Limits::default());
        let nested = |name: &str| (format!("a.zip/{name}"), Err(Damage::NestedArchive));
        assert_eq!(found, [nested("a.ZIP"), nested("b.tar"), ("a.zip/c.txt".into(), Ok(b"c".into()))]);
    }

    #[test]
    fn an_encrypted_member_is_named_for_what_it_is() {
        let mut bytes = zipped(&[("a.txt", b"abc")]);
        // The flag for encryption, in the local header and in the directory.
        let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        bytes[6] |= 1;
        bytes[directory + 8] |= 1;
        assert_eq!(members(bytes, Limits::default()), [("a.zip/a.txt".into(), Err(Damage::Encrypted))]);
    }

    #[test]
    fn a_damaged_member_is_named_and_others_go_on() {
        let mut bytes = zipped(&[("a.txt", b"abcabcabcabcabcabc"), ("b.txt", b"b")]);
        let start = 30 + "a.txt".len();
        bytes[start + 2] ^= 0xff;
        let found = members(bytes, Limits::default());
        assert!(matches!(found[0].1, Err(Damage::Member(_))), "{found:?}");
        assert_eq!(found[1], ("a.zip/b.txt".into(), Ok(b"b".into())));
        assert!(matches!(open(b"no archive".into(), Limits::default()), Err(Damage::Archive(_))));
    }
}
