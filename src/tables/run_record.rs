//! `run.json`, the run record: with what and on what a run was made, so that it can be repeated.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::data_package::write_data_package;
use super::folder::{FILES, RECORD, WORKBOOK, is_of_report};
use super::read_back::open_file;
use super::{Change, LikelyCluster, ReadBackError, RunTables, TableError, TableRecord};
use crate::corpus::InputRecord;
use crate::counts::Design;
use crate::digest::{sha256, sha256_of_file};
use crate::messages::Language;
use crate::publishing;
use crate::statistics::share;
use crate::text::{OtherLanguage, Scripts};

/// The version of the record's schema. It grows when a field changes its meaning or goes; fields may be added without.
pub const SCHEMA: u64 = 1;

/// The record of a run. The same run again has the same record: it holds no date and no path.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// The version of its schema.
    pub schema: u64,
    /// The version of this program.
    pub hedgerow: String,
    /// The version of lindera.
    pub lindera: String,
    /// The dictionary.
    pub dictionary: Identified,
    /// The lexicon: its version is that of the program, unless files of the user's own are listed.
    pub lexicon: LexiconRecord,
    /// The options that influence the figures.
    pub options: OptionsRecord,
    /// Every file that was read, in order.
    pub inputs: Vec<InputRecord>,
    /// The parts of a merge, by digest; none where files were read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartRecord>,
    /// Documents whose lines were joined, as they are hard-wrapped.
    pub wrapped: Vec<String>,
    /// Documents with ruby in a notation of its own, whose readings were left out.
    #[serde(default)]
    pub ruby: Vec<String>,
    /// Documents with next to no Japanese in them; left out, where this was asked for.
    pub other_languages: Vec<OtherLanguageRecord>,
    /// How many documents equal or resemble an earlier one; left out, where this was asked for.
    pub duplicates: u64,
    /// What could not be read and was left out on request, with the reason.
    pub skipped: Vec<String>,
    /// How many files of other kinds were passed over, by extension.
    pub passed_over: BTreeMap<String, u64>,
    /// Tables that were passed over, as none of their columns is known to hold the text.
    pub tables_passed_over: Vec<String>,
    /// Sheets of workbooks that hold something and were not read, by table.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sheets_passed_over: BTreeMap<String, Vec<String>>,
    /// Documents that no table of variables names, where there is one.
    pub without_variables: Vec<String>,
    /// Rows of the tables of variables whose document was not found.
    pub variables_without_document: Vec<String>,
    /// The comparison of groups, where there is one.
    pub comparison: Option<ComparisonRecord>,
    /// The check by hand that corrected.csv was made from, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckRecord>,
    /// Every table, in the order of docs/columns.md.
    pub tables: Vec<TableRecord>,
    /// The other files of the folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Identified>,
}

/// Something with a name and a digest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identified {
    /// Its name.
    pub name: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A check by hand, from which figures were corrected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckRecord {
    /// The filled sheets.
    pub sheets: Vec<Identified>,
    /// The variable by which documents are grouped in corrected.csv.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The variable whose values are the independent units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// How many hits were judged.
    pub hits: u64,
    /// How many sentences without a hit were judged.
    pub sentences: u64,
    /// How many rows of the sheets nobody has judged.
    pub open: u64,
    /// How far the coders agree on hits, and on what was missed in sentences; none where no two of them have judged the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreement: Vec<AgreementRecord>,
}

/// How far coders agree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AgreementRecord {
    /// hit or sentence.
    pub kind: String,
    /// Items that several coders have judged.
    pub items: u64,
    /// Those that all of them have judged alike.
    pub same: u64,
    /// Cohen's kappa of two coders.
    pub kappa: Option<f64>,
    /// Its 95 % interval.
    pub kappa_interval: Option<(f64, f64)>,
    /// Krippendorff's alpha.
    pub alpha: Option<f64>,
    /// Its 95 % interval.
    pub alpha_interval: Option<(f64, f64)>,
    /// Gwet's AC1.
    pub ac1: Option<f64>,
    /// Its 95 % interval.
    pub ac1_interval: Option<(f64, f64)>,
}

/// A part of a merge.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PartRecord {
    /// The SHA-256 of its lines, in hexadecimal.
    pub sha256: String,
    /// How many documents it has.
    pub documents: u64,
    /// How the files of its run were read; none where it was given documents one by one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<InputRecord>,
}

/// The lexicon of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconRecord {
    /// The digest over all its files.
    pub sha256: String,
    /// How many entries it has.
    pub entries: usize,
    /// Its files.
    pub files: Vec<Identified>,
}

