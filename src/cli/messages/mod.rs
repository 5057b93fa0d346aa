//! Errors of the library as the program reports them: the library's sentence, and what to do on the command line.

use std::sync::LazyLock;

use hedgerow::analysis::AnalysisError;
use hedgerow::corpus::CorpusError;
use hedgerow::messages::{Catalogue, Message};
use hedgerow::tables::ReadBackError;

use super::kinds;

static REMEDIES: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("en.toml")));

/// The remedy under the key of a message; nothing where there is none.
pub fn remedy(message: &Message) -> String {
    REMEDIES.sentence(message).unwrap_or_default()
}

fn with_remedy(message: &Message) -> String {
    message.to_string() + &remedy(message)
}

/// An error of the library with its remedy; any other as it is.
pub fn explained(error: &anyhow::Error) -> String {
    let analysis = error.downcast_ref().map(AnalysisError::message);
    let message = analysis
        .or_else(|| error.downcast_ref().map(ReadBackError::message))
        .or_else(|| error.downcast_ref().map(CorpusError::message));
    message.map_or_else(|| error.to_string(), |message| with_remedy(&message))
}

/// An input that can't be read, with its remedy.
pub fn corpus_error(error: &CorpusError) -> String {
    match error {
        CorpusError::UnknownKind { extension, .. } => format!("{error}; {}", kinds::remedy(extension)),
        CorpusError::NoDocuments { passed_over, tables_passed_over, .. } if !passed_over.is_empty() => {
            let mut message = error.message();
            let mut present = tables_passed_over.clone();
            present.push(kinds::passed_over(passed_over));
            message.values.retain(|(name, _)| *name != "present");
            message.values.push(("present", present.join(", ")));
            with_remedy(&message)
        }
        _ => with_remedy(&error.message()),
    }
}
