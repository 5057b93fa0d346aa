//! Coded texts, fitted to the documents.

use std::collections::HashMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use super::super::name_of;
use super::alignment::{aligned, without_blanks};
use super::{CodedMark, CodedText, Wrong, error};
use crate::corpus::{CorpusError, Document, Gold, GoldMarker};
use crate::digest::sha256;
use crate::messages::Message;
use crate::text::{composed, line_of};

/// The texts of a coding.
pub struct CodedTexts {
    path: PathBuf,
    texts: Vec<CodedText>,
    /// Names of layers that code something else.
    passed_over: Vec<String>,
    /// By the digest of the text without white space.
    by_text: HashMap<String, Vec<usize>>,
    /// By what the document may be called.
    by_name: HashMap<String, Vec<usize>>,
}

impl CodedTexts {
    pub(super) fn new(path: &Path, texts: Vec<CodedText>, passed_over: Vec<String>) -> Self {
        let (mut by_text, mut by_name) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (index, coded) in texts.iter().enumerate() {
            if let Some(text) = &coded.text {
                by_text.entry(key(text)).or_default().push(index);
            }
            let mut names: Vec<String> = coded.names.iter().map(|name| name_of(name)).collect();
            names.dedup();
            names.into_iter().for_each(|name| by_name.entry(name).or_default().push(index));
        }
        CodedTexts { path: path.into(), texts, passed_over, by_text, by_name }
    }

    pub fn notes(&self) -> Vec<Message> {
        let layers = self.passed_over.join(", ");
        let values: [(&str, &dyn Display); 2] = [("path", &self.path.display()), ("layers", &layers)];
        if layers.is_empty() { Vec::new() } else { vec![Message::new("coding.passed_over", &values)] }
    }

    /// The indices of the texts that may be that of a document: those of the same text, first if they have its name as well; where there
    /// is none, those of its name.
    pub fn candidates(&self, document: &Document) -> Vec<usize> {
        let name = name_of(&document.name);
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let named = [name.as_str(), stem].into_iter().filter_map(|name| self.by_name.get(name)).flatten();
        let named: Vec<usize> = named.copied().collect();
        // Without any text among them no digest is needed.
        let same = match self.by_text.is_empty() {
            true => None,
            false => self.by_text.get(&key(&document.text)),
        };
        match same {
            None => named,
            Some(same) => {
                let mut same = same.clone();
                same.sort_by_key(|index| !named.contains(index));
                same
            }
        }
    }

    pub fn fitted(self, documents: &[Document]) -> Result<Gold, CorpusError> {
        let mut gold = Gold { path: self.path.clone(), markers: Vec::new(), read: Vec::new() };
        let mut taken = vec![false; self.texts.len()];
        for document in documents {
            let candidates = self.candidates(document);
            let free = candidates.iter().find(|index| taken.get(**index) == Some(&false));
            let Some((index, coded)) = free.and_then(|index| Some((*index, self.texts.get(*index)?))) else {
                continue;
            };
            if let Some(taken) = taken.get_mut(index) {
                *taken = true;
            }
            let markers = markers(coded, document).map_err(|wrong| error(&coded.path, wrong))?;
            gold.markers.extend(markers);
            gold.read.push((document.name.clone(), coded.line));
        }
        let left = self.texts.iter().zip(taken).find(|(_, taken)| !taken).map(|(coded, _)| coded);
        match left {
            None => Ok(gold),
            Some(coded) => Err(error(&coded.path, (coded.line, self.without_document(coded, documents)))),
        }
    }

    /// What to say of a text that is that of no document, or of one that has another already.
    fn without_document(&self, coded: &CodedText, documents: &[Document]) -> Message {
        let is_own = |index: &usize| self.texts.get(*index).is_some_and(|other| std::ptr::eq(other, coded));
        for document in documents {
            let candidates = self.candidates(document);
            if candidates.iter().any(is_own)
                && let Some(other) = candidates.iter().find(|index| !is_own(index))
                && let Some(other) = self.texts.get(*other)
            {
                let path = other.path.display();
                let values: [(&str, &dyn Display); 3] =
                    [("document", &document.name), ("other", &path), ("line", &other.line)];
                return Message::new("coding.twice", &values);
            }
        }
        let name = coded.names.first().map_or("", String::as_str);
        let key = if coded.text.is_some() { "coding.no_document" } else { "coding.no_name" };
        Message::new(key, &[("name", &name)])
    }
}

/// The digest of a text by which its document is found.
fn key(text: &str) -> String {
    sha256(without_blanks(text))
}

/// The markers of a coded text, in the place of a document's.
fn markers(coded: &CodedText, document: &Document) -> Result<Vec<GoldMarker>, Wrong> {
    let offsets = match &coded.text {
        Some(text) => {
            let offsets = aligned(text, &document.text, &document.name);
            offsets.map_err(|message| (coded.line, message))?
        }
        None => (0..document.text.chars().count()).collect(),
    };
    let starts: Vec<usize> = document.text.char_indices().map(|(byte, _)| byte).collect();
    let marker =
        |mark: &CodedMark| marker(mark, document, &offsets, &starts).map_err(|message| (mark.line, message));
    coded.marks.iter().map(marker).collect()
}

fn marker(
    mark: &CodedMark,
    document: &Document,
    offsets: &[usize],
    starts: &[usize],
) -> Result<GoldMarker, Message> {
    let offset = |at: u64| usize::try_from(at).ok().and_then(|at| offsets.get(at).copied());
    let last = mark.end.checked_sub(1).filter(|last| *last >= mark.start);
    let span = offset(mark.start).zip(last.and_then(offset));
    let byte = |character: usize| starts.get(character).copied().unwrap_or(document.text.len());
    let node = span.and_then(|(start, last)| {
        let end = last.saturating_add(1);
        let node = document.text.get(byte(start)..byte(end)).filter(|node| !node.is_empty())?;
        Some((start, end, node))
    });
    let Some((start, end, node)) = node else {
        let values: [(&str, &dyn Display); 3] =
            [("document", &document.name), ("start", &mark.start), ("end", &mark.end)];
        return Err(Message::new("coding.span", &values));
    };
    let says = mark.node.as_deref().unwrap_or(node);
    if composed(&without_blanks(says)) != composed(&without_blanks(node)) {
        let values: [(&str, &dyn Display); 5] = [
            ("document", &document.name),
            ("start", &mark.start),
            ("end", &mark.end),
            ("found", &node),
            ("node", &says),
        ];
        return Err(Message::new("coding.node", &values));
    }
    Ok(GoldMarker {
        document: document.name.clone(),
        line: (line_of(&document.text, byte(start)) as u64).saturating_add(1),
        start: start as u64,
        end: end as u64,
        node: node.to_owned(),
        stance: mark.label.stance.name().to_owned(),
        category: mark.label.category.clone(),
        negated: mark.label.negated,
        row: mark.line,
    })
}
