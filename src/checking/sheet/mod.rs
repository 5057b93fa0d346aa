//! Sheets of items, in files that spreadsheets open.

mod cells;
mod error;
mod reading;
#[cfg(feature = "report")]
mod workbook;

pub use cells::write_csv;
pub use error::{CellProblem, SheetError};
pub use reading::{ReadSheet, categories, read};
#[cfg(feature = "report")]
pub use workbook::write_workbook;

#[cfg(test)]
mod tests {
    use std::fs;

    use encoding_rs::SHIFT_JIS;

    use super::*;
    use crate::checking::{Coding, Item, ItemKind, Judgement, Marked, Stratum, Verdict};
    use crate::lexicon::{CategoryLabel, Stance};
    use crate::tables::sheet_header;

    fn known() -> Vec<CategoryLabel> {
        let label =
            |name: &str, stance, term: &str| CategoryLabel { name: name.into(), stance, term: term.into() };
        vec![
            label("conjecture", Stance::Hedge, "推量・蓋然性"),
            label("reportive", Stance::Hedge, "伝聞・引用"),
            label("certainty", Stance::Assertive, "確信・断定"),
        ]
    }

    fn marked(category: &str, negated: bool) -> Marked {
        Marked { category: category.into(), negated }
    }

    fn hit(row: u64, judgement: Judgement) -> Item {
        Item {
            row,
            item: row - 1,
            kind: ItemKind::Hit,
            document: "=第一/文書.txt".into(),
            line: 3,
            sentence: 4,
            start: 10 * row,
            end: 10 * row + 4,
            before: "-前の文。".into(),
            left: "雨が\"降る\"、".into(),
            node: "だろう".into(),
            right: "と\n思う。".into(),
            after: String::new(),
            coding: Some(Coding {
                marker: "だろう".into(),
                stance: Stance::Hedge,
                marked: marked("conjecture", false),
                term: "推量・蓋然性".into(),
            }),
            stratum: Stratum { name: "conjecture × 一".into(), size: 300, drawn: 7 },
            hits_in_sentence: 2,
            value: Some("一".into()),
            judgement,
        }
    }

    fn sentence(row: u64, judgement: Judgement) -> Item {
        Item {
            kind: ItemKind::Sentence,
            node: String::new(),
            right: String::new(),
            coding: None,
            hits_in_sentence: 0,
            ..hit(row, judgement)
        }
    }

    fn items() -> Vec<Item> {
        let wrong = Judgement { right: Some(false), ..Judgement::default() };
        vec![
            hit(2, Judgement::default()),
            hit(3, Judgement { right: Some(true), note: "=よい".into(), ..Judgement::default() }),
            hit(4, wrong.clone()),
            hit(5, Judgement { category: Some("certainty".into()), ..wrong.clone() }),
            hit(6, Judgement { negated: Some(true), missed: vec![marked("reportive", false)], ..wrong }),
            sentence(7, Judgement::default()),
            sentence(
                8,
                Judgement {
                    right: Some(true),
                    missed: vec![
                        marked("reportive", true),
                        marked("conjecture", false),
                        marked("conjecture", false),
                    ],
                    ..Judgement::default()
                },
            ),
        ]
    }

