//! The hits of `concordance.csv`, checked against what the other tables count of them.

use std::collections::BTreeMap;

use super::super::concordance::{kept_of_value, relative_position};
use super::super::{Change, ReadBackError};
use super::cursor::{Cursor, agree};
use super::rows::find;
use super::run_tables::RunTables;
use super::sums::{DocumentFigures, MarkerFigures, Rate};
use crate::lexicon::Position;

/// The concordance, document by document.
pub(super) struct Hits<'a> {
    cursor: Cursor<'a>,
    /// Whether the text of documents was left out.
    without_text: bool,
    /// line, sentence, start, end
    places: [usize; 4],
    node: usize,
    marker: usize,
    stance: usize,
    category: usize,
    term: usize,
    negated: usize,
    /// interrogative, quoted
    flags: [usize; 2],
    position: usize,
    relative_position: usize,
    /// In the order of `documents.csv`.
    variables: Vec<usize>,
}

impl<'a> Hits<'a> {
    pub fn open(tables: RunTables<'a>, without_text: bool) -> Result<Self, ReadBackError> {
        let cursor = Cursor::open(tables, "concordance")?;
        let rows = &cursor.rows;
        let [node, marker] = rows.columns(["node", "marker"])?;
        let [stance, category, term] = rows.columns(["stance", "category", "category_ja"])?;
        let [negated, interrogative, quoted] = rows.columns(["negated", "interrogative", "quoted"])?;
        let [position, relative_position] = rows.columns(["position", "relative_position"])?;
        let places = rows.columns(["line", "sentence", "start", "end"])?;
        let flags = [interrogative, quoted];
        let variables = Vec::new();
        Ok(Hits {
            places,
            node,
            marker,
            stance,
            category,
            term,
            negated,
            flags,
            position,
            relative_position,
            variables,
            cursor,
            without_text,
        })
    }

    /// Expects the variables of `documents.csv`, by their names in its header.
    pub fn expect_variables<'n>(
        &mut self,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<(), ReadBackError> {
        let rows = &self.cursor.rows;
        self.variables = names.map(|name| find(&rows.path, &rows.header, name)).collect::<Result<_, _>>()?;
        Ok(())
    }

    /// Checks the hits of a document: that each stands within it, and that each marker has as many as are counted.
    pub fn check(
        &mut self,
        document: &DocumentFigures,
        markers: &BTreeMap<String, MarkerFigures>,
    ) -> Result<(), ReadBackError> {
        let mut found: BTreeMap<String, [u64; 2]> = BTreeMap::new();
        let mut behind = 0;
        while self.cursor.is_of(&document.name) {
            behind = self.check_place(document, behind)?;
            let rows = &self.cursor.rows;
            for flag in self.flags {
                rows.flag(flag)?;
            }
            if !Position::ALL.iter().any(|position| position.name() == rows.cell(self.position)) {
                return Err(self.disagrees(self.position, "one of four words".into()));
            }
            for (column, value) in self.variables.iter().zip(&document.variables) {
                let kept = kept_of_value(value);
                if rows.text(*column) != kept {
                    return Err(self.disagrees(*column, kept.into()));
                }
            }
            let marker = rows.text(self.marker);
            let Some(figures) = markers.get(marker) else {
                let others = format!("none that markers.csv has of {}", document.name);
                return Err(self.disagrees(self.marker, others));
            };
            for (column, others) in [
                (self.stance, figures.stance.name()),
                (self.category, figures.category.as_str()),
                (self.term, figures.term.as_str()),
            ] {
                if rows.text(column) != others {
                    return Err(self.disagrees(column, others.into()));
                }
            }
            let [affirmed, negated] = found.entry(marker.to_owned()).or_default();
            let count = if rows.flag(self.negated)? { negated } else { affirmed };
            *count = count.saturating_add(1);
            self.cursor.advance()?;
        }
        for (marker, figures) in markers {
            let hits = found.get(marker).copied().unwrap_or_default();
            if hits != figures.counts {
                let [[affirmed, negated], [counted, counted_negated]] = [hits, figures.counts];
                return Err(self.cursor.rows.changed(Change::Disagrees {
                    column: format!("{marker}, {}", document.name),
                    figure: format!("{affirmed} hits and {negated} negated"),
                    others: format!("{counted} and {counted_negated}"),
                }));
            }
        }
        Ok(())
    }

    pub fn check_end(&self) -> Result<(), ReadBackError> {
        self.cursor.check_end()
    }

    /// Checks where a hit stands; gives the end of its node.
    fn check_place(&self, document: &DocumentFigures, behind: u64) -> Result<u64, ReadBackError> {
        let rows = &self.cursor.rows;
        let [line, sentence, start, end] = rows.counts(self.places)?;
        let [line_column, sentence_column, start_column, end_column] = self.places;
        if line == 0 {
            return Err(self.disagrees(line_column, "1 or more".into()));
        }
        if sentence == 0 || sentence > document.sentences {
            return Err(self.disagrees(sentence_column, format!("1 to {}", document.sentences)));
        }
        if start < behind {
            return Err(self.disagrees(start_column, format!("{behind} or more")));
        }
        let node = rows.text(self.node);
        let length = match self.without_text {
            true if !node.is_empty() => return Err(self.disagrees(self.node, "empty".into())),
            true => end.saturating_sub(start),
            false => node.chars().count() as u64,
        };
        if length == 0 || start.checked_add(length) != Some(end) || end > document.characters {
            let others = start.saturating_add(length).min(document.characters);
            return Err(self.disagrees(end_column, others.to_string()));
        }
        agree(rows, self.relative_position, Rate(relative_position(start, document.characters)))?;
        Ok(end)
    }

    fn disagrees(&self, column: usize, others: String) -> ReadBackError {
        let rows = &self.cursor.rows;
        let (column, figure) = (rows.column_name(column), rows.text(column).to_owned());
        rows.changed(Change::Disagrees { column, figure, others })
    }
}
