//! Forest plot: the rates of hedges and assertive markers in each group with their intervals, over the documents.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::documents::{Strip, sampled, stance_key};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::{colour, point};
use super::scale::{Scale, end_of, signed};
use super::{Figure, Panel, SIZE, SMALL, WIDTH, in_each};
use crate::lexicon::Stance;
use crate::report::source::{GroupRow, Grouping, Source};
use crate::report::words::Words;

/// Room for the names of groups, at most.
const NAMES: f64 = 150.0;
/// Room for the figures on the right.
const FIGURES: f64 = 116.0;

/// The figure; none without groups, or where nothing has a rate.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let grouping = source.grouping.as_ref()?;
    let order = order(grouping);
    let row = |group: usize, stance| grouping.stance(group, stance);
    if !order.iter().any(|group| row(*group, Stance::Hedge).is_some_and(|row| row.rate.is_some())) {
        return None;
    }
    let mut data =
        Data::new(&["stance", "group", "documents", "tokens", "count", "rate", "rate_low", "rate_high"]);
    for stance in Stance::ALL {
        for row in order.iter().filter_map(|group| Some((*group, row(*group, stance)?))) {
            let (group, row) = row;
            data.rows.push(vec![
                stance.name().to_owned(),
                grouping.groups.get(group).cloned().unwrap_or_default(),
                row.documents_rated.to_string(),
                row.tokens.to_string(),
                row.count.to_string(),
                cell(row.rate),
                cell(row.rate_interval.map(|(low, _)| low)),
                cell(row.rate_interval.map(|(_, high)| high)),
            ]);
        }
    }
    let described = |words: &Words| {
        let of_stance = |stance| {
            let rows = order.iter().filter_map(|group| Some((*group, grouping.stance(*group, stance)?)));
            let listed: Vec<String> = rows
                .filter_map(|(group, row)| {
                    let name = grouping.groups.get(group)?;
                    Some(format!("{name} {}", in_figures(row)?))
                })
                .collect();
            format!("{}: {}", words.of(stance_key(stance)), listed.join("; "))
        };
        words.say(
            "figures.forest_description",
            &[("variable", &grouping.variable), ("figures", &Stance::ALL.map(of_stance).join(". "))],
        )
    };
    Some(Figure {
        name: "forest",
        panel: Panel::Groups,
        data,
        titles: in_each(|words| words.say("figures.forest_title", &[("variable", &grouping.variable)])),
        descriptions: in_each(described),
        draw: Box::new(move |canvas| draw(canvas, source, grouping, &order)),
    })
}

/// The groups by their rate of hedges, the highest first; in their order, where they have one.
pub fn order(grouping: &Grouping) -> Vec<usize> {
    let mut order: Vec<usize> = (0..grouping.groups.len()).collect();
    if !grouping.is_ordered() {
        let rate = |group: &usize| {
            grouping.stance(*group, Stance::Hedge).and_then(|row| row.rate).unwrap_or(f64::NEG_INFINITY)
        };
        order.sort_by(|one, other| rate(other).total_cmp(&rate(one)));
    }
    order
}

/// A rate with its interval, as in a table.
fn in_figures(row: &GroupRow) -> Option<String> {
    let rate = signed(row.rate?, 1);
    Some(match row.rate_interval {
        Some((low, high)) => format!("{rate} [{}, {}]", signed(low, 1), signed(high, 1)),
        None => rate,
    })
}

