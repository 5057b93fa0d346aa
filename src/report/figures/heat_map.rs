//! Heat map of categories and groups: rates, coloured by how far they are from what equal groups would have.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::documents::stance_key;
use super::layout::{QUIET, Rows, category_name, note};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::point;
use super::scale::signed;
use super::{Figure, Panel, SMALL, WIDTH, in_each};
use crate::counts::Level;
use crate::lexicon::Stance;
use crate::report::source::{GroupRow, Source, SourceCategory};
use crate::statistics::{Frequency, residual};

/// The lower ends of the classes of residuals but the first, and the colours of all with that of text on them.
const ENDS: [f64; 6] = [-6.0, -4.0, -2.0, 2.0, 4.0, 6.0];
const COLOURS: [(&str, &str); 7] = [
    ("#0072B2", "#fff"),
    ("#5ba3cf", "#000"),
    ("#b3d3e6", "#000"),
    ("#e6e6e6", "#000"),
    ("#f5cdae", "#000"),
    ("#e9955a", "#000"),
    ("#D55E00", "#000"),
];

/// An expected count below this is hatched: a residual is no approximate normal deviate there.
const FEW: f64 = 5.0;

/// How high the names of categories are, at most.
const HEADER: f64 = 96.0;

/// A cell of the map.
struct Cell<'a> {
    row: &'a GroupRow,
    residual: Option<f64>,
    expected: f64,
}

/// The figure; none without two groups, or without a marker in them.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let grouping = source.grouping.as_ref().filter(|grouping| grouping.groups.len() > 1)?;
    let categories: Vec<&SourceCategory> = source
        .categories
        .iter()
        .filter(|category| category.by_group.iter().any(|count| *count > 0))
        .collect();
    if categories.is_empty() {
        return None;
    }
    let rows = Rows::of(source);
    let mut cells: Vec<Vec<Option<Cell>>> = Vec::new();
    let mut data =
        Data::new(&["group", "stance", "category", "count", "tokens", "rate", "expected", "residual"]);
    let of_category = |group: usize, category: &SourceCategory| {
        grouping
            .of_level(group, Level::Category)
            .find(|row| row.measure.stance == Some(category.stance) && row.measure.category == category.name)
    };
    for (group, name) in &rows.rows {
        let cells_of_row = categories.iter().map(|category| {
            let row = of_category((*group)?, category)?;
            let own = Frequency { count: row.count, size: row.base };
            let all = (0..grouping.groups.len()).filter_map(|group| of_category(group, category)).fold(
                Frequency::default(),
                |all, row| Frequency { count: all.count + row.count, size: all.size + row.base },
            );
            let rest = Frequency { count: all.count - own.count, size: all.size - own.size };
            let expected = all.count as f64 * own.size as f64 / all.size.max(1) as f64;
            Some(Cell { row, residual: residual(own, rest), expected })
        });
        let cells_of_row: Vec<Option<Cell>> = cells_of_row.collect();
        for (category, found) in categories.iter().zip(&cells_of_row) {
            let Some(found) = found else { continue };
            data.rows.push(vec![
                (*name).to_owned(),
                category.stance.name().to_owned(),
                category.name.clone(),
                found.row.count.to_string(),
                found.row.base.to_string(),
                cell(found.row.rate),
                cell(Some(found.expected)),
                cell(found.residual),
            ]);
        }
        cells.push(cells_of_row);
    }
    let variable = grouping.variable.as_str();
    Some(Figure {
        name: "heatmap",
        panel: Panel::What,
        data,
        titles: in_each(|words| words.say("figures.heat_title", &[("variable", &variable)])),
        descriptions: in_each(|words| words.of("figures.heat_note")),
        draw: Box::new(move |canvas| draw(canvas, variable, &rows, &categories, &cells)),
    })
}

fn class(residual: f64) -> usize {
    ENDS.iter().filter(|end| residual >= **end).count()
}

