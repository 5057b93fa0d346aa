//! What a count is asked to do: by options, or by the record of an earlier run.

use std::io::Write;
use std::path::{Path, PathBuf};

use hedgerow::analysis::{Finding, Outputs, Plan, bytes, verify_inputs, verify_set_up};
use hedgerow::corpus::{Corpus, ReadOptions};
use hedgerow::messages::Language;
use hedgerow::tables::{RunRecord, TableRecord, columns};
use hedgerow::{Counter, Design, WrapPolicy};

use super::error::{Error, Result};
use super::messages;
use super::show::progress::Bars;

/// The options that decide what the tables hold.
pub struct Asked {
    pub reading: ReadOptions,
    pub wrapping: WrapPolicy,
    pub skip_unreadable: bool,
    pub skip_other_languages: bool,
    pub drop_duplicates: bool,
    pub without_text: bool,
    pub outputs: Outputs,
    pub language: Language,
    pub compare: Option<(Design, Plan)>,
}

/// The tables of a count that hold variables.
pub const WITH_VARIABLES: [&str; 2] = ["documents", "concordance"];

/// How documents are read, if no variable may have the name of a column of some tables.
pub fn with_variables(reading: ReadOptions, variables: Option<PathBuf>, tables: &[&str]) -> ReadOptions {
    let own_columns = columns().iter().filter(|column| tables.contains(&column.table.as_str()));
    ReadOptions { variables, reserved: own_columns.map(|column| column.column.clone()).collect(), ..reading }
}

impl Asked {
    /// The options of an earlier run; `path` is its record.
    pub fn recorded(path: &Path, record: &RunRecord, variables: Option<PathBuf>) -> Result<Self> {
        let options = &record.options;
        let unknown = || Error::own("program.recorded_options", &[("path", &path.display())]);
        Ok(Asked {
            reading: with_variables(options.reading().map_err(|_| unknown())?, variables, &WITH_VARIABLES),
            wrapping: options.wrapping().ok_or_else(unknown)?,
            skip_unreadable: options.skip_unreadable,
            skip_other_languages: options.skip_other_languages,
            drop_duplicates: options.drop_duplicates,
            without_text: options.without_text,
            outputs: Outputs::of(record),
            language: options.lang,
            compare: record.comparison.as_ref().map(|comparison| {
                let plan = Plan { seed: comparison.seed, resamples: comparison.resamples };
                (comparison.design.clone(), plan)
            }),
        })
    }
}

/// The earlier run that a count repeats.
pub struct Earlier {
    path: PathBuf,
    pub record: RunRecord,
}

impl Earlier {
    /// Reads the record of a run, or that of the run in a folder.
    pub fn read(path: &Path) -> Result<Self> {
        let path = if path.is_dir() { path.join("run.json") } else { path.to_owned() };
        let record = RunRecord::read_file(&path)?;
        if !record.parts.is_empty() {
            return Err(Error::own("program.from_merge", &[("path", &path.display())]));
        }
        Ok(Earlier { record, path })
    }

    /// The options of the earlier run.
    pub fn asked(&self, variables: Option<PathBuf>) -> Result<Asked> {
        Asked::recorded(&self.path, &self.record, variables)
    }

    /// Checks that what is to be counted, and with what, is that of the earlier run.
    pub fn check(&self, counter: &Counter, corpus: &Corpus, reading: &ReadOptions) -> Result<()> {
        let set_up = verify_set_up(&self.path.display(), &self.record, counter);
        let bars = Bars::new(bytes(&corpus.inputs));
        let inputs = verify_inputs(&self.record, corpus, reading, &|progress| bars.show(progress));
        bars.clear();
        let problems: Vec<String> = set_up
            .iter()
            .chain(&inputs)
            .filter_map(|finding| match finding {
                Finding::Differs(message) => Some(messages::with_remedy(message)),
                Finding::Agrees(_) => None,
            })
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(Error::Problems(problems)) }
    }

    /// Says whether the new tables in `folder` are those of the earlier run.
    pub fn compare(&self, folder: &Path, out: &mut impl Write) -> Result<()> {
        let record = RunRecord::read(folder)?;
        let both = [&self.record.tables, &record.tables];
        let is_same = |table: &&TableRecord| both.iter().all(|tables| tables.contains(table));
        let mut differing: Vec<String> = both
            .into_iter()
            .flatten()
            .filter(|table| !is_same(table))
            .map(|table| table.name.clone())
            .collect();
        differing.sort_unstable();
        differing.dedup();
        if differing.is_empty() && record != self.record {
            differing.push("run.json".into());
        }
        if differing.is_empty() {
            let same = messages::own_words("program.same", &[("path", &self.path.display())]);
            return Ok(writeln!(out, "{same}")?);
        }
        let differing = differing.join(", ");
        let values: [(_, &dyn std::fmt::Display); 3] =
            [("differing", &differing), ("path", &self.path.display()), ("folder", &folder.display())];
        Err(Error::own("program.differing", &values))
    }
}
