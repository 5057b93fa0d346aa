//! What is said of a marker, in whatever format.

use crate::analysis::Found;
use crate::lexicon::Labels;

/// What the concordance says of a hit, by the names of its columns.
pub(super) fn attributes<'a>(found: &Found, labels: &'a Labels) -> [(&'static str, &'a str); 7] {
    let category = labels.category_of(found.hit.entry);
    let truth = |truth: bool| if truth { "true" } else { "false" };
    [
        ("marker", &labels.entries[found.hit.entry].id),
        ("stance", category.stance.name()),
        ("category", &category.name),
        ("negated", truth(found.hit.negated)),
        ("interrogative", truth(found.hit.interrogative)),
        ("quoted", truth(found.hit.quoted)),
        ("position", found.hit.position.name()),
    ]
}

/// The names of its attributes.
pub(super) const ATTRIBUTES: [&str; 7] =
    ["marker", "stance", "category", "negated", "interrogative", "quoted", "position"];
