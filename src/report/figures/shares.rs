//! Categories as shares of the markers of a group, hedges first.

use super::data::{Data, cell};
use super::layout::{Rows, category_name};
use super::links::Link;
use super::palette::{Filling, Look, colour, lighter};
use super::stacked::{self, Bar, Part};
use super::{Figure, Panel, in_each};
use crate::lexicon::Stance;
use crate::report::source::Source;
use crate::statistics::share;

/// The figure; none without groups, or without a marker in them.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let grouping = source.grouping.as_ref()?;
    let rows = Rows::of(source);
    let mut data = Data::new(&["group", "stance", "category", "count", "share"]);
    let mut bars = Vec::new();
    for (group, name) in &rows.rows {
        let group = (*group)?;
        let counts: Vec<u64> = source
            .categories
            .iter()
            .map(|category| category.by_group.get(group).copied().unwrap_or_default())
            .collect();
        let all: u64 = counts.iter().sum();
        for (category, count) in source.categories.iter().zip(&counts) {
            data.rows.push(vec![
                (*name).to_owned(),
                category.stance.name().to_owned(),
                category.name.clone(),
                count.to_string(),
                cell(share(*count, all)),
            ]);
        }
        let link = |category: &crate::report::source::SourceCategory| {
            Link::affirmed().and("category", &category.name).group(&grouping.variable, name)
        };
        bars.push(Bar {
            name: (*name).to_owned(),
            counts,
            links: source.categories.iter().map(link).collect(),
        });
    }
    if bars.iter().flat_map(|bar| &bar.counts).all(|count| *count == 0) {
        return None;
    }
    let draw = move |canvas: &mut super::Canvas| {
        let language = canvas.words.language;
        let shade = |stance: Stance, at: usize| {
            let all = source.categories.iter().filter(|category| category.stance == stance).count();
            lighter(colour(stance), 0.75 * at as f64 / all.max(1) as f64)
        };
        let mut seen = [0; Stance::ALL.len()];
        let mut parts = Vec::new();
        for category in &source.categories {
            let Some(at) = seen.get_mut(category.stance as usize) else { continue };
            let filling = if category.stance == Stance::Hedge { Filling::Plain } else { Filling::Hatched };
            parts.push(Part {
                name: category_name(category, language).to_owned(),
                look: Look::new(&shade(category.stance, *at), filling),
            });
            *at += 1;
        }
        let below = canvas.words.of("figures.shares_note");
        stacked::draw(canvas, &parts, &bars, "figures.n", &below)
    };
    Some(Figure {
        name: "shares",
        panel: Panel::What,
        data,
        titles: in_each(|words| words.say("figures.shares_title", &[("variable", &grouping.variable)])),
        descriptions: in_each(|words| words.of("figures.shares_note")),
        draw: Box::new(draw),
    })
}
