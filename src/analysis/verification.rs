//! Whether a run's tables, its set-up and its inputs are those of its record.

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

use std::collections::HashMap;
use std::fmt::Display;
use std::path::Path;

use super::begun::begun;
use super::{CountOptions, Progress, parallel};
use crate::corpus::{
    Corpus, CorpusError, DocumentReader, Input, InputRecord, LONG, LongText, ReadOptions, Variables,
};
use crate::counter::Counter;
use crate::messages::Message;
use crate::tables::{
    FIGURES, Identified, ReadBackError, RunRecord, RunTables, check_file, check_hits, check_others,
    set_up_differences, unrecorded_files,
};

/// What was found of one thing that a record tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is as the record says.
    Agrees(Message),
    /// It is not.
    Differs(Message),
}

/// Checks every table and other file of a run, and what they say of each other.
pub fn verify_tables(
    folder: &Path,
    record: &RunRecord,
    progress: &(dyn Fn(Progress) + Sync),
) -> Vec<Finding> {
    // Each is read for its digest, and once more for what it says of the others.
    let rows = record.tables.iter().map(|table| table.rows).fold(0, u64::saturating_add);
    let told = |done| progress(Progress::Rows { done, total: rows.saturating_mul(2) });
    let tables = RunTables::new(folder, &record.tables).telling(&told);
    let mut findings = vec![Finding::Agrees(Message::new("verification.record", &[]))];
    for table in &record.tables {
        let name = table.name.trim_end_matches(".csv");
        findings.push(match tables.check([name]) {
            Ok(()) => Finding::Agrees(Message::new(
                "verification.table",
                &[("name", &table.name), ("count", &table.rows)],
            )),
            Err(error) => Finding::Differs(error.message()),
        });
    }
    findings.extend(verify_files(folder, record));
    let unrecorded = unrecorded_files(folder, record);
    findings.extend(
        unrecorded.into_iter().map(|path| Finding::Differs(ReadBackError::NotRecorded(path).message())),
    );
    // What doesn't agree in tables that were changed has been said.
    if findings.iter().all(|finding| matches!(finding, Finding::Agrees(_))) {
        let checked = check_hits(tables, record).and_then(|()| check_others(tables, record));
        findings.push(match checked {
            Ok(()) => Finding::Agrees(Message::new("verification.sums", &[])),
            Err(error) => Finding::Differs(error.message()),
        });
    }
    findings
}

/// Checks the files that are no tables; figures that are as they were are told of together.
fn verify_files(folder: &Path, record: &RunRecord) -> Vec<Finding> {
    let below = format!("{FIGURES}/");
    let mut figures: u64 = 0;
    let mut findings = Vec::new();
    for file in &record.files {
        match check_file(folder, file) {
            Ok(()) if file.name.starts_with(&below) => figures = figures.saturating_add(1),
            Ok(()) => {
                findings.push(Finding::Agrees(Message::new("verification.file", &[("name", &file.name)])));
            }
            Err(error) => findings.push(Finding::Differs(error.message())),
        }
    }
    if figures > 0 {
        let values: [(_, &dyn Display); 2] = [("folder", &below), ("count", &figures)];
        findings.push(Finding::Agrees(Message::new("verification.figures", &values)));
    }
    findings
}

/// Checks that a counter is the one of a run: program, morphological analyser, dictionary and lexicon. `name` is what the
/// record is called.
pub fn verify_set_up(name: &dyn Display, record: &RunRecord, counter: &Counter) -> Vec<Finding> {
    let own = begun(counter, &Variables::default(), &CountOptions::default());
    let differences = set_up_differences((name, record), (&"this program", &own));
    match differences[..] {
        [] => vec![Finding::Agrees(Message::new("verification.set_up", &[]))],
        _ => differences.into_iter().map(Finding::Differs).collect(),
    }
}

