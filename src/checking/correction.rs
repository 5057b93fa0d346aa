//! The figures of a run with the program's error taken out, from sheets that readers have judged.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::sampling::totals;
use super::sheet::{self, ReadSheet, SheetError};
use super::{
    CheckedSample, CodersAgreement, Corrected, CorrectedContrast, CorrectedRate, Counted, ItemKind, Judged,
    Measured, Population, Quality, RunCounts, check_hits_of, run_counts,
};
#[cfg(feature = "report")]
use crate::analysis::Outputs;
use crate::analysis::{AnalysisError, Progress};
use crate::counts::{Design, MAX_GROUPS};
use crate::lexicon::{CategoryLabel, Stance};
use crate::messages::Message;
use crate::statistics::{Notes, Reliability};
use crate::tables::{
    AgreementRecord, CheckRecord, CorrectedFigures, CorrectedRow, Identified, ReadBackError, RunRecord,
    RunTables, TableError, TablesFolder, check_sums, write_corrected,
};

/// What was corrected.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Correction {
    /// The rows of `corrected.csv`.
    pub rows: Vec<CorrectedRow>,
    /// What the record of the run says of the check.
    pub check: CheckRecord,
    /// What else the user should know.
    pub notes: Vec<Message>,
}

/// Figures that can't be corrected.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum CorrectionError {
    /// A sheet that can't be used.
    Sheet(#[from] SheetError),
    /// Tables that can't be read or written.
    Analysis(#[from] AnalysisError),
}

impl CorrectionError {
    /// Its message.
    pub fn message(&self) -> Message {
        match self {
            CorrectionError::Sheet(error) => error.message(),
            CorrectionError::Analysis(error) => error.message(),
        }
    }
}

impl From<ReadBackError> for CorrectionError {
    fn from(error: ReadBackError) -> Self {
        CorrectionError::Analysis(error.into())
    }
}

impl From<TableError> for CorrectionError {
    fn from(error: TableError) -> Self {
        CorrectionError::Analysis(error.into())
    }
}

/// How figures are corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorrectionOptions {
    /// The variable that groups the documents, if it is not that of the sheets.
    pub by: Option<String>,
    /// The variable whose values are the independent units, if it is not that of the run's comparison.
    pub cluster: Option<String>,
    /// Whether an earlier correction is replaced.
    pub replace: bool,
}

