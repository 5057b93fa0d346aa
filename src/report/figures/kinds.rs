//! Kinds of sentences, as shares of the sentences.

use super::data::{Data, cell};
use super::layout::Rows;
use super::links::Link;
use super::palette::{BLUE, Filling, VERMILION};
use super::stacked::{self, Bar};
use super::{Figure, Panel, in_each};
use crate::counts::SENTENCE_KINDS;
use crate::report::source::Source;
use crate::report::words::Words;
use crate::statistics::share;

/// By kind: the key of its name.
const NAMES: [&str; SENTENCE_KINDS.len()] = [
    "figures.kind_hedged",
    "figures.kind_assertive",
    "figures.kind_mixed",
    "figures.kind_unmarked",
    "figures.kind_other",
];

/// By kind: its colour and filling.
const LOOKS: [(&str, Filling); SENTENCE_KINDS.len()] = [
    (BLUE, Filling::Plain),
    (VERMILION, Filling::Hatched),
    ("#8a5a83", Filling::Crossed),
    ("#9a9a9a", Filling::Dotted),
    ("#9a9a9a", Filling::Open),
];

/// The figure; none without sentences.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let rows = Rows::of(source);
    let counts: Vec<[u64; SENTENCE_KINDS.len()]> =
        rows.rows.iter().map(|(group, _)| source.documents.of(*group).kinds).collect();
    if counts.iter().flatten().all(|count| *count == 0) {
        return None;
    }
    let mut data = Data::new(&["group", "kind", "sentences", "share"]);
    for ((_, name), counts) in rows.rows.iter().zip(&counts) {
        let all = counts.iter().sum();
        for (kind, count) in SENTENCE_KINDS.iter().zip(counts) {
            data.rows.push(vec![
                (*name).to_owned(),
                (*kind).to_owned(),
                count.to_string(),
                cell(share(*count, all)),
            ]);
        }
    }
    let variable = source.grouping.as_ref().map_or("", |grouping| grouping.variable.as_str());
    let bars: Vec<Bar> = rows
        .rows
        .iter()
        .zip(&counts)
        .map(|((_, name), counts)| {
            let link = |at: usize| {
                // Sentences without a marker have no lines; those of mixed kind have lines of both stances.
                let link = match at {
                    0 => Link::affirmed().and("stance", "hedge"),
                    1 => Link::affirmed().and("stance", "assertive"),
                    _ => Link::affirmed(),
                };
                if name.is_empty() { link } else { link.group(variable, name) }
            };
            Bar {
                name: (*name).to_owned(),
                counts: counts.to_vec(),
                links: (0..counts.len()).map(link).collect(),
            }
        })
        .collect();
    let draw = move |canvas: &mut super::Canvas| {
        let words = *canvas.words;
        let parts = stacked::parts(&NAMES, &LOOKS, &words);
        stacked::draw(canvas, &parts, &bars, "figures.sentences", "")
    };
    let described = |words: &Words| {
        let named: Vec<String> = NAMES.iter().map(|name| words.of(name)).collect();
        words.say("figures.kinds_description", &[("kinds", &named.join(", "))])
    };
    Some(Figure {
        name: "sentences",
        panel: Panel::Where,
        data,
        titles: in_each(|words| words.of("figures.kinds_title")),
        descriptions: in_each(described),
        draw: Box::new(draw),
    })
}
