//! Each column of the tables of a run holds the count that its name says.

use std::path::Path;

use hedgerow::Counter;
use hedgerow::corpus::{Document, Variables};
use hedgerow::counts::{Occurrences, Tally};
use hedgerow::lexicon::Position;
use hedgerow::markers::Hit;
use hedgerow::tables::{
    CategoriesTable, ConcordanceRow, ConcordanceTable, DocumentsTable, MarkersTable, ReadTable, RunTables,
    TableRecord, columns,
};

/// The rows of a table, with all its columns.
fn rows(folder: &Path, record: &TableRecord) -> Vec<Vec<(String, String)>> {
    let name = record.name.trim_end_matches(".csv");
    let own = columns().iter().filter(|column| column.table == name && column.column != "(variables)");
    let own: Vec<&str> = own.map(|column| column.column.as_str()).collect();
    let table = ReadTable::read(RunTables::new(folder, std::slice::from_ref(record)), name).unwrap();
    let cells = |row: &[String]| {
        let cell = |column: &&str| ((*column).into(), table.cells(row, [column]).unwrap()[0].into());
        own.iter().map(cell).collect()
    };
    table.rows().map(cells).collect()
}

fn assert_row(row: &[(String, String)], expected: &[(&str, &str)]) {
    let row: Vec<(&str, &str)> = row.iter().map(|(column, cell)| (column.as_str(), cell.as_str())).collect();
    assert_eq!(row, expected);
}

/// A hedge, another of the same category, and an assertive marker, each with counts of its own.
fn tally(counter: &Counter) -> Tally {
    let entries = &counter.setup().lexicon.entries;
    let entry = |id: &str| entries.iter().position(|entry| entry.id == id).unwrap();
    let occurrences = |affirmed, negated| Occurrences { affirmed, negated };
    Tally {
        characters: 900,
        sentences: 100,
        morphemes: 600,
        tokens: 500,
        sentences_hedged: 10,
        sentences_assertive: 20,
        sentences_mixed: 30,
        sentences_other: 15,
        markers: [
            (entry("だろう"), occurrences(4, 1)),
            (entry("でしょう"), occurrences(4, 2)),
            (entry("必ず"), occurrences(12, 7)),
        ]
        .into(),
    }
}

#[test]
fn every_column_of_documents_categories_and_markers_is_its_own_count() {
    let counter = Counter::new().unwrap();
    let (lexicon, labels) = (&counter.setup().lexicon, &counter.setup().labels);
    let (folder, tally) = (tempfile::tempdir().unwrap(), tally(&counter));
    let folder = folder.path();
    let document = Document { name: "a.txt".into(), ..Document::default() };
    let variables = Variables::default();
    let mut documents = DocumentsTable::create(folder, &variables).unwrap();
    documents.add(&document, &variables, &tally, labels).unwrap();
    let documents = documents.finish().unwrap();
    let mut categories = CategoriesTable::create(folder).unwrap();
    categories.add("a.txt", &tally, labels).unwrap();
    let categories = categories.finish().unwrap();
    let mut markers = MarkersTable::create(folder).unwrap();
    markers.add("a.txt", &tally, labels).unwrap();
    let markers = markers.finish().unwrap();

    let expected = [
        ("document", "a.txt"),
        ("characters", "900"),
        ("sentences", "100"),
        ("morphemes", "600"),
        ("tokens", "500"),
        ("hedge", "8"),
        ("assertive", "12"),
        ("hedge_negated", "3"),
        ("assertive_negated", "7"),
        ("hedge_per_1000_tokens", "16"),
        ("assertive_per_1000_tokens", "24"),
        ("hedge_share", "0.4"),
        ("sentences_hedged", "10"),
        ("sentences_assertive", "20"),
        ("sentences_mixed", "30"),
        ("sentences_unmarked", "25"),
        ("sentences_other", "15"),
        ("sentences_hedged_share", "0.1"),
        ("sentences_assertive_share", "0.2"),
        ("sentences_mixed_share", "0.3"),
        ("sentences_unmarked_share", "0.25"),
        ("sentences_other_share", "0.15"),
    ];
    assert_row(&rows(folder, &documents)[0], &expected);

    let categories = rows(folder, &categories);
    assert_eq!(categories.len(), lexicon.categories.len());
    let conjecture = categories.iter().find(|row| row[2].1 == "conjecture").unwrap();
    let expected = [
        ("document", "a.txt"),
        ("stance", "hedge"),
        ("category", "conjecture"),
        ("category_ja", "推量・蓋然性"),
        ("count", "8"),
        ("negated", "3"),
        ("per_1000_tokens", "16"),
    ];
    assert_row(conjecture, &expected);

    let row = |id, stance, [category, term]: [&'static str; 2], count, negated| {
        let own = [
            ("stance", stance),
            ("category", category),
            ("category_ja", term),
            ("count", count),
            ("negated", negated),
        ];
        [&[("document", "a.txt"), ("marker", id)][..], &own].concat()
    };
    let expected = [
        row("必ず", "assertive", ["certainty", "確信・断定"], "12", "7"),
        // Of the same count: the one with more negated occurrences first.
        row("でしょう", "hedge", ["conjecture", "推量・蓋然性"], "4", "2"),
        row("だろう", "hedge", ["conjecture", "推量・蓋然性"], "4", "1"),
    ];
    let markers = rows(folder, &markers);
    assert_eq!(markers.len(), expected.len());
    markers.iter().zip(&expected).for_each(|(row, expected)| assert_row(row, expected));
}

