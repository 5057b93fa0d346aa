//! What a run was begun with: the first lines of its journal.

use std::io::{self, BufRead, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, to_value};

use super::error::{InputChange, ResumeError};
use super::lines::{Line, length, read_line, write_line};
use crate::corpus::Input;
use crate::tables::RunRecord;

/// The version of the journal's format.
const FORMAT: u32 = 3;

/// Everything that must be the same when a run is gone on with, but for the inputs.
#[derive(Serialize, Deserialize)]
struct Header {
    /// How many inputs there are: a line each.
    inputs: usize,
    /// By name, in the order in which they are compared.
    begun: Vec<(String, String)>,
}

/// What a run is begun with, in words that can be compared.
pub(in crate::analysis) struct Beginning<'a> {
    values: Vec<(String, String)>,
    inputs: &'a [Input],
}

/// How much of a journal's beginning there is.
pub(super) enum Found {
    /// It is whole.
    Whole {
        /// How many bytes it takes.
        bytes: u64,
        /// The first input that is not as it was.
        change: Option<ResumeError>,
    },
    /// It was not written to its end: nothing had been coded.
    Torn,
}

impl<'a> Beginning<'a> {
    /// What a run is begun with, by its record; `comparison` says how groups are compared.
    pub fn new(record: &RunRecord, comparison: Option<String>, inputs: &'a [Input]) -> Self {
        let mut values = vec![
            ("journal".into(), FORMAT.to_string()),
            ("hedgerow".into(), record.hedgerow.clone()),
            ("lindera".into(), record.lindera.clone()),
            ("dictionary".into(), record.dictionary.sha256.clone()),
            ("lexicon".into(), record.lexicon.sha256.clone()),
        ];
        if let Ok(Value::Object(options)) = to_value(&record.options) {
            values.extend(options.into_iter().map(|(name, value)| (name, value.to_string())));
        }
        values.push(("comparison".into(), comparison.unwrap_or_else(|| "none".into())));
        Beginning { values, inputs }
    }

    /// Writes it; gives how many bytes that took.
    pub fn write(&self, file: &mut impl Write) -> io::Result<u64> {
        let header = Header { inputs: self.inputs.len(), begun: self.values.clone() };
        let mut bytes = 0;
        let mut write = |text: String| {
            bytes += length(&text);
            write_line(file, &text)
        };
        write(serde_json::to_string(&header)?)?;
        for input in self.inputs {
            write(serde_json::to_string(&(&input.document, input.bytes(), input.modified()))?)?;
        }
        Ok(bytes)
    }

    /// Reads that of the interrupted run in the folder `path`, which must be the same.
    pub(super) fn check(&self, path: &Path, journal: &mut impl BufRead) -> Result<Found, ResumeError> {
        let damaged = || ResumeError::Damaged(path.into());
        let mut bytes = 0;
        let mut next = || -> Result<Option<String>, ResumeError> {
            let fail = |source| ResumeError::File { path: path.into(), source };
            match read_line(journal).map_err(fail)? {
                Line::Whole(text) => {
                    bytes += length(&text);
                    Ok(Some(text))
                }
                Line::Torn => Ok(None),
                Line::Damaged => Err(damaged()),
            }
        };
        let Some(header) = next()? else { return Ok(Found::Torn) };
        let header: Header = serde_json::from_str(&header).map_err(|_| damaged())?;
        self.check_values(path, &header.begun)?;
        let mut first = None;
        let mut inputs = self.inputs.iter();
        for _ in 0..header.inputs {
            let Some(line) = next()? else { return Ok(Found::Torn) };
            let (document, size, modified): (String, u64, u64) =
                serde_json::from_str(&line).map_err(|_| damaged())?;
            // Behind the first that has changed, only how long the lines are is asked.
            if first.is_none() {
                first = change(inputs.next(), document, (size, modified));
            }
        }
        let first = first.or_else(|| Some((inputs.next()?.document.clone(), InputChange::New)));
        let change =
            first.map(|(document, change)| ResumeError::Input { path: path.into(), document, change });
        Ok(Found::Whole { bytes, change })
    }

    fn check_values(&self, path: &Path, begun: &[(String, String)]) -> Result<(), ResumeError> {
        let none = || "none".to_owned();
        let value = |values: &[(String, String)], name: &str| {
            values.iter().find(|(known, _)| known == name).map_or_else(none, |(_, value)| value.clone())
        };
        for (name, _) in self.values.iter().chain(begun) {
            let (begun, now) = (value(begun, name), value(&self.values, name));
            if begun != now {
                return Err(ResumeError::Begun { path: path.into(), name: name.clone(), begun, now });
            }
        }
        Ok(())
    }
}

/// What has happened to an input by its size and time of modification, of those that are now and those that were, both in the order of their names.
fn change(now: Option<&Input>, document: String, stamp: (u64, u64)) -> Option<(String, InputChange)> {
    match now {
        Some(input) if input.document == document => {
            ((input.bytes(), input.modified()) != stamp).then_some((document, InputChange::Changed))
        }
        Some(input) if input.document < document => Some((input.document.clone(), InputChange::New)),
        _ => Some((document, InputChange::Gone)),
    }
}