fn draw(canvas: &mut Canvas, source: &Source, grouping: &Grouping, order: &[usize]) -> (f64, f64) {
    let widest = grouping.groups.iter().map(|name| width(name, SIZE)).fold(40.0, f64::max);
    let names = widest.min(NAMES);
    let row_height = if order.len() > 14 { 20.0 } else { 28.0 };
    let places = (names + 16.0, WIDTH - FIGURES - 14.0);
    let scale = Scale::new((0.0, end(source, grouping, order)), places);
    let ink = canvas.ink();
    let mut y = 4.0;
    let mut beyond = 0;
    for stance in Stance::ALL {
        y += 14.0;
        point(canvas, stance, (6.0, y - 4.0), 4.0);
        let heading = canvas.words.of(stance_key(stance));
        canvas.text((16.0, y), Anchor::Start, SIZE, &heading, &[("font-weight", "bold")]);
        let columns = canvas.words.of("figures.rate_and_interval");
        canvas.text((WIDTH, y), Anchor::End, SMALL, &columns, &[("fill-opacity", "0.75")]);
        y += 8.0;
        let bottom = y + row_height * order.len() as f64;
        for (value, words) in scale.ticks(5) {
            let x = scale.place(value);
            canvas.line((x, y), (x, bottom), &[("stroke", ink), ("stroke-opacity", "0.13")]);
            canvas.text((x, bottom + 14.0), Anchor::Middle, SMALL, &words, &[("fill-opacity", "0.75")]);
        }
        for group in order {
            let middle = y + row_height / 2.0;
            let strip = Strip::new(source, Some(*group), stance);
            beyond += strip.beyond(&scale);
            strip.draw(canvas, &scale, middle, row_height * 0.36);
            if let Some(row) = grouping.stance(*group, stance) {
                draw_row(canvas, grouping, (*group, row), stance, &scale, (names, middle));
            }
            y += row_height;
        }
        y += 24.0;
    }
    let axis = canvas.words.of("figures.rate_axis");
    canvas.text((scale.place(0.0), y + 4.0), Anchor::Start, SMALL, &axis, &[("fill-opacity", "0.75")]);
    y += 20.0;
    let mut notes = vec![canvas.words.of("figures.forest_note")];
    if beyond > 0 {
        notes.push(canvas.words.say("figures.beyond", &[("count", &beyond)]));
    }
    notes.extend(sampled(source, canvas.words));
    for line in super::lettering::lines(&notes.join(" "), SMALL, WIDTH) {
        canvas.text((0.0, y), Anchor::Start, SMALL, &line, &[("fill-opacity", "0.75")]);
        y += 15.0;
    }
    (WIDTH, y - 4.0)
}

/// The end of the axis: that of the intervals, and of all but a few documents.
fn end(source: &Source, grouping: &Grouping, order: &[usize]) -> f64 {
    let mut largest = 1.0_f64;
    for stance in Stance::ALL {
        for row in order.iter().filter_map(|group| grouping.stance(*group, stance)) {
            largest = largest.max(row.rate.unwrap_or(0.0));
            // The interval of a group of two documents may reach to a hundred times its rate.
            let high = row.rate_interval.map_or(0.0, |(_, high)| high);
            largest = largest.max(high.min(row.rate.unwrap_or(0.0) * 3.0));
        }
        largest = largest.max(Strip::new(source, None, stance).quantile(0.98));
    }
    end_of(largest)
}

fn draw_row(
    canvas: &mut Canvas,
    grouping: &Grouping,
    (group, row): (usize, &GroupRow),
    stance: Stance,
    scale: &Scale,
    (names, middle): (f64, f64),
) {
    let name = grouping.groups.get(group).map_or("", String::as_str);
    let stance_name = canvas.words.of(stance_key(stance));
    let figures = in_figures(row).unwrap_or_else(|| "–".to_owned());
    let title = canvas.words.say(
        "figures.group_rate",
        &[
            ("group", &name),
            ("stance", &stance_name),
            ("figures", &figures),
            ("occurrences", &row.count),
            ("documents", &row.documents_rated),
        ],
    );
    let link = Link::affirmed().stance(stance).group(&grouping.variable, name);
    canvas.mark(&link, &title, |canvas| {
        let base = middle + SIZE * 0.36;
        canvas.text((names, base), Anchor::End, SIZE, &fitted(name, SIZE, names), &[]);
        canvas.text((WIDTH, base), Anchor::End, SMALL, &figures, &[]);
        let Some(rate) = row.rate else { return };
        let x = scale.within(rate);
        if let Some((low, high)) = row.rate_interval {
            let stroke = [("stroke", colour(stance)), ("stroke-width", "1.8")];
            let (from, to) = (scale.within(low), scale.within(high));
            canvas.line((from, middle), ((x - 4.0).max(from), middle), &stroke);
            canvas.line(((x + 4.0).min(to), middle), (to, middle), &stroke);
            canvas.line((from, middle - 4.0), (from, middle + 4.0), &stroke);
            if high > scale.values.1 {
                canvas.path(
                    &[(to - 4.0, middle - 4.0), (to, middle), (to - 4.0, middle + 4.0)],
                    false,
                    &[("fill", "none"), stroke[0], stroke[1]],
                );
            } else {
                canvas.line((to, middle - 4.0), (to, middle + 4.0), &stroke);
            }
        }
        point(canvas, stance, (x, middle), 4.2);
    });
}