#[test]
fn every_column_of_the_concordance_is_its_own_figure() {
    let counter = Counter::new().unwrap();
    let (lexicon, labels) = (&counter.setup().lexicon, &counter.setup().labels);
    let entry = lexicon.entries.iter().position(|entry| entry.id == "必ず").unwrap();
    let (left, right) = (format!("左{}", "い".repeat(200)), format!("{}右", "ろ".repeat(200)));
    let folder = tempfile::tempdir().unwrap();
    let mut table = ConcordanceTable::create(folder.path(), &Variables::default(), false).unwrap();
    let row = ConcordanceRow {
        document: "a.txt",
        line: 11,
        sentence: 12,
        start: 13,
        end: 14,
        left: &left,
        node: "必ず",
        right: &right,
        previous: &left,
        next: &right,
        characters: 26,
        variables: &[],
    };
    let hit = Hit {
        entry,
        first: 0,
        last: 1,
        negated: false,
        interrogative: false,
        quoted: false,
        position: Position::ALL[0],
    };
    let hits = [
        Hit { negated: true, ..hit },
        Hit { interrogative: true, ..hit },
        Hit { quoted: true, position: Position::ALL[1], ..hit },
    ];
    hits.iter().for_each(|hit| table.add(&row, hit, labels).unwrap());
    let table = table.finish().unwrap();
    let rows = rows(folder.path(), &table);
    for (row, (hit, flags)) in rows.iter().zip(hits.iter().zip([[1, 0, 0], [0, 1, 0], [0, 0, 1]])) {
        let [negated, interrogative, quoted] = flags.map(|flag| if flag == 1 { "true" } else { "false" });
        let expected = [
            ("document", "a.txt"),
            ("line", "11"),
            ("sentence", "12"),
            ("start", "13"),
            ("end", "14"),
            // Two hundred characters on either side, those next to the node.
            ("left", &"い".repeat(200)),
            ("node", "必ず"),
            ("right", &"ろ".repeat(200)),
            ("marker", "必ず"),
            ("stance", "assertive"),
            ("category", "certainty"),
            ("category_ja", "確信・断定"),
            ("negated", negated),
            ("interrogative", interrogative),
            ("quoted", quoted),
            ("position", &hit.position.to_string()),
            ("relative_position", "0.5"),
            ("previous", &"い".repeat(200)),
            ("next", &"ろ".repeat(200)),
        ];
        assert_row(row, &expected);
    }
    assert_eq!(rows.len(), 3);
}