/// The options of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionsRecord {
    /// The tables of variables.
    pub variables: Vec<Identified>,
    /// The encoding that was given for documents without a byte-order mark.
    pub encoding: Option<String>,
    /// Whether bytes that are not of the encoding were allowed.
    pub allow_malformed: bool,
    /// Which part of web pages was read.
    pub html: String,
    /// The column of tables that holds the text, if it was given.
    pub text_column: Option<String>,
    /// The column of tables that names the row, if it was given.
    pub id_column: Option<String>,
    /// Which sheets of workbooks were read, if that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// How many bytes of a document might be held in memory as a whole, if that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_document: Option<u64>,
    /// Whether lines were joined: auto, always or never.
    pub wrapped: String,
    /// Whether documents that can't be read were left out.
    pub skip_unreadable: bool,
    /// Whether documents with next to no Japanese in them were left out.
    pub skip_other_languages: bool,
    /// Whether documents that equal or resemble an earlier one were left out.
    pub drop_duplicates: bool,
    /// Whether the text of documents was left out of the tables.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_text: bool,
    /// The language of notes and of what describes the tables; English in the records of versions that had no other.
    #[serde(default)]
    pub lang: Language,
}

/// A document with next to no Japanese in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherLanguageRecord {
    /// The document.
    pub document: String,
    /// What it is: Chinese, Korean, Latin script, other script or figures.
    pub language: String,
    /// How many letters and digits it has.
    pub letters_and_digits: u64,
    /// The share of kana among them.
    pub kana: f64,
    /// The share of kanji, of whatever language.
    pub kanji: f64,
    /// The share of Hangul.
    pub hangul: f64,
    /// The share of Latin letters.
    pub latin: f64,
    /// The share of letters of other scripts.
    pub other: f64,
    /// The share of digits.
    pub digits: f64,
}

impl OtherLanguageRecord {
    /// The record of a document by its scripts.
    pub fn new(document: &str, language: OtherLanguage, scripts: Scripts) -> Self {
        let of_all = |characters| share(characters, scripts.all()).unwrap_or_default();
        OtherLanguageRecord {
            document: document.into(),
            language: language.name().into(),
            letters_and_digits: scripts.all(),
            kana: of_all(scripts.kana),
            kanji: of_all(scripts.kanji),
            hangul: of_all(scripts.hangul),
            latin: of_all(scripts.latin),
            other: of_all(scripts.other),
            digits: of_all(scripts.digits),
        }
    }
}

/// The comparison of groups in the folder of the run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonRecord {
    /// How documents were grouped, and on what they depend.
    #[serde(flatten)]
    pub design: Design,
    /// The seed of all random numbers.
    pub seed: u64,
    /// Permutations of each test, at most.
    pub resamples: usize,
    /// The groups, in order.
    pub groups: Vec<GroupRecord>,
    /// Whether a trend over the groups was computed, as all are numbers or an order was given.
    #[serde(default)]
    pub trend: bool,
    /// The strata, by code point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strata: Vec<String>,
    /// Independent units: clusters or pairs; none where each document is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clusters: Option<usize>,
    /// What documents share, as those of a site do, and the design does not name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely_cluster: Option<LikelyCluster>,
    /// Documents without a value of a variable of the design, or without the others of their pair.
    pub left_out: Vec<String>,
}

/// A group of documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRecord {
    /// The value of the variable.
    pub group: String,
    /// How many documents have it.
    pub documents: usize,
}

impl RunRecord {
    /// How many documents were counted.
    pub fn documents(&self) -> u64 {
        let read = self.inputs.iter().map(InputRecord::documents);
        let read = read.chain(self.parts.iter().map(|part| part.documents)).fold(0, u64::saturating_add);
        let others = if self.options.skip_other_languages { self.other_languages.len() as u64 } else { 0 };
        let duplicates = if self.options.drop_duplicates { self.duplicates } else { 0 };
        read.saturating_sub(others).saturating_sub(duplicates)
    }

    /// Adds tables, or puts them in the place of those with the same names.
    pub fn add_tables(&mut self, tables: impl IntoIterator<Item = TableRecord>) {
        for table in tables {
            self.tables.retain(|known| known.name != table.name);
            self.tables.push(table);
        }
        self.tables.sort_by_key(|table| FILES.iter().position(|name| *name == table.name));
    }

