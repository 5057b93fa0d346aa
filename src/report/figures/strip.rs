//! Without groups: the rates of the documents, with their quartiles.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::documents::{Strip, sampled, stance_key};
use super::layout::{QUIET, note};
use super::palette::{colour, point};
use super::scale::{Scale, end_of, signed};
use super::{Figure, Panel, SIZE, SMALL, WIDTH, in_each};
use crate::lexicon::Stance;
use crate::report::source::{SHARES, Source};

/// Fewer documents are no distribution.
const LEAST: u64 = 2;

/// The figure; none with groups, which the forest plot has, or for one document.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let strips = Stance::ALL.map(|stance| Strip::new(source, None, stance));
    let documents = source.documents.sizes.number;
    let quantiles = source.documents.quantiles.filter(|_| documents >= LEAST)?;
    let mut data = Data::new(&["stance", "documents", "least", "quartile_1", "median", "quartile_3", "most"]);
    for (stance, quantiles) in Stance::ALL.into_iter().zip(&quantiles) {
        let mut row = vec![stance.name().to_owned(), documents.to_string()];
        row.extend(quantiles.map(|quantile| cell(Some(quantile))));
        data.rows.push(row);
    }
    Some(Figure {
        name: "documents",
        panel: Panel::HowMuch,
        data,
        titles: in_each(|words| words.of("figures.documents_title")),
        descriptions: in_each(|words| words.of("figures.documents_note")),
        draw: Box::new(move |canvas| draw(canvas, source, &strips, &quantiles)),
    })
}

fn draw(
    canvas: &mut Canvas,
    source: &Source,
    strips: &[Strip; Stance::ALL.len()],
    quantiles: &[[f64; SHARES.len()]; Stance::ALL.len()],
) -> (f64, f64) {
    let largest = strips.iter().map(|strip| strip.quantile(0.99)).fold(1.0, f64::max);
    let scale = Scale::new((0.0, end_of(largest)), (10.0, WIDTH - 24.0));
    let (ink, tall) = (canvas.ink(), 64.0);
    let mut y = 0.0;
    for ((stance, strip), quantiles) in Stance::ALL.into_iter().zip(strips).zip(quantiles) {
        y += 15.0;
        point(canvas, stance, (6.0, y - 4.0), 4.0);
        let heading = canvas.words.of(stance_key(stance));
        canvas.text((16.0, y), Anchor::Start, SIZE, &heading, &[("font-weight", "bold")]);
        let [_, first, median, third, _] = quantiles.map(|rate| signed(rate, 1));
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
        let [_, first, median, third, _] = quantiles.map(|rate| scale.within(rate));
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
    if let Some(sampled) = sampled(source, canvas.words) {
        text = format!("{text} {sampled}");
    }
    (WIDTH, note(canvas, y + 6.0, &text))
}
