//! What is judged, and how it was judged.

use crate::lexicon::Stance;

/// A hit, or a sentence without one, that was drawn to be judged: a row of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Its row in the file, from 1; 0 in one that was not read from a file.
    pub row: u64,
    /// Its number in the sheet, from 1.
    pub item: u64,
    /// What it is.
    pub kind: ItemKind,
    /// The document.
    pub document: String,
    /// The line that the sentence begins on, from 1.
    pub line: u64,
    /// The index of the sentence in the document, from 1.
    pub sentence: u64,
    /// The offset of the hit or sentence in characters of the document, from 0.
    pub start: u64,
    /// The offset of its end, exclusive.
    pub end: u64,
    /// The sentence before.
    pub before: String,
    /// What stands before the node in its sentence; of a sentence without a hit, all of it.
    pub left: String,
    /// The node; empty for a sentence without a hit.
    pub node: String,
    /// What stands behind the node in its sentence.
    pub right: String,
    /// The sentence behind.
    pub after: String,
    /// How the program coded the hit; none for a sentence without one.
    pub coding: Option<Coding>,
    /// What it was drawn from.
    pub stratum: Stratum,
    /// How many hits the program found in the sentence.
    pub hits_in_sentence: u64,
    /// The value of the variable by which was stratified; none where there is no variable.
    pub value: Option<String>,
    /// What a reader has filled in.
    pub judgement: Judgement,
}

/// What is judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A marker that the program found.
    #[default]
    Hit,
    /// A sentence in which it found none.
    Sentence,
}

/// How the program coded a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// The id of the marker.
    pub marker: String,
    /// Its stance.
    pub stance: Stance,
    /// Its category, and whether it is denied.
    pub marked: Marked,
    /// The Japanese term of the category.
    pub term: String,
}

/// The category of a marker, and whether the marker is denied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Marked {
    /// The category's name.
    pub category: String,
    /// Whether the marker is denied.
    pub negated: bool,
}

/// A part of a run from which items are drawn at random, each of them with the same chance.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stratum {
    /// Its name: among the strata of a kind, no other has it.
    pub name: String,
    /// How many hits or sentences it has.
    pub size: u64,
    /// How many of them were drawn.
    pub drawn: u64,
}

/// What a reader has filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Of a hit, whether it is right; of a sentence, whether it was read. None where nothing is filled in.
    pub right: Option<bool>,
    /// The category that a wrong hit has, if it is a marker of another one.
    pub category: Option<String>,
    /// Whether a wrong hit is denied, if that was coded wrongly.
    pub negated: Option<bool>,
    /// The markers of the sentence that the program did not find.
    pub missed: Vec<Marked>,
    /// A note.
    pub note: String,
}

/// What a reader says that a hit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has judged it.
    Open,
    /// No marker.
    NoMarker,
    /// A marker.
    Marker(Marked),
}

impl ItemKind {
    /// Both.
    pub const ALL: [ItemKind; 2] = [ItemKind::Hit, ItemKind::Sentence];

    /// Its name in a sheet.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Hit => "hit",
            ItemKind::Sentence => "sentence",
        }
    }
}

impl Stratum {
    /// The chance of each of its hits or sentences to be drawn.
    pub fn chance(&self) -> f64 {
        self.drawn as f64 / self.size as f64
    }
}

impl Item {
    /// What it is called whatever its place in a sheet.
    pub fn id(&self) -> String {
        format!("{}#{}-{}", self.document, self.start, self.end)
    }

    /// Whether it was judged.
    pub fn is_judged(&self) -> bool {
        self.judgement.right.is_some()
    }

    /// What a reader says that a hit is; of a sentence without one, it is open or no marker.
    pub fn verdict(&self) -> Verdict {
        let Judgement { right, category, negated, .. } = &self.judgement;
        match (right, &self.coding) {
            (None, _) => Verdict::Open,
            (Some(true), Some(coding)) => Verdict::Marker(coding.marked.clone()),
            (Some(false), Some(coding)) if category.is_some() || negated.is_some() => {
                Verdict::Marker(Marked {
                    category: category.clone().unwrap_or_else(|| coding.marked.category.clone()),
                    negated: negated.unwrap_or(coding.marked.negated),
                })
            }
            (Some(_), _) => Verdict::NoMarker,
        }
    }
}
