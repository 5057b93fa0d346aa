//! JSON Lines: an object on each line.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufRead};
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::table::{Cells, column_name, row_error, stream_error};
use crate::corpus::{CorpusError, TableProblem};

/// The rows.
pub(super) fn rows(document: String, file: impl BufRead) -> impl Iterator<Item = Result<Cells, CorpusError>> {
    let mut names: HashSet<Arc<str>> = HashSet::new();
    lines(file).map(move |line| {
        let (number, line) = line.map_err(|error| stream_error(&document, error))?;
        let object: Map<String, Value> = serde_json::from_str(&line)
            .map_err(|error| row_error(&document, number, TableProblem::NotAnObject(error.to_string())))?;
        let cells = object.into_iter().map(|(key, value)| (shared(&mut names, &key), cell(value)));
        Ok(Cells { line: number, cells: cells.collect() })
    })
}

/// The keys of all rows, in the order of their first occurrence; of a row, in that of the alphabet, as its cells are.
pub(super) fn keys(file: impl BufRead) -> Vec<String> {
    let mut known = HashSet::new();
    let mut keys = Vec::new();
    for (_, line) in lines(file).map_while(Result::ok) {
        let Ok(object) = serde_json::from_str::<BTreeMap<String, IgnoredAny>>(&line) else { continue };
        for key in object.into_keys() {
            let name = column_name(&key);
            if known.insert(name.clone()) {
                keys.push(name);
            }
        }
    }
    keys
}

/// The lines that are not blank, each with its number, from 1; nothing after an error.
fn lines(mut file: impl BufRead) -> impl Iterator<Item = io::Result<(u64, String)>> {
    let mut number = 0;
    let mut is_at_end = false;
    std::iter::from_fn(move || {
        let mut line = String::new();
        while !is_at_end {
            number += 1;
            line.clear();
            match file.read_line(&mut line) {
                Ok(0) => is_at_end = true,
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) => return Some(Ok((number, line))),
                Err(error) => {
                    is_at_end = true;
                    return Some(Err(error));
                }
            }
        }
        None
    })
}

/// The name of a column, one allocation for all rows.
fn shared(names: &mut HashSet<Arc<str>>, key: &str) -> Arc<str> {
    if let Some(name) = names.get(key) {
        return Arc::clone(name);
    }
    let name: Arc<str> = column_name(key).into();
    names.insert(Arc::clone(&name));
    name
}

/// A value as a cell: text as it is, null as an empty cell, other values as JSON.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