/// Corrects the figures of a finished run by filled sheets, and puts `corrected.csv` beside its tables.
///
/// # Errors
/// A folder that holds no finished run or a correction already (unless it may be replaced), a sheet that can't be read or is of another run, a
/// sheet of which nothing is judged or that has not all strata, documents that can't be grouped so, or a table that can't be written.
pub fn correct_run(
    folder: &Path,
    sheets: &[PathBuf],
    options: &CorrectionOptions,
    #[cfg_attr(not(feature = "report"), expect(unused_variables, reason = "the report takes time"))]
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Correction, CorrectionError> {
    let mut record = RunRecord::read(folder)?;
    let categories = sheet::categories(RunTables::new(folder, &record.tables))?;
    let read = sheets.iter().map(|path| sheet::read(path, &categories));
    let read: Vec<ReadSheet> = read.collect::<Result<_, _>>()?;
    let judged = Judged::new(&read)?;
    if let Some(first) = sheets.first().filter(|_| judged.items().next().is_none()) {
        return Err(SheetError::NothingJudged(first.clone()).into());
    }
    let by = options.by.clone().or_else(|| read.first()?.variable.clone());
    #[cfg_attr(not(feature = "report"), expect(unused_mut, reason = "tables are taken for the report"))]
    let mut making = TablesFolder::join_corrected(folder, options.replace)?;
    // Again, now that no other run can replace it.
    record = RunRecord::read(folder)?;
    let tables = RunTables::new(folder, &record.tables);
    check_sums(tables, &record)?;
    check_hits_of(tables, &read)??;
    let [hits, sentences] = totals(tables)?;
    for (kind, all) in [(ItemKind::Hit, hits), (ItemKind::Sentence, sentences)] {
        sheets.first().map_or(Ok(()), |first| judged.check_whole(kind, all, first))?;
    }
    let comparison = record.comparison.as_ref().filter(|known| Some(&known.design.by) == by.as_ref());
    let order: Vec<String> = comparison
        .map(|known| known.groups.iter().map(|group| group.group.clone()).collect())
        .unwrap_or_default();
    let known_cluster = comparison.and_then(|known| known.design.dependence());
    let cluster = options.cluster.as_deref().or(known_cluster).map(str::to_owned);
    let design = by.as_deref().map(Design::by);
    let sampled: HashSet<&str> =
        read.iter().flat_map(|sheet| &sheet.items).map(|item| item.document.as_str()).collect();
    let counts = run_counts(tables, &categories, design.as_ref(), cluster.as_deref(), &order, &sampled)?;
    let sample = judged.sample(&categories, &counts.group_of);
    let agreement = CodersAgreement::new(&judged, read.len());
    let mut check = CheckRecord {
        sheets: Vec::new(),
        by,
        cluster,
        hits: sample.judged(Population::Hits, None),
        sentences: sample.judged(Population::Sentences, None),
        open: judged.open,
        agreement: agreement_records(&agreement),
    };
    for ReadSheet { path, sha256, .. } in &read {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        check.sheets.push(Identified { name, sha256: sha256.clone() });
    }
    let rows = rows(&sample, &categories, &counts, check.by.as_deref().unwrap_or_default());
    let table = write_corrected(making.path(), &rows, record.options.lang)?;
    record.add_tables([table]);
    record.check = Some(check.clone());
    #[cfg(feature = "report")]
    let outputs = Outputs::of(&record);
    record.describe_tables(making.path(), folder)?;
    #[cfg(feature = "report")]
    {
        record = outputs.join(&mut making, record, progress)?;
    }
    let notes = making.publish_joined(&record)?;
    Ok(Correction { rows, check, notes })
}

fn agreement_records(agreement: &CodersAgreement) -> Vec<AgreementRecord> {
    let record = |kind: &str, found: &Reliability| AgreementRecord {
        kind: kind.into(),
        items: found.items,
        same: found.same,
        kappa: found.kappa.value,
        kappa_interval: found.kappa.interval,
        alpha: found.alpha.value,
        alpha_interval: found.alpha.interval,
        ac1: found.ac1.value,
        ac1_interval: found.ac1.interval,
    };
    let both = [("hit", &agreement.hits), ("sentence", &agreement.sentences)];
    both.into_iter().filter(|(_, found)| found.items > 0).map(|(kind, found)| record(kind, found)).collect()
}

/// The rows: of all documents, of each group, then of each pair of groups; by measure.
fn rows(
    sample: &CheckedSample,
    categories: &[CategoryLabel],
    counts: &RunCounts,
    variable: &str,
) -> Vec<CorrectedRow> {
    let group = |index: usize| counts.groups.get(index).cloned().unwrap_or_default();
    let of = |measured: Measured| named(measured, categories, variable);
    let mut rows = Vec::new();
    for (domain, (documents, counted)) in counts.each_domain() {
        for (measured, counted) in counts.measures.iter().zip(counted) {
            let quality = sample.quality(*measured, domain);
            let rate = sample.rate(*measured, domain, *counted);
            rows.push(CorrectedRow {
                group: domain.map(group).unwrap_or_default(),
                figures: group_figures(*documents, *counted, quality, rate),
                check_share: rate.corrected.check_share,
                note: note(sample, rate.count, rate.corrected),
                ..of(*measured)
            });
        }
    }
    let groups: BTreeSet<usize> = (0..counts.groups.len()).collect();
    if groups.len() > MAX_GROUPS {
        return rows;
    }
    let counted = |index: usize| counts.domains.get(index.saturating_add(1));
    for (a, b) in groups.iter().flat_map(|a| groups.iter().filter(move |b| a < *b).map(move |b| (*a, *b))) {
        let (Some((_, first)), Some((_, second))) = (counted(a), counted(b)) else { continue };
        for (measured, counted) in counts.measures.iter().zip(first.iter().zip(second)) {
            let contrast = sample.contrast(*measured, [Some(a), Some(b)], [*counted.0, *counted.1]);
            rows.push(CorrectedRow {
                group: group(a),
                against: group(b),
                figures: pair_figures(&contrast),
                check_share: contrast.log_ratio.check_share.or(contrast.difference.check_share),
                note: note(sample, contrast.difference.value, contrast.log_ratio),
                ..of(*measured)
            });
        }
    }
    rows
}

fn named(measured: Measured, categories: &[CategoryLabel], variable: &str) -> CorrectedRow {
    let variable = variable.to_owned();
    let of_stance = |stance: Stance| CorrectedRow {
        variable: variable.clone(),
        level: "stance",
        measure: stance.name().into(),
        stance: stance.name(),
        ..CorrectedRow::default()
    };
    match measured {
        Measured::Stance(stance) => of_stance(stance),
        Measured::Category(at) => {
            categories.get(at).map_or_else(CorrectedRow::default, |label| CorrectedRow {
                level: "category",
                measure: label.name.to_string(),
                category: label.name.to_string(),
                term: label.term.to_string(),
                ..of_stance(label.stance)
            })
        }
    }
}

fn group_figures(
    documents: u64,
    counted: Counted,
    quality: Quality,
    rate: CorrectedRate,
) -> CorrectedFigures {
    CorrectedFigures::Group {
        counts: [documents, counted.frequency.size, counted.frequency.count, quality.judged],
        quality: [quality.precision, quality.missed, quality.recall],
        corrected: rate.count,
        rates: [rate.raw, rate.corrected].map(Corrected::estimate),
    }
}

fn pair_figures(contrast: &CorrectedContrast) -> CorrectedFigures {
    let CorrectedContrast { raw_log_ratio, log_ratio, raw_difference, difference } = *contrast;
    let all = [raw_log_ratio, log_ratio, raw_difference, difference];
    CorrectedFigures::Pair(all.map(Corrected::estimate))
}

/// Why a corrected figure, or its interval, is not there.
fn note(sample: &CheckedSample, corrected: Option<f64>, estimate: Corrected) -> Notes {
    match (corrected, estimate.interval) {
        (None, _) if !sample.is_complete() => Notes::one("notes.check_incomplete"),
        (None, _) => Notes::one("notes.check_too_few"),
        (Some(_), None) => Notes::one("notes.check_too_small"),
        (Some(_), Some(_)) => Notes::default(),
    }
}
