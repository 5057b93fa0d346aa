//! Stacked bars of shares.

use super::canvas::{Anchor, Canvas};
use super::layout::{QUIET, legend, note};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::{Filling, Look};
use super::{SIZE, SMALL, WIDTH};
use crate::report::Words;
use crate::statistics::share;

/// A part of all bars.
pub struct Part {
    /// Its name.
    pub name: String,
    /// How it looks.
    pub look: Look,
}

/// The parts that have these names and looks.
pub fn parts(names: &[&'static str], looks: &[(&'static str, Filling)], words: &Words) -> Vec<Part> {
    let part = |(name, (colour, filling)): (&&'static str, &(&'static str, Filling))| Part {
        name: words.of(name),
        look: Look::new(colour, *filling),
    };
    names.iter().zip(looks).map(part).collect()
}

/// A bar: what it is called, the counts of its parts, and the lines that each part counts.
pub struct Bar {
    /// Its name; of several with the same heading the second line.
    pub name: String,
    /// By part.
    pub counts: Vec<u64>,
    /// By part.
    pub links: Vec<Link>,
}

/// Draws bars of shares, with a legend above and a note below; `total` is the key of how many are shared.
pub fn draw(
    canvas: &mut Canvas,
    parts: &[Part],
    bars: &[Bar],
    total: &'static str,
    below: &str,
) -> (f64, f64) {
    parts.iter().for_each(|part| part.look.define(canvas));
    let shown = |at: usize| bars.iter().any(|bar| bar.counts.get(at).is_some_and(|count| *count > 0));
    let entries: Vec<(Look, String)> = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| shown(*at))
        .map(|(_, part)| (part.look.clone(), part.name.clone()))
        .collect();
    let top = legend(canvas, 2.0, &entries) + 4.0;
    let names = bars.iter().map(|bar| width(&bar.name, SIZE)).fold(0.0, f64::max).min(200.0);
    let totals: Vec<u64> = bars.iter().map(|bar| bar.counts.iter().sum()).collect();
    let written: Vec<String> = totals.iter().map(|sum| canvas.words.say(total, &[("count", sum)])).collect();
    let room = written.iter().map(|text| width(text, SMALL)).fold(0.0, f64::max);
    // Room for half of the 0 below.
    let left = if names > 0.0 { names + 10.0 } else { 6.0 };
    let right = WIDTH - room - 10.0;
    let row = if bars.len() > 20 { 19.0 } else { 25.0 };
    let height = row - 6.0;
    let mut y = top;
    let ink = canvas.ink();
    let bottom = top + row * bars.len() as f64;
    for (number, words) in ["0", "25", "50", "75", "100 %"].iter().enumerate() {
        let x = left + (right - left) * number as f64 / 4.0;
        canvas.line((x, top), (x, bottom), &[("stroke", ink), ("stroke-opacity", "0.13")]);
        canvas.text((x, bottom + 13.0), Anchor::Middle, SMALL, words, &[QUIET]);
    }
    for ((bar, sum), written) in bars.iter().zip(totals).zip(written) {
        let base = y + height / 2.0 + SIZE * 0.36;
        canvas.text((names, base), Anchor::End, SIZE, &fitted(&bar.name, SIZE, names), &[]);
        canvas.text((WIDTH, base), Anchor::End, SMALL, &written, &[QUIET]);
        let mut x = left;
        for ((part, count), link) in parts.iter().zip(&bar.counts).zip(&bar.links) {
            let Some(of_all) = share(*count, sum).filter(|share| *share > 0.0) else { continue };
            let wide = (right - left) * of_all;
            let percent = format!("{:.0}", of_all * 100.0);
            let beside = if bar.name.is_empty() { String::new() } else { format!("{}, ", bar.name) };
            let title = format!("{beside}{}: {:.1} % ({count})", part.name, of_all * 100.0);
            canvas.mark(link, &title, |canvas| {
                // A gap between parts, of whatever colour the page is.
                part.look.fill(canvas, (x, y), ((wide - 1.0).max(0.3), height));
                let needed = width(&percent, SMALL) + 6.0;
                if wide > needed + 4.0 {
                    let middle = x + wide / 2.0 - 0.5;
                    let plain = part.look.filling == Filling::Plain;
                    if !plain || part.look.colour != super::palette::BLUE {
                        let corner = (middle - needed / 2.0, y + height / 2.0 - 7.0);
                        canvas.rectangle(
                            corner,
                            (needed, 14.0),
                            &[("fill", "#fff"), ("fill-opacity", "0.88"), ("rx", "2")],
                        );
                    }
                    let ink = if plain && part.look.colour == super::palette::BLUE { "#fff" } else { "#000" };
                    canvas.text(
                        (middle, y + height / 2.0 + 4.0),
                        Anchor::Middle,
                        SMALL,
                        &percent,
                        &[("fill", ink)],
                    );
                }
            });
            x += wide;
        }
        y += row;
    }
    y += 16.0;
    if !below.is_empty() {
        y = note(canvas, y, below);
    }
    (WIDTH, y + 4.0)
}
