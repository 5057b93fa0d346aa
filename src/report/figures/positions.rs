//! In which position markers stand: predicate, adnominal, adverbial, other.

use super::data::{Data, cell};
use super::documents::stance_key;
use super::layout::Rows;
use super::links::Link;
use super::palette::Filling;
use super::stacked::{self, Bar};
use super::{Figure, Panel, in_each};
use crate::lexicon::{Position, Stance};
use crate::report::source::{Source, Spread};
use crate::statistics::share;

/// By position: the key of its name.
const NAMES: [&str; Position::ALL.len()] =
    ["figures.predicate", "figures.adnominal", "figures.adverbial", "figures.position_other"];

/// By position: its colour and filling. Greys, as the stances have the colours.
const LOOKS: [(&str, Filling); Position::ALL.len()] = [
    ("#4d4d4d", Filling::Plain),
    ("#4d4d4d", Filling::Hatched),
    ("#7a7a7a", Filling::Dotted),
    ("#7a7a7a", Filling::Open),
];

/// The figure; none without a concordance, or without a hit.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let rows = Rows::of(source);
    let spread = |group: Option<usize>| -> Option<&Spread> {
        let hits = source.hits.as_ref()?;
        group.map_or(Some(&hits.all), |group| hits.by_group.get(group))
    };
    let mut data = Data::new(&["stance", "group", "position", "count", "share"]);
    let variable = source.grouping.as_ref().map_or("", |grouping| grouping.variable.as_str());
    let mut bars: Vec<(Stance, &str, Bar)> = Vec::new();
    for stance in Stance::ALL {
        for (group, name) in &rows.rows {
            let counts = spread(*group).and_then(|spread| spread.positions.get(stance as usize));
            let Some(counts) = counts.filter(|counts| counts.iter().any(|count| *count > 0)) else {
                continue;
            };
            let all = counts.iter().sum();
            for (position, count) in Position::ALL.iter().zip(counts) {
                data.rows.push(vec![
                    stance.name().to_owned(),
                    (*name).to_owned(),
                    position.name().to_owned(),
                    count.to_string(),
                    cell(share(*count, all)),
                ]);
            }
            let link = |position: &Position| {
                let link = Link::affirmed().stance(stance).and("position", position.name());
                if name.is_empty() { link } else { link.group(variable, name) }
            };
            let links = Position::ALL.iter().map(link).collect();
            bars.push((stance, name, Bar { name: String::new(), counts: counts.to_vec(), links }));
        }
    }
    if bars.is_empty() {
        return None;
    }
    let draw = move |canvas: &mut super::Canvas| {
        let words = *canvas.words;
        let parts = stacked::parts(&NAMES, &LOOKS, &words);
        let named: Vec<Bar> = bars
            .iter()
            .map(|(stance, name, bar)| {
                let stance = words.of(stance_key(*stance));
                let name = if name.is_empty() { stance } else { format!("{name}, {stance}") };
                Bar { name, counts: bar.counts.clone(), links: bar.links.clone() }
            })
            .collect();
        stacked::draw(canvas, &parts, &named, "figures.n", &words.of("figures.positions_note"))
    };
    Some(Figure {
        name: "positions",
        panel: Panel::Where,
        data,
        titles: in_each(|words| words.of("figures.positions_title")),
        descriptions: in_each(|words| words.of("figures.positions_note")),
        draw: Box::new(draw),
    })
}
