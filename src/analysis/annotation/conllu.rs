//! CoNLL-U: a line of ten columns for each token.
//!
//! Source of the format: universaldependencies.org/format.html. What stands between tokens is kept in `SpacesAfter` and the
//! like, as UDPipe does, so that the text can be put together again.

use std::mem;

use super::marker::attributes;
use super::passage::{AnnotatedPassage, Token};
use super::{Head, Out, Writer};
use crate::lexicon::Labels;
use crate::messages::{is_obeyed, printable};

/// The document being written. A token's line needs what stands behind it, so a sentence waits until the next begins.
#[derive(Default)]
pub(super) struct Conllu {
    document: String,
    sentence: Option<Sentence>,
    /// What stands behind the last token, or before the first.
    gap: String,
}

struct Sentence {
    number: u64,
    tokens: Vec<Line>,
}

/// A token's line.
struct Line {
    form: String,
    lemma: String,
    pos: String,
    /// `key=value`, each escaped.
    misc: Vec<String>,
    /// What stands behind it.
    after: String,
}

impl Writer for Conllu {
    fn begin(&mut self, document: &Head, out: &mut Out) {
        self.document = printable(document.name).into_owned();
        out.main.push_str(&format!("# newdoc id = {}\n", self.document));
        for (name, value) in &document.variables {
            out.main.push_str(&format!("# meta::{} = {}\n", printable(name), printable(value)));
        }
    }

    fn add(&mut self, passage: &AnnotatedPassage, out: &mut Out) {
        let mut at = 0;
        for sentence in passage.sentences() {
            let mut is_first = true;
            for token in &sentence.tokens {
                self.gap.push_str(passage.text.get(at..token.span.start).unwrap_or_default());
                at = token.span.end;
                let mut line = Line::new(token, &passage.text[token.span.clone()], &passage.setup.labels);
                let gap = mem::take(&mut self.gap);
                match self.sentence.as_mut().and_then(|before| before.tokens.last_mut()) {
                    Some(last) => last.after = gap,
                    None if gap.is_empty() => {}
                    None => line.misc.insert(0, format!("SpacesBefore={}", escaped(&gap))),
                }
                if is_first {
                    self.end_sentence(out);
                    self.sentence = Some(Sentence { number: sentence.number, tokens: Vec::new() });
                    is_first = false;
                }
                if let Some(sentence) = &mut self.sentence {
                    sentence.tokens.push(line);
                }
            }
        }
        self.gap.push_str(passage.text.get(at..).unwrap_or_default());
    }

    fn end(&mut self, out: &mut Out) {
        let gap = mem::take(&mut self.gap);
        if let Some(last) = self.sentence.as_mut().and_then(|sentence| sentence.tokens.last_mut()) {
            last.after = gap;
        }
        self.end_sentence(out);
    }
}

impl Conllu {
    fn end_sentence(&mut self, out: &mut Out) {
        let Some(Sentence { number, tokens }) = self.sentence.take() else { return };
        let mut text = String::new();
        for (index, token) in tokens.iter().enumerate() {
            text.push_str(&token.form);
            if index + 1 < tokens.len() && has_blank(&token.after) {
                text.push(' ');
            }
        }
        out.main.push_str(&format!("# sent_id = {}:{number}\n# text = {text}\n", self.document));
        for (id, token) in (1..).zip(tokens) {
            let Line { form, lemma, pos, mut misc, after } = token;
            if !has_blank(&after) {
                misc.push("SpaceAfter=No".into());
            }
            if !after.is_empty() && after != " " {
                misc.push(format!("SpacesAfter={}", escaped(&after)));
            }
            let misc = if misc.is_empty() { "_".into() } else { misc.join("|") };
            out.main.push_str(&format!("{id}\t{form}\t{lemma}\t_\t{pos}\t_\t_\t_\t_\t{misc}\n"));
        }
        out.main.push('\n');
    }
}

impl Line {
    fn new(token: &Token, original: &str, labels: &Labels) -> Self {
        let mut misc = Vec::new();
        let cell = |text: &str| {
            let joined: String = text.chars().map(|c| if c.is_whitespace() { '_' } else { c }).collect();
            printable(&joined).into_owned()
        };
        let is_plain = |text: &str| !text.contains(|c: char| c.is_whitespace() || is_obeyed(c));
        let form = cell(if is_plain(original) { original } else { token.form });
        if form != original {
            misc.push(format!("SpacesInToken={}", escaped(original)));
        }
        if let Some((found, is_first)) = token.hit {
            for (name, value) in attributes(found, labels) {
                misc.push(format!("{}={}", capitalised(name), escaped(value)));
            }
            misc.push(format!("Part={}", if is_first { "B" } else { "I" }));
        }
        Line { form, lemma: cell(&token.lemma), pos: cell(&token.pos), misc, after: String::new() }
    }
}

fn has_blank(gap: &str) -> bool {
    gap.contains(char::is_whitespace)
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

/// A value as the last column has it, in UDPipe's notation; other blanks and control characters, which a reader might take
/// away or for a line end, as `\u{3000}`.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            ' ' => escaped.push_str("\\s"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '|' => escaped.push_str("\\p"),
            '\\' => escaped.push_str("\\\\"),
            other if is_obeyed(other) || other.is_whitespace() => {
                escaped.push_str(&format!("\\u{{{:x}}}", u32::from(other)))
            }
            other => escaped.push(other),
        }
    }
    escaped
}