    #[test]
    fn what_was_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.csv");
        let items = items();
        write_csv(&path, Some("出典"), &items).unwrap();
        // A cell of two lines: the rows behind it stand a line lower in a file of text.
        let lines =
            |items: Vec<Item>| items.into_iter().map(|item| Item { row: 0, ..item }).collect::<Vec<_>>();
        assert_eq!(lines(read(&path, &known()).unwrap().items), lines(items.clone()));
        let text = fs::read_to_string(&path).unwrap();
        let shift_jis = folder.path().join("shift_jis.csv");
        fs::write(&shift_jis, SHIFT_JIS.encode(text.trim_start_matches('\u{feff}')).0).unwrap();
        assert_eq!(lines(read(&shift_jis, &known()).unwrap().items), lines(items));
    }

    #[cfg(all(feature = "report", feature = "xlsx"))]
    #[test]
    fn a_workbook_is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        for (variable, items) in [(Some("出典"), items()), (None, Vec::new())] {
            let path = folder.path().join("sheet.xlsx");
            write_workbook(&path, variable, &items, &known(), crate::messages::Language::Japanese).unwrap();
            let read = read(&path, &known()).unwrap();
            assert_eq!((read.variable.as_deref(), read.items), (variable, items.clone()));
            let first = fs::read(&path).unwrap();
            write_workbook(&path, variable, &items, &known(), crate::messages::Language::Japanese).unwrap();
            assert_eq!(fs::read(&path).unwrap(), first);
        }
    }

    #[test]
    fn a_verdict_is_what_the_reader_says() {
        let verdicts: Vec<Verdict> = items().iter().map(Item::verdict).collect();
        let expected = [
            Verdict::Open,
            Verdict::Marker(marked("conjecture", false)),
            Verdict::NoMarker,
            Verdict::Marker(marked("certainty", false)),
            Verdict::Marker(marked("conjecture", true)),
            Verdict::Open,
            Verdict::NoMarker,
        ];
        assert_eq!(verdicts, expected);
    }

    /// Reads a sheet with some cells of one row, which else is that of a hit or a sentence.
    fn read_with(kind: ItemKind, cells: &[(&str, &str)]) -> Result<Item, SheetError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.csv");
        let item = if kind == ItemKind::Hit { hit } else { sentence }(2, Judgement::default());
        let item = Item { value: None, ..item };
        write_csv(&path, None, &[item]).unwrap();
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let mut row: Vec<String> =
            reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
        let header = sheet_header(None);
        for (column, cell) in cells {
            row[header.iter().position(|name| name == column).unwrap()] = (*cell).into();
        }
        let mut writer = csv::Writer::from_path(&path).unwrap();
        writer.write_record(&header).unwrap();
        writer.write_record(&row).unwrap();
        writer.flush().unwrap();
        Ok(read(&path, &known())?.items.remove(0))
    }

    #[test]
    fn readers_may_write_in_the_widths_and_words_of_their_language() {
        let cells = [
            ("judgement", " ＷＲＯＮＧ　"),
            ("correct_category", "確信・断定"),
            ("correct_negated", "TRUE"),
            ("missed", "！伝聞・引用；Ｃonjecture、 "),
        ];
        let read = read_with(ItemKind::Hit, &cells).unwrap().judgement;
        let expected = Judgement {
            right: Some(false),
            category: Some("certainty".into()),
            negated: Some(true),
            missed: vec![marked("reportive", true), marked("conjecture", false)],
            note: String::new(),
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn what_the_program_says_may_be_said_again() {
        let cells =
            [("judgement", "right"), ("correct_category", "conjecture"), ("correct_negated", "false")];
        let read = read_with(ItemKind::Hit, &cells).unwrap().judgement;
        assert_eq!(read, Judgement { right: Some(true), ..Judgement::default() });
    }

    #[test]
    fn a_sentence_with_a_missed_marker_was_read() {
        let read = read_with(ItemKind::Sentence, &[("missed", "reportive")]).unwrap();
        assert!(read.is_judged());
    }

    #[test]
    fn a_cell_that_does_not_say_what_it_should_is_named() {
        use ItemKind::{Hit, Sentence};
        /// The kind of sheet, its cells by column, and what the error names.
        type Case = (ItemKind, &'static [(&'static str, &'static str)], &'static str, &'static str);
        let cases: [Case; 16] = [
            (Hit, &[("judgement", "yes")], "judgement", "write right or wrong for a hit, not `yes`"),
            (Hit, &[("judgement", "done")], "judgement", "write right or wrong for a hit, not `done`"),
            (Sentence, &[("judgement", "right")], "judgement", "write done for a sentence"),
            (Hit, &[("missed", "reportve")], "missed", "did you mean reportive?"),
            (
                Hit,
                &[("judgement", "wrong"), ("correct_category", "犬")],
                "correct_category",
                "write one of conjecture",
            ),
            (
                Hit,
                &[("judgement", "wrong"), ("correct_negated", "no")],
                "correct_negated",
                "expected true or false",
            ),
            (Hit, &[("missed", "reportive")], "judgement", "missed is filled in"),
            (
                Hit,
                &[("judgement", "right"), ("correct_category", "certainty")],
                "correct_category",
                "write wrong",
            ),
            (Hit, &[("judgement", "wrong"), ("correct_negated", "false")], "correct_negated", "write right"),
            (Sentence, &[("correct_category", "certainty")], "correct_category", "write markers into missed"),
            (Hit, &[("kind", "x")], "kind", "expected hit or sentence"),
            (Hit, &[("start", "1e1")], "start", "expected a whole number"),
            (Hit, &[("end", "25")], "id", "=第一/文書.txt#20-25"),
            (Hit, &[("stratum_drawn", "0")], "stratum_drawn", "put back"),
            (Hit, &[("stratum_size", "6")], "stratum_drawn", "put back"),
            (Hit, &[("negated", "")], "negated", "expected true or false"),
        ];
        for (kind, cells, column, words) in cases {
            let error = read_with(kind, cells).unwrap_err().to_string();
            assert!(error.contains(&format!("sheet.csv, row 2, column {column}: ")), "{cells:?}: {error}");
            assert!(error.contains(words), "{cells:?}: {error}");
        }
    }

    #[test]
    fn an_item_stands_in_one_row_and_every_column_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.csv");
        let item = hit(2, Judgement::default());
        write_csv(&path, Some("v"), &[item.clone(), item]).unwrap();
        let error = read(&path, &known()).unwrap_err();
        let SheetError::Cell { problem: CellProblem::Twice { row, .. }, .. } = error else {
            panic!("{error}")
        };
        assert_eq!(row, 2);
        fs::write(&path, "kind,document\n").unwrap();
        let error = read(&path, &known()).unwrap_err().to_string();
        assert!(error.ends_with("the column `start` is missing; put it back as it was drawn"), "{error}");
    }
}
