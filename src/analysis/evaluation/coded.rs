//! A document with two codings, and the pairs of their markers.

use std::fmt::Display;

use crate::analysis::{Found, Setup};
use crate::corpus::{Document, GoldMarker};
use crate::lexicon::Stance;
use crate::messages::Message;
use crate::span::Span;
use crate::tables::unprotected;
use crate::text::{Sentence, composed, line_of};

/// A marker of either coding.
pub struct Mark {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    pub stance: Stance,
    pub category: String,
    pub negated: bool,
    /// The id of the lexicon's entry; empty in a coding by readers.
    pub marker: String,
}

impl Mark {
    #[allow(clippy::indexing_slicing, reason = "a hit has the index of an entry of this lexicon")]
    pub fn found(setup: &Setup, found: &Found) -> Self {
        let entry = &setup.lexicon.entries[found.hit.entry];
        let category = setup.lexicon.category(entry);
        Mark {
            span: found.node.clone(),
            stance: category.stance,
            category: category.name.clone(),
            negated: found.hit.negated,
            marker: entry.id.clone(),
        }
    }
}

/// A document with both codings.
pub struct CodedDocument<'a> {
    setup: &'a Setup,
    pub document: &'a Document,
    pub sentences: Vec<Sentence>,
    pub gold: Vec<Mark>,
    pub found: Vec<Mark>,
    /// Pairs of a gold marker and one of the other coding.
    pub pairs: Vec<(usize, usize)>,
    /// The byte of each character.
    starts: Vec<usize>,
}

impl<'a> CodedDocument<'a> {
    pub fn new(setup: &'a Setup, document: &'a Document, sentences: Vec<Sentence>) -> Self {
        let starts = document.text.char_indices().map(|(byte, _)| byte).collect();
        CodedDocument { setup, document, sentences, gold: vec![], found: vec![], pairs: vec![], starts }
    }

    /// The markers of readers, in the order of the text.
    pub fn read_marks(&self, markers: &[&GoldMarker]) -> Result<Vec<Mark>, (u64, Message)> {
        let read = |marker: &&GoldMarker| self.read_mark(marker).map_err(|message| (marker.row, message));
        let mut marks: Vec<Mark> = markers.iter().map(read).collect::<Result<_, _>>()?;
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        Ok(marks)
    }

    fn read_mark(&self, marker: &GoldMarker) -> Result<Mark, Message> {
        let span = self.byte(marker.start).zip(self.byte(marker.end)).filter(|(start, end)| start < end);
        let span = span.map(|(start, end)| start..end);
        let node = span.clone().and_then(|span| self.document.text.get(span));
        let is_node = |node: &str| {
            let node = composed(node);
            node == composed(&marker.node) || node == composed(unprotected(&marker.node))
        };
        let Some(span) = span.filter(|_| node.is_some_and(is_node)) else {
            let key = if node.is_some() { "evaluation.node" } else { "evaluation.no_node" };
            let found = node.unwrap_or_default();
            let values: [(&str, &dyn Display); 5] = [
                ("document", &self.document.name),
                ("start", &marker.start),
                ("end", &marker.end),
                ("found", &found),
                ("node", &marker.node),
            ];
            return Err(Message::new(key, &values));
        };
        if !self.setup.lexicon.categories.iter().any(|category| category.name == marker.category) {
            return Err(Message::new("evaluation.category", &[("category", &marker.category)]));
        }
        let stance = Stance::ALL.into_iter().find(|stance| stance.name() == marker.stance);
        let stance =
            stance.ok_or_else(|| Message::new("evaluation.stance", &[("stance", &marker.stance)]))?;
        self.check_line(marker, &span)?;
        Ok(Mark {
            span,
            stance,
            category: marker.category.clone(),
            negated: marker.negated,
            marker: String::new(),
        })
    }

    fn byte(&self, character: u64) -> Option<usize> {
        match usize::try_from(character) {
            Ok(at) if at == self.starts.len() => Some(self.document.text.len()),
            Ok(at) => self.starts.get(at).copied(),
            Err(_) => None,
        }
    }

    /// Checks the line of a gold marker: from that on which the sentence begins, as in the concordance, to that of the
    /// node itself, as an editor shows it.
    fn check_line(&self, marker: &GoldMarker, span: &Span) -> Result<(), Message> {
        let own = (line_of(&self.document.text, span.start) as u64).saturating_add(1);
        let first = self.sentences.get(self.sentence(span.start));
        let first = first.map_or(own, |found| (found.line as u64).saturating_add(1));
        if (first.min(own)..=own).contains(&marker.line) {
            return Ok(());
        }
        let values: [(&str, &dyn Display); 4] = [
            ("node", &marker.node),
            ("own", &own),
            ("document", &self.document.name),
            ("line", &marker.line),
        ];
        Err(Message::new("evaluation.line", &values))
    }

    /// Pairs the markers of both codings: see [`evaluate`](super::evaluate).
    pub fn pair(&mut self) {
        let mut overlaps = Vec::new();
        for (g, gold) in self.gold.iter().enumerate() {
            for (f, found) in self.found.iter().enumerate() {
                let shared =
                    gold.span.end.min(found.span.end).saturating_sub(gold.span.start.max(found.span.start));
                if shared > 0 {
                    let (category, stance) = (gold.category == found.category, gold.stance == found.stance);
                    overlaps.push((!category, !stance, std::cmp::Reverse(shared), g, f));
                }
            }
        }
        overlaps.sort_unstable();
        let (mut gold_taken, mut found_taken) = (vec![false; self.gold.len()], vec![false; self.found.len()]);
        for (.., g, f) in overlaps {
            let (Some(gold), Some(found)) = (gold_taken.get_mut(g), found_taken.get_mut(f)) else { continue };
            if !*gold && !*found {
                (*gold, *found) = (true, true);
                self.pairs.push((g, f));
            }
        }
    }

    /// The index of the sentence that a byte belongs to: the last that begins before it.
    pub fn sentence(&self, byte: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.start <= byte).saturating_sub(1)
    }

    /// The character that a byte begins.
    pub fn character(&self, byte: usize) -> u64 {
        self.starts.partition_point(|start| *start < byte) as u64
    }
}
