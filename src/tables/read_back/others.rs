//! What the tables that name no hit say of the others and of the record.

use std::path::{Path, PathBuf};

use super::super::folder::FILES;
use super::super::{Change, ReadBackError, RunRecord, TableRecord};
use super::cursor::agree;
use super::run_tables::RunTables;

/// Checks that `duplicates.csv`, `groups.csv` and `comparisons.csv` agree with the record.
///
/// # Errors
/// A table that can't be read or is not as it was written; figures that don't agree.
pub fn check_others(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    check_duplicates(tables, record)?;
    check_groups(tables, record)
}

fn check_duplicates(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    let mut rows = tables.open("duplicates")?;
    let [kind] = rows.columns(["kind"])?;
    let mut duplicates: u64 = 0;
    while rows.next()? {
        duplicates = duplicates.saturating_add(u64::from(rows.cell(kind) != "sentence"));
    }
    if duplicates == record.duplicates {
        return Ok(());
    }
    let (figure, others) = (duplicates.to_string(), record.duplicates.to_string());
    Err(rows.changed(Change::Disagrees { column: "kind".into(), figure, others }))
}

fn check_groups(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    let Some(comparison) = &record.comparison else { return Ok(()) };
    let mut rows = tables.open("groups")?;
    let [variable, group, documents] = rows.columns(["variable", "group", "documents"])?;
    while rows.next()? {
        let found = comparison.groups.iter().find(|known| known.group == rows.text(group));
        let found = found.filter(|_| rows.text(variable) == comparison.by);
        let Some(known) = found else {
            return Err(rows.changed(Change::Expected {
                expected: format!("a group of {}", comparison.by),
                found: Some(rows.text(group).into()),
            }));
        };
        agree(&rows, documents, known.documents)?;
    }
    let mut rows = tables.open("comparisons")?;
    let [comparison_kind, first, second] = rows.columns(["comparison", "group_a", "group_b"])?;
    while rows.next()? {
        for column in [first, second] {
            let cell = rows.text(column);
            let is_of_all = cell.is_empty() && rows.cell(comparison_kind) == "all groups";
            if !is_of_all && !comparison.groups.iter().any(|known| known.group == cell) {
                return Err(rows.changed(Change::Expected {
                    expected: format!("a group of {}", comparison.by),
                    found: Some(cell.into()),
                }));
            }
        }
    }
    Ok(())
}

/// Tables that a run may have, are in its folder, and are not in its record.
pub fn unrecorded_tables(folder: &Path, records: &[TableRecord]) -> Vec<PathBuf> {
    let is_recorded = |name: &str| records.iter().any(|record| record.name == name);
    let tables = FILES.iter().filter(|name| name.ends_with(".csv") && !is_recorded(name));
    tables.map(|name| folder.join(name)).filter(|path| path.symlink_metadata().is_ok()).collect()
}
