//! Without groups: the rates of the documents, with their quartiles.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::documents::{Strip, stance_key};
use super::layout::{QUIET, note};
use super::palette::{colour, point};
use super::scale::{Scale, end_of, signed};
use super::{Figure, Panel, SIZE, SMALL, WIDTH, in_each};
use crate::lexicon::Stance;
use crate::report::source::Source;

/// Fewer documents are no distribution.
const LEAST: usize = 2;

/// The figure; none with groups, which the forest plot has, or for one document.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let strips = Stance::ALL.map(|stance| Strip::new(source, None, stance));
    if source.grouping.is_some() || strips.iter().any(|strip| strip.rates().count() < LEAST) {
        return None;
    }
    let mut data = Data::new(&["stance", "documents", "least", "quartile_1", "median", "quartile_3", "most"]);
    for (stance, strip) in Stance::ALL.into_iter().zip(&strips) {
        let quantiles = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| cell(Some(strip.quantile(share))));
        let mut row = vec![stance.name().to_owned(), strip.rates().count().to_string()];
        row.extend(quantiles);
        data.rows.push(row);
    }
    Some(Figure {
        name: "documents",
        panel: Panel::HowMuch,
        data,
        titles: in_each(|words| words.of("figures.documents_title")),
        descriptions: in_each(|words| words.of("figures.documents_note")),
        draw: Box::new(move |canvas| draw(canvas, &strips)),
    })
}

fn draw(canvas: &mut Canvas, strips: &[Strip; Stance::ALL.len()]) -> (f64, f64) {
    let largest = strips.iter().map(|strip| strip.quantile(0.99)).fold(1.0, f64::max);
    let scale = Scale::new((0.0, end_of(largest)), (10.0, WIDTH - 24.0));
    let (ink, tall) = (canvas.ink(), 64.0);
    let mut y = 0.0;
    for (stance, strip) in Stance::ALL.into_iter().zip(strips) {
        y += 15.0;
        point(canvas, stance, (6.0, y - 4.0), 4.0);
        let heading = canvas.words.of(stance_key(stance));
        canvas.text((16.0, y), Anchor::Start, SIZE, &heading, &[("font-weight", "bold")]);
        let quantiles = [0.25, 0.5, 0.75].map(|share| strip.quantile(share));
        let [first, median, third] = quantiles.map(|rate| signed(rate, 1));
        let written = canvas
            .words
            .say("figures.quartiles", &[("median", &median), ("first", &first), ("third", &third)]);
        canvas.text((WIDTH, y), Anchor::End, SMALL, &written, &[QUIET]);
        y += 6.0;
        for (value, words) in scale.ticks(6) {
            let x = scale.place(value);
            canvas.line((x, y), (x, y + tall), &[("stroke", ink), ("stroke-opacity", "0.13")]);
            canvas.text((x, y + tall + 13.0), Anchor::Middle, SMALL, &words, &[QUIET]);
        }
        strip.draw(canvas, &scale, y + tall * 0.42, tall * 0.34);
        let line = y + tall - 6.0;
        let [first, median, third] = quantiles.map(|rate| scale.within(rate));
        let stroke = [("stroke", colour(stance)), ("stroke-width", "1.8")];
        canvas.line((first, line), (third, line), &stroke);
        canvas.line((median, line - 6.0), (median, line + 6.0), &[stroke[0], ("stroke-width", "2.6")]);
        y += tall + 22.0;
    }
    let axis = canvas.words.of("figures.rate_axis");
    canvas.text((10.0, y + 4.0), Anchor::Start, SMALL, &axis, &[QUIET]);
    let mut text = canvas.words.of("figures.documents_note");
    let beyond: usize = strips.iter().map(|strip| strip.beyond(&scale)).sum();
    if beyond > 0 {
        text = format!("{text} {}", canvas.words.say("figures.beyond", &[("count", &beyond)]));
    }
    if let Some(step) = strips.iter().map(|strip| strip.step).find(|step| *step > 1) {
        text = format!("{text} {}", canvas.words.say("figures.sampled", &[("step", &step)]));
    }
    (WIDTH, note(canvas, y + 6.0, &text))
}
