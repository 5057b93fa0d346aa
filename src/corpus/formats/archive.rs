//! Zip archives of documents.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::bounded_search::BoundedSearch;
use super::directory::check_count;
use super::equal_names::Renamed;
use super::member_names::{NameDecoder, Numbering, relative};
use super::{Form, Kind, extension, tei};
use crate::corpus::input::Source;
use crate::corpus::leftovers::{is_leftover, is_leftover_folder};
use crate::corpus::limits::{Limits, read_whole};
use crate::corpus::{CorpusError, Damage};

/// The extensions of archives, none of which is read within another.
const ARCHIVES: [&str; 6] = [".zip", ".tar", ".tgz", ".7z", ".rar", ".lzh"];

/// The flag of a member whose name is in UTF-8.
const UTF8_NAME: u16 = 1 << 11;

/// An archive. As an iterator, it decompresses its members, in the order of their names.
pub(crate) struct Archive {
    document: String,
    zip: ZipArchive<Renamed<BufReader<Box<dyn Source>>>>,
    members: std::vec::IntoIter<Member>,
    limits: Limits,
    /// The extensions of members of a kind that is not read.
    pub passed_over: Vec<String>,
    /// How many members are none that somebody wrote.
    pub leftovers: u64,
    /// The documents that have the name of another, and a number behind it.
    pub numbered: Vec<String>,
}

