//! The comparison of a run's groups, from its tables.
//!
//! `hedgerow count --by` and `hedgerow compare` both come here: neither knows more than the tables hold, so both
//! write the same.

use std::collections::BTreeSet;
use std::path::Path;

#[cfg(feature = "report")]
use super::super::Outputs;
use super::{AnalysisError, Comparison, Plan, Progress, compare};
use crate::counts::{Design, Observations};
use crate::messages::{Language, Message};
use crate::tables::{
    ComparisonRecord, GroupRecord, LikelyCluster, ReadBackError, RunRecord, RunTables, TableError,
    TableRecord, TablesFolder, check_design, check_sums, likely_cluster, observations, write_comparisons,
    write_groups, write_omnibus,
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
    /// What documents share that the design does not name, as those of one site do.
    pub likely_cluster: Option<LikelyCluster>,
    /// What else the user should know.
    pub notes: Vec<Message>,
}

impl Compared {
    /// Compares the documents of a run, from its tables.
    pub(in super::super) fn new(
        tables: RunTables,
        design: &Design,
        plan: Plan,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Self, ReadBackError> {
        let observations = observations(tables, design)?;
        let likely_cluster = match design.dependence() {
            None => likely_cluster(tables, design)?,
            Some(_) => None,
        };
        let comparison = compare(&observations, plan, progress);
        Ok(Compared { observations, plan, comparison, likely_cluster, notes: Vec::new() })
    }

    /// Writes the tables of the comparison into a folder, with notes in a language.
    pub(in super::super) fn write(
        &self,
        folder: &Path,
        language: Language,
    ) -> Result<Vec<TableRecord>, TableError> {
        let Compared { observations, comparison, .. } = self;
        let parts = || std::iter::once(comparison).chain(&comparison.strata);
        let groups: Vec<_> = parts().map(|part| part.groups.as_slice()).collect();
        let pairs: Vec<_> = parts().map(|part| part.pairs.as_slice()).collect();
        let omnibus: Vec<_> = parts().map(|part| part.omnibus.as_slice()).collect();
        let mut tables = vec![
            write_groups(folder, observations, &groups, language)?,
            write_comparisons(folder, observations, &pairs, language)?,
        ];
        if observations.groups.len() > 2 {
            tables.push(write_omnibus(folder, observations, &omnibus, language)?);
        }
        Ok(tables)
    }

    /// What the record of the run says of it.
    pub(in super::super) fn record(&self) -> ComparisonRecord {
        let Observations { design, groups, values, strata, documents, left_out, .. } = &self.observations;
        let group = |(index, group): (usize, &String)| GroupRecord {
            group: group.clone(),
            documents: documents.iter().filter(|document| document.group == index).count(),
        };
        let clusters: BTreeSet<usize> = documents.iter().map(|document| document.cluster).collect();
        ComparisonRecord {
            design: design.clone(),
            seed: self.plan.seed,
            resamples: self.plan.resamples,
            groups: groups.iter().enumerate().map(group).collect(),
            trend: groups.len() > 2 && !values.is_empty(),
            strata: strata.clone(),
            clusters: design.dependence().map(|_| clusters.len()),
            likely_cluster: self.likely_cluster.clone(),
            left_out: left_out.clone(),
        }
    }
}

/// How many rows a comparison reads: it checks sums, and counts.
fn rows(tables: RunTables) -> u64 {
    let twice = ["documents", "categories", "markers"].map(|name| tables.rows(name).saturating_mul(2));
    twice.into_iter().fold(tables.rows("concordance"), u64::saturating_add)
}

/// Compares the groups of a finished run, and puts the tables of the comparison beside its others.
///
/// # Errors
/// A folder that holds no finished run or a comparison already (unless it may be replaced), documents that can't be
/// grouped so, or a table that can't be written.
pub fn compare_run(
    folder: &Path,
    design: &Design,
    plan: Plan,
    replace: bool,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Compared, AnalysisError> {
    let mut record = RunRecord::read(folder)?;
    // A mistyped name is said before what else may be in the way.
    check_design(RunTables::new(folder, &record.tables), design)?;
    #[cfg_attr(not(feature = "report"), expect(unused_mut, reason = "tables are taken for the report"))]
    let mut making = TablesFolder::join(folder, replace)?;
    // Again, now that no other run can replace it.
    record = RunRecord::read(folder)?;
    let total = rows(RunTables::new(folder, &record.tables));
    let told = |done| progress(Progress::Rows { done, total });
    let tables = record.tables.clone();
    let read = RunTables::new(folder, &tables).telling(&told);
    check_sums(read, &record)?;
    let mut compared = Compared::new(read, design, plan, progress)?;
    record.tables.retain(|table| table.name != "omnibus.csv");
    record.add_tables(compared.write(making.path(), record.options.lang)?);
    record.comparison = Some(compared.record());
    #[cfg(feature = "report")]
    let outputs = Outputs::of(&record);
    record.describe_tables(making.path(), folder)?;
    #[cfg(feature = "report")]
    {
        record = outputs.join(&mut making, record, progress)?;
    }
    compared.notes = making.publish_joined(&record)?;
    Ok(compared)
}
