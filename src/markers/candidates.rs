//! Everything that nearly matched, for `hedgerow lexicon explain`.

use super::automaton::{BEGIN, PatternId};
use super::matcher::Finder;
use crate::lexicon::Lexicon;
use crate::morphology::Morpheme;

/// A node that matched, or began to, whatever became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The number of its entry in the lexicon.
    pub entry: usize,
    /// Its first morpheme.
    pub first: usize,
    /// The morpheme behind its last.
    pub last: usize,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a node that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is a hit.
    Hit,
    /// `before` does not match what stands before it.
    LacksBefore,
    /// `not_before` matches what stands before it.
    HasNotBefore,
    /// `after` does not match what follows.
    LacksAfter,
    /// `not_after` matches what follows.
    HasNotAfter,
    /// Its conditions hold, but a hit covers one of its morphemes.
    Covered,
    /// Its node begins so, and goes on otherwise than the sentence.
    Begun,
}

impl Finder<'_> {
    /// Every node that matches anywhere in a sentence, from left to right, longer ones first; behind those of
    /// a morpheme, the nodes that match furthest from there without coming to their end.
    ///
    /// A node that begins with a mere part of speech is not said to have begun: it would nearly everywhere.
    pub fn candidates(
        &mut self,
        sentence: &str,
        morphemes: &[Morpheme],
        lexicon: &Lexicon,
    ) -> Vec<Candidate> {
        let mut hits = Vec::new();
        self.find(sentence, morphemes, &mut hits);
        let mut found = Vec::new();
        for first in 0..morphemes.len() {
            self.collect_candidates(first);
            self.look_before(first);
            for (last, rank) in std::mem::take(&mut self.candidates).into_iter().rev() {
                self.look_after(last);
                let ranked = &self.matcher.ranked[rank as usize];
                let is_hit =
                    hits.iter().any(|hit| (hit.entry, hit.first, hit.last) == (ranked.entry, first, last));
                let verdict = if is_hit {
                    Verdict::Hit
                } else if !self.before.meets(ranked.before) {
                    Verdict::LacksBefore
                } else if self.before.violates(ranked.not_before) {
                    Verdict::HasNotBefore
                } else if !self.after.meets(ranked.after) {
                    Verdict::LacksAfter
                } else if self.after.violates(ranked.not_after) {
                    Verdict::HasNotAfter
                } else {
                    Verdict::Covered
                };
                found.push(Candidate { entry: ranked.entry, first, last, verdict });
            }
            let (last, begun) = self.begun(first);
            for rank in begun {
                let entry = self.matcher.ranked[rank as usize].entry;
                let matches = found.iter().any(|known| (known.entry, known.first) == (entry, first));
                if !matches && lexicon.entries[entry].node.begins_with_a_word() {
                    found.push(Candidate { entry, first, last, verdict: Verdict::Begun });
                }
            }
        }
        found
    }

    /// The nodes that match furthest from a morpheme on, without coming to their end.
    fn begun(&mut self, first: usize) -> (usize, Vec<PatternId>) {
        let mut state = BEGIN;
        let mut furthest = (first, Vec::new());
        for at in first..self.sentence.len() {
            state = self.nodes.step(state, self.sentence[at], &self.symbols);
            let open = self.nodes.open(state);
            if open.is_empty() {
                break;
            }
            furthest = (at + 1, open);
        }
        furthest
    }
}
