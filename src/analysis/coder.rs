//! Codes one text: sentences, morphemes, hits, counts.

use super::Setup;
use crate::counts::Tally;
use crate::lexicon::SentenceType;
use crate::markers::{Finder, Hit};
use crate::morphology::{Morpheme, Tokeniser};
use crate::span::Span;
use crate::text::{Folding, Wrapping, count_lines, folded, sentences_in};

/// Codes texts, reusing its buffers; one for each thread.
pub struct Coder<'a> {
    setup: &'a Setup,
    tokeniser: Tokeniser<'a>,
    finder: Finder<'a>,
    folding: Folding,
    morphemes: Vec<Morpheme>,
    hits: Vec<Hit>,
}

/// A text that has been coded: a document, or whole lines of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its counts.
    pub tally: Tally,
    /// Its hits, in the order of the text.
    pub hits: Vec<Found>,
    /// How many lines it has.
    pub lines: u64,
}

/// A hit and where it stands in its passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The hit.
    pub hit: Hit,
    /// The number of its sentence, from 0.
    pub sentence: u64,
    /// The line that the sentence begins on, from 0.
    pub line: u64,
    /// Its sentence, in bytes.
    pub in_sentence: Span,
    /// Its node, in bytes.
    pub node: Span,
    /// The first character of the node, from 0.
    pub start: u64,
    /// The character behind its last.
    pub end: u64,
}

impl<'a> Coder<'a> {
    /// A coder with a set-up.
    pub fn new(setup: &'a Setup) -> Self {
        Coder {
            setup,
            tokeniser: setup.analyser.tokeniser(),
            finder: setup.matcher.finder(&setup.analyser),
            folding: Folding::default(),
            morphemes: Vec::new(),
            hits: Vec::new(),
        }
    }

    /// Codes a text in which a line end ends a sentence.
    pub fn code(&mut self, text: &str) -> Passage {
        self.code_wrapped(text, Wrapping::NONE)
    }

    /// Codes a text in which some lines go on in the next.
    pub fn code_wrapped(&mut self, text: &str, wrapping: Wrapping) -> Passage {
        let mut tally = Tally::default();
        let mut found = Vec::new();
        // Characters are counted from one hit to the next.
        let (mut byte, mut characters) = (0, 0);
        for sentence in sentences_in(text, wrapping) {
            let original = &text[sentence.span.clone()];
            if wrapping.is_none() {
                self.folding.fold(original);
            } else {
                self.folding.fold_lines(original);
            }
            let sentence_text = self.folding.text(original);
            self.morphemes.clear();
            self.tokeniser.tokenise(sentence_text, &mut self.morphemes);
            self.hits.clear();
            let tokens = self.finder.find(sentence_text, &self.morphemes, &mut self.hits);
            for hit in &self.hits {
                let [first, last] = [hit.first, hit.last - 1].map(|at| &self.morphemes[at]);
                let node = self.folding.original(first.start as usize..last.end as usize);
                let (start, end) = (sentence.span.start + node.start, sentence.span.start + node.end);
                characters += count_characters(&text[byte..start]);
                let length = count_characters(&text[start..end]);
                byte = start;
                found.push(Found {
                    hit: *hit,
                    sentence: tally.sentences,
                    line: sentence.line as u64,
                    in_sentence: sentence.span.clone(),
                    node: start..end,
                    start: characters,
                    end: characters + length,
                });
            }
            let finder = &mut self.finder;
            tally.add_sentence(&self.setup.lexicon, self.morphemes.len(), tokens, &self.hits, || {
                finder.sentence_type()
            });
        }
        tally.characters = characters + count_characters(&text[byte..]);
        Passage { tally, hits: found, lines: count_lines(text) as u64 }
    }

    /// How a sentence is closed, for `hedgerow lexicon check`.
    pub fn sentence_type(&mut self, sentence: &str) -> SentenceType {
        self.folding.fold(sentence);
        let sentence = self.folding.text(sentence);
        self.morphemes.clear();
        self.tokeniser.tokenise(sentence, &mut self.morphemes);
        self.hits.clear();
        self.finder.find(sentence, &self.morphemes, &mut self.hits);
        self.finder.sentence_type()
    }

    /// A sentence as it is matched, its morphemes and every node that matches in it, for `hedgerow lexicon explain`.
    pub fn explain(&mut self, sentence: &str) -> (String, Vec<Morpheme>, Vec<crate::markers::Candidate>) {
        let sentence = folded(sentence);
        let mut morphemes = Vec::new();
        self.tokeniser.tokenise(&sentence, &mut morphemes);
        let candidates = self.finder.candidates(&sentence, &morphemes, &self.setup.lexicon);
        (sentence, morphemes, candidates)
    }
}

fn count_characters(text: &str) -> u64 {
    text.chars().count() as u64
}