fn draw(
    canvas: &mut Canvas,
    variable: &str,
    rows: &Rows,
    categories: &[&SourceCategory],
    cells: &[Vec<Option<Cell>>],
) -> (f64, f64) {
    let language = canvas.words.language;
    let names: Vec<&str> = categories.iter().map(|category| category_name(category, language)).collect();
    let widest = names.iter().map(|name| width(name, SMALL)).fold(0.0, f64::max);
    // Slanted by 45 degrees.
    let header = (widest * 0.72 + 14.0).min(HEADER);
    let left = rows.left();
    let hedges = categories.iter().filter(|category| category.stance == Stance::Hedge).count();
    let gap = if hedges > 0 && hedges < categories.len() { 8.0 } else { 0.0 };
    let reach = widest.min((HEADER - 14.0) / 0.72) * 0.72;
    let wide = ((WIDTH - left - gap - reach) / categories.len() as f64).clamp(31.0, 54.0);
    let top = 20.0 + header;
    let tall = 22.0;
    let x_of = |column: usize| left + wide * column as f64 + if column >= hedges { gap } else { 0.0 };
    for (stance, column) in [(Stance::Hedge, 0), (Stance::Assertive, hedges)] {
        let count = if stance == Stance::Hedge { hedges } else { categories.len() - hedges };
        if count > 0 {
            let at = x_of(column);
            point(canvas, stance, (at + 5.0, 9.0), 4.0);
            let heading = canvas.words.of(stance_key(stance));
            canvas.text((at + 14.0, 13.0), Anchor::Start, SMALL, &heading, &[("font-weight", "bold")]);
        }
    }
    for (column, name) in names.iter().enumerate() {
        let (x, y) = (x_of(column) + wide / 2.0, top - 5.0);
        let turn = format!("rotate(-45 {} {})", super::canvas::number(x), super::canvas::number(y));
        let name = fitted(name, SMALL, (HEADER - 14.0) / 0.72);
        canvas.text((x, y), Anchor::Start, SMALL, &name, &[("transform", &turn)]);
    }
    let few = canvas.id("few");
    let pattern = [("id", few.as_str()), ("patternUnits", "userSpaceOnUse"), ("width", "5"), ("height", "5")];
    canvas.group("pattern", &pattern, |canvas| {
        let line = [("stroke", "#777"), ("stroke-width", "0.6"), ("fill", "none")];
        canvas.path(&[(-1.0, 6.0), (6.0, -1.0)], false, &line);
    });
    let few = format!("url(#{few})");
    for (number, ((_, name), cells)) in rows.rows.iter().zip(cells).enumerate() {
        let y = top + tall * number as f64;
        rows.name(canvas, name, y + tall / 2.0);
        for (column, (category, found)) in categories.iter().zip(cells).enumerate() {
            let Some(found) = found else { continue };
            let Some(rate) = found.row.rate else { continue };
            let (colour, ink) =
                COLOURS.get(found.residual.map_or(3, class)).copied().unwrap_or(("#e6e6e6", "#000"));
            let category_name = category_name(category, language);
            let (rate, written) =
                (signed(rate, 1), found.residual.map_or("–".to_owned(), |value| signed(value, 1)));
            let title = canvas.words.say(
                "figures.heat_cell",
                &[
                    ("group", name),
                    ("category", &category_name),
                    ("rate", &rate),
                    ("occurrences", &found.row.count),
                    ("residual", &written),
                ],
            );
            let link = Link::affirmed().and("category", &category.name).group(variable, name);
            canvas.mark(&link, &title, |canvas| {
                let (corner, size) = ((x_of(column), y), (wide - 1.0, tall - 1.0));
                canvas.rectangle(corner, size, &[("fill", colour)]);
                if found.expected < FEW {
                    canvas.rectangle(corner, size, &[("fill", &few)]);
                }
                let at = (x_of(column) + wide / 2.0, y + tall / 2.0 + 3.5);
                canvas.text(at, Anchor::Middle, SMALL - 0.5, &rate, &[("fill", ink)]);
            });
        }
    }
    let y = top + tall * rows.rows.len() as f64 + 10.0;
    let label = canvas.words.of("figures.residual");
    canvas.text((left, y + 10.0), Anchor::Start, SMALL, &label, &[QUIET]);
    let begin = left + width(&label, SMALL) + 14.0;
    for (at, (colour, _)) in COLOURS.iter().enumerate() {
        canvas.rectangle((begin + 30.0 * at as f64, y), (29.0, 11.0), &[("fill", colour)]);
    }
    for (at, end) in ENDS.iter().enumerate() {
        let x = begin + 30.0 * (at as f64 + 1.0) - 0.5;
        canvas.text((x, y + 23.0), Anchor::Middle, SMALL - 0.5, &signed(*end, 0), &[QUIET]);
    }
    let text = canvas.words.of("figures.heat_note");
    let end = note(canvas, y + 25.0, &text);
    (WIDTH.max(x_of(categories.len()) + reach), end)
}
