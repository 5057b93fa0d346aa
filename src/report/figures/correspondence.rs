//! Correspondence map of categories and groups.

use super::canvas::{Anchor, Canvas};
use super::data::{Data, cell};
use super::layout::{QUIET, category_name, note, place_labels};
use super::lettering::{fitted, width};
use super::links::Link;
use super::palette::point;
use super::scale::Scale;
use super::{Figure, Panel, SMALL, WIDTH, in_each};
use crate::report::source::{Grouping, Source, SourceCategory};
use crate::statistics::{Correspondence, correspondence};

/// The figure; none for fewer than three groups or four categories that occur.
pub fn figure(source: &Source) -> Option<Figure<'_>> {
    let grouping = source.grouping.as_ref()?;
    let of_group =
        |category: &SourceCategory, group: usize| category.by_group.get(group).copied().unwrap_or_default();
    let categories: Vec<&SourceCategory> = source
        .categories
        .iter()
        .filter(|category| category.by_group.iter().any(|count| *count > 0))
        .collect();
    let groups: Vec<usize> = (0..grouping.groups.len())
        .filter(|group| categories.iter().any(|category| of_group(category, *group) > 0))
        .collect();
    if groups.len() < 3 || categories.len() < 4 {
        return None;
    }
    let counts: Vec<Vec<u64>> = groups
        .iter()
        .map(|group| categories.iter().map(|category| of_group(category, *group)).collect())
        .collect();
    let map = correspondence(&counts)?;
    let total: f64 = map.inertias.iter().sum();
    let mut data = Data::new(&["kind", "name", "axis_1", "axis_2", "inertia", "share"]);
    for (axis, inertia) in map.inertias.iter().enumerate() {
        let name = (axis + 1).to_string();
        data.rows.push(vec![
            "axis".into(),
            name,
            String::new(),
            String::new(),
            rounded(*inertia),
            rounded(inertia / total),
        ]);
    }
    let named = groups.iter().filter_map(|group| grouping.groups.get(*group));
    for (name, at) in named.zip(&map.rows) {
        let [first, second] = at.map(rounded);
        data.rows.push(vec!["group".into(), name.clone(), first, second, cell(None), cell(None)]);
    }
    for (category, at) in categories.iter().zip(&map.columns) {
        let [first, second] = at.map(rounded);
        data.rows.push(vec!["category".into(), category.name.clone(), first, second, cell(None), cell(None)]);
    }
    let variable = grouping.variable.as_str();
    Some(Figure {
        name: "correspondence",
        panel: Panel::What,
        data,
        titles: in_each(|words| words.say("figures.correspondence_title", &[("variable", &variable)])),
        descriptions: in_each(|words| words.of("figures.correspondence_note")),
        draw: Box::new(move |canvas| draw(canvas, grouping, &groups, &categories, &map)),
    })
}

/// A coordinate with so many digits as the iteration that finds it gives on every system.
fn rounded(value: f64) -> String {
    let text = format!("{value:.6}");
    if text.trim_start_matches('-').bytes().all(|byte| byte == b'0' || byte == b'.') {
        "0.000000".into()
    } else {
        text
    }
}

fn draw(
    canvas: &mut Canvas,
    grouping: &Grouping,
    groups: &[usize],
    categories: &[&SourceCategory],
    map: &Correspondence,
) -> (f64, f64) {
    let all = || map.rows.iter().chain(&map.columns);
    let bounds = |axis: usize| {
        let values = || all().filter_map(move |at| at.get(axis).copied());
        (values().fold(0.0, f64::min), values().fold(0.0, f64::max))
    };
    let ((west, east), (south, north)) = (bounds(0), bounds(1));
    let (left, top, right) = (8.0, 8.0, WIDTH - 8.0);
    // The same unit on both axes, as distances mean something.
    let unit = (right - left - 150.0) / (east - west).max(1e-9);
    let height = ((north - south) * unit + 60.0).clamp(220.0, 520.0);
    let unit = unit.min((height - 60.0) / (north - south).max(1e-9));
    let bottom = top + height;
    let (middle_x, middle_y) = ((west + east) / 2.0, (south + north) / 2.0);
    let (half_x, half_y) = ((right - left) / 2.0 / unit, height / 2.0 / unit);
    let across = Scale::new((middle_x - half_x, middle_x + half_x), (left, right));
    let up = Scale::new((middle_y - half_y, middle_y + half_y), (bottom, top));
    let ink = canvas.ink();
    canvas.rectangle(
        (left, top),
        (right - left, height),
        &[("fill", "none"), ("stroke", ink), ("stroke-opacity", "0.3")],
    );
    let dashed = [("stroke", ink), ("stroke-opacity", "0.35"), ("stroke-dasharray", "3 3")];
    canvas.line((across.place(0.0), top), (across.place(0.0), bottom), &dashed);
    canvas.line((left, up.place(0.0)), (right, up.place(0.0)), &dashed);
    let place = |at: &[f64; 2]| (across.place(at[0]), up.place(at[1]));
    let points: Vec<(f64, f64)> = all().map(place).collect();
    let language = canvas.words.language;
    let names: Vec<String> = groups
        .iter()
        .map(|group| grouping.groups.get(*group).map_or("", String::as_str))
        .chain(categories.iter().map(|category| category_name(category, language)))
        .map(|name| fitted(name, SMALL, 140.0).into_owned())
        .collect();
    let is_group = |number: usize| number < groups.len();
    let widths: Vec<f64> = names
        .iter()
        .enumerate()
        .map(|(number, name)| width(name, SMALL) * if is_group(number) { 1.08 } else { 1.0 })
        .collect();
    let labels = place_labels(&points, &widths, (left, top, right, bottom));
    for (number, ((name, at), label)) in names.iter().zip(&points).zip(labels).enumerate() {
        let category = number.checked_sub(groups.len()).and_then(|number| categories.get(number));
        let link = match category {
            Some(category) => Link::affirmed().and("category", &category.name),
            None => {
                let group = groups.get(number).and_then(|group| grouping.groups.get(*group));
                Link::affirmed().group(&grouping.variable, group.map_or("", String::as_str))
            }
        };
        canvas.mark(&link, name, |canvas| {
            let (x, y) = *at;
            match category {
                Some(category) => point(canvas, category.stance, *at, 3.4),
                None => {
                    canvas.path(
                        &[(x, y - 5.0), (x + 5.0, y), (x, y + 5.0), (x - 5.0, y)],
                        true,
                        &[("fill", ink)],
                    );
                }
            }
            if let Some(label) = label {
                let weight = if category.is_none() { "bold" } else { "normal" };
                canvas.text(label, Anchor::Start, SMALL, name, &[("font-weight", weight)]);
            }
        });
    }
    let total: f64 = map.inertias.iter().sum();
    let percent =
        |axis: usize| format!("{:.1}", map.inertias.get(axis).map_or(0.0, |inertia| inertia / total * 100.0));
    let (first, second) = (percent(0), percent(1));
    let axes = canvas.words.say("figures.axes", &[("first", &first), ("second", &second)]);
    canvas.text((left, bottom + 16.0), Anchor::Start, SMALL, &axes, &[QUIET]);
    let text = canvas.words.of("figures.correspondence_note");
    (WIDTH, note(canvas, bottom + 18.0, &text))
}
