//! The observations of a run, from its tables.

use super::super::columns::variable_columns;
use super::super::formulas::unprotected;
use super::super::{Change, ReadBackError};
use super::fifths::fifths;
use super::rows::RowReader;
use super::run_tables::RunTables;
use crate::counts::{
    DocumentTotals, GroupingError, Observations, ObservationsBuilder, SENTENCE_KINDS, find_variable,
};
use crate::lexicon::Stance;

/// The counts of a run's documents, grouped by a variable, from its tables.
///
/// # Errors
/// A table that can't be read, or documents that can't be grouped by the variable.
pub fn observations(tables: RunTables, variable: &str) -> Result<Observations, ReadBackError> {
    let mut builder = ObservationsBuilder::new(variable);
    add_documents(&mut builder, tables, variable)?;
    add_categories(&mut builder, tables)?;
    add_markers(&mut builder, tables)?;
    let (mut observations, names) = builder.finish_with_names()?;
    observations.fifths = fifths(tables, &observations, &names)?;
    Ok(observations)
}

/// Checks that the documents of a run have a variable.
///
/// # Errors
/// A table that can't be read, or no variable of that name.
pub fn check_variable(tables: RunTables, variable: &str) -> Result<(), ReadBackError> {
    let rows = tables.open("documents")?;
    rows.columns(["document", "tokens"])?;
    variable_column(&rows.header, variable).map(drop)
}

fn add_documents(
    builder: &mut ObservationsBuilder,
    tables: RunTables,
    variable: &str,
) -> Result<(), ReadBackError> {
    let mut rows = tables.open("documents")?;
    let group = variable_column(&rows.header, variable)?;
    let [document, tokens, sentences] = rows.columns(["document", "tokens", "sentences"])?;
    let stances = rows.columns(Stance::ALL.map(Stance::name))?;
    let kinds = SENTENCE_KINDS.map(|kind| format!("sentences_{kind}"));
    let kinds = rows.columns(kinds.each_ref().map(String::as_str))?;
    while rows.next()? {
        let totals = DocumentTotals {
            tokens: rows.count(tokens)?,
            sentences: rows.count(sentences)?,
            stances: rows.counts(stances)?,
            sentence_kinds: rows.counts(kinds)?,
        };
        let name = rows.text(document);
        if builder.add_document(name, rows.text(group), totals).is_err() {
            return Err(rows.changed(Change::DuplicateDocument(name.into())));
        }
    }
    Ok(())
}

/// The column of `documents.csv` that holds a variable: one that is none of the program's own.
fn variable_column(header: &[String], variable: &str) -> Result<usize, ReadBackError> {
    let indices = variable_columns("documents", header);
    let names: Vec<String> =
        indices.iter().filter_map(|index| header.get(*index)).map(|name| unprotected(name).into()).collect();
    let found = indices.get(find_variable(variable, &names)?);
    found.copied().ok_or_else(|| GroupingError::NoVariables(variable.into()).into())
}

fn add_categories(builder: &mut ObservationsBuilder, tables: RunTables) -> Result<(), ReadBackError> {
    let mut rows = tables.open("categories")?;
    let [document, stance, category, count] = rows.columns(["document", "stance", "category", "count"])?;
    while rows.next()? {
        let document = known_document(builder, &rows, document)?;
        builder.add_category(document, rows.stance(stance)?, rows.text(category), rows.count(count)?);
    }
    Ok(())
}

fn add_markers(builder: &mut ObservationsBuilder, tables: RunTables) -> Result<(), ReadBackError> {
    let mut rows = tables.open("markers")?;
    let [document, marker, stance, category, count] =
        rows.columns(["document", "marker", "stance", "category", "count"])?;
    while rows.next()? {
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
