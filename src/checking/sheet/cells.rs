//! The cells of an item.

use std::path::Path;

use crate::checking::{Coding, Item, ItemKind};
use crate::tables::{SheetCell, TableError, write_sheet};

/// What is filled in where a hit is right or wrong, and where a sentence was read.
pub(super) const RIGHT: &str = "right";
pub(super) const WRONG: &str = "wrong";
pub(super) const DONE: &str = "done";

/// An item with what its cells hold and it does not.
pub(super) struct Row<'a> {
    item: &'a Item,
    id: String,
    missed: String,
}

impl<'a> Row<'a> {
    pub fn of(item: &'a Item) -> Self {
        let missed = item.judgement.missed.iter().map(|marked| {
            let denied = if marked.negated { "!" } else { "" };
            format!("{denied}{}", marked.category)
        });
        Row { item, id: item.id(), missed: missed.collect::<Vec<_>>().join(";") }
    }

    /// The cells, in the order of the columns.
    pub fn cells(&self) -> Vec<SheetCell<'_>> {
        use SheetCell::{Decimal, Empty, Text, Truth, Whole};
        let Item { coding, stratum, judgement, .. } = self.item;
        let item = self.item;
        let coded = |text: fn(&Coding) -> &str| coding.as_ref().map_or(Empty, |coding| Text(text(coding)));
        let right = match (judgement.right, item.kind) {
            (None, _) => Empty,
            (Some(true), ItemKind::Hit) => Text(RIGHT),
            (Some(false), ItemKind::Hit) => Text(WRONG),
            (Some(_), ItemKind::Sentence) => Text(DONE),
        };
        let mut cells = vec![
            Whole(item.item),
            Text(item.kind.name()),
            Text(&self.id),
            Text(&item.document),
            Whole(item.line),
            Whole(item.sentence),
            Whole(item.start),
            Whole(item.end),
            Text(&item.before),
            Text(&item.left),
            Text(&item.node),
            Text(&item.right),
            Text(&item.after),
            coded(|coding| &coding.marker),
            coded(|coding| coding.stance.name()),
            coded(|coding| &coding.marked.category),
            coded(|coding| &coding.term),
            coding.as_ref().map_or(Empty, |coding| Truth(coding.marked.negated)),
            Text(&stratum.name),
            Whole(stratum.size),
            Whole(stratum.drawn),
            Decimal(stratum.chance()),
            Whole(item.hits_in_sentence),
        ];
        cells.extend(item.value.as_deref().map(Text));
        cells.extend([
            right,
            judgement.category.as_deref().map_or(Empty, Text),
            judgement.negated.map_or(Empty, Truth),
            Text(&self.missed),
            Text(&judgement.note),
        ]);
        cells
    }
}

/// Writes items as CSV, to a file of any name; `variable` is the one by which was stratified.
///
/// # Errors
/// A file that can't be written.
pub fn write_csv(path: &Path, variable: Option<&str>, items: &[Item]) -> Result<(), TableError> {
    let rows: Vec<Row> = items.iter().map(Row::of).collect();
    write_sheet(path, variable, rows.iter().map(Row::cells))
}
