//! Without groups: the categories, and the most frequent markers, as bars of their rates.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::documents::stance_key;
use super::layout::{QUIET, category_name, legend};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::Look;
use super::scale::{Scale, end_of, signed};
use super::{Figure, Panel, SIZE, SMALL, WIDTH, in_each};
use crate::lexicon::Stance;
use crate::messages::Language;
use crate::report::source::Source;
use crate::statistics::per_thousand;

/// So many markers are shown.
const MOST: usize = 20;

/// Fewer bars compare nothing.
const LEAST: usize = 2;

/// A bar.
struct Bar<'a> {
    name: [&'a str; Language::ALL.len()],
    stance: Stance,
    rate: f64,
    count: u64,
    range: usize,
    link: Link,
}

/// The categories; none with groups, or where fewer than two occur.
pub fn categories(source: &Source) -> Option<Figure<'_>> {
    let tokens = source.documents.all.tokens;
    let bars = source.categories.iter().filter(|category| category.count > 0).filter_map(|category| {
        Some(Bar {
            name: Language::ALL.map(|language| category_name(category, language)),
            stance: category.stance,
            rate: per_thousand(category.count, tokens)?,
            count: category.count,
            range: category.range,
            link: Link::affirmed().and("category", &category.name),
        })
    });
    figure(
        source,
        "categories",
        bars.collect(),
        ["figures.categories_title", "figures.categories_description"],
    )
}

/// The most frequent markers, of those that occur more than once; none with groups, or for fewer than two.
pub fn markers(source: &Source) -> Option<Figure<'_>> {
    let bars = source.markers.iter().filter(|marker| marker.count > 1).filter_map(|marker| {
        Some(Bar {
            name: Language::ALL.map(|_| marker.id.as_str()),
            stance: marker.stance,
            rate: marker.rate?,
            count: marker.count,
            range: marker.range,
            link: Link::affirmed().and("marker", &marker.id),
        })
    });
    figure(source, "markers", bars.collect(), ["figures.markers_title", "figures.markers_description"])
}

fn figure<'a>(
    source: &'a Source,
    name: &'static str,
    mut bars: Vec<Bar<'a>>,
    [title, description]: [&'static str; 2],
) -> Option<Figure<'a>> {
    if source.grouping.is_some() || bars.len() < LEAST {
        return None;
    }
    bars.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.name.cmp(&other.name)));
    bars.truncate(MOST);
    let mut data = Data::new(&["name", "stance", "count", "per_1000_tokens", "documents"]);
    for bar in &bars {
        data.rows.push(vec![
            bar.name.first().map_or(String::new(), |name| (*name).to_owned()),
            bar.stance.name().to_owned(),
            bar.count.to_string(),
            cell(Some(bar.rate)),
            bar.range.to_string(),
        ]);
    }
    let documents = source.documents.all.documents;
    Some(Figure {
        name,
        panel: Panel::What,
        data,
        titles: in_each(|words| words.of(title)),
        descriptions: in_each(|words| words.of(description)),
        draw: Box::new(move |canvas| draw(canvas, &bars, documents)),
    })
}

fn draw(canvas: &mut Canvas, bars: &[Bar], documents: u64) -> (f64, f64) {
    let language = canvas.words.language;
    let name = |bar: &Bar| -> String {
        let names = Language::ALL.into_iter().zip(bar.name);
        names
            .into_iter()
            .find(|(known, _)| *known == language)
            .map_or(String::new(), |(_, name)| name.to_owned())
    };
    let looks = Stance::ALL.map(Look::of);
    looks.iter().for_each(|look| look.define(canvas));
    let entries: Vec<(Look, String)> = Stance::ALL
        .into_iter()
        .map(|stance| (Look::of(stance), canvas.words.of(stance_key(stance))))
        .collect();
    let top = legend(canvas, 2.0, &entries) + 4.0;
    let names = bars.iter().map(|bar| width(&name(bar), SIZE)).fold(40.0, f64::max).min(170.0);
    let written: Vec<String> = bars
        .iter()
        .map(|bar| match documents {
            1 => canvas.words.say("figures.n", &[("count", &bar.count)]),
            _ => canvas.words.say(
                "figures.n_range",
                &[("count", &bar.count), ("range", &bar.range), ("documents", &documents)],
            ),
        })
        .collect();
    let room = written.iter().map(|text| width(text, SMALL)).fold(0.0, f64::max);
    let largest = bars.iter().map(|bar| bar.rate).fold(0.0, f64::max);
    let scale = Scale::new((0.0, end_of(largest)), (names + 10.0, WIDTH - room - 46.0));
    let row = 20.0;
    let bottom = top + row * bars.len() as f64;
    let ink = canvas.ink();
    for (value, words) in scale.ticks(5) {
        let x = scale.place(value);
        canvas.line((x, top), (x, bottom), &[("stroke", ink), ("stroke-opacity", "0.13")]);
        canvas.text((x, bottom + 13.0), Anchor::Middle, SMALL, &words, &[QUIET]);
    }
    for (number, (bar, written)) in bars.iter().zip(written).enumerate() {
        let y = top + row * number as f64;
        let own = name(bar);
        let base = y + row / 2.0 + 4.2;
        let rate = signed(bar.rate, 2);
        canvas.mark(&bar.link, &format!("{own}: {rate} ({})", bar.count), |canvas| {
            canvas.text((names, base), Anchor::End, SIZE, &fitted(&own, SIZE, names), &[]);
            let to = scale.place(bar.rate);
            Look::of(bar.stance).fill(
                canvas,
                (scale.place(0.0), y + 3.0),
                (to - scale.place(0.0), row - 6.0),
            );
            canvas.text((to + 5.0, base), Anchor::Start, SMALL, &rate, &[]);
            canvas.text((WIDTH, base), Anchor::End, SMALL, &written, &[QUIET]);
        });
    }
    let axis = canvas.words.of("figures.rate_axis");
    canvas.text((names + 10.0, bottom + 29.0), Anchor::Start, SMALL, &axis, &[QUIET]);
    (WIDTH, bottom + 35.0)
}
