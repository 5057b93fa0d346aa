//! The sentences of a corpus in which nothing is found.

use super::lists::{LeftOut, each_window};
use super::windows::{Before, Window};
use super::{AnalysisError, CountOptions, CutSentence, Look, Progress};
use crate::corpus::Corpus;
use crate::counter::Counter;
use crate::span::Span;
use crate::text::{left_context, line_of, right_context};

/// A sentence without a hit, in its context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentenceWithoutHit<'a> {
    /// The document.
    pub document: &'a str,
    /// The line that it begins on, from 1.
    pub line: u64,
    /// Its index in the document, from 1.
    pub sentence: u64,
    /// Its offset in characters of the document, from 0.
    pub start: u64,
    /// The offset of its end, exclusive.
    pub end: u64,
    /// The sentence before, as the concordance has it.
    pub before: &'a str,
    /// The sentence.
    pub text: &'a str,
    /// The sentence behind, as the concordance has it.
    pub after: &'a str,
}

/// Where the sentences of a passage are.
#[derive(Default)]
struct Spans(Vec<Span>);

impl Look for Spans {
    fn see(&mut self, sentence: CutSentence, _begins: impl FnMut(crate::markers::Symbol) -> bool) {
        self.0.push(sentence.span.clone());
    }

    fn asks_for_following(&self) -> bool {
        true
    }
}

/// Codes a corpus and hands every sentence without a hit to `add`, in the order of the text. Gives what was left out.
///
/// # Errors
/// Documents that can't be read.
pub fn each_sentence_without_hit(
    counter: &Counter,
    mut corpus: Corpus,
    options: &CountOptions,
    progress: &(dyn Fn(Progress) + Sync),
    mut add: impl FnMut(SentenceWithoutHit) + Send,
) -> Result<LeftOut, AnalysisError> {
    let mut before = Before::default();
    let add_window = |window: &Window<Spans>| {
        for coded in &window.passages {
            let document = &window.documents[coded.document];
            let text = &document.text[coded.span.clone()];
            let spans = &coded.look.0;
            let mut hits = coded.passage.hits.iter().map(|found| found.sentence).peekable();
            let (mut at, mut characters, mut lines) = (0, before.tally.characters, before.lines);
            for (index, span) in spans.iter().enumerate() {
                let gap = &text[at..span.start];
                characters += gap.chars().count() as u64;
                lines += line_of(gap, gap.len()) as u64;
                let sentence = &text[span.clone()];
                let length = sentence.chars().count() as u64;
                let mut has_hit = false;
                while hits.next_if_eq(&(index as u64)).is_some() {
                    has_hit = true;
                }
                if !has_hit {
                    let neighbour = |index: Option<usize>| {
                        index.and_then(|index| spans.get(index)).map(|span| &text[span.clone()])
                    };
                    add(SentenceWithoutHit {
                        document: &document.name,
                        line: lines + 1,
                        sentence: before.tally.sentences + index as u64 + 1,
                        start: characters,
                        end: characters + length,
                        before: neighbour(index.checked_sub(1)).map_or(before.last_sentence(), left_context),
                        text: sentence,
                        after: neighbour(Some(index + 1)).map_or(&*coded.following, right_context),
                    });
                }
                characters += length;
                lines += line_of(sentence, sentence.len()) as u64;
                at = span.end;
            }
            before.add(coded, document);
            if coded.is_last {
                before = Before::default();
            }
        }
        Ok(())
    };
    each_window(counter, &mut corpus, options, &Spans::default, progress, add_window)
}
