//! The hits of a run, document by document, in the order of the text.

use super::super::ReadBackError;
use super::cursor::Cursor;
use super::rows::RowReader;
use super::run_tables::RunTables;
use crate::lexicon::Stance;

/// A hit as the concordance has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadHit {
    /// line, sentence, start and end.
    pub places: [u64; 4],
    /// left, node and right.
    pub texts: [String; 3],
    /// How it is coded.
    pub coding: ReadCoding,
    /// The Japanese term of its category; the name of the category where the table has none.
    pub term: String,
}

/// How a hit is coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadCoding {
    /// The id of the marker.
    pub marker: String,
    /// Its stance.
    pub stance: Stance,
    /// Its category.
    pub category: String,
    /// Whether it is negated.
    pub negated: bool,
    /// interrogative and quoted.
    pub flags: [bool; 2],
    /// Its position.
    pub position: String,
}

impl ReadHit {
    /// Where it begins and ends.
    pub fn span(&self) -> [u64; 2] {
        let [_, _, start, end] = self.places;
        [start, end]
    }
}

/// The documents of a run and the hits of each, read together.
pub struct RunHits<'a> {
    documents: RowReader<'a>,
    document: usize,
    hits: Cursor<'a>,
    places: [usize; 4],
    texts: [usize; 3],
    /// marker, stance, category, position
    names: [usize; 4],
    /// None in a table of an earlier version.
    term: Option<usize>,
    /// negated, interrogative, quoted
    flags: [usize; 3],
}

impl<'a> RunHits<'a> {
    /// Opens the tables of a run.
    ///
    /// # Errors
    /// A table that can't be read or is not as it was written, as for all methods.
    pub fn open(tables: RunTables<'a>) -> Result<Self, ReadBackError> {
        let documents = tables.open("documents")?;
        let [document] = documents.columns(["document"])?;
        let hits = Cursor::open(tables, "concordance")?;
        let rows = &hits.rows;
        Ok(RunHits {
            places: rows.columns(["line", "sentence", "start", "end"])?,
            texts: rows.columns(["left", "node", "right"])?,
            names: rows.columns(["marker", "stance", "category", "position"])?,
            term: rows.columns(["category_ja"]).ok().map(|[term]| term),
            flags: rows.columns(["negated", "interrogative", "quoted"])?,
            documents,
            document,
            hits,
        })
    }

    /// The next document; none behind the last.
    pub fn next_document(&mut self) -> Result<Option<String>, ReadBackError> {
        match self.documents.next_row()? {
            true => Ok(Some(self.documents.text(self.document).to_owned())),
            false => self.hits.check_end().map(|()| None),
        }
    }

    /// The next hit of a document; none behind its last.
    pub fn next_hit(&mut self, document: &str) -> Result<Option<ReadHit>, ReadBackError> {
        if !self.hits.is_of(document) {
            return Ok(None);
        }
        let rows = &self.hits.rows;
        let [marker, stance, category, position] = self.names;
        let [negated, interrogative, quoted] = self.flags;
        let hit = ReadHit {
            places: rows.counts(self.places)?,
            texts: self.texts.map(|column| rows.text(column).to_owned()),
            coding: ReadCoding {
                marker: rows.text(marker).into(),
                stance: rows.stance(stance)?,
                category: rows.text(category).into(),
                negated: rows.flag(negated)?,
                flags: [rows.flag(interrogative)?, rows.flag(quoted)?],
                position: rows.text(position).into(),
            },
            term: rows.text(self.term.unwrap_or(category)).into(),
        };
        self.hits.advance()?;
        Ok(Some(hit))
    }
}

/// Calls back with the name of each document of a run, in order.
///
/// # Errors
/// As for [`RunHits`].
pub fn each_document(tables: RunTables, mut call: impl FnMut(&str)) -> Result<(), ReadBackError> {
    let mut rows = tables.open("documents")?;
    let [document] = rows.columns(["document"])?;
    while rows.next_row()? {
        call(rows.text(document));
    }
    Ok(())
}
