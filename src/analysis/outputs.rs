//! What people look at of a run, made of its tables when these are complete.

use std::path::Path;

use super::{AnalysisError, Progress};
use crate::messages::Message;
use crate::report;
use crate::tables::{RunRecord, TablesFolder};

/// What a run writes besides its tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outputs {
    /// `report.html`, and the plots in `figures/`.
    pub report: bool,
    /// `tables.xlsx`, the tables as one workbook.
    pub workbook: bool,
}

impl Outputs {
    /// What a run has written.
    pub fn of(record: &RunRecord) -> Self {
        Outputs { report: record.has_report(), workbook: record.has_workbook() }
    }

    /// Writes them into the folder that has the tables; gives the record with their names.
    pub(super) fn with(
        self,
        folder: &Path,
        mut record: RunRecord,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<RunRecord, AnalysisError> {
        let workbook: u64 = record.tables.iter().map(|table| table.rows).sum();
        let total = [(self.report, report::rows(&record)), (self.workbook, workbook)];
        let total = total.into_iter().filter(|(is_written, _)| *is_written).map(|(_, rows)| rows).sum();
        let told = |done| progress(Progress::Rows { done, total });
        if self.report {
            let written = report::write(folder, &record, &told)?;
            record.add_files(folder, &written)?;
        }
        if self.workbook {
            let written = report::workbook::write(folder, &record, &told)?;
            record.add_files(folder, &[written])?;
        }
        Ok(record)
    }

    /// The same for files that are to join a finished run.
    pub(crate) fn join(
        self,
        making: &mut TablesFolder,
        record: RunRecord,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<RunRecord, AnalysisError> {
        if self == Outputs::default() {
            return Ok(record);
        }
        making.take_tables(&record)?;
        self.with(making.path(), record, progress)
    }
}

/// Makes what people look at of a finished run anew. Gives notes for the user.
///
/// # Errors
/// A folder without a run, or with tables that are not as they were written; a file that can't be written.
pub fn report_run(
    folder: &Path,
    outputs: Outputs,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Message>, AnalysisError> {
    RunRecord::read(folder)?;
    let mut making = TablesFolder::join_report(folder)?;
    // Again, now that no other run can replace it.
    let mut record = RunRecord::read(folder)?;
    // A workbook that is there is made anew, too.
    let outputs = Outputs { workbook: outputs.workbook || record.has_workbook(), ..outputs };
    record.forget_report();
    let record = outputs.join(&mut making, record, progress)?;
    Ok(making.publish_joined(&record)?)
}
