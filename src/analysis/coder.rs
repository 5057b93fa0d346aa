//! Codes one text: sentences, morphemes, hits, counts.

use std::ops::Range;
use std::sync::Arc;

use super::Setup;
use crate::counts::Tally;
use crate::lexicon::{Lexicon, SentenceType};
use crate::markers::{Finder, Hit, Symbol};
use crate::morphology::{Morpheme, Tokeniser};
use crate::span::Span;
use crate::text::{Folding, Sentence, Wrapping, count_lines, folded, split};

/// Codes texts with buffers and caches of its own; one for each thread.
pub struct Coder {
    lexicon: Arc<Lexicon>,
    tokeniser: Tokeniser,
    finder: Finder,
    folding: Folding,
    /// Of lines, in which sentences end.
    folded_lines: Folding,
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

/// How many sentences are cut before the first of them is searched: the tables of the two stages don't fit the
/// processor's cache together.
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
    /// Its last sentence, in bytes; empty where it has none.
    pub last_sentence: Span,
}

/// A sentence as it is matched, cut into morphemes.
#[derive(Clone, Copy)]
pub struct CutSentence<'a> {
    /// Where it stands in its passage, in bytes.
    pub span: &'a Span,
    /// How it was folded.
    pub folding: &'a Folding,
    /// Its text, folded.
    pub text: &'a str,
    /// Its morphemes.
    pub morphemes: &'a [Morpheme],
    /// The symbol of each.
    pub symbols: &'a [Symbol],
}

/// What else is made of a passage while it is coded.
pub trait Look: Send {
    /// Sees a sentence that has been cut. `begins` says whether a node of the lexicon begins with a morpheme.
    fn see(&mut self, _sentence: CutSentence, _begins: impl FnMut(Symbol) -> bool) {}

    /// Sees a hit that is added to the passage, and its sentence.
    fn see_hit(&mut self, _sentence: CutSentence, _hit: &Hit) {}

    /// Whether it asks for the sentence behind the passage, whatever is found in the last one of it.
    fn asks_for_following(&self) -> bool {
        false
    }
}

impl Look for () {}

/// A hit and where it stands in its passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The hit.
    pub hit: Hit,
    /// The index of its sentence, from 0.
    pub sentence: u64,
    /// The line that the sentence begins on, from 0.
    pub line: u64,
    /// Its sentence, in bytes.
    pub in_sentence: Span,
    /// The sentences of its passage before and behind that, in bytes; empty where there is none.
    pub neighbours: [Span; 2],
    /// Its node, in bytes.
    pub node: Span,
    /// The start of the node in characters, from 0.
    pub start: u64,
    /// The end of the node in characters, exclusive.
    pub end: u64,
}

impl Coder {
    /// A coder with caches that are still empty.
    pub fn new(setup: &Setup) -> Self {
        Coder {
            lexicon: Arc::clone(&setup.lexicon),
            tokeniser: setup.analyser.tokeniser(),
            finder: setup.matcher.finder(&setup.analyser),
            folding: Folding::default(),
            folded_lines: Folding::default(),
            cut: Vec::new(),
            morphemes: Vec::new(),
            symbols: Vec::new(),
            hits: Vec::new(),
        }
    }

    /// Codes a text, whose lines may go on in the next as `wrapping` says.
    pub fn code(&mut self, text: &str, wrapping: Wrapping) -> Passage {
        self.code_up_to(text, text.len(), wrapping)
    }

    /// Codes a text up to a byte at which a sentence ends. If it is within a line, what stands behind says where sentences
    /// end, and the line is counted where it ends.
    pub fn code_up_to(&mut self, text: &str, end: usize, wrapping: Wrapping) -> Passage {
        self.code_looking(text, end, wrapping, &mut ())
    }