    /// Writes into a folder what describes the tables; `documents.csv` is in `tables`.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn describe_tables(&mut self, folder: &Path, tables: &Path) -> Result<(), TableError> {
        let tables = RunTables::new(tables, &self.tables);
        self.files = vec![write_data_package(folder, tables, &self.tables, self.options.lang)?];
        Ok(())
    }

    /// Adds files that have been written into a folder, by their paths there.
    ///
    /// # Errors
    /// A file that can't be read.
    pub fn add_files(&mut self, folder: &Path, files: &[PathBuf]) -> Result<(), TableError> {
        for file in files {
            let path = folder.join(file);
            let sha256 = sha256_of_file(&path).map_err(|error| TableError::new(&path, error))?;
            // The same on every system.
            let names: Vec<_> = file.iter().map(|name| name.to_string_lossy()).collect();
            self.files.push(Identified { name: names.join("/"), sha256 });
        }
        Ok(())
    }

    /// Whether there is a report among them.
    pub fn has_report(&self) -> bool {
        self.files.iter().any(|file| is_of_report(&file.name))
    }

    /// Whether there is a workbook among them.
    pub fn has_workbook(&self) -> bool {
        self.files.iter().any(|file| file.name == WORKBOOK)
    }

    /// Takes the report, its figures and the workbook out of the list of files.
    pub fn forget_report(&mut self) {
        self.files.retain(|file| !is_of_report(&file.name) && file.name != WORKBOOK);
    }

    /// Reads the record of the finished run in a folder, of this version of the program.
    ///
    /// # Errors
    /// No record, one of another version, or one that is not as it was written.
    pub fn read(folder: &Path) -> Result<Self, ReadBackError> {
        RunRecord::read_file(&folder.join(RECORD))
    }

    /// Reads a record that was written by this version of the program.
    ///
    /// # Errors
    /// As [`RunRecord::read`].
    pub fn read_file(path: &Path) -> Result<Self, ReadBackError> {
        RunRecord::parse(path, |version| version == env!("CARGO_PKG_VERSION"))
    }

    /// Reads the record of the finished run in a folder, of any version of the program whose records have this schema.
    ///
    /// # Errors
    /// As [`RunRecord::read`].
    pub fn read_any_version(folder: &Path) -> Result<Self, ReadBackError> {
        RunRecord::parse(&folder.join(RECORD), |_| true)
    }

    fn parse(path: &Path, is_read: impl Fn(&str) -> bool) -> Result<Self, ReadBackError> {
        #[derive(Deserialize)]
        struct Version {
            hedgerow: String,
            #[serde(default)]
            schema: u64,
        }
        let parent = path.parent().filter(|parent| *parent != Path::new(""));
        let folder = || parent.unwrap_or(Path::new(".")).to_owned();
        // A run that was killed between two renames has left the folder under another name.
        publishing::restore(&folder())?;
        let bytes = read_file(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadBackError::NoRun(folder()),
            _ => ReadBackError::Unreadable { path: path.into(), source },
        })?;
        let syntax = |error: serde_json::Error| ReadBackError::Changed {
            path: path.into(),
            line: error.line() as u64,
            change: Change::Syntax(error.to_string()),
        };
        // The version first: the record of another may have other fields.
        let Version { hedgerow: version, schema } = serde_json::from_slice(&bytes).map_err(syntax)?;
        if !is_read(&version) {
            return Err(ReadBackError::Version { folder: folder(), version });
        }
        if schema != SCHEMA {
            return Err(ReadBackError::Schema { folder: folder(), version, schema });
        }
        let record = serde_json::from_slice(&bytes).map_err(syntax)?;
        if !is_signed(&bytes) {
            return Err(ReadBackError::RecordChanged(path.into()));
        }
        Ok(record)
    }

    /// Writes the record.
    ///
    /// # Errors
    /// A file that can't be written.
    pub fn write(&self, folder: &Path) -> Result<(), TableError> {
        let path = folder.join(RECORD);
        let text = serde_json::to_string_pretty(self).map_err(|error| TableError::new(&path, error))?;
        fs::write(&path, signed(&text)).map_err(|error| TableError::new(&path, error))
    }
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How the text of a record ends.
const END: &str = "\n}\n";

/// What stands before and behind the digest of a record, at its end.
const DIGEST: [&str; 2] = [",\n  \"sha256\": \"", "\"\n}\n"];

/// The text of a record with its own digest as the last field: that of the text without this field.
fn signed(text: &str) -> String {
    let body = text.trim_end().strip_suffix('}').unwrap_or(text).trim_end();
    let [before, behind] = DIGEST;
    format!("{body}{before}{}{behind}", sha256([body, END].concat()))
}

/// Whether the bytes of a record have their own digest at their end.
fn is_signed(bytes: &[u8]) -> bool {
    let [before, behind] = DIGEST.map(str::as_bytes);
    let Some((rest, digest)) = bytes.strip_suffix(behind).and_then(|rest| rest.split_last_chunk::<64>())
    else {
        return false;
    };
    let body = rest.strip_suffix(before);
    body.is_some_and(|body| sha256([body, END.as_bytes()].concat()).as_bytes() == digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_knows_whether_it_is_as_it_was_written() {
        let text = signed("{\n  \"hedgerow\": \"0\"\n}");
        assert!(is_signed(text.as_bytes()));
        let digest = sha256("{\n  \"hedgerow\": \"0\"\n}\n");
        assert_eq!(text, format!("{{\n  \"hedgerow\": \"0\",\n  \"sha256\": \"{digest}\"\n}}\n"));
        for changed in
            [text.replace("\"0\"", "\"1\""), text.replace('\n', "\r\n"), text.replace(' ', ""), "{}".into()]
        {
            assert!(!is_signed(changed.as_bytes()), "{changed}");
        }
    }
}
