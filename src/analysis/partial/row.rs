//! The line of a document in a part: its integers, its hits, and what it may have in common with other documents.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::Id;
use crate::analysis::duplicates::{BINS, Sketch};
use crate::analysis::survey::Survey;
use crate::counts::{Occurrences, Tally};
use crate::lexicon::{Labels, Position};
use crate::markers::Hit;
use crate::span::Span;
use crate::tables::OtherLanguageRecord;

/// No document has more of anything, so that sums stay within their integers.
const MOST: u64 = 1 << 40;

/// A document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Row {
    pub id: Id,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
    #[serde(default, skip_serializing_if = "Pairs::is_empty")]
    pub variables: Pairs,
    /// Without markers.
    pub counts: Tally,
    /// By id.
    pub markers: BTreeMap<String, Occurrences>,
    /// In the order of the text; none where they were left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hits: Option<Vec<HitRow>>,
    /// What it is in, if there is next to no Japanese in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_language: Option<OtherLanguageRecord>,
    /// Whether its lines are joined.
    #[serde(default, skip_serializing_if = "is_false")]
    pub joined: bool,
    /// Whether it has ruby in a notation of its own.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ruby: bool,
    /// Whether there are tables of variables and none has a row for it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub without_variables: bool,
    pub sketch: SketchRow,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// The variables of a document in their order, and their values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Pairs(pub Vec<(Arc<str>, String)>);

impl Pairs {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Pairs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (&**name, value)))
    }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of text")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, String>()? {
                    pairs.push((name.into(), value));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}

/// A hit, by the names of the concordance's columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HitRow {
    pub line: u64,
    pub sentence: u64,
    pub start: u64,
    pub end: u64,
    pub left: String,
    pub node: String,
    pub right: String,
    pub previous: String,
    pub next: String,
    pub marker: String,
    pub negated: bool,
    pub interrogative: bool,
    pub quoted: bool,
    pub position: Position,
}

/// What a document may have in common with others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct SketchRow {
    /// In hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    equal: Option<String>,
    /// One behind the other, eight digits each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minima: Option<String>,
    /// By hash, in hexadecimal.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    sentences: BTreeMap<String, String>,
}

impl Row {
    /// The row of a document, by what was told of it before it was coded and by its counts.
    pub fn new(id: Id, sha256: String, survey: &Survey, text: &str, tally: &Tally, labels: &Labels) -> Self {
        let document = id.to_string();
        let arrival = survey.arrival(&document);
        let markers = tally.markers.iter();
        let name = |(entry, count): (&usize, &Occurrences)| (labels.entries[*entry].id.to_string(), *count);
        Row {
            sha256,
            variables: Pairs::default(),
            counts: tally.clone(),
            markers: markers.map(name).collect(),
            hits: None,
            other_language: arrival.language.map(|(_, record)| record),
            joined: arrival.is_joined,
            ruby: arrival.has_ruby,
            without_variables: false,
            sketch: SketchRow::new(&survey.sketch, text),
            id,
        }
    }

    /// Its counts; none where they can't be counts of this lexicon.
    pub fn tally(&self, entries: &HashMap<&str, usize>) -> Option<Tally> {
        let markers = self.markers.iter();
        let markers = markers.map(|(id, count)| Some((*entries.get(id.as_str())?, *count)));
        let markers: BTreeMap<usize, Occurrences> = markers.collect::<Option<_>>()?;
        let occurrences = markers.values().flat_map(|count| [count.affirmed, count.negated]);
        let Tally { characters, sentences, morphemes, tokens, .. } = self.counts;
        let most = occurrences.chain([characters, sentences, morphemes, tokens]).max();
        let Tally { sentences_hedged, sentences_assertive, sentences_mixed, sentences_other, .. } =
            self.counts;
        let kinds = [sentences_hedged, sentences_assertive, sentences_mixed, sentences_other];
        let closed = kinds.into_iter().try_fold(0_u64, u64::checked_add)?;
        let can_be = closed <= sentences && most.is_none_or(|most| most <= MOST);
        can_be.then(|| Tally { markers, ..self.counts.clone() })
    }
}

