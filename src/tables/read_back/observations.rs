//! The observations of a run, from its tables.

use super::super::columns::variable_columns;
use super::super::formulas::unprotected;
use super::super::{Change, ReadBackError};
use super::fifths::fifths;
use super::rows::RowReader;
use super::run_tables::{CONCORDANCE, RunTables};
use crate::counts::{
    Design, DesignColumns, DocumentTotals, Observations, ObservationsBuilder, Placement, SENTENCE_KINDS,
};
use crate::lexicon::Stance;

/// The counts of a run's documents, compared by a design, from its tables.
///
/// # Errors
/// A table that can't be read, or documents that can't be compared so.
pub fn observations(tables: RunTables, design: &Design) -> Result<Observations, ReadBackError> {
    let mut builder = ObservationsBuilder::new(design.clone());
    add_documents(&mut builder, tables, design)?;
    add_categories(&mut builder, tables)?;
    add_markers(&mut builder, tables)?;
    let (mut observations, names) = builder.finish_with_names()?;
    // Without hits, nothing is known of where they stand.
    if tables.has(CONCORDANCE) {
        observations.fifths = fifths(tables, &observations, &names)?;
    }
    Ok(observations)
}

/// Checks that the documents of a run have the variables of a design.
///
/// # Errors
/// A table that can't be read, or a variable that isn't there.
pub fn check_design(tables: RunTables, design: &Design) -> Result<(), ReadBackError> {
    let rows = tables.open("documents")?;
    rows.columns(["document", "tokens"])?;
    design_columns(&rows.header, design).map(drop)
}

fn add_documents(
    builder: &mut ObservationsBuilder,
    tables: RunTables,
    design: &Design,
) -> Result<(), ReadBackError> {
    let mut rows = tables.open("documents")?;
    let (variables, columns) = design_columns(&rows.header, design)?;
    let [document, tokens, sentences] = rows.columns(["document", "tokens", "sentences"])?;
    let stances = rows.columns(Stance::ALL.map(Stance::name))?;
    let kinds = SENTENCE_KINDS.map(|kind| format!("sentences_{kind}"));
    let kinds = rows.columns(kinds.each_ref().map(String::as_str))?;
    while rows.next_row()? {
        let totals = DocumentTotals {
            tokens: rows.count(tokens)?,
            sentences: rows.count(sentences)?,
            stances: rows.counts(stances)?,
            sentence_kinds: rows.counts(kinds)?,
        };
        let name = rows.text(document);
        let cell = |variable: usize| variables.get(variable).map_or("", |column| rows.text(*column));
        let group = columns.group(cell);
        let placement =
            Placement { group: &group, stratum: columns.stratum(cell), cluster: columns.cluster(cell) };
        if builder.add_document(name, placement, totals).is_err() {
            return Err(rows.changed(Change::DuplicateDocument(name.into())));
        }
    }
    Ok(())
}

/// The columns of `documents.csv` that hold variables, and which of them are the design's.
fn design_columns(header: &[String], design: &Design) -> Result<(Vec<usize>, DesignColumns), ReadBackError> {
    let variables = variable_columns("documents", header);
    let names: Vec<String> = variables
        .iter()
        .filter_map(|index| header.get(*index))
        .map(|name| unprotected(name).into())
        .collect();
    let columns = DesignColumns::new(design, &names)?;
    Ok((variables, columns))
}

fn add_categories(builder: &mut ObservationsBuilder, tables: RunTables) -> Result<(), ReadBackError> {
    let mut rows = tables.open("categories")?;
    let [document, stance, category, count] = rows.columns(["document", "stance", "category", "count"])?;
    let [term] = rows.columns(["category_ja"])?;
    while rows.next_row()? {
        builder.name_category(rows.text(category), rows.text(term));
        let document = known_document(builder, &rows, document)?;
        builder.add_category(document, rows.stance(stance)?, rows.text(category), rows.count(count)?);
    }
    Ok(())
}

fn add_markers(builder: &mut ObservationsBuilder, tables: RunTables) -> Result<(), ReadBackError> {
    let mut rows = tables.open("markers")?;
    let [document, marker, stance, category, count] =
        rows.columns(["document", "marker", "stance", "category", "count"])?;
    while rows.next_row()? {
        let document = known_document(builder, &rows, document)?;
        let (stance, count) = (rows.stance(stance)?, rows.count(count)?);
        builder.add_marker(document, stance, rows.text(category), rows.text(marker), count);
    }
    Ok(())
}

/// The index of the document that a row of another table names.
fn known_document(
    builder: &ObservationsBuilder,
    rows: &RowReader,
    column: usize,
) -> Result<u32, ReadBackError> {
    let name = rows.text(column);
    builder.document(name).ok_or_else(|| rows.changed(Change::UnknownDocument(name.into())))
}
