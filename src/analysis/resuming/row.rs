//! A coded passage as a line of the journal: short, and checked when it is read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::analysis::{Found, Passage};
use crate::counts::Tally;
use crate::digest::hexadecimal;
use crate::lexicon::Position;
use crate::markers::Hit;
use crate::span::Span;
use crate::text::Wrapping;

/// A passage: its key, its lines, its counts, the start and length of its last sentence in bytes, and its hits.
#[derive(Serialize, Deserialize)]
pub(super) struct Row(String, u64, [u64; 8], [u64; 2], Vec<HitRow>);

/// A hit: entry, first and last morpheme, flags, sentence, line; the start and length of its sentence in bytes, those of
/// its node from there; start and length in characters; the start and length in bytes of the sentences before and behind.
type HitRow = [u64; 16];

/// A passage that is to be coded.
pub struct Place<'a> {
    /// The name of its document.
    pub document: &'a str,
    /// Where it begins there, in bytes.
    pub start: usize,
    /// Its text, and what is read behind it.
    pub text: &'a str,
    /// How much of that is its own, in bytes.
    pub length: usize,
    /// Which of its lines go on in the next.
    pub wrapping: Wrapping<'a>,
    /// How many entries the lexicon has.
    pub entries: usize,
}

impl Place<'_> {
    /// What it is known by: a digest of all that its coding depends on, but for the dictionary and the lexicon.
    pub fn key(&self) -> String {
        let mut hasher = Sha256::new();
        let wrapping = format!("{:?}", self.wrapping);
        let place = format!("{} {}", self.start, self.length);
        for part in [self.document, &place, &wrapping, self.text] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut digest = hexadecimal(hasher);
        digest.truncate(32);
        digest
    }
}

impl Row {
    pub fn new(key: &str, passage: &Passage) -> Self {
        // All fields by name, so that no other is forgotten.
        let Passage { tally, hits, lines, last_sentence } = passage;
        let Tally {
            characters,
            sentences,
            morphemes,
            tokens,
            sentences_hedged,
            sentences_assertive,
            sentences_mixed,
            sentences_other,
            // The sum of the hits.
            markers: _,
        } = tally;
        let counts = [
            characters,
            sentences,
            morphemes,
            tokens,
            sentences_hedged,
            sentences_assertive,
            sentences_mixed,
            sentences_other,
        ];
        let last = extent(last_sentence);
        Row(key.into(), *lines, counts.map(|count| *count), last, hits.iter().map(hit_row).collect())
    }

    pub fn key(&self) -> &str {
        &self.0
    }

    /// The passage; none if it can't be one of this text.
    pub fn passage(self, Place { text, entries, .. }: &Place) -> Option<Passage> {
        let Row(_, lines, counts, last_sentence, rows) = self;
        let [characters, sentences, morphemes, tokens, hedged, assertive, mixed, other] = counts;
        let hits: Vec<Found> =
            rows.into_iter().map(|row| found(row, text, *entries)).collect::<Option<_>>()?;
        let mut tally = Tally {
            characters,
            sentences,
            morphemes,
            tokens,
            sentences_hedged: hedged,
            sentences_assertive: assertive,
            sentences_mixed: mixed,
            sentences_other: other,
            markers: BTreeMap::new(),
        };
        hits.iter().for_each(|found| tally.add_hit(&found.hit));
        Some(Passage { tally, hits, lines, last_sentence: span(last_sentence, text)? })
    }
}

fn hit_row(found: &Found) -> HitRow {
    let Found { hit, sentence, line, in_sentence, neighbours, node, start, end } = found;
    let Hit { entry, first, last, negated, interrogative, quoted, position } = *hit;
    let position = Position::ALL.iter().position(|known| *known == position).unwrap_or_default();
    let flags =
        usize::from(negated) | usize::from(interrogative) << 1 | usize::from(quoted) << 2 | position << 3;
    let [entry, first, last, flags, node_from, node_length] =
        [entry, first, last, flags, node.start - in_sentence.start, node.len()].map(|number| number as u64);
    let [from, length] = extent(in_sentence);
    let [[previous, previous_length], [next, next_length]] = neighbours.each_ref().map(extent);
    [
        entry,
        first,
        last,
        flags,
        *sentence,
        *line,
        from,
        length,
        node_from,
        node_length,
        *start,
        end - start,
        previous,
        previous_length,
        next,
        next_length,
    ]
}

fn extent(span: &Span) -> [u64; 2] {
    [span.start, span.len()].map(|number| number as u64)
}

/// A span of a text; none if it is not within it.
fn span(extent: [u64; 2], text: &str) -> Option<Span> {
    let [start, length] = extent.map(usize::try_from);
    let start = start.ok()?;
    let span = start..start.checked_add(length.ok()?)?;
    text.get(span.clone())?;
    Some(span)
}

fn found(row: HitRow, text: &str, entries: usize) -> Option<Found> {
    let [
        entry,
        first,
        last,
        flags,
        sentence,
        line,
        from,
        length,
        node_from,
        node_length,
        start,
        characters,
        previous,
        previous_length,
        next,
        next_length,
    ] = row;
    let in_sentence = span([from, length], text)?;
    let node = span([from.checked_add(node_from)?, node_length], text)?;
    let neighbours = [span([previous, previous_length], text)?, span([next, next_length], text)?];
    let [entry, first, last] = [entry, first, last].map(usize::try_from);
    let entry = entry.ok().filter(|entry| *entry < entries && node.end <= in_sentence.end)?;
    Some(Found {
        hit: Hit {
            entry,
            first: first.ok()?,
            last: last.ok()?,
            negated: flags & 1 != 0,
            interrogative: flags & 2 != 0,
            quoted: flags & 4 != 0,
            position: *Position::ALL.get(usize::try_from(flags >> 3).ok()?)?,
        },
        sentence,
        line,
        in_sentence,
        neighbours,
        node,
        start,
        end: start.checked_add(characters)?,
    })
}
