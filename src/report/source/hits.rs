//! `concordance.csv`, read once row by row: where in its documents and its sentences each stance stands.

use super::DocumentRows;
use crate::counts::FIFTHS;
use crate::lexicon::{Position, Stance};
use crate::tables::{ReadBackError, RunTables};

/// How the hits of some documents are spread. Affirmed hits alone, but for the last figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spread {
    /// By stance, then by fifth of the document.
    pub fifths: [[u64; FIFTHS]; Stance::ALL.len()],
    /// By stance, then by position.
    pub positions: [[u64; Position::ALL.len()]; Stance::ALL.len()],
    /// By stance: affirmed hits.
    pub affirmed: [u64; Stance::ALL.len()],
    /// By stance: affirmed hits within quotation marks.
    pub quoted: [u64; Stance::ALL.len()],
    /// By stance: affirmed hits in questions.
    pub interrogative: [u64; Stance::ALL.len()],
    /// By stance: negated hits.
    pub negated: [u64; Stance::ALL.len()],
}

/// What the concordance says of the hits.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// All hits, negated ones too.
    pub rows: u64,
    /// Those of all documents.
    pub all: Spread,
    /// By group.
    pub by_group: Vec<Spread>,
}

impl Hits {
    /// Reads the table.
    pub(super) fn read(tables: RunTables, mut documents: DocumentRows) -> Result<Self, ReadBackError> {
        let mut rows = tables.open("concordance")?;
        let [document, start, stance, position] =
            rows.columns(["document", "start", "stance", "position"])?;
        let [negated, quoted, interrogative] = rows.columns(["negated", "quoted", "interrogative"])?;
        let mut hits = Hits::default();
        while rows.next_row()? {
            hits.rows += 1;
            let of_document = documents.find(&rows, document)?;
            let hit = Hit {
                stance: rows.stance(stance)? as usize,
                fifth: of_document.fifth(rows.count(start)?),
                position: Position::ALL.iter().position(|known| known.name() == rows.cell(position)),
                negated: rows.flag(negated)?,
                quoted: rows.flag(quoted)?,
                interrogative: rows.flag(interrogative)?,
            };
            hits.all.add(&hit);
            if let Some(group) = of_document.group {
                if hits.by_group.len() <= group {
                    hits.by_group.resize(group + 1, Spread::default());
                }
                if let Some(spread) = hits.by_group.get_mut(group) {
                    spread.add(&hit);
                }
            }
        }
        Ok(hits)
    }
}

struct Hit {
    stance: usize,
    fifth: Option<usize>,
    position: Option<usize>,
    negated: bool,
    quoted: bool,
    interrogative: bool,
}

impl Spread {
    fn add(&mut self, hit: &Hit) {
        let count = |counts: &mut [u64], index: Option<usize>, counted: bool| {
            if let Some(count) = index.filter(|_| counted).and_then(|index| counts.get_mut(index)) {
                *count += 1;
            }
        };
        let (stance, affirmed) = (Some(hit.stance), !hit.negated);
        count(&mut self.negated, stance, hit.negated);
        count(&mut self.affirmed, stance, affirmed);
        count(&mut self.quoted, stance, affirmed && hit.quoted);
        count(&mut self.interrogative, stance, affirmed && hit.interrogative);
        if let Some(fifths) = self.fifths.get_mut(hit.stance) {
            count(fifths, hit.fifth, affirmed);
        }
        if let Some(positions) = self.positions.get_mut(hit.stance) {
            count(positions, hit.position, affirmed);
        }
    }
}
