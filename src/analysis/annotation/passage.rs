//! A coded passage as the formats see it.

use std::borrow::Cow;

use super::sentences::{PlacedMorpheme, Sentences};
use crate::analysis::{Found, Setup};
use crate::span::Span;

/// A passage of a document, with where it stands there.
pub(super) struct AnnotatedPassage<'a> {
    pub setup: &'a Setup,
    pub text: &'a str,
    pub sentences: &'a Sentences,
    /// The hits in it, in order.
    pub hits: &'a [Found],
    /// How many sentences of the document stand before it.
    pub sentences_before: u64,
    /// How many characters.
    pub characters_before: u64,
}

/// A sentence that has a token.
pub(super) struct AnnotatedSentence<'a> {
    /// Its number in the document, from 1, as in the concordance.
    pub number: u64,
    pub tokens: Vec<Token<'a>>,
}

/// A morpheme that is no blank.
pub(super) struct Token<'a> {
    /// Where it stands in the passage, in bytes.
    pub span: Span,
    /// Its form as the dictionary reads it.
    pub form: &'a str,
    pub lemma: Cow<'a, str>,
    pub pos: String,
    /// The hit that it belongs to, and whether it is the first token of it.
    pub hit: Option<(&'a Found, bool)>,
}

impl<'a> AnnotatedPassage<'a> {
    /// The sentences that have a token, in order.
    pub fn sentences(&self) -> impl Iterator<Item = AnnotatedSentence<'a>> {
        let sentences = (0_u64..).zip(&self.sentences.0);
        let annotated = sentences.map(|(index, morphemes)| {
            let hits = self.hits;
            let first = hits.partition_point(|found| found.sentence < index);
            let last = hits.partition_point(|found| found.sentence <= index);
            let tokens = self.tokens(morphemes, &hits[first..last]);
            AnnotatedSentence { number: self.sentences_before + index + 1, tokens }
        });
        annotated.filter(|sentence| !sentence.tokens.is_empty())
    }

    fn tokens(&self, morphemes: &'a [PlacedMorpheme], hits: &'a [Found]) -> Vec<Token<'a>> {
        let mut hits = hits.iter().peekable();
        let mut tokens = Vec::with_capacity(morphemes.len());
        let mut begun = None;
        for (index, morpheme) in morphemes.iter().enumerate() {
            while hits.next_if(|found| found.hit.last <= index).is_some() {}
            let span = morpheme.span.start as usize..morpheme.span.end as usize;
            let form = morpheme.folded.as_deref().unwrap_or(&self.text[span.clone()]);
            if form.trim().is_empty() {
                continue;
            }
            let found = hits.peek().copied().filter(|found| found.hit.first <= index);
            let hit = found.map(|found| (found, begun != Some(found.hit.first)));
            begun = found.map(|found| found.hit.first);
            let features = self.setup.analyser.features(morpheme.word, form);
            tokens.push(Token { span, form, lemma: features.lemma.into(), pos: features.pos, hit });
        }
        tokens
    }
}
