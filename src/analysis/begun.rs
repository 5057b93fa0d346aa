//! What is known of a run before the first document is read.

use super::{CountOptions, Setup};
use crate::corpus::{Encoding, MaxDocument, SheetChoice, Variables};
use crate::counter::Counter;
use crate::morphology::LINDERA_VERSION;
use crate::tables::{Identified, LexiconRecord, OptionsRecord, RunRecord, SCHEMA};

/// The record of a run that has read nothing yet: with what it counts, and its options.
pub(super) fn begun(counter: &Counter, variables: &Variables, options: &CountOptions) -> RunRecord {
    let identified =
        |(name, sha256): &(String, String)| Identified { name: name.clone(), sha256: sha256.clone() };
    let Setup { analyser, lexicon, lexicon_digest, .. } = counter.setup();
    let dictionary = analyser.dictionary();
    RunRecord {
        schema: SCHEMA,
        hedgerow: env!("CARGO_PKG_VERSION").into(),
        lindera: LINDERA_VERSION.into(),
        dictionary: Identified { name: dictionary.name().into(), sha256: dictionary.digest().into() },
        lexicon: LexiconRecord {
            sha256: lexicon_digest.to_string(),
            entries: lexicon.entries.len(),
            files: lexicon.files.iter().map(identified).collect(),
        },
        options: OptionsRecord {
            variables: variables.files.iter().map(identified).collect(),
            encoding: options.reading.encoding.map(Encoding::name).map(str::to_owned),
            allow_malformed: options.reading.allow_malformed,
            html: options.reading.html.to_string(),
            text_column: options.reading.text_column.clone(),
            id_column: options.reading.id_column.clone(),
            sheet: match &options.reading.sheet {
                SheetChoice::FirstVisible => None,
                choice => Some(choice.to_string()),
            },
            max_document: Some(options.reading.max_document)
                .filter(|size| *size != MaxDocument::default())
                .map(|size| size.0),
            wrapped: counter.wrapping().name().into(),
            skip_unreadable: options.skip_unreadable,
            skip_other_languages: options.skip_other_languages,
            drop_duplicates: options.drop_duplicates,
            without_text: options.without_text,
            lang: options.language,
        },
        ..RunRecord::default()
    }
}
