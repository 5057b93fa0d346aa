//! Reading the tables of a run back.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::table_writer::unprotected;
use super::{RunRecord, columns};
use crate::counts::{
    Base, GroupingError, Level, Measure, Observations, Observed, find_variable, group_of, groups,
};
use crate::lexicon::Stance;

/// Tables that can't be read back.
#[derive(Debug, thiserror::Error)]
pub enum ReadBackError {
    /// No run, or one that did not come to its end.
    #[error("{}: no finished run stands there, for it has no run.json; name the folder that `hedgerow count` wrote to", .0.display())]
    NoRun(PathBuf),
    /// A run of another version.
    #[error("{}: counted by hedgerow {version}, and this is {}; count again, or use that version", folder.display(), env!("CARGO_PKG_VERSION"))]
    Version {
        /// The folder.
        folder: PathBuf,
        /// The version that wrote it.
        version: String,
    },
    /// A file that can't be read.
    #[error("{}: {source}; check that the folder is complete and may be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that is not as it was written.
    #[error("{}, line {line}: {message}; the file is not as `hedgerow count` wrote it: count again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        message: String,
    },
    /// Tables of other documents than the record's.
    #[error("{}: documents.csv has {tables} documents, and run.json names {record}; count again", folder.display())]
    Documents {
        /// The folder.
        folder: PathBuf,
        /// How many the table has.
        tables: usize,
        /// How many the record names.
        record: usize,
    },
    /// Documents that can't be grouped so.
    #[error(transparent)]
    Grouping(#[from] GroupingError),
}

impl RunRecord {
    /// Reads the record of a finished run of this version.
    ///
    /// # Errors
    /// No record, or one of another version.
    pub fn read(folder: &Path) -> Result<Self, ReadBackError> {
        #[derive(Deserialize)]
        struct Version {
            hedgerow: String,
        }
        let path = folder.join("run.json");
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadBackError::NoRun(folder.into()),
            _ => ReadBackError::Unreadable { path: path.clone(), source },
        })?;
        let changed = |error: serde_json::Error| ReadBackError::Changed {
            path: path.clone(),
            line: error.line() as u64,
            message: error.to_string(),
        };
        let Version { hedgerow: version } = serde_json::from_slice(&bytes).map_err(changed)?;
        if version != env!("CARGO_PKG_VERSION") {
            return Err(ReadBackError::Version { folder: folder.into(), version });
        }
        serde_json::from_slice(&bytes).map_err(changed)
    }
}

/// The sums over the documents of a run, of the columns of `documents.csv` with these names.
///
/// # Errors
/// A table that can't be read.
pub fn sums<const N: usize>(folder: &Path, names: [&str; N]) -> Result<[u64; N], ReadBackError> {
    let mut rows = Rows::open(folder, "documents")?;
    let places = rows.find(names)?;
    let mut sums = [0; N];
    while rows.next()? {
        for (sum, place) in sums.iter_mut().zip(places) {
            *sum += rows.number(place)?;
        }
    }
    Ok(sums)
}

/// A table as it stands in a folder, its text as it was before it was protected from spreadsheets.
#[derive(Debug, Clone)]
pub struct ReadTable {
    path: PathBuf,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl ReadTable {
    /// Reads a table by its name, without `.csv`.
    ///
    /// # Errors
    /// A table that can't be read.
    pub fn read(folder: &Path, name: &str) -> Result<Self, ReadBackError> {
        let mut rows = Rows::open(folder, name)?;
        let mut read = Vec::new();
        while rows.next()? {
            read.push((0..rows.header.len()).map(|place| rows.text(place).to_owned()).collect());
        }
        Ok(ReadTable { path: rows.path, header: rows.header, rows: read })
    }

    /// Its rows, for [`ReadTable::cells`].
    pub fn rows(&self) -> impl Iterator<Item = &[String]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The cells of a row in some columns.
    ///
    /// # Errors
    /// A column that is not there.
    pub fn cells<'a, const N: usize>(
        &self,
        row: &'a [String],
        names: [&str; N],
    ) -> Result<[&'a str; N], ReadBackError> {
        let mut cells = [""; N];
        for (cell, name) in cells.iter_mut().zip(names) {
            let place = self.header.iter().position(|known| known == name);
            let place = place.ok_or_else(|| ReadBackError::Changed {
                path: self.path.clone(),
                line: 1,
                message: format!("the column `{name}` is missing"),
            })?;
            *cell = &row[place];
        }
        Ok(cells)
    }
}

