//! The lexicon for programs that look for sequences of base forms: quanteda's dictionaries, KH Coder's coding rules.
//!
//! Neither knows conditions before and behind a marker, parts of speech or forms of a word. An entry is exported if it can be
//! said without them, and if it then finds the lexicon's own examples of it and none of its counterexamples.

mod khcoder;
mod quanteda;
mod sequences;

use std::path::Path;

use self::sequences::{Sequence, Unsayable, sequences};
use super::Setup;
use crate::lexicon::Entry;
use crate::messages::Message;
use crate::morphology::{Morpheme, Tokeniser};
use crate::publishing::Publication;
use crate::tables::{LeftOutTable, TableError};
use crate::text::{folded, sentences as sentences_of};

/// A format of dictionaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DictionaryFormat {
    /// quanteda's, as YAML.
    Quanteda,
    /// KH Coder's coding rules.
    KhCoder,
}

/// What was exported.
#[derive(Debug, Default)]
pub struct ExportedDictionary {
    /// How many entries.
    pub entries: usize,
    /// The entries that were left out, in the order of the lexicon.
    pub left_out: Vec<UnsaidEntry>,
    /// What else the user should know.
    pub notes: Vec<Message>,
}

/// An entry that can't be said in a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsaidEntry {
    /// Its id.
    pub marker: String,
    /// Why, in a word.
    pub reason: &'static str,
    /// What it is that can't be said: a condition, a value, a sentence.
    pub detail: String,
}

/// An entry that can be said.
struct Said<'a> {
    entry: &'a Entry,
    sequences: Vec<Sequence>,
}

/// Writes the entries of a lexicon that can be said in a format to a new folder, and beside them `left_out.csv`, which says of
/// the others why not.
///
/// # Errors
/// A folder that exists or can't be written.
pub fn export_dictionary(
    setup: &Setup,
    format: DictionaryFormat,
    destination: &Path,
) -> Result<ExportedDictionary, TableError> {
    let mut trial = Trial { setup, tokeniser: setup.analyser.tokeniser() };
    let (mut said, mut exported) = (Vec::new(), ExportedDictionary::default());
    for entry in &setup.lexicon.entries {
        match trial.said(entry, format) {
            Ok(sequences) => said.push(Said { entry, sequences }),
            Err(Unsayable { reason, detail }) => {
                exported.left_out.push(UnsaidEntry { marker: entry.id.clone(), reason, detail });
            }
        }
    }
    exported.entries = said.len();
    let publication = Publication::create(destination)?;
    match format {
        DictionaryFormat::Quanteda => {
            publication.write("quanteda.yml", quanteda::dictionary(&setup.lexicon, &said))?;
        }
        DictionaryFormat::KhCoder => {
            publication.write("coding-rules.txt", khcoder::rules(&setup.lexicon, &said))?;
        }
    }
    let mut table = LeftOutTable::create(publication.path())?;
    for UnsaidEntry { marker, reason, detail } in &exported.left_out {
        table.add(marker, reason, detail)?;
    }
    table.finish()?;
    exported.notes = publication.publish(&[])?;
    Ok(exported)
}

/// Tries entries on the sentences of the lexicon.
struct Trial<'a> {
    setup: &'a Setup,
    tokeniser: Tokeniser,
}

impl Trial<'_> {
    /// The sequences that say an entry.
    fn said(&mut self, entry: &Entry, format: DictionaryFormat) -> Result<Vec<Sequence>, Unsayable> {
        if entry.has_conditions() {
            return Err(Unsayable::new("condition", "before, not_before, after, not_after"));
        }
        if entry.negated == Some(true) {
            return Err(Unsayable::new("denied", "negated = true"));
        }
        let sequences = sequences(&entry.node, &mut |word| self.base_form(word))?;
        let is_sign = |word: &String| match format {
            DictionaryFormat::Quanteda => quanteda::is_sign(word),
            DictionaryFormat::KhCoder => khcoder::is_sign(word),
        };
        if let Some(word) = sequences.iter().flatten().find(|word| is_sign(word)) {
            return Err(Unsayable::new("sign", word));
        }
        for sentence in entry.examples.iter().chain(&entry.denied) {
            if !self.finds(&sequences, sentence) {
                return Err(Unsayable::new("example", sentence));
            }
        }
        match entry.counterexamples.iter().find(|sentence| self.finds(&sequences, sentence)) {
            Some(sentence) => Err(Unsayable::new("counterexample", sentence)),
            None => Ok(sequences),
        }
    }

    /// The base form of a word by itself, if it is one morpheme.
    fn base_form(&mut self, word: &str) -> Option<String> {
        let mut forms = self.base_forms(word);
        forms.pop().filter(|_| forms.is_empty())
    }

    fn finds(&mut self, sequences: &[Sequence], text: &str) -> bool {
        sentences_of(text).any(|sentence| {
            let forms = self.base_forms(&folded(&text[sentence.span]));
            sequences
                .iter()
                .any(|sequence| forms.windows(sequence.len()).any(|forms| forms == sequence.as_slice()))
        })
    }

    fn base_forms(&mut self, sentence: &str) -> Vec<String> {
        let mut morphemes = Vec::new();
        self.tokeniser.tokenise(sentence, &mut morphemes);
        let form = |morpheme: &Morpheme| {
            self.setup.analyser.features(morpheme.word, morpheme.surface(sentence)).lemma.to_owned()
        };
        morphemes.iter().map(form).collect()
    }
}
