//! What the tables that name no hit say of the others and of the record.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::data_package::{DATA_PACKAGE, data_package};
use super::super::folder::{FIGURES, FILES, RECORD};
use super::super::{Change, Identified, ReadBackError, RunRecord};
use super::cursor::agree;
use super::differing::{digest, open_file};
use super::rows::RowReader;
use super::run_tables::RunTables;

/// Checks that `duplicates.csv`, `groups.csv` and `comparisons.csv` agree with the record, and that `datapackage.json`
/// describes the tables.
///
/// # Errors
/// A table that can't be read or is not as it was written; figures that don't agree.
pub fn check_others(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    check_duplicates(tables, record)?;
    check_groups(tables, record)?;
    check_data_package(tables, record)
}

fn check_duplicates(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    let mut rows = tables.open("duplicates")?;
    let [kind] = rows.columns(["kind"])?;
    let mut duplicates: u64 = 0;
    while rows.next_row()? {
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
    let by = &comparison.design.by;
    let unknown = |rows: &RowReader, cell: &str| {
        rows.changed(Change::Expected { expected: format!("a group of {by}"), found: Some(cell.into()) })
    };
    let mut rows = tables.open("groups")?;
    let [variable, group, stratum, documents] =
        rows.columns(["variable", "group", "stratum", "documents"])?;
    while rows.next_row()? {
        let found = comparison.groups.iter().find(|known| known.group == rows.text(group));
        let Some(known) = found.filter(|_| rows.text(variable) == by) else {
            return Err(unknown(&rows, rows.text(group)));
        };
        if rows.text(stratum).is_empty() {
            agree(&rows, documents, known.documents)?;
        }
    }
    let mut rows = tables.open("comparisons")?;
    let [first, second] = rows.columns(["group_a", "group_b"])?;
    while rows.next_row()? {
        for column in [first, second] {
            let cell = rows.text(column);
            if !comparison.groups.iter().any(|known| known.group == cell) {
                return Err(unknown(&rows, cell));
            }
        }
    }
    Ok(())
}

fn check_data_package(tables: RunTables, record: &RunRecord) -> Result<(), ReadBackError> {
    let Some(file) = record.files.iter().find(|file| file.name == DATA_PACKAGE) else { return Ok(()) };
    let path = tables.path(&file.name);
    let unreadable = |source| ReadBackError::Unreadable { path: path.clone(), source };
    let mut text = String::new();
    open_file(&path).and_then(|mut file| file.read_to_string(&mut text)).map_err(unreadable)?;
    let expected = data_package(tables, &record.tables, record.options.lang)?;
    if text == expected {
        return Ok(());
    }
    let differs = (1..).zip(text.lines().zip(expected.lines())).find(|(_, (found, own))| found != own);
    let (line, (found, own)) = differs.unwrap_or((1, (DATA_PACKAGE, DATA_PACKAGE)));
    let change = Change::Disagrees { column: DATA_PACKAGE.into(), figure: found.into(), others: own.into() };
    Err(ReadBackError::Changed { path, line, change })
}

/// Checks that a file of a run that is no table is as it was written.
///
/// # Errors
/// A file that can't be read, or has other bytes.
pub fn check_file(folder: &Path, file: &Identified) -> Result<(), ReadBackError> {
    let path = folder.join(&file.name);
    match digest(&path) {
        Ok(digest) if digest == file.sha256 => Ok(()),
        Ok(_) => Err(ReadBackError::Digest(path)),
        Err(source) => Err(ReadBackError::Unreadable { path, source }),
    }
}

/// Files that a run may have, are in its folder, and are not in its record.
pub fn unrecorded_files(folder: &Path, record: &RunRecord) -> Vec<PathBuf> {
    let tables = record.tables.iter().map(|table| &table.name);
    let recorded: Vec<&String> = tables.chain(record.files.iter().map(|file| &file.name)).collect();
    let is_recorded = |name: &str| recorded.iter().any(|known| *known == name);
    let files = FILES.iter().filter(|name| **name != RECORD && !is_recorded(name));
    let files = files.map(|name| folder.join(name)).filter(|path| path.symlink_metadata().is_ok());
    let figures = fs::read_dir(folder.join(FIGURES)).into_iter().flatten().flatten();
    let figures = figures.filter(|figure| {
        figure.file_name().to_str().is_none_or(|name| !is_recorded(&format!("{FIGURES}/{name}")))
    });
    let mut figures: Vec<PathBuf> = figures.map(|figure| figure.path()).collect();
    figures.sort();
    files.chain(figures).collect()
}