struct Member {
    /// Its index in the archive.
    index: usize,
    /// How many bytes it has, as the directory says.
    size: u64,
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
        let damaged = |damage| CorpusError::damaged(document, Kind::Zip, damage);
        let (file, search) = BoundedSearch::of(file);
        let mut file = BufReader::new(file);
        check_count(&mut file, limits).map_err(damaged)?;
        let unreadable = |source| CorpusError::Unreadable { document: document.into(), source };
        let most = limits.unpacked(file.seek(SeekFrom::End(0)).map_err(unreadable)?);
        let mut zip = ZipArchive::new(Renamed::none(file)).map_err(|error| damaged(damage(&error)))?;
        let mut originals = HashMap::new();
        if zip.has_duplicate_names() {
            let start = zip.central_directory_start();
            let mut file = zip.into_inner();
            file.rename(start).map_err(|_| damaged(Damage::EqualNames))?;
            originals = std::mem::take(&mut file.originals);
            zip = ZipArchive::new(file).map_err(|error| damaged(damage(&error)))?;
        }
        search.end();
        if zip.len() > limits.members {
            return Err(damaged(Damage::TooManyMembers { members: zip.len(), limit: limits.members }));
        }
        if zip.has_overlapping_entries().unwrap_or_default() {
            return Err(damaged(Damage::OverlappingMembers));
        }
        let mut names = Vec::new();
        for index in 0..zip.len() {
            let member = zip.by_index_raw(index).map_err(|error| damaged(damage(&error)))?;
            if !member.is_dir() {
                let name = originals.get(member.name_raw()).map_or(member.name_raw(), Vec::as_slice);
                names.push((index, member.size(), name.to_owned(), member.flags().as_u16() & UTF8_NAME != 0));
            }
        }
        let decoder = NameDecoder::new(names.iter().filter(|name| !name.3).map(|name| name.2.as_slice()));
        let mut archive = Archive {
            document: document.into(),
            zip,
            members: Vec::new().into_iter(),
            limits,
            passed_over: Vec::new(),
            leftovers: 0,
            numbered: Vec::new(),
        };
        let mut members = Vec::new();
        for (index, size, raw, is_utf8) in names {
            let name = decoder.decode(&raw, is_utf8);
            let name = relative(&name).ok_or_else(|| damaged(Damage::MemberOutside(name)))?;
            members.extend(archive.member(index, size, name));
        }
        let size = members.iter().fold(0_u64, |sum, member| sum.saturating_add(member.size));
        // None gives more than the directory says: `zip` sees to that.
        if size > most {
            return Err(damaged(Damage::Growth { limit: limits.growth }));
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        let mut numbering = Numbering::default();
        for member in &mut members {
            if let Some(numbered) = numbering.number(&member.name) {
                archive.numbered.push(format!("{document}/{numbered}"));
                member.name = numbered;
            }
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        // Rows have the name of their table before their own.
        for table in members.iter().filter(|member| member.form.is_some_and(|form| form.kind.is_table())) {
            let within = format!("{}#", table.name);
            let other = members.partition_point(|member| member.name < within);
            if members.get(other).is_some_and(|other| other.name.starts_with(&within)) {
                return Err(damaged(Damage::EqualNames));
            }
        }
        archive.members = members.into_iter();
        Ok(archive)
    }

    /// A member, if it is to be read.
    fn member(&mut self, index: usize, size: u64, name: String) -> Option<Member> {
        let (folders, file) = name.rsplit_once('/').unwrap_or(("", &name));
        let is_left_folder = |folder: &str| folder.starts_with('.') || is_leftover_folder(folder);
        if folders.split('/').any(is_left_folder) || file.starts_with('.') || file.starts_with("README") {
            return None;
        }
        if is_leftover(file) {
            self.leftovers = self.leftovers.saturating_add(1);
            return None;
        }
        let extension = extension(Path::new(&name));
        let is_archive = ARCHIVES.iter().any(|archive| extension.eq_ignore_ascii_case(archive));
        match Form::of(Path::new(&name)).filter(|form| form.kind != Kind::Zip) {
            Some(form) if self.is_other_xml(index, form) => {
                self.passed_over.push(extension);
                None
            }
            Some(form) => Some(Member { index, size, name, form: Some(form) }),
            None if is_archive => Some(Member { index, size: 0, name, form: None }),
            None => {
                self.passed_over.push(extension);
                None
            }
        }
    }

    /// Whether a member is XML of a kind that is not read.
    fn is_other_xml(&mut self, index: usize, form: Form) -> bool {
        if form != (Form { kind: Kind::Tei, compression: None }) {
            return false;
        }
        let mut head = Vec::new();
        let Ok(member) = self.zip.by_index(index) else { return false };
        member.take(tei::HEAD).read_to_end(&mut head).is_ok() && !tei::is_read(&head)
    }

    /// How many members there are to read.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Calls `survey` with the name, form and contents of each table among the members; one that can't be read ends
    /// early.
    pub fn survey_tables(mut self, mut survey: impl FnMut(String, Form, Box<dyn Read + Send + '_>)) {
        for Member { index, name, form, .. } in self.members {
            let Some(form) = form.filter(|form| form.kind.is_table()) else { continue };
            if let Ok(member) = self.zip.by_index(index) {
                let member = member.take(self.limits.document);
                survey(format!("{}/{name}", self.document), form, Box::new(member));
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
            Some(form) => {
                unpack(&mut self.zip, member.index, self.limits.document).map(|bytes| (form, bytes))
            }
            None => Err(Damage::NestedArchive),
        };
        Some(match unpacked {
            Ok((form, bytes)) => Ok(UnpackedMember { document, form, bytes }),
            Err(damage) => Err(CorpusError::damaged(&document, Kind::Zip, damage)),
        })
    }
}

/// The contents of a member, which may have so many bytes.
pub(super) fn unpack(
    zip: &mut ZipArchive<impl Read + Seek>,
    index: usize,
    limit: u64,
) -> Result<Vec<u8>, Damage> {
    let member = zip.by_index(index).map_err(|error| damage(&error))?;
    let size = member.size();
    if size > limit {
        return Err(Damage::TooLarge { size: Some(size), limit });
    }
    let read = read_whole(member, size, limit).map_err(|error| Damage::Member(error.to_string()))?;
    read.ok_or(Damage::TooLarge { size: None, limit })
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
            CorpusError::TooLarge { size, limit, .. } => Damage::TooLarge { size, limit },
            other => panic!("{other}"),
        }
    }

    /// The names and contents of the members, or what is wrong with them.
    fn members(bytes: Vec<u8>, limits: Limits) -> Vec<(String, Result<Vec<u8>, Damage>)> {
        let read = |member: Result<UnpackedMember, CorpusError>| match member {
            Ok(UnpackedMember { document, bytes, .. }) => (document, Ok(bytes)),
            Err(CorpusError::Damaged { document, damage, .. }) => (document, Err(damage)),
            Err(CorpusError::TooLarge { document, size, limit }) => {
                (document, Err(Damage::TooLarge { size, limit }))
            }
            Err(other) => panic!("{other}"),
        };
        open(bytes, limits).unwrap().map(read).collect()
    }

    /// An archive of members that have these names and are what their number is.
    fn named(names: &[&str]) -> Vec<u8> {
        // The writer would mend some of these names, and refuse one that it has written.
        let plain: Vec<String> =
            names.iter().enumerate().map(|(n, name)| format!("{n:x>0$}", name.len())).collect();
        let contents: Vec<String> = (0..names.len()).map(|number| number.to_string()).collect();
        let members = plain.iter().zip(&contents).map(|(name, bytes)| (name.as_str(), bytes.as_bytes()));
        let mut bytes = zipped(&members.collect::<Vec<_>>());
        for (name, plain) in names.iter().zip(&plain) {
            for start in 0..bytes.len() - plain.len() {
                if bytes[start..].starts_with(plain.as_bytes()) {
                    bytes[start..start + name.len()].copy_from_slice(name.as_bytes());
                }
            }
        }
        bytes
    }

    #[test]
    fn names_that_lie_outside_are_refused() {
        for name in ["../abc.txt", "a/../../b.txt", "..\\abc.txt", "abcdef/.."] {
            let damage = open(named(&[name]), Limits::default()).err();
            assert_eq!(damage, Some(Damage::MemberOutside(name.into())), "{name}");
        }
    }

    #[test]
    fn members_of_one_name_are_all_read() {
        let names =
            ["a/abc.txt", "a\\abc.txt", "a/abc.txt", "/a/abc.txt", "./a/abc.txt", "photo.jpg", "a/abc.txt"];
        let bytes = named(&names);
        let archive = open(bytes.clone(), Limits::default()).unwrap();
        assert_eq!(
            archive.numbered,
            ["(2)", "(3)", "(4)", "(5)", "(6)"].map(|n| format!("a.zip/a/abc.txt {n}"))
        );
        let mut contents: Vec<Vec<u8>> =
            members(bytes, Limits::default()).into_iter().map(|(_, bytes)| bytes.unwrap()).collect();
        contents.sort();
        assert_eq!(contents, [b"0", b"1", b"2", b"3", b"4", b"6"]);
        // With a name of one letter there are not enough others.
        assert_eq!(open(named(&["aaa", "aaa"]), Limits::default()).unwrap().len(), 2);
    }

    #[test]
    fn a_member_is_not_called_like_a_row_of_another() {
        let damage = open(zipped(&[("a.csv", b"text\n"), ("a.csv#1.txt", b"a")]), Limits::default()).err();
        assert_eq!(damage, Some(Damage::EqualNames));
        assert!(open(zipped(&[("a.csv", b"text\n"), ("a.csv.txt", b"a")]), Limits::default()).is_ok());
    }

    #[test]
    fn what_programs_leave_is_no_document() {
        let bytes =
            zipped(&[("~$a.docx", b"x"), ("a.txt", b"a"), ("b/Thumbs.db", b"x"), ("__MACOSX/a.txt", b"x")]);
        let archive = open(bytes, Limits::default()).unwrap();
        assert_eq!((archive.len(), archive.leftovers, archive.passed_over.len()), (1, 2, 0));
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
        let read = |document| members(bytes.clone(), Limits { document, ..Limits::default() });
        let too_large = Damage::TooLarge { size: Some(5_000), limit: 4_999 };
        assert_eq!(read(4_999)[0], ("a.zip/a.txt".into(), Err(too_large)));
        assert_eq!(read(4_999)[1], ("a.zip/b.txt".into(), Ok(b"b".into())));
        assert_eq!(read(5_000)[0].1.as_ref().map(Vec::len), Ok(5_000));
    }

    /// Where the entries of the directory begin.
    fn entries(bytes: &[u8]) -> Vec<usize> {
        (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect()
    }

    #[test]
    fn an_archive_grows_no_more_than_a_file() {
        let blank = [b' '; 5_000];
        let mut bytes = zipped(&[("a.txt", &blank), ("b.jpg", &blank), ("c.txt", &blank)]);
        let limits = |harmless| Limits { growth: 0, harmless, ..Limits::default() };
        assert_eq!(open(bytes.clone(), limits(9_999)).err(), Some(Damage::Growth { limit: 0 }));
        assert_eq!(members(bytes.clone(), limits(10_000)).len(), 2);
        // A directory may say less than is there.
        for entry in entries(&bytes) {
            bytes[entry + 24..entry + 28].copy_from_slice(&[1, 0, 0, 0]);
        }
        let found = members(bytes, limits(9_999));
        assert!(found.iter().all(|(_, read)| matches!(read, Err(Damage::Member(_)))), "{found:?}");
    }

    #[test]
    fn members_that_share_bytes_are_refused() {
        let mut bytes = zipped(&[("a.txt", b"a"), ("b.txt", b"b")]);
        let second = entries(&bytes)[1];
        bytes[second + 42..second + 46].copy_from_slice(&[0; 4]);
        assert_eq!(open(bytes, Limits::default()).err(), Some(Damage::OverlappingMembers));
        // What stands before an archive, such as the program that unpacks it, moves all of it.
        let moved = [&b"#!/bin/sh\n"[..], &zipped(&[("a.txt", b"a"), ("b.txt", b"b")])].concat();
        assert_eq!(members(moved, Limits::default()).len(), 2);
    }

    #[test]
    fn a_directory_counts_no_more_members_than_the_limit() {
        let mut bytes = zipped(&[("a.txt", b"a")]);
        let end = bytes.len() - 22;
        // The record of an archive with more than 65,535 members, and what says where it stands.
        let mut record = b"PK\x06\x06".to_vec();
        record.extend(44_u64.to_le_bytes());
        record.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        record.extend((1_u64 << 40).to_le_bytes().repeat(4));
        record.extend(b"PK\x06\x07\0\0\0\0");
        record.extend((end as u64).to_le_bytes());
        record.extend([1, 0, 0, 0]);
        bytes.splice(end..end, record);
        let limits = Limits::default();
        let too_many = Damage::TooManyMembers { members: 1 << 40, limit: limits.members };
        assert_eq!(open(bytes.clone(), limits).err(), Some(too_many.clone()));
        assert_eq!(check_growth(&bytes, limits), Err(too_many));
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