/// Checks that the files of a corpus and its tables of variables are those that a run read.
pub fn verify_inputs(
    record: &RunRecord,
    corpus: &Corpus,
    reading: &ReadOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Vec<Finding> {
    let mut findings = verify_documents(record, corpus, reading, progress);
    let variables = variables_differences(&record.options.variables, &corpus.variables);
    findings.extend(variables.into_iter().map(Finding::Differs));
    findings
}

/// Checks that the files of a corpus are those that a run, or the parts of a merge, read.
pub fn verify_documents(
    record: &RunRecord,
    corpus: &Corpus,
    reading: &ReadOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Vec<Finding> {
    let inputs = || record.inputs.iter().chain(record.parts.iter().flat_map(|part| &part.inputs));
    let read = parallel::map(corpus.inputs.iter().collect(), |input| {
        let read = read_input(input, reading);
        progress(Progress::Text(input.bytes()));
        read
    });
    let mut recorded: HashMap<&str, &InputRecord> =
        inputs().map(|input| (input.document.as_str(), input)).collect();
    let mut differences = Vec::new();
    let mut count: u64 = 0;
    for (records, errors) in read {
        for input in records {
            let name: [(_, &dyn Display); 1] = [("document", &input.document)];
            match recorded.remove(input.document.as_str()) {
                None => differences.push(Message::new("verification.input_new", &name)),
                Some(known) if known.sha256 != input.sha256 => {
                    differences.push(Message::new("verification.input_changed", &name));
                }
                Some(known) if !is_read_as(known, &input) => {
                    differences.push(Message::new("verification.input_read", &name));
                }
                Some(_) => count = count.saturating_add(1),
            }
        }
        for error in errors.iter().chain(&corpus.unreadable) {
            if !record.skipped.contains(&error.message().in_language(record.options.lang)) {
                differences.push(error.message());
            }
        }
    }
    let missing = inputs().filter(|input| recorded.contains_key(input.document.as_str()));
    differences.extend(
        missing.map(|input| Message::new("verification.input_missing", &[("document", &input.document)])),
    );
    let mut findings: Vec<Finding> = differences.into_iter().map(Finding::Differs).collect();
    if count > 0 {
        findings.insert(0, Finding::Agrees(Message::new("verification.inputs", &[("count", &count)])));
    }
    findings
}

/// Reads a file to its end, as a count does.
fn read_input(input: &Input, reading: &ReadOptions) -> (Vec<InputRecord>, Vec<CorpusError>) {
    match LongText::open(input, reading, LONG).and_then(|text| text.as_ref().map(LongText::check).transpose())
    {
        Ok(None) => {}
        Ok(Some(record)) => return (vec![record], Vec::new()),
        Err(error) => return (Vec::new(), vec![error]),
    }
    let mut reader = DocumentReader::open(input, reading);
    let errors: Vec<CorpusError> = reader.by_ref().filter_map(Result::err).collect();
    (reader.records, errors)
}

/// Whether a file with the same bytes was read in the same way.
fn is_read_as(known: &InputRecord, input: &InputRecord) -> bool {
    let of = |input: &InputRecord| {
        (
            input.format.clone(),
            input.encoding.clone(),
            input.malformed_bytes,
            input.html.clone(),
            input.documents,
        )
    };
    of(known) == of(input)
}

fn variables_differences(recorded: &[Identified], found: &Variables) -> Vec<Message> {
    let is_found = |table: &&Identified| {
        found.files.iter().any(|(name, sha256)| (name, sha256) == (&table.name, &table.sha256))
    };
    let is_recorded = |(name, sha256): &&(String, String)| {
        recorded.iter().any(|table| (&table.name, &table.sha256) == (name, sha256))
    };
    let gone = recorded.iter().filter(|table| !is_found(table));
    let new = found.files.iter().filter(|table| !is_recorded(table));
    let gone = gone.map(|table| Message::new("verification.variables_missing", &[("name", &table.name)]));
    gone.chain(new.map(|(name, _)| Message::new("verification.variables_new", &[("name", name)]))).collect()
}
