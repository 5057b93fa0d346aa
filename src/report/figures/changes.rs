//! The markers whose rates change most with an ordered variable: slopes with their intervals.

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
use crate::report::source::{Grouping, OmnibusRow, Source};
use crate::statistics::Interval;

/// A marker must be in so many documents.
const RANGE: u64 = 3;

/// So many markers are shown.
const MOST: usize = 15;

/// Fewer slopes compare nothing.
const LEAST: usize = 2;

/// A marker with the change of its rate.
struct Change<'a> {
    marker: &'a str,
    stance: Stance,
    slope: f64,
    interval: Option<Interval>,
    range: u64,
    documents: u64,
}

/// The figure; none for groups without an order, or for few markers.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let grouping = source.grouping.as_ref().filter(|grouping| grouping.values.len() > 2)?;
    let mut changes: Vec<Change> = grouping.omnibus.iter().filter_map(|row| change(grouping, row)).collect();
    if changes.len() < LEAST {
        return None;
    }
    changes.sort_by(|one, other| {
        other.slope.abs().total_cmp(&one.slope.abs()).then_with(|| one.marker.cmp(other.marker))
    });
    changes.truncate(MOST);
    changes
        .sort_by(|one, other| other.slope.total_cmp(&one.slope).then_with(|| one.marker.cmp(other.marker)));
    let mut data = Data::new(&["marker", "stance", "range", "documents", "slope", "slope_low", "slope_high"]);
    for change in &changes {
        data.rows.push(vec![
            change.marker.to_owned(),
            change.stance.name().to_owned(),
            change.range.to_string(),
            change.documents.to_string(),
            cell(Some(change.slope)),
            cell(change.interval.map(|(low, _)| low)),
            cell(change.interval.map(|(_, high)| high)),
        ]);
    }
    let variable = grouping.variable.as_str();
    Some(Figure {
        name: "changes",
        panel: Panel::What,
        data,
        titles: in_each(|words| words.say("figures.changes_title", &[("variable", &variable)])),
        descriptions: in_each(|words| words.say("figures.changes_note", &[("variable", &variable)])),
        draw: Box::new(move |canvas| draw(canvas, variable, &changes)),
    })
}

fn change<'a>(grouping: &Grouping, row: &'a OmnibusRow) -> Option<Change<'a>> {
    if row.measure.level != Level::Marker {
        return None;
    }
    let of_groups = || {
        (0..grouping.groups.len())
            .flat_map(|group| grouping.of_level(group, Level::Marker))
            .filter(|of_group| of_group.measure.name == row.measure.name)
    };
    let range = of_groups().map(|of_group| of_group.range).fold(0, u64::saturating_add);
    let documents = of_groups().map(|of_group| of_group.documents_rated).fold(0, u64::saturating_add);
    (range >= RANGE).then_some(())?;
    Some(Change {
        marker: &row.measure.name,
        stance: row.measure.stance?,
        slope: row.slope?,
        interval: row.slope_interval,
        range,
        documents,
    })
}

fn draw(canvas: &mut Canvas, variable: &str, changes: &[Change]) -> (f64, f64) {
    let names = changes.iter().map(|change| width(change.marker, SIZE)).fold(40.0, f64::max).min(150.0);
    let written: Vec<String> = changes
        .iter()
        .map(|change| {
            canvas.words.say("figures.range", &[("range", &change.range), ("documents", &change.documents)])
        })
        .collect();
    let room = written.iter().map(|text| width(text, SMALL)).fold(0.0, f64::max);
    let steepest = changes.iter().map(|change| change.slope.abs()).fold(0.0, f64::max);
    // The interval of a rare marker may reach far beyond every slope.
    let reach = |(low, high): Interval| (low.max(-3.0 * steepest), high.min(3.0 * steepest));
    let ends = changes.iter().map(|change| change.interval.map_or((change.slope, change.slope), reach));
    let (least, largest) =
        ends.fold((0.0_f64, 0.0_f64), |(least, largest), (low, high)| (least.min(low), largest.max(high)));
    let margin = 0.05 * (largest - least).max(1e-6);
    let scale = Scale::new((least - margin, largest + margin), (names + 14.0, WIDTH - room - 12.0));
    let ink = canvas.ink();
    let row = 18.0;
    let (top, bottom) = (4.0, 4.0 + row * changes.len() as f64);
    for (value, words) in scale.ticks(5) {
        let x = scale.place(value);
        let opacity = if value == 0.0 { "0.6" } else { "0.13" };
        canvas.line((x, top), (x, bottom), &[("stroke", ink), ("stroke-opacity", opacity)]);
        canvas.text((x, bottom + 13.0), Anchor::Middle, SMALL, &words, &[QUIET]);
    }
    for (number, (change, written)) in changes.iter().zip(written).enumerate() {
        let middle = top + row * (number as f64 + 0.5);
        let interval = change
            .interval
            .map_or(String::new(), |(low, high)| format!(" [{}, {}]", signed(low, 3), signed(high, 3)));
        let title = format!("{}: {}{interval}", change.marker, signed(change.slope, 3));
        canvas.mark(&Link::affirmed().and("marker", change.marker), &title, |canvas| {
            let base = middle + 4.2;
            canvas.text((names, base), Anchor::End, SIZE, &fitted(change.marker, SIZE, names), &[]);
            canvas.text((WIDTH, base), Anchor::End, SMALL, &written, &[QUIET]);
            let x = scale.within(change.slope);
            let stroke = [("stroke", colour(change.stance)), ("stroke-width", "1.5")];
            if let Some((low, high)) = change.interval {
                let (from, to) = (scale.within(low), scale.within(high));
                canvas.line((from, middle), ((x - 4.0).max(from), middle), &stroke);
                canvas.line(((x + 4.0).min(to), middle), (to, middle), &stroke);
            }
            point(canvas, change.stance, (x, middle), 3.8);
        });
    }
    let text = canvas.words.say("figures.changes_note", &[("variable", &variable)]);
    (WIDTH, note(canvas, bottom + 16.0, &text))
}