impl HitRow {
    /// Its coding; none where its marker is not of this lexicon.
    pub fn hit(&self, entries: &HashMap<&str, usize>) -> Option<Hit> {
        Some(Hit {
            entry: *entries.get(self.marker.as_str())?,
            // Of morphemes there are none here.
            first: 0,
            last: 0,
            negated: self.negated,
            interrogative: self.interrogative,
            quoted: self.quoted,
            position: self.position,
        })
    }
}

impl SketchRow {
    /// That of a document with this text, unless the sketch quotes it.
    fn new(sketch: &Sketch, text: &str) -> Self {
        let sentences = sketch.sentences.iter();
        SketchRow {
            equal: sketch.equal.map(|hash| format!("{hash:016x}")),
            minima: sketch
                .minima
                .as_deref()
                .map(|minima| minima.iter().map(|least| format!("{least:08x}")).collect()),
            sentences: sentences
                .map(|(hash, span)| (format!("{hash:016x}"), sketch.sentence(text, span)))
                .collect(),
        }
    }

    /// The sketch; none if it can't be one.
    pub fn sketch(&self) -> Option<Sketch> {
        let number = |digits: &str| u64::from_str_radix(digits, 16).ok();
        let equal = self.equal.as_deref().map(|digits| number(digits).ok_or(())).transpose().ok()?;
        let minima = self.minima.as_deref().map(|digits| minima(digits).ok_or(())).transpose().ok()?;
        let mut quoted = String::new();
        let mut sentences: Vec<(u64, Span)> = Vec::new();
        for (hash, sentence) in &self.sentences {
            let start = quoted.len();
            quoted.push_str(sentence);
            sentences.push((number(hash)?, start..quoted.len()));
        }
        Some(Sketch { equal, minima, sentences, quoted: Some(quoted) })
    }
}

fn minima(digits: &str) -> Option<Box<[u32; BINS]>> {
    let digits = digits.as_bytes().chunks(8).map(|digits| {
        let digits = str::from_utf8(digits).ok()?;
        u32::from_str_radix(digits, 16).ok()
    });
    let minima: Box<[u32]> = digits.collect::<Option<_>>()?;
    minima.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_no_document_has_are_refused() {
        let entries = HashMap::from([("必ず", 3)]);
        let row = |counts: &str, markers: &str| -> Row {
            let sketch = r#"{"sentences":{"00000000000000ff":"必ず効く。"}}"#;
            let line = format!(
                r#"{{"id":"a","sha256":"","counts":{counts},"markers":{markers},"sketch":{sketch}}}"#
            );
            serde_json::from_str(&line).unwrap()
        };
        let counts = |sentences: u64, hedged: u64| {
            format!(
                r#"{{"characters":9,"sentences":{sentences},"morphemes":3,"tokens":2,"sentences_hedged":{hedged},"sentences_assertive":0,"sentences_mixed":0,"sentences_other":0}}"#
            )
        };
        let marker = |id: &str, count: u64| format!(r#"{{"{id}":{{"affirmed":{count},"negated":0}}}}"#);
        let tally = row(&counts(2, 1), &marker("必ず", 1)).tally(&entries).unwrap();
        assert_eq!((tally.sentences_unmarked(), tally.markers[&3].affirmed), (1, 1));
        assert_eq!(row(&counts(1, 2), "{}").tally(&entries), None);
        assert_eq!(row(&counts(1, u64::MAX), "{}").tally(&entries), None);
        assert_eq!(row(&counts(u64::MAX, 0), "{}").tally(&entries), None);
        assert_eq!(row(&counts(1, 0), &marker("必ず", u64::MAX)).tally(&entries), None);
        assert_eq!(row(&counts(1, 0), &marker("犬", 1)).tally(&entries), None);
        let sketch = row(&counts(1, 0), "{}").sketch;
        assert_eq!(sketch.sketch().unwrap().sentences, [(255, 0..15)]);
        for (equal, minima) in [(Some("あ"), None), (None, Some("00")), (None, Some("+0000001"))] {
            let [equal, minima] = [equal, minima].map(|digits: Option<&str>| digits.map(str::to_owned));
            assert!(SketchRow { equal, minima, ..SketchRow::default() }.sketch().is_none());
        }
    }
}
