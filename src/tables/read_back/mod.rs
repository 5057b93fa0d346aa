//! Reading the tables of a run back. Every table is checked against the record of its run while it is read; what the
//! tables say of each other is checked by [`check_sums`] and [`check_hits`].

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

mod concordance;
mod cursor;
mod differing;
mod fifths;
mod hits;
mod likely_cluster;
mod observations;
mod others;
mod rows;
mod run_tables;
mod sums;
mod table;

pub use concordance::{ReadCoding, ReadHit, RunHits, each_document};
pub(super) use differing::open_file;
pub use differing::{DifferingTable, differing_tables};
pub use likely_cluster::{LikelyCluster, likely_cluster};
pub use observations::{check_design, observations};
pub use others::{check_file, check_others, unrecorded_files};
pub use rows::RowReader;
pub use run_tables::{RowsRead, RunTables};
pub use sums::{check_hits, check_sums};
pub use table::{ReadTable, sums};

#[cfg(test)]
mod tests {
    use super::super::table_writer::TableWriter;
    use super::RunTables;

    proptest::proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was_written(
            rows in proptest::collection::vec(
                proptest::collection::vec("['=+@\\-\t\r\n,\"0-9. 犬\u{feff}\u{85}]{0,6}|.{0,8}", 5),
                0..8,
            ),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut table = TableWriter::create(folder.path(), "markers", &[]).unwrap();
            for row in &rows {
                row.iter().for_each(|cell| table.text(cell).unwrap());
                table.value(1).unwrap();
                table.value(0).unwrap();
                table.end_row().unwrap();
            }
            let records = [table.finish().unwrap()];
            let mut reader = RunTables::new(folder.path(), &records).open("markers").unwrap();
            let columns = reader.columns(["document", "marker", "stance", "category", "category_ja"]).unwrap();
            for row in &rows {
                proptest::prop_assert!(reader.next_row().unwrap());
                proptest::prop_assert_eq!(&columns.map(|column| reader.text(column)), &row[..]);
            }
            proptest::prop_assert!(!reader.next_row().unwrap());
        }
    }

    #[test]
    fn a_table_larger_than_any_buffer_is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let text = |row: u64| match row % 5 {
            0 => format!("=犬{row}"),
            1 => format!("a, b\n\"{row}\""),
            2 => format!("-{row}"),
            3 => String::new(),
            _ => "期待される".repeat(20),
        };
        let rows = 40_000;
        let mut table = TableWriter::create(folder.path(), "markers", &[]).unwrap();
        for row in 0..rows {
            for column in 0..5 {
                table.text(&text(row + column)).unwrap();
            }
            table.value(row).unwrap();
            table.rate((row % 2 == 0).then_some(row as f64 / 8.0)).unwrap();
            table.end_row().unwrap();
        }
        let records = [table.finish().unwrap()];
        assert!(folder.path().join("markers.csv").metadata().unwrap().len() > 4 << 20);
        let mut reader = RunTables::new(folder.path(), &records).open("markers").unwrap();
        let columns = reader.columns(["document", "marker", "stance", "category", "category_ja"]).unwrap();
        let [count, negated] = reader.columns(["count", "negated"]).unwrap();
        for row in 0..rows {
            assert!(reader.next_row().unwrap());
            for (added, column) in (0..).zip(columns) {
                assert_eq!(reader.text(column), text(row + added), "row {row}");
            }
            assert_eq!(reader.count(count).unwrap(), row);
            let rate = if row % 2 == 0 { (row as f64 / 8.0).to_string() } else { String::new() };
            assert_eq!(reader.text(negated), rate);
        }
        assert!(!reader.next_row().unwrap());
    }
}