/// The counts of a run's documents, grouped by a variable, from its tables.
///
/// # Errors
/// A table that can't be read, or documents that can't be grouped so.
pub fn observations(folder: &Path, variable: &str) -> Result<Observations, ReadBackError> {
    let read = Documents::read(folder, variable)?;
    let groups = groups(variable, read.rows.values().map(|row| row.group.as_str()))?;
    let (mut documents, mut left_out, mut numbers) = (Vec::new(), Vec::new(), HashMap::new());
    let mut measures = own_measures();
    for (name, row) in &read.rows {
        let Some(group) =
            group_of(&row.group).and_then(|group| groups.iter().position(|known| known == group))
        else {
            left_out.push(name.clone());
            numbers.insert(name.as_str(), None);
            continue;
        };
        let number = documents.len() as u32;
        numbers.insert(name, Some(number));
        let Counted { tokens, sentences, hedge, assertive, kinds } = row.counts;
        documents.push(Observed { group, sizes: [tokens, hedge + assertive, sentences] });
        for (measure, count) in measures.iter_mut().zip([hedge, assertive, hedge].into_iter().chain(kinds)) {
            if count > 0 {
                measure.counts.push((number, count));
            }
        }
    }
    for level in [Level::Category, Level::Marker] {
        measures.extend(lexical_measures(folder, level, &numbers)?);
    }
    Ok(Observations { variable: variable.into(), groups, documents, measures, left_out })
}

/// The columns of `documents.csv` that count kinds of sentences.
const KINDS: [&str; 5] =
    ["sentences_hedged", "sentences_assertive", "sentences_mixed", "sentences_unmarked", "sentences_other"];

/// The measures that stand in `documents.csv`, without their counts.
fn own_measures() -> Vec<Measure> {
    let measure = |level, name: String, stance, base| Measure {
        level,
        name,
        stance,
        category: None,
        base,
        counts: Vec::new(),
    };
    let stances =
        Stance::ALL.map(|stance| measure(Level::Stance, stance.name().into(), Some(stance), Base::Tokens));
    let hedge_share = measure(Level::Share, "hedge_share".into(), None, Base::Markers);
    let kinds = KINDS.map(|kind| measure(Level::Share, format!("{kind}_share"), None, Base::Sentences));
    stances.into_iter().chain([hedge_share]).chain(kinds).collect()
}

/// What is read of a row of `documents.csv`.
struct DocumentRow {
    group: String,
    counts: Counted,
}

#[derive(Clone, Copy)]
struct Counted {
    tokens: u64,
    sentences: u64,
    hedge: u64,
    assertive: u64,
    kinds: [u64; KINDS.len()],
}

/// `documents.csv`, by name of the document.
struct Documents {
    rows: BTreeMap<String, DocumentRow>,
}

impl Documents {
    fn read(folder: &Path, variable: &str) -> Result<Self, ReadBackError> {
        let mut table = Rows::open(folder, "documents")?;
        let own: Vec<&String> =
            columns().iter().filter(|c| c.table == "documents").map(|c| &c.column).collect();
        let variables: Vec<String> =
            table.header.iter().filter(|name| !own.contains(name)).cloned().collect();
        let known: Vec<String> = variables.iter().map(|name| unprotected(name).to_owned()).collect();
        let [group] = table.find([variables[find_variable(variable, &known)?].as_str()])?;
        let [document, tokens, sentences, hedge, assertive] =
            table.find(["document", "tokens", "sentences", "hedge", "assertive"])?;
        let places = table.find(KINDS)?;
        let mut rows = BTreeMap::new();
        while table.next()? {
            let mut kinds = [0; KINDS.len()];
            for (kind, place) in kinds.iter_mut().zip(places) {
                *kind = table.number(place)?;
            }
            let counts = Counted {
                tokens: table.number(tokens)?,
                sentences: table.number(sentences)?,
                hedge: table.number(hedge)?,
                assertive: table.number(assertive)?,
                kinds,
            };
            let row = DocumentRow { group: table.text(group).to_owned(), counts };
            if rows.insert(table.text(document).to_owned(), row).is_some() {
                return Err(table.changed(format!("the document {} stands twice", table.text(document))));
            }
        }
        Ok(Documents { rows })
    }
}

