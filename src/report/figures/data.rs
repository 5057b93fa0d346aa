//! The numbers of a figure, as a table.

use crate::tables::protected;

/// A table: the names of its columns, and its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Data {
    /// The names of the columns.
    pub header: Vec<&'static str>,
    /// The cells of each row.
    pub rows: Vec<Vec<String>>,
}

impl Data {
    /// A table without rows.
    pub fn new(header: &[&'static str]) -> Self {
        Data { header: header.to_vec(), rows: Vec::new() }
    }

    /// The table as CSV, like the tables of a run: with a byte-order mark, and formulas disarmed.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer("\u{feff}".as_bytes().to_vec());
        let taken = "memory takes every byte";
        writer.write_record(&self.header).expect(taken);
        for row in &self.rows {
            let cells = row.iter().map(|cell| protected(cell).into_owned());
            writer.write_record(cells).expect(taken);
        }
        writer.into_inner().expect(taken)
    }
}

/// A cell for a number, with the digits that the tables have; empty where it is not defined.
pub fn cell(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
