//! What figures share: notes, legends, names of groups, and labels that keep clear of each other.

use super::canvas::{Anchor, Canvas};
use super::lettering::{fitted, lines, width};
use super::palette::Look;
use super::{SIZE, SMALL, WIDTH};
use crate::messages::Language;
use crate::report::source::{Source, SourceCategory};

/// Room for the names of groups, at most.
const NAMES: f64 = 150.0;

/// Text that is beside: legible, and quieter than what it belongs to.
pub const QUIET: (&str, &str) = ("fill-opacity", "0.75");

/// The groups of a figure: their indices in its order, and their names; one without a name where there are none.
pub struct Rows<'a> {
    /// Index of the group, and its name.
    pub rows: Vec<(Option<usize>, &'a str)>,
    /// How wide their names are.
    pub names: f64,
}

impl<'a> Rows<'a> {
    /// Those of a run.
    pub fn of(source: &'a Source) -> Self {
        let rows: Vec<(Option<usize>, &str)> = match &source.grouping {
            None => vec![(None, "")],
            Some(grouping) => super::forest::order(grouping)
                .into_iter()
                .filter_map(|group| Some((Some(group), grouping.groups.get(group)?.as_str())))
                .collect(),
        };
        let widest = rows.iter().map(|(_, name)| width(name, SIZE)).fold(0.0, f64::max);
        Rows { rows, names: widest.min(NAMES) }
    }

    /// Where what stands beside the names begins.
    pub fn left(&self) -> f64 {
        if self.names > 0.0 { self.names + 12.0 } else { 0.0 }
    }

    /// Writes the name of a row, to the left of it.
    pub fn name(&self, canvas: &mut Canvas, name: &str, middle: f64) {
        if !name.is_empty() {
            let base = middle + SIZE * 0.36;
            canvas.text((self.names, base), Anchor::End, SIZE, &fitted(name, SIZE, self.names), &[]);
        }
    }
}

/// Writes a note below a figure; gives where it ends.
pub fn note(canvas: &mut Canvas, mut y: f64, text: &str) -> f64 {
    for line in lines(text, SMALL, WIDTH) {
        y += 15.0;
        canvas.text((0.0, y), Anchor::Start, SMALL, &line, &[QUIET]);
    }
    y + 5.0
}

/// Writes a legend in as many lines as it needs; gives where it ends.
pub fn legend(canvas: &mut Canvas, y: f64, entries: &[(Look, String)]) -> f64 {
    let (mut x, mut y) = (0.0, y);
    for (look, text) in entries {
        let text = fitted(text, SMALL, WIDTH - 20.0);
        let needed = 16.0 + width(&text, SMALL);
        if x > 0.0 && x + needed > WIDTH {
            (x, y) = (0.0, y + 17.0);
        }
        look.fill(canvas, (x + 0.5, y + 1.5), (11.0, 11.0));
        canvas.text((x + 16.0, y + 11.0), Anchor::Start, SMALL, &text, &[]);
        x += needed + 14.0;
    }
    y + 17.0
}

/// What a category is called in a language.
pub fn category_name(category: &SourceCategory, language: Language) -> &str {
    match (&category.japanese, language) {
        (Some(japanese), Language::Japanese) => japanese,
        _ => &category.name,
    }
}

/// Places labels beside points so that they cover neither each other nor a point: the first ones first, those without
/// room not at all. Gives for each where its text begins and its base line.
pub fn place_labels(
    points: &[(f64, f64)],
    widths: &[f64],
    (left, top, right, bottom): (f64, f64, f64, f64),
) -> Vec<Option<(f64, f64)>> {
    const HEIGHT: f64 = SMALL + 1.0;
    type Area = (f64, f64, f64, f64);
    let mut taken: Vec<Area> = points.iter().map(|(x, y)| (x - 3.5, y - 3.5, x + 3.5, y + 3.5)).collect();
    let place = |((x, y), wide): (&(f64, f64), &f64)| {
        let beside = [
            (x + 6.0, y + 4.0),
            (x - 6.0 - wide, y + 4.0),
            (x - wide / 2.0, y - 6.0),
            (x - wide / 2.0, y + HEIGHT + 4.0),
            (x + 5.0, y - 5.0),
            (x + 5.0, y + HEIGHT + 2.0),
            (x - 5.0 - wide, y - 5.0),
            (x - 5.0 - wide, y + HEIGHT + 2.0),
        ];
        let area = |(x, base): (f64, f64)| (x - 1.0, base - HEIGHT + 2.0, x + wide + 1.0, base + 3.0);
        let is_free = |area: &Area| {
            let within = area.0 >= left && area.2 <= right && area.1 >= top && area.3 <= bottom;
            within
                && !taken
                    .iter()
                    .any(|other| area.0 < other.2 && area.2 > other.0 && area.1 < other.3 && area.3 > other.1)
        };
        let found = beside.into_iter().find(|at| is_free(&area(*at)))?;
        taken.push(area(found));
        Some(found)
    };
    points.iter().zip(widths).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_cover_neither_each_other_nor_points() {
        let points = [(50.0, 50.0), (52.0, 50.0), (95.0, 50.0), (51.0, 52.0)];
        let placed = place_labels(&points, &[30.0; 4], (0.0, 0.0, 100.0, 100.0));
        assert!(placed[0].is_some() && placed.iter().flatten().count() >= 2);
        let areas: Vec<_> = placed.iter().flatten().map(|(x, y)| (*x, y - 10.0, x + 30.0, *y)).collect();
        for (at, one) in areas.iter().enumerate() {
            assert!(one.0 >= 0.0 && one.2 <= 100.0);
            for other in &areas[at + 1..] {
                assert!(one.0 >= other.2 || other.0 >= one.2 || one.1 >= other.3 || other.1 >= one.3);
            }
        }
        assert_eq!(place_labels(&[(5.0, 5.0)], &[30.0], (0.0, 0.0, 10.0, 10.0)), [None]);
    }
}
