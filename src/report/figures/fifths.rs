//! Where in their documents markers stand: their density over fifths.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::documents::stance_key;
use super::layout::{QUIET, Rows, note};
use super::links::Link;
use super::palette::Look;
use super::{Figure, Panel, SIZE, SMALL, WIDTH, in_each};
use crate::counts::FIFTHS;
use crate::lexicon::Stance;
use crate::report::source::Source;
use crate::statistics::share;

/// The hits of a group in each fifth, by stance.
type Counts = [[u64; FIFTHS]; Stance::ALL.len()];

/// The figure; none without a concordance, or without a hit.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let hits = source.hits.as_ref()?;
    let rows = Rows::of(source);
    let counts: Vec<Counts> = rows
        .rows
        .iter()
        .map(|(group, _)| match group {
            None => hits.all.fifths,
            Some(group) => hits.by_group.get(*group).map_or(Counts::default(), |spread| spread.fifths),
        })
        .collect();
    if counts.iter().flatten().flatten().all(|count| *count == 0) {
        return None;
    }
    let mut data = Data::new(&["stance", "group", "fifth", "count", "share"]);
    for stance in Stance::ALL {
        for ((_, name), counts) in rows.rows.iter().zip(&counts) {
            let Some(counts) = counts.get(stance as usize) else { continue };
            let all = counts.iter().sum();
            for (fifth, count) in counts.iter().enumerate() {
                data.rows.push(vec![
                    stance.name().to_owned(),
                    (*name).to_owned(),
                    (fifth + 1).to_string(),
                    count.to_string(),
                    cell(share(*count, all)),
                ]);
            }
        }
    }
    Some(Figure {
        name: "course",
        panel: Panel::Where,
        data,
        titles: in_each(|words| words.of("figures.course_title")),
        descriptions: in_each(|words| words.of("figures.course_note")),
        draw: Box::new(move |canvas| draw(canvas, source, &rows, &counts)),
    })
}

fn draw(canvas: &mut Canvas, source: &Source, rows: &Rows, counts: &[Counts]) -> (f64, f64) {
    let variable = source.grouping.as_ref().map_or("", |grouping| grouping.variable.as_str());
    let left = rows.left();
    let gap = 26.0;
    let panel = (WIDTH - left - gap) / 2.0;
    let row = match rows.rows.len() {
        1 => 110.0,
        2..=14 => 50.0,
        _ => 40.0,
    };
    let shares = counts.iter().flatten().flat_map(|counts| {
        let all: u64 = counts.iter().sum();
        counts.iter().filter_map(move |count| share(*count, all))
    });
    let highest = shares.fold(0.4, f64::max);
    let top = 22.0;
    let ink = canvas.ink();
    for (stance, at) in Stance::ALL.into_iter().zip([left, left + panel + gap]) {
        let look = Look::of(stance);
        look.define(canvas);
        look.fill(canvas, (at + 0.5, 3.0), (11.0, 11.0));
        let heading = canvas.words.of(stance_key(stance));
        canvas.text((at + 16.0, 13.0), Anchor::Start, SIZE, &heading, &[("font-weight", "bold")]);
        let wide = panel / FIFTHS as f64;
        for (number, ((_, name), counts)) in rows.rows.iter().zip(counts).enumerate() {
            let Some(counts) = counts.get(stance as usize) else { continue };
            let all: u64 = counts.iter().sum();
            let base = top + row * (number as f64 + 1.0) - 4.0;
            let height = row - 21.0;
            canvas.line((at, base), (at + panel, base), &[("stroke", ink), ("stroke-opacity", "0.5")]);
            let even = base - height * 0.2 / highest;
            canvas.line(
                (at, even),
                (at + panel, even),
                &[("stroke", ink), ("stroke-opacity", "0.45"), ("stroke-dasharray", "2 3")],
            );
            for (fifth, count) in counts.iter().enumerate() {
                let Some(of_all) = share(*count, all) else { continue };
                let tall = height * of_all / highest;
                let x = at + wide * fifth as f64;
                let words = canvas.words;
                let stance_name = words.of(stance_key(stance));
                let percent = format!("{:.0}", of_all * 100.0);
                let fifth_number = fifth + 1;
                let title = words.say(
                    "figures.fifth",
                    &[
                        ("group", name),
                        ("stance", &stance_name),
                        ("fifth", &fifth_number),
                        ("percent", &percent),
                        ("hits", count),
                    ],
                );
                let link = Link::affirmed().stance(stance).and("fifth", &fifth_number.to_string());
                let link = if name.is_empty() { link } else { link.group(variable, name) };
                canvas.mark(&link, title.trim_start_matches([',', '、', ' ']), |canvas| {
                    look.fill(canvas, (x + wide * 0.12, base - tall), (wide * 0.76, tall));
                    // Above the bar, clear of the dotted line.
                    let above = base - tall - 3.0;
                    let crossed = above > even && above - SMALL < even;
                    let above = if crossed { even - 3.0 } else { above };
                    if row >= 40.0 {
                        canvas.text((x + wide / 2.0, above), Anchor::Middle, SMALL - 1.0, &percent, &[]);
                    }
                });
            }
        }
        let bottom = top + row * rows.rows.len() as f64 + 9.0;
        for fifth in 0..FIFTHS {
            let x = at + wide * (fifth as f64 + 0.5);
            canvas.text((x, bottom), Anchor::Middle, SMALL, &(fifth + 1).to_string(), &[QUIET]);
        }
    }
    for (number, (_, name)) in rows.rows.iter().enumerate() {
        rows.name(canvas, name, top + row * (number as f64 + 0.5) + 4.0);
    }
    let y = top + row * rows.rows.len() as f64 + 12.0;
    let text = canvas.words.of("figures.course_note");
    (WIDTH, note(canvas, y, &text) + 2.0)
}
