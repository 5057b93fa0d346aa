//! Dispersion against rate of the markers: which are everywhere, and which are somewhere.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::layout::{QUIET, note, place_labels};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::point;
use super::scale::{Scale, signed};
use super::{Figure, Panel, SMALL, WIDTH, in_each};
use crate::report::source::{Source, SourceMarker};
use crate::statistics::natural_logarithm;

/// Fewer markers make no picture.
const LEAST: usize = 5;

/// With more points near it, itself among them, a point has no name beside it.
const CROWD: usize = 3;

/// The figure; none for one document, or for few markers.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let mut markers: Vec<(&SourceMarker, f64, f64)> = source
        .markers
        .iter()
        .filter(|marker| marker.range >= 2)
        .filter_map(|marker| Some((marker, marker.rate?, marker.dp_norm?)))
        .collect();
    if markers.len() < LEAST {
        return None;
    }
    // The most frequent first: they are labelled first.
    markers.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.id.cmp(&other.0.id)));
    let mut data =
        Data::new(&["marker", "stance", "category", "count", "range", "per_1000_tokens", "dp_norm"]);
    for (marker, rate, dispersion) in &markers {
        data.rows.push(vec![
            marker.id.clone(),
            marker.stance.name().to_owned(),
            marker.category.clone(),
            marker.count.to_string(),
            marker.range.to_string(),
            cell(Some(*rate)),
            cell(Some(*dispersion)),
        ]);
    }
    Some(Figure {
        name: "dispersion",
        panel: Panel::Where,
        data,
        titles: in_each(|words| words.of("figures.dispersion_title")),
        descriptions: in_each(|words| words.of("figures.dispersion_note")),
        draw: Box::new(move |canvas| draw(canvas, &markers)),
    })
}

fn draw(canvas: &mut Canvas, markers: &[(&SourceMarker, f64, f64)]) -> (f64, f64) {
    let rates = || markers.iter().map(|(_, rate, _)| *rate);
    let (least, largest) = (rates().fold(f64::INFINITY, f64::min), rates().fold(0.0, f64::max));
    let log = natural_logarithm;
    let margin = 0.12 * (log(largest) - log(least)).max(1.0);
    let (left, top, right, bottom) = (40.0, 18.0, WIDTH - 4.0, 378.0);
    let across = Scale::new((log(least) - margin, log(largest) + margin), (left, right));
    let lowest = markers.iter().map(|(.., dispersion)| *dispersion).fold(1.0, f64::min);
    let low = ((lowest * 10.0).floor() / 10.0 - 0.04).max(-0.04);
    let highest = markers.iter().map(|(.., dispersion)| *dispersion).fold(0.0, f64::max);
    let high = (highest * 10.0).ceil() / 10.0 + 0.04;
    let up = Scale::new((low, high), (bottom, top));
    let ink = canvas.ink();
    let quiet = [("stroke", ink), ("stroke-opacity", "0.13")];
    for (value, words) in up.ticks(5) {
        let y = up.place(value);
        canvas.line((left, y), (right, y), &quiet);
        canvas.text((left - 6.0, y + 4.0), Anchor::End, SMALL, &words, &[QUIET]);
    }
    for power in -6..=3_i32 {
        for times in [1.0, 2.0, 5.0] {
            let value =
                (0..power.abs()).fold(times, |value, _| if power < 0 { value / 10.0 } else { value * 10.0 });
            let x = across.place(log(value));
            if x < left || x > right {
                continue;
            }
            let decimals = if power < 0 { power.unsigned_abs() as usize } else { 0 };
            canvas.line((x, top), (x, bottom), &quiet);
            canvas.text((x, bottom + 15.0), Anchor::Middle, SMALL, &signed(value, decimals), &[QUIET]);
        }
    }
    let axis = canvas.words.of("figures.dispersion_axis");
    canvas.text((0.0, 10.0), Anchor::Start, SMALL, &axis, &[QUIET]);
    let rate_axis = canvas.words.of("figures.log_rate_axis");
    canvas.text((right, bottom + 31.0), Anchor::End, SMALL, &rate_axis, &[QUIET]);
    let points: Vec<(f64, f64)> = markers
        .iter()
        .map(|(_, rate, dispersion)| (across.place(log(*rate)), up.place(*dispersion)))
        .collect();
    // In a crowd nobody could tell whose a name is; the title of the mark has it.
    let is_crowded = |(x, y): &(f64, f64)| {
        let near = |(other, beside): &&(f64, f64)| (x - other).abs() < 9.0 && (y - beside).abs() < 14.0;
        points.iter().filter(near).count() > CROWD
    };
    let widths: Vec<f64> = markers
        .iter()
        .zip(&points)
        .map(|((marker, ..), at)| match is_crowded(at) {
            true => f64::INFINITY,
            false => width(&fitted(&marker.id, SMALL, 110.0), SMALL),
        })
        .collect();
    // Ticks stand below the area, the name of the axis above.
    let labels = place_labels(&points, &widths, (left, top, right, bottom));
    for (((marker, rate, dispersion), at), label) in markers.iter().zip(&points).zip(labels) {
        let (rate, even) = (signed(*rate, 2), signed(*dispersion, 2));
        let title = canvas.words.say(
            "figures.dispersion_mark",
            &[("marker", &marker.id), ("rate", &rate), ("dispersion", &even), ("range", &marker.range)],
        );
        canvas.mark(&Link::affirmed().and("marker", &marker.id), &title, |canvas| {
            point(canvas, marker.stance, *at, 3.2);
            if let Some(label) = label {
                canvas.text(label, Anchor::Start, SMALL, &fitted(&marker.id, SMALL, 110.0), &[]);
            }
        });
    }
    let text = canvas.words.of("figures.dispersion_note");
    (WIDTH, note(canvas, bottom + 36.0, &text))
}
