//! Rates over a variable that has an order, with the line of their trend and its band.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::documents::stance_key;
use super::layout::{QUIET, note};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::{colour, point};
use super::scale::{Scale, end_of, signed};
use super::{Figure, Panel, SIZE, SMALL, WIDTH, in_each};
use crate::lexicon::Stance;
use crate::report::Words;
use crate::report::source::{Grouping, Source};
use crate::statistics::Interval;

/// Points of the band.
const STEPS: usize = 40;

/// A point of the line: value, rate and interval.
type Fitted = (f64, f64, Interval);

/// The figure; none for groups without an order, or fewer than three.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let grouping = source.grouping.as_ref().filter(|grouping| grouping.values.len() > 2)?;
    let lines = Stance::ALL.map(|stance| line(source, grouping, stance));
    if lines.iter().all(Vec::is_empty) {
        return None;
    }
    let mut data = Data::new(&[
        "stance",
        "group",
        "value",
        "rate",
        "rate_low",
        "rate_high",
        "line",
        "line_low",
        "line_high",
    ]);
    for (stance, line) in Stance::ALL.into_iter().zip(&lines) {
        for (group, (name, value)) in grouping.groups.iter().zip(&grouping.values).enumerate() {
            let Some(row) = grouping.stance(group, stance) else { continue };
            // The line is drawn at more places; the table has it at those of the groups.
            let at = line.iter().find(|(place, ..)| place == value);
            data.rows.push(vec![
                stance.name().to_owned(),
                name.clone(),
                cell(Some(*value)),
                cell(row.rate),
                cell(row.rate_interval.map(|(low, _)| low)),
                cell(row.rate_interval.map(|(_, high)| high)),
                cell(at.map(|(_, rate, _)| *rate)),
                cell(at.map(|(.., (low, _))| *low)),
                cell(at.map(|(.., (_, high))| *high)),
            ]);
        }
    }
    let variable = grouping.variable.as_str();
    Some(Figure {
        name: "trend",
        panel: Panel::Groups,
        data,
        titles: in_each(|words| words.say("figures.trend_title", &[("variable", &variable)])),
        descriptions: in_each(|words| described(words, grouping)),
        draw: Box::new(move |canvas| draw(canvas, grouping, &lines)),
    })
}

/// What marks, lines and bands are, and what they leave out of account.
fn described(words: &Words, grouping: &Grouping) -> String {
    let note = match &grouping.cluster {
        None => words.of("figures.trend_note"),
        Some(cluster) => words.say("figures.trend_note_clusters", &[("cluster", cluster)]),
    };
    match &grouping.within {
        None => note,
        Some(within) => format!("{note} {}", words.say("figures.trend_within", &[("within", within)])),
    }
}

/// The line with its band, over documents or what they depend on.
fn line(source: &Source, grouping: &Grouping, stance: Stance) -> Vec<Fitted> {
    let Some(Some(band)) = source.documents.bands.get(stance as usize) else { return Vec::new() };
    let ends = (
        grouping.values.iter().copied().fold(f64::INFINITY, f64::min),
        grouping.values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    );
    let steps = (0..=STEPS).map(|step| ends.0 + (ends.1 - ends.0) * step as f64 / STEPS as f64);
    let mut places: Vec<f64> = steps.chain(grouping.values.iter().copied()).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    places
        .into_iter()
        .filter_map(|value| {
            let (rate, interval) = band.at(value, 1000.0)?;
            Some((value, rate, interval))
        })
        .collect()
}

