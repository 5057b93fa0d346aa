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

/// A passage: its key, its lines, its counts and its hits.
#[derive(Serialize, Deserialize)]
pub(super) struct Row(String, u64, [u64; 8], Vec<HitRow>);

/// A hit: entry, first and last morpheme, flags, sentence, line; the start and length of its sentence in bytes, those of
/// its node from there; start and length in characters.
type HitRow = [u64; 12];

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
        let Passage { tally, hits, lines } = passage;
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
        Row(key.into(), *lines, counts.map(|count| *count), hits.iter().map(hit_row).collect())
    }

    pub fn key(&self) -> &str {
        &self.0
    }

    /// The passage; none if it can't be one of this text.
    pub fn passage(self, Place { text, entries, .. }: &Place) -> Option<Passage> {
        let Row(_, lines, counts, rows) = self;
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
        Some(Passage { tally, hits, lines })
    }
}

fn hit_row(found: &Found) -> HitRow {
    let Found { hit, sentence, line, in_sentence, node, start, end } = found;
    let Hit { entry, first, last, negated, interrogative, quoted, position } = *hit;
    let position = Position::ALL.iter().position(|known| *known == position).unwrap_or_default();
    let flags =
        usize::from(negated) | usize::from(interrogative) << 1 | usize::from(quoted) << 2 | position << 3;
    let [entry, first, last, flags, from, length, node_from, node_length] = [
        entry,
        first,
        last,
        flags,
        in_sentence.start,
        in_sentence.len(),
        node.start - in_sentence.start,
        node.len(),
    ]
    .map(|number| number as u64);
    [entry, first, last, flags, *sentence, *line, from, length, node_from, node_length, *start, end - start]
}

fn found(row: HitRow, text: &str, entries: usize) -> Option<Found> {
    let [entry, first, last, flags, sentence, line, from, length, node_from, node_length, start, characters] =
        row;
    let [entry, first, last, from, length, node_from, node_length] =
        [entry, first, last, from, length, node_from, node_length].map(usize::try_from);
    let span = |start: usize, length: usize| -> Option<Span> { Some(start..start.checked_add(length)?) };
    let in_sentence = span(from.ok()?, length.ok()?)?;
    let node = span(in_sentence.start.checked_add(node_from.ok()?)?, node_length.ok()?)?;
    text.get(in_sentence.clone())?;
    text.get(node.clone())?;
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
        node,
        start,
        end: start.checked_add(characters)?,
    })
}
