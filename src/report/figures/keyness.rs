//! The markers that set each group apart from the others: log ratios with their intervals.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::layout::{QUIET, note};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::{colour, point};
use super::scale::{Scale, signed};
use super::{Figure, Panel, SIZE, SMALL, WIDTH, in_each};
use crate::counts::Level;
use crate::lexicon::Stance;
use crate::report::source::{Grouping, Source};
use crate::statistics::Interval;

/// A marker must be in so many documents of its group.
const RANGE: u64 = 3;

/// A marker of a group.
struct Key<'a> {
    marker: &'a str,
    stance: Stance,
    log_ratio: f64,
    interval: Option<Interval>,
    range: u64,
    documents: u64,
    count: u64,
}

/// The figure; none without two groups, for groups that have an order, or where no marker is in enough documents.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let grouping = source.grouping.as_ref()?;
    let most = match grouping.groups.len() {
        0..=4 => 15,
        5..=10 => 8,
        _ => 5,
    };
    let keys: Vec<(&str, Vec<Key>)> = grouping
        .groups
        .iter()
        .enumerate()
        .map(|(group, name)| (name.as_str(), keys(grouping, group, most)))
        .filter(|(_, keys)| !keys.is_empty())
        .collect();
    if keys.is_empty() {
        return None;
    }
    let mut data = Data::new(&[
        "group",
        "marker",
        "stance",
        "count",
        "range",
        "documents",
        "log_ratio",
        "log_ratio_low",
        "log_ratio_high",
    ]);
    for (group, keys) in &keys {
        for key in keys {
            data.rows.push(vec![
                (*group).to_owned(),
                key.marker.to_owned(),
                key.stance.name().to_owned(),
                key.count.to_string(),
                key.range.to_string(),
                key.documents.to_string(),
                cell(Some(key.log_ratio)),
                cell(key.interval.map(|(low, _)| low)),
                cell(key.interval.map(|(_, high)| high)),
            ]);
        }
    }
    let variable = grouping.variable.as_str();
    Some(Figure {
        name: "keyness",
        panel: Panel::What,
        data,
        titles: in_each(|words| words.say("figures.keyness_title", &[("variable", &variable)])),
        descriptions: in_each(|words| words.of("figures.keyness_note")),
        draw: Box::new(move |canvas| draw(canvas, variable, &keys)),
    })
}

/// The markers of a group that are more frequent there than elsewhere, by log ratio.
fn keys(grouping: &Grouping, group: usize, most: usize) -> Vec<Key<'_>> {
    let ratio = |marker: &str, row_ratio: Option<f64>, row_interval: Option<Interval>| {
        if grouping.groups.len() != 2 {
            return Some((row_ratio?, row_interval));
        }
        let pair = grouping
            .pairs
            .iter()
            .find(|pair| pair.measure.level == Level::Marker && pair.measure.name == marker)?;
        let (ratio, interval) = (pair.log_ratio?, pair.log_ratio_interval);
        match pair.groups[0] == group {
            true => Some((ratio, interval)),
            false => Some((-ratio, interval.map(|(low, high)| (-high, -low)))),
        }
    };
    let rows = grouping.of_level(group, Level::Marker).filter(|row| row.range >= RANGE);
    let mut keys: Vec<Key> = rows
        .filter_map(|row| {
            let (log_ratio, interval) = ratio(&row.measure.name, row.rest_log_ratio, row.rest_interval)?;
            Some(Key {
                marker: &row.measure.name,
                stance: row.measure.stance?,
                log_ratio,
                interval,
                range: row.range,
                documents: row.documents_rated,
                count: row.count,
            })
        })
        .filter(|key| key.log_ratio > 0.0)
        .collect();
    keys.sort_by(|one, other| {
        other.log_ratio.total_cmp(&one.log_ratio).then_with(|| one.marker.cmp(other.marker))
    });
    keys.truncate(most);
    keys
}

fn draw(canvas: &mut Canvas, variable: &str, groups: &[(&str, Vec<Key>)]) -> (f64, f64) {
    let all = || groups.iter().flat_map(|(_, keys)| keys);
    let names = all().map(|key| width(key.marker, SIZE)).fold(40.0, f64::max).min(150.0);
    let in_documents = |canvas: &Canvas, key: &Key| {
        canvas.words.say("figures.range", &[("range", &key.range), ("documents", &key.documents)])
    };
    let room = all().map(|key| width(&in_documents(canvas, key), SMALL)).fold(0.0, f64::max);
    let largest = all().map(|key| key.interval.map_or(key.log_ratio, |(_, high)| high)).fold(1.0, f64::max);
    let least = all().filter_map(|key| Some(key.interval?.0)).fold(0.0, f64::min);
    let scale =
        Scale::new((least.max(-3.0).floor(), largest.min(8.0).ceil()), (names + 14.0, WIDTH - room - 12.0));
    let ink = canvas.ink();
    let row = 18.0;
    let mut y = 0.0;
    for (group, keys) in groups {
        y += 15.0;
        canvas.text((0.0, y), Anchor::Start, SIZE, &fitted(group, SIZE, WIDTH), &[("font-weight", "bold")]);
        y += 7.0;
        let bottom = y + row * keys.len() as f64;
        for (value, words) in scale.ticks(7) {
            let x = scale.place(value);
            let opacity = if value == 0.0 { "0.6" } else { "0.13" };
            canvas.line((x, y), (x, bottom), &[("stroke", ink), ("stroke-opacity", opacity)]);
            canvas.text((x, bottom + 13.0), Anchor::Middle, SMALL, &words, &[QUIET]);
        }
        for key in keys {
            let middle = y + row / 2.0;
            let interval = key
                .interval
                .map_or(String::new(), |(low, high)| format!(" [{}, {}]", signed(low, 1), signed(high, 1)));
            let title = format!("{}: {}{interval}", key.marker, signed(key.log_ratio, 1));
            let link = Link::affirmed().and("marker", key.marker).group(variable, group);
            let documents = in_documents(canvas, key);
            canvas.mark(&link, &title, |canvas| {
                let base = middle + 4.2;
                canvas.text((names, base), Anchor::End, SIZE, &fitted(key.marker, SIZE, names), &[]);
                canvas.text((WIDTH, base), Anchor::End, SMALL, &documents, &[QUIET]);
                let x = scale.within(key.log_ratio);
                let stroke = [("stroke", colour(key.stance)), ("stroke-width", "1.5")];
                if let Some((low, high)) = key.interval {
                    let (from, to) = (scale.within(low), scale.within(high));
                    canvas.line((from, middle), ((x - 4.0).max(from), middle), &stroke);
                    canvas.line(((x + 4.0).min(to), middle), (to, middle), &stroke);
                }
                point(canvas, key.stance, (x, middle), 3.8);
            });
            y += row;
        }
        y += 26.0;
    }
    let text = canvas.words.of("figures.keyness_note");
    (WIDTH, note(canvas, y - 10.0, &text))
}
