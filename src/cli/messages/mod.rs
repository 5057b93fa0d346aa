//! Errors of the library as the program reports them: the library's sentence, and what to do on the command line.

use std::sync::LazyLock;

use hedgerow::analysis::AnalysisError;
use hedgerow::messages::Catalogue;
use hedgerow::tables::ReadBackError;

static REMEDIES: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("en.toml")));

/// An error of the library with its remedy; any other as it is.
pub fn explained(error: &anyhow::Error) -> String {
    let analysis = error.downcast_ref().map(AnalysisError::message);
    match analysis.or_else(|| error.downcast_ref().map(ReadBackError::message)) {
        Some(message) => message.to_string() + &REMEDIES.sentence(&message).unwrap_or_default(),
        None => error.to_string(),
    }
}