fn draw(canvas: &mut Canvas, grouping: &Grouping, lines: &[Vec<Fitted>; Stance::ALL.len()]) -> (f64, f64) {
    let (left, right) = (40.0, WIDTH - 14.0);
    let values = || grouping.values.iter().copied();
    let ends = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let margin = (ends.1 - ends.0) * 0.03;
    let across = Scale::new((ends.0 - margin, ends.1 + margin), (left, right));
    let rates = (0..grouping.groups.len()).flat_map(|group| {
        Stance::ALL.into_iter().filter_map(move |stance| {
            let row = grouping.stance(group, stance)?;
            let rate = row.rate?;
            Some(row.rate_interval.map_or(rate, |(_, high)| high.min(rate * 3.0)))
        })
    });
    let (top, bottom) = (42.0, 300.0);
    let up = Scale::new((0.0, end_of(rates.fold(1.0, f64::max))), (bottom, top));
    let ink = canvas.ink();
    let mut x = 0.0;
    for stance in Stance::ALL {
        point(canvas, stance, (x + 6.0, 9.0), 4.0);
        let name = canvas.words.of(stance_key(stance));
        canvas.text((x + 16.0, 13.0), Anchor::Start, SIZE, &name, &[]);
        x += 34.0 + width(&name, SIZE);
    }
    let axis = canvas.words.of("figures.rate_axis");
    canvas.text((0.0, 32.0), Anchor::Start, SMALL, &axis, &[QUIET]);
    for (value, words) in up.ticks(5) {
        let y = up.place(value);
        canvas.line((left, y), (right, y), &[("stroke", ink), ("stroke-opacity", "0.13")]);
        canvas.text((left - 6.0, y + 4.0), Anchor::End, SMALL, &words, &[QUIET]);
    }
    // Names of groups, as many as have room.
    let mut behind = f64::NEG_INFINITY;
    for (name, value) in grouping.groups.iter().zip(&grouping.values) {
        let x = across.place(*value);
        let name = fitted(name, SMALL, 90.0);
        let half = width(&name, SMALL) / 2.0;
        if x - half > behind + 4.0 && x + half <= WIDTH {
            canvas.text((x, bottom + 16.0), Anchor::Middle, SMALL, &name, &[QUIET]);
            behind = x + half;
        }
        canvas.line((x, bottom), (x, bottom + 4.0), &[("stroke", ink), ("stroke-opacity", "0.5")]);
    }
    for (stance, line) in Stance::ALL.into_iter().zip(lines) {
        let colour = colour(stance);
        if !line.is_empty() {
            let place = |value: f64, rate: f64| (across.place(value), up.within(rate));
            let upper = line.iter().map(|(value, _, (_, high))| place(*value, *high));
            let lower = line.iter().rev().map(|(value, _, (low, _))| place(*value, *low));
            let area: Vec<(f64, f64)> = upper.chain(lower).collect();
            canvas.path(&area, true, &[("fill", colour), ("fill-opacity", "0.16")]);
            let middle: Vec<(f64, f64)> = line.iter().map(|(value, rate, _)| place(*value, *rate)).collect();
            let mut attributes = vec![("fill", "none"), ("stroke", colour), ("stroke-width", "1.6")];
            if stance == Stance::Assertive {
                attributes.push(("stroke-dasharray", "6 3"));
            }
            canvas.path(&middle, false, &attributes);
        }
        // Beside each other, where both have a mark.
        let aside = if stance == Stance::Hedge { -2.0 } else { 2.0 };
        for (group, (name, value)) in grouping.groups.iter().zip(&grouping.values).enumerate() {
            let Some((row, rate)) = grouping.stance(group, stance).and_then(|row| Some((row, row.rate?)))
            else {
                continue;
            };
            let (x, y) = (across.place(*value) + aside, up.within(rate));
            let (stance_name, written) = (canvas.words.of(stance_key(stance)), signed(rate, 1));
            let title = canvas.words.say(
                "figures.group_rate",
                &[
                    ("group", name),
                    ("stance", &stance_name),
                    ("figures", &written),
                    ("occurrences", &row.count),
                    ("documents", &row.documents_rated),
                ],
            );
            let link = Link::affirmed().stance(stance).group(&grouping.variable, name);
            canvas.mark(&link, &title, |canvas| {
                if let Some((low, high)) = row.rate_interval {
                    let stroke = [("stroke", colour), ("stroke-width", "1.2")];
                    let (from, to) = (up.within(low), up.within(high));
                    canvas.line((x, from), (x, (y + 4.0).min(from)), &stroke);
                    canvas.line((x, (y - 4.0).max(to)), (x, to), &stroke);
                }
                point(canvas, stance, (x, y), 3.8);
            });
        }
    }
    let text = described(canvas.words, grouping);
    (WIDTH, note(canvas, bottom + 22.0, &text))
}