    /// The same, while something else is made of the sentences.
    pub fn code_looking(
        &mut self,
        text: &str,
        end: usize,
        wrapping: Wrapping,
        look: &mut impl Look,
    ) -> Passage {
        let lines = count_lines(&text[..end]) - usize::from(end < text.len());
        let mut passage = Passage { lines: lines as u64, ..Passage::default() };
        let mut characters = CharacterCounter::default();
        let mut folded_lines = std::mem::take(&mut self.folded_lines);
        let sentences = split(text, wrapping, &mut folded_lines);
        let mut sentences = sentences.take_while(|sentence| sentence.span.start < end).peekable();
        while self.cut_batch(text, wrapping, &mut sentences, look) {
            let mut batch = std::mem::take(&mut self.cut);
            let behind = sentences.peek().map(|sentence| sentence.span.clone()).unwrap_or_default();
            for (index, cut) in batch.iter().enumerate() {
                let next = batch.get(index + 1).map_or(&behind, |next| &next.sentence.span);
                let at = (&mut characters, &mut passage);
                self.search(text, wrapping, cut, next, at, look);
            }
            batch.clear();
            self.cut = batch;
        }
        drop(sentences);
        self.folded_lines = folded_lines;
        passage.tally.characters = characters.up_to(end, text);
        passage
    }

    /// Cuts the next sentences; false where there are none.
    fn cut_batch(
        &mut self,
        text: &str,
        wrapping: Wrapping,
        sentences: &mut impl Iterator<Item = Sentence>,
        look: &mut impl Look,
    ) -> bool {
        self.morphemes.clear();
        self.symbols.clear();
        for sentence in sentences.take(BATCH) {
            let original = &text[sentence.span.clone()];
            let first = self.morphemes.len();
            sentence.fold(text, wrapping, &mut self.folding);
            let folded = self.folding.text(original);
            self.tokeniser.tokenise(folded, &mut self.morphemes);
            self.finder.read(folded, &self.morphemes[first..], &mut self.symbols);
            let (morphemes, symbols) = (&self.morphemes[first..], &self.symbols[first..]);
            let (span, folding) = (&sentence.span, &self.folding);
            let cut = CutSentence { span, folding, text: folded, morphemes, symbols };
            look.see(cut, |symbol| self.finder.begins(symbol));
            self.cut.push(Cut { sentence, morphemes: first..self.morphemes.len() });
        }
        !self.cut.is_empty()
    }

    /// Adds a sentence, and what is found in it, to its passage.
    fn search(
        &mut self,
        text: &str,
        wrapping: Wrapping,
        Cut { sentence, morphemes }: &Cut,
        next: &Span,
        (characters, passage): (&mut CharacterCounter, &mut Passage),
        look: &mut impl Look,
    ) {
        let symbols = &self.symbols[morphemes.clone()];
        let morphemes = &self.morphemes[morphemes.clone()];
        self.hits.clear();
        self.finder.search(symbols, &mut self.hits);
        if !self.hits.is_empty() {
            // Where they stand in the original: other sentences have been folded since.
            sentence.fold(text, wrapping, &mut self.folding);
        }
        for hit in &self.hits {
            let folded = self.folding.text(&text[sentence.span.clone()]);
            let (span, folding) = (&sentence.span, &self.folding);
            look.see_hit(CutSentence { span, folding, text: folded, morphemes, symbols }, hit);
            let [first, last] = [hit.first, hit.last - 1].map(|at| &morphemes[at]);
            let node = self.folding.original(first.start as usize..last.end as usize);
            let node = sentence.span.start + node.start..sentence.span.start + node.end;
            let start = characters.up_to(node.start, text);
            passage.hits.push(Found {
                hit: *hit,
                sentence: passage.tally.sentences,
                line: sentence.line as u64,
                in_sentence: sentence.span.clone(),
                neighbours: [passage.last_sentence.clone(), next.clone()],
                end: start + count_characters(&text[node.clone()]),
                node,
                start,
            });
        }
        let Coder { lexicon, finder, hits, .. } = self;
        let tokens = symbols.iter().filter(|symbol| symbol.is_token()).count();
        let sentence_type = || finder.sentence_type(symbols);
        passage.tally.add_sentence(lexicon, morphemes.len(), tokens, hits, sentence_type);
        passage.last_sentence = sentence.span.clone();
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
        let candidates = self.finder.candidates(&sentence, &morphemes, &self.lexicon);
        (sentence, morphemes, candidates)
    }
}

/// Turns offsets in bytes into offsets in characters, in ascending order: each stretch is counted once.
#[derive(Default)]
struct CharacterCounter {
    byte: usize,
    characters: u64,
}

impl CharacterCounter {
    /// The offset in characters of a byte that is not before the last one asked for.
    fn up_to(&mut self, byte: usize, text: &str) -> u64 {
        self.characters += count_characters(&text[self.byte..byte]);
        self.byte = byte;
        self.characters
    }
}

fn count_characters(text: &str) -> u64 {
    text.chars().count() as u64
}
