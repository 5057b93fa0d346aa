//! Errors of the library as the program reports them: the library's sentence, and what to do on the command line.

use std::sync::LazyLock;

use hedgerow::messages::{Catalogue, Message};

static REMEDIES: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(include_str!("en.toml")));

/// A message with its remedy.
#[expect(dead_code)]
pub fn explained(message: &Message) -> String {
    message.to_string() + &REMEDIES.sentence(message).unwrap_or_default()
}
