//! From the line of a document to what tables are written of, checked.

use std::collections::HashMap;
use std::sync::Arc;

use super::row::{HitRow, Row};
use crate::analysis::duplicates::Sketch;
use crate::counts::Tally;
use crate::markers::Hit;
use crate::tables::OtherLanguageRecord;
use crate::text::OtherLanguage;

/// A document that a part has.
pub(super) struct CodedDocument {
    pub variables: Vec<(Arc<str>, String)>,
    pub tally: Tally,
    pub hits: Vec<(HitRow, Hit)>,
    pub sketch: Sketch,
    pub language: Option<(OtherLanguage, OtherLanguageRecord)>,
    pub is_joined: bool,
    pub has_ruby: bool,
    pub is_without_variables: bool,
}

impl CodedDocument {
    /// Reads a line; `entries` are the indices of the lexicon's ids. None where the program does not write such a line.
    pub fn read(line: &str, entries: &HashMap<&str, usize>, has_hits: bool) -> Option<Self> {
        let row: Row = serde_json::from_str(line).ok()?;
        let tally = row.tally(entries)?;
        let hits = row.hits.unwrap_or_default().into_iter().map(|row| {
            let hit = row.hit(entries)?;
            Some((row, hit))
        });
        let hits: Vec<_> = hits.collect::<Option<_>>()?;
        let mut found = Tally::default();
        hits.iter().for_each(|(_, hit)| found.add_hit(hit));
        if has_hits && found.markers != tally.markers {
            return None;
        }
        let language = |record: OtherLanguageRecord| Some((OtherLanguage::named(&record.language)?, record));
        Some(CodedDocument {
            variables: row.variables.0,
            tally,
            hits,
            sketch: row.sketch.sketch()?,
            language: match row.other_language {
                None => None,
                Some(record) => Some(language(record)?),
            },
            is_joined: row.joined,
            has_ruby: row.ruby,
            is_without_variables: row.without_variables,
        })
    }
}
