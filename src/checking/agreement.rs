//! How far coders agree on the items that several of them have judged.

use std::collections::BTreeMap;

use super::joining::{Judged, JudgedItem};
use super::{Item, ItemKind, Verdict};
use crate::statistics::Reliability;

/// How far the coders of sheets agree.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CodersAgreement {
    /// On hits: right, wrong, or what else it is.
    pub hits: Reliability,
    /// On what was missed in sentences without a hit.
    pub sentences: Reliability,
}

impl CodersAgreement {
    /// Of the items of so many sheets.
    pub fn new(judged: &Judged, coders: usize) -> Self {
        let of = |kind| {
            let mut codes: BTreeMap<String, usize> = BTreeMap::new();
            let own = judged.strata.iter().filter(|((own, _), _)| *own == kind);
            let items = own.flat_map(|(_, (_, items))| items);
            let coded: Vec<_> = items.map(|item| coded(item, coders, &mut codes)).collect();
            Reliability::new(&coded)
        };
        CodersAgreement { hits: of(ItemKind::Hit), sentences: of(ItemKind::Sentence) }
    }

    /// Whether coders have judged the same items.
    pub fn is_known(&self) -> bool {
        self.hits.items > 0 || self.sentences.items > 0
    }
}

/// The code of each coder.
fn coded(item: &JudgedItem, coders: usize, codes: &mut BTreeMap<String, usize>) -> Vec<Option<usize>> {
    let mut coded = vec![None; coders];
    for (coder, row) in &item.rows {
        let next = codes.len();
        let code = *codes.entry(code(row)).or_insert(next);
        coded.get_mut(*coder).into_iter().for_each(|of_coder| *of_coder = Some(code));
    }
    coded
}

/// What a coder has said, as one code.
fn code(row: &Item) -> String {
    match row.kind {
        ItemKind::Hit => match row.verdict() {
            Verdict::Marker(marked) if row.coding.as_ref().is_some_and(|own| own.marked == marked) => {
                "right".into()
            }
            Verdict::Marker(marked) => format!("{} {}", marked.category, marked.negated),
            Verdict::NoMarker | Verdict::Open => String::new(),
        },
        ItemKind::Sentence => {
            let mut missed: Vec<String> =
                row.judgement.missed.iter().map(|own| format!("{} {}", own.category, own.negated)).collect();
            missed.sort_unstable();
            missed.join(";")
        }
    }
}
