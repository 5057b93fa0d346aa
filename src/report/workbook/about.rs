//! The first sheet: what was counted, with what, and what the other sheets hold.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::cells::Formats;
use super::sheets::{CutCells, Listed};
use crate::report::{ReportError, Words};
use crate::tables::{ComparisonRecord, RunRecord, RunTables, sums};

/// The columns of `documents.csv` whose sums are told, each with its words.
const SUMS: [(&str, &str); 6] = [
    ("sentences", "workbook.sentences"),
    ("tokens", "workbook.tokens"),
    ("hedge", "workbook.hedge"),
    ("hedge_negated", "workbook.hedge_negated"),
    ("assertive", "workbook.assertive"),
    ("assertive_negated", "workbook.assertive_negated"),
];

/// Fills the first sheet, when the others are known.
pub(super) fn fill_about(
    workbook: &mut Workbook,
    record: &RunRecord,
    tables: RunTables,
    words: Words,
    listed: &[Listed],
    cut: &CutCells,
    failed: impl Fn(XlsxError) -> ReportError,
) -> Result<(), ReportError> {
    let counted = sums(tables, SUMS.map(|(column, _)| column))?;
    let sheet = workbook.worksheet_from_index(0).map_err(&failed)?;
    let mut about = About { sheet, formats: Formats::new(), words, row: 0 };
    about.fill(record, &counted, listed, cut).map_err(failed)
}

/// The sheet, and the row that is written next.
struct About<'a> {
    sheet: &'a mut Worksheet,
    formats: Formats,
    words: Words,
    row: u32,
}

impl About<'_> {
    fn fill(
        &mut self,
        record: &RunRecord,
        counted: &[u64],
        listed: &[Listed],
        cut: &CutCells,
    ) -> Result<(), XlsxError> {
        self.sheet.set_column_width(0, 34)?.set_column_width(1, 60)?;
        self.sheet.write_string_with_format(0, 0, self.words.of("workbook.title"), &self.formats.heading)?;
        self.row = 2;
        self.number("workbook.documents", record.documents())?;
        for ((_, key), count) in SUMS.iter().zip(counted) {
            self.number(key, *count)?;
        }
        self.row = self.row.saturating_add(1);
        self.set_up(record)?;
        if let Some(comparison) = &record.comparison {
            self.comparison(comparison)?;
        }
        self.left_out(record)?;
        self.row = self.row.saturating_add(1);
        self.header(["workbook.sheet", "workbook.rows"])?;
        for sheet in listed {
            self.sheet.write_string(self.row, 0, &sheet.name)?.write_number(self.row, 1, sheet.rows)?;
            self.row = self.row.saturating_add(1);
        }
        self.row = self.row.saturating_add(1);
        self.legend()?;
        if cut.cells > 0 {
            let values: [(_, &dyn std::fmt::Display); 2] =
                [("count", &cut.cells), ("places", &cut.places.join(", "))];
            self.sheet.write_string(self.row, 0, self.words.say("workbook.cut", &values))?;
        }
        Ok(())
    }

    fn set_up(&mut self, record: &RunRecord) -> Result<(), XlsxError> {
        self.text("workbook.program", &format!("hedgerow {} (lindera {})", record.hedgerow, record.lindera))?;
        let dictionary = &record.dictionary;
        self.text("workbook.dictionary", &format!("{} (SHA-256 {})", dictionary.name, dictionary.sha256))?;
        let lexicon = &record.lexicon;
        let values: [(_, &dyn std::fmt::Display); 2] =
            [("count", &lexicon.entries), ("digest", &lexicon.sha256)];
        let lexicon = self.words.say("workbook.entries", &values);
        self.text("workbook.lexicon", &lexicon)
    }

    fn comparison(&mut self, comparison: &ComparisonRecord) -> Result<(), XlsxError> {
        let design = &comparison.design;
        self.text("workbook.by", &design.by)?;
        for (key, variable) in [
            ("workbook.within", &design.within),
            ("workbook.cluster", &design.cluster),
            ("workbook.pair", &design.pair),
        ] {
            if let Some(variable) = variable {
                self.text(key, variable)?;
            }
        }
        let group = |group: &crate::tables::GroupRecord| format!("{} ({})", group.group, group.documents);
        let groups: Vec<String> = comparison.groups.iter().map(group).collect();
        self.text("workbook.groups", &groups.join(", "))?;
        self.text("workbook.resamples", &comparison.resamples.to_string())?;
        self.text("workbook.seed", &comparison.seed.to_string())
    }

    /// What was found and is not in the figures, or may be in them twice.
    fn left_out(&mut self, record: &RunRecord) -> Result<(), XlsxError> {
        let others = record.other_languages.len() as u64;
        let counts = [
            ("workbook.skipped", record.skipped.len() as u64, true),
            ("workbook.other_languages", others, !record.options.skip_other_languages),
            ("workbook.other_languages_left_out", others, record.options.skip_other_languages),
            ("workbook.duplicates", record.duplicates, !record.options.drop_duplicates),
            ("workbook.duplicates_left_out", record.duplicates, record.options.drop_duplicates),
        ];
        for (key, count, _) in counts.into_iter().filter(|(_, count, holds)| *count > 0 && *holds) {
            self.number(key, count)?;
        }
        Ok(())
    }

    fn legend(&mut self) -> Result<(), XlsxError> {
        self.header(["workbook.colours", "workbook.node"])?;
        for (format, key) in
            [(&self.formats.hedge, "workbook.hedges"), (&self.formats.assertive, "workbook.assertives")]
        {
            self.sheet.write_string_with_format(self.row, 0, self.words.of(key), format)?;
            self.row = self.row.saturating_add(1);
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    fn header(&mut self, keys: [&'static str; 2]) -> Result<(), XlsxError> {
        for (column, key) in (0..).zip(keys) {
            self.sheet.write_string_with_format(
                self.row,
                column,
                self.words.of(key),
                &self.formats.header,
            )?;
        }
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    fn number(&mut self, key: &'static str, number: u64) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, 0, self.words.of(key))?.write_number(self.row, 1, number as f64)?;
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    fn text(&mut self, key: &'static str, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, 0, self.words.of(key))?.write_string(self.row, 1, text)?;
        self.row = self.row.saturating_add(1);
        Ok(())
    }
}
