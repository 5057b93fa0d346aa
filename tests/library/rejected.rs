//! The rejected candidates stay out of the lexicon, and out of the counts.

use hedgerow::analysis::{Coder, Setup};
use hedgerow::text::Wrapping;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rejections {
    rejected: Vec<Rejected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rejected {
    form: String,
    text: String,
    node: String,
    reason: String,
}

#[test]
fn no_rejected_candidate_is_an_entry_or_is_counted() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/rejected.toml");
    let text = std::fs::read_to_string(path).expect("the file is there");
    let Rejections { rejected } = toml::from_str(&text).expect("it is of this form");
    assert!(rejected.len() >= 20);
    let setup = Setup::new(&[]).expect("the default set-up can be made");
    let mut coder = Coder::new(&setup);
    for Rejected { form, text, node, reason } in rejected {
        assert!(!reason.is_empty(), "{form}");
        assert!(!setup.lexicon.entries.iter().any(|entry| entry.id == form), "{form} is an entry");
        let start = text.find(&node).unwrap_or_else(|| panic!("{form}: {node} is not in {text}"));
        let end = start + node.len();
        for found in coder.code(&text, Wrapping::NONE).hits {
            let id = &setup.lexicon.entries[found.hit.entry].id;
            assert!(end <= found.node.start || found.node.end <= start, "{form} is counted as {id}: {text}");
        }
    }
}