/// The measures of `categories.csv`, or of `markers.csv`, those that occur in a document that is compared.
fn lexical_measures(
    folder: &Path,
    level: Level,
    numbers: &HashMap<&str, Option<u32>>,
) -> Result<Vec<Measure>, ReadBackError> {
    let (name, own) = match level {
        Level::Marker => ("markers", "marker"),
        _ => ("categories", "category"),
    };
    let mut table = Rows::open(folder, name)?;
    let [document, own, stance, category, count] =
        table.find(["document", own, "stance", "category", "count"])?;
    let mut counts: BTreeMap<(Stance, String, String), Vec<(u32, u64)>> = BTreeMap::new();
    while table.next()? {
        let Some(number) = numbers.get(table.text(document)) else {
            let message = format!("the document {} is not in documents.csv", table.text(document));
            return Err(table.changed(message));
        };
        let stance = Stance::ALL.into_iter().find(|known| known.name() == table.text(stance));
        let Some(stance) = stance else {
            return Err(table.changed("expected hedge or assertive as stance".into()));
        };
        let occurrences = table.number(count)?;
        let key = (stance, table.text(category).to_owned(), table.text(own).to_owned());
        match number {
            Some(number) if occurrences > 0 => counts.entry(key).or_default().push((*number, occurrences)),
            // A category is a measure even where it occurs nowhere.
            _ if level == Level::Category => drop(counts.entry(key).or_default()),
            _ => {}
        }
    }
    let measure = |((stance, category, name), mut counts): ((Stance, String, String), Vec<(u32, u64)>)| {
        counts.sort_unstable();
        Measure { level, name, stance: Some(stance), category: Some(category), base: Base::Tokens, counts }
    };
    Ok(counts.into_iter().map(measure).collect())
}

/// A table that is read row by row.
struct Rows {
    path: PathBuf,
    reader: csv::Reader<File>,
    header: Vec<String>,
    record: csv::StringRecord,
}

impl Rows {
    fn open(folder: &Path, name: &str) -> Result<Self, ReadBackError> {
        let path = folder.join(format!("{name}.csv"));
        let file =
            File::open(&path).map_err(|source| ReadBackError::Unreadable { path: path.clone(), source })?;
        let mut rows = Rows {
            path,
            reader: csv::Reader::from_reader(file),
            header: Vec::new(),
            record: Default::default(),
        };
        let header = rows.reader.headers().cloned();
        let header = header.map_err(|error| rows.described(&error))?;
        rows.header = header.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        Ok(rows)
    }

    /// Where columns stand.
    fn find<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], ReadBackError> {
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(names) {
            *place = self
                .header
                .iter()
                .position(|known| known == name)
                .ok_or_else(|| self.changed(format!("the column `{name}` is missing")))?;
        }
        Ok(places)
    }

    /// Goes on to the next row; false behind the last.
    fn next(&mut self) -> Result<bool, ReadBackError> {
        self.reader.read_record(&mut self.record).map_err(|error| self.described(&error))
    }

    fn text(&self, place: usize) -> &str {
        unprotected(&self.record[place])
    }

    fn number(&self, place: usize) -> Result<u64, ReadBackError> {
        let cell = &self.record[place];
        cell.parse().map_err(|_| {
            self.changed(format!("expected a whole number as `{}`, found `{cell}`", self.header[place]))
        })
    }

    fn changed(&self, message: String) -> ReadBackError {
        let line = self.record.position().map_or(1, csv::Position::line);
        ReadBackError::Changed { path: self.path.clone(), line, message }
    }

    fn described(&self, error: &csv::Error) -> ReadBackError {
        let line = error.position().map_or(1, csv::Position::line);
        ReadBackError::Changed { path: self.path.clone(), line, message: error.to_string() }
    }
}
