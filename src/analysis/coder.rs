//! Codes one text: sentences, morphemes, hits, counts.

use std::ops::Range;

use super::Setup;
use crate::counts::Tally;
use crate::lexicon::SentenceType;
use crate::markers::{Finder, Hit, Symbol};
use crate::morphology::{Morpheme, Tokeniser};
use crate::span::Span;
use crate::text::{Folding, Sentence, Wrapping, count_lines, folded, sentences_in};

/// Codes texts, reusing its buffers; one for each thread.
pub struct Coder<'a> {
    setup: &'a Setup,
    tokeniser: Tokeniser,
    finder: Finder,
    folding: Folding,
    cut: Vec<Cut>,
    morphemes: Vec<Morpheme>,
    symbols: Vec<Symbol>,
    hits: Vec<Hit>,
}

/// A sentence that has been cut and waits to be searched.
struct Cut {
    sentence: Sentence,
    /// Which of the coder's morphemes, and of its symbols, are its own.
    morphemes: Range<usize>,
}

/// How many sentences are cut before the first of them is searched: the two stages have much to look up, and do it
/// faster by turns than at once.
const BATCH: usize = 256;

/// A text that has been coded: a document, or whole lines of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
            cut: Vec::new(),
            morphemes: Vec::new(),
            symbols: Vec::new(),
            hits: Vec::new(),
        }
    }

    /// Codes a text in which a line end ends a sentence.
    pub fn code(&mut self, text: &str) -> Passage {
        self.code_wrapped(text, Wrapping::NONE)
    }

    /// Codes a text in which some lines go on in the next.
    pub fn code_wrapped(&mut self, text: &str, wrapping: Wrapping) -> Passage {
        let mut passage = Passage { lines: count_lines(text) as u64, ..Passage::default() };
        let mut counted = Counted::default();
        let mut sentences = sentences_in(text, wrapping);
        while self.cut_batch(text, wrapping, &mut sentences) {
            let mut batch = std::mem::take(&mut self.cut);
            for cut in batch.drain(..) {
                self.search(text, wrapping, cut, &mut counted, &mut passage);
            }
            self.cut = batch;
        }
        passage.tally.characters = counted.up_to(text.len(), text);
        passage
    }

    /// Cuts the next sentences; false where there are none.
    fn cut_batch(
        &mut self,
        text: &str,
        wrapping: Wrapping,
        sentences: &mut impl Iterator<Item = Sentence>,
    ) -> bool {
        self.morphemes.clear();
        self.symbols.clear();
        for sentence in sentences.take(BATCH) {
            let original = &text[sentence.span.clone()];
            let first = self.morphemes.len();
            self.folding.fold(original, wrapping);
            let folded = self.folding.text(original);
            self.tokeniser.tokenise(folded, &mut self.morphemes);
            self.finder.read(folded, &self.morphemes[first..], &mut self.symbols);
            self.cut.push(Cut { sentence, morphemes: first..self.morphemes.len() });
        }
        !self.cut.is_empty()
    }

    /// Adds a sentence, and what is found in it, to its passage.
    fn search(
        &mut self,
        text: &str,
        wrapping: Wrapping,
        Cut { sentence, morphemes }: Cut,
        counted: &mut Counted,
        passage: &mut Passage,
    ) {
        let symbols = &self.symbols[morphemes.clone()];
        let morphemes = &self.morphemes[morphemes];
        self.hits.clear();
        self.finder.search(symbols, &mut self.hits);
        if !self.hits.is_empty() {
            // Where they stand in the original: other sentences have been folded since.
            self.folding.fold(&text[sentence.span.clone()], wrapping);
        }
        for hit in &self.hits {
            let [first, last] = [hit.first, hit.last - 1].map(|at| &morphemes[at]);
            let node = self.folding.original(first.start as usize..last.end as usize);
            let node = sentence.span.start + node.start..sentence.span.start + node.end;
            let start = counted.up_to(node.start, text);
            passage.hits.push(Found {
                hit: *hit,
                sentence: passage.tally.sentences,
                line: sentence.line as u64,
                in_sentence: sentence.span.clone(),
                end: start + count_characters(&text[node.clone()]),
                node,
                start,
            });
        }
        let Coder { setup, finder, hits, .. } = self;
        let tokens = symbols.iter().filter(|symbol| symbol.is_token()).count();
        let sentence_type = || finder.sentence_type(symbols);
        passage.tally.add_sentence(&setup.lexicon, morphemes.len(), tokens, hits, sentence_type);
    }

    /// How a sentence is closed, for `hedgerow lexicon check`.
    pub fn sentence_type(&mut self, sentence: &str) -> SentenceType {
        self.folding.fold(sentence, Wrapping::NONE);
        let sentence = self.folding.text(sentence);
        self.morphemes.clear();
        self.tokeniser.tokenise(sentence, &mut self.morphemes);
        self.symbols.clear();
        self.finder.read(sentence, &self.morphemes, &mut self.symbols);
        self.finder.sentence_type(&self.symbols)
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

/// How far the characters of a text have been counted: they are counted from one hit to the next.
#[derive(Default)]
struct Counted {
    byte: usize,
    characters: u64,
}

impl Counted {
    /// How many characters stand before a byte, which is none that has been passed.
    fn up_to(&mut self, byte: usize, text: &str) -> u64 {
        self.characters += count_characters(&text[self.byte..byte]);
        self.byte = byte;
        self.characters
    }
}

fn count_characters(text: &str) -> u64 {
    text.chars().count() as u64
}
