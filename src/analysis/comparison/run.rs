//! The comparison of a run's groups, from its tables.
//!
//! `hedgerow count --by` and `hedgerow compare` both come here: neither knows more than the tables hold, so both
//! write the same.

use std::path::Path;

use super::{AnalysisError, Comparison, Plan, Progress, compare};
use crate::counts::Observations;
use crate::messages::Message;
use crate::tables::{
    ComparisonRecord, GroupRecord, ReadBackError, RunRecord, RunTables, TableError, TableRecord,
    TablesFolder, check_sums, check_variable, observations, write_comparisons, write_groups,
};

/// What was compared, how, and the figures.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The counts that were compared.
    pub observations: Observations,
    /// How.
    pub plan: Plan,
    /// The figures.
    pub comparison: Comparison,
    /// What else the user should know.
    pub notes: Vec<Message>,
}

impl Compared {
    /// Compares the documents of a run, from its tables.
    pub(in super::super) fn new(
        tables: RunTables,
        variable: &str,
        plan: Plan,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Self, ReadBackError> {
        Ok(Compared::of(observations(tables, variable)?, plan, progress))
    }

    fn of(observations: Observations, plan: Plan, progress: &(dyn Fn(Progress) + Sync)) -> Self {
        let comparison = compare(&observations, plan, progress);
        Compared { observations, plan, comparison, notes: Vec::new() }
    }

    /// Writes the tables of the comparison into a folder.
    pub(in super::super) fn write(&self, folder: &Path) -> Result<[TableRecord; 2], TableError> {
        let Comparison { groups, all_groups, pairs } = &self.comparison;
        Ok([
            write_groups(folder, &self.observations, groups)?,
            write_comparisons(folder, &self.observations, all_groups, pairs)?,
        ])
    }

    /// What the record of the run says of it.
    pub(in super::super) fn record(&self) -> ComparisonRecord {
        let documents = &self.observations.documents;
        let group = |(index, group): (usize, &String)| GroupRecord {
            group: group.clone(),
            documents: documents.iter().filter(|document| document.group == index).count(),
        };
        ComparisonRecord {
            by: self.observations.variable.clone(),
            seed: self.plan.seed,
            resamples: self.plan.resamples,
            groups: self.observations.groups.iter().enumerate().map(group).collect(),
            left_out: self.observations.left_out.clone(),
        }
    }
}

/// Compares the groups of a finished run, and puts the tables of the comparison beside its others.
///
/// # Errors
/// A folder that holds no finished run or a comparison already (unless it may be replaced), documents that can't be
/// grouped so, or a table that can't be written.
pub fn compare_run(
    folder: &Path,
    variable: &str,
    plan: Plan,
    replace: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Compared, AnalysisError> {
    let mut record = RunRecord::read(folder)?;
    // A mistyped name is said before what else may be in the way.
    check_variable(RunTables::new(folder, &record.tables), variable)?;
    let making = TablesFolder::join(folder, replace)?;
    // Again, now that no other run can replace it.
    record = RunRecord::read(folder)?;
    let read = RunTables::new(folder, &record.tables);
    check_sums(read, &record)?;
    let observations = observations(read, variable)?;
    let mut compared = Compared::of(observations, plan, progress);
    record.add_tables(compared.write(making.path())?);
    record.comparison = Some(compared.record());
    compared.notes = making.publish_comparison(&record)?;
    Ok(compared)
}
