//! The memory of a report does not grow with the documents, and more of them than are drawn are a sample that is said to be one.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use allocation_counter::measure;
use hedgerow::analysis::Plan;
use hedgerow::messages::Language;
use hedgerow::report::figures::{self, Figure};
use hedgerow::report::source::Source;
use hedgerow::tables::{RunRecord, RunTables};
use hedgerow::{Corpus, CountOptions, Counter, Design, ReadOptions, count};

/// How many documents are drawn.
const DRAWN: usize = 4000;
/// More documents than are drawn, and four times as many.
const FEW: usize = 4100;
const MANY: usize = 16_400;

/// How many times as much memory the larger run may take.
const MOST: f64 = 1.02;

/// Counts so many short documents of eleven years; gives the record of the run.
fn counted(counter: &Counter, folder: &Path, documents: usize) -> RunRecord {
    let mut rows = String::new();
    for number in 0..documents {
        let (year, site) = (2000 + number % 11, number / 3);
        let end = ["必ず変わる", "見た", "見た。変わるかもしれない"][number % 3];
        writeln!(
            rows,
            r#"{{"id":"{number:06}","text":"{number}番の記録を{site}日に見た。{end}。","year":"{year}","site":"{site}"}}"#
        )
        .unwrap();
    }
    let table = folder.join("rows.jsonl");
    fs::write(&table, rows).unwrap();
    let reading = ReadOptions { id_column: Some("id".into()), ..ReadOptions::default() };
    let corpus = Corpus::open(&[table], &reading).unwrap();
    let plan = Plan { resamples: 100, ..Plan::default() };
    let compare = Some((Design::by("year"), plan));
    let options = CountOptions { reading, compare, ..CountOptions::default() };
    count(counter, corpus, options, &folder.join("out"), &|_| ()).unwrap();
    RunRecord::read(&folder.join("out")).unwrap()
}

/// The most bytes that are held at a time.
fn peak(action: impl FnOnce()) -> f64 {
    measure(action).bytes_max as f64
}

#[test]
fn memory_does_not_grow_with_the_documents() {
    let counter = Counter::new().unwrap();
    let peaks = [FEW, MANY].map(|documents| {
        let folder = tempfile::tempdir().unwrap();
        let record = counted(&counter, folder.path(), documents);
        let out = folder.path().join("out");
        let drawn = |record: &RunRecord| {
            let source = Source::read(RunTables::new(&out, &record.tables), record).unwrap();
            let figures = Figure::all(&source);
            figures::write(&out, &source, &figures).unwrap();
        };
        let without_groups = RunRecord { comparison: None, ..record.clone() };
        // The page's lines are as many as there are, up to a bound of their own.
        let mut without_lines = record.clone();
        without_lines.tables.retain(|table| table.name != "concordance.csv");
        let told = AtomicU64::new(0);
        let tell = |rows| {
            told.fetch_add(rows, Ordering::Relaxed);
        };
        let page = || drop(hedgerow::report::write(&out, &without_lines, &tell).unwrap());
        let peaks = [peak(|| drawn(&record)), peak(|| drawn(&without_groups)), peak(page)];
        let (told, expected) = (told.into_inner() as f64, hedgerow::report::rows(&without_lines) as f64);
        assert!((0.95 * expected..=expected).contains(&told), "{told} rows read of {expected}");
        if documents == MANY {
            says_that_documents_are_a_sample(&out, &record);
            has_the_quantiles_of_all(&out, &without_groups);
        }
        peaks
    });
    let [few, many] = peaks;
    for ((name, few), many) in ["groups", "no groups", "page"].into_iter().zip(few).zip(many) {
        assert!(few > 1e5 && many < MOST * few, "{name}: {few} bytes at most, then {many}");
    }
}

fn says_that_documents_are_a_sample(out: &Path, record: &RunRecord) {
    let source = Source::read(RunTables::new(out, &record.tables), record).unwrap();
    let figures = Figure::all(&source);
    let forest = figures.iter().find(|figure| figure.name == "forest").unwrap();
    let svg = forest.svg(Language::English, true);
    // Notes are broken into lines.
    let text = svg.split('<').filter_map(|element| element.split_once('>')).map(|(_, text)| text);
    let words = text.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    assert!(words.contains("4,000 of 16,400 documents are drawn"), "the figure does not say it");
    // Points alone are drawn so faintly; those off the scale are arrowheads.
    let strips = svg.split("fill-opacity=\"0.3\"").skip(1).filter_map(|rest| rest.split("</g>").next());
    let points = strips.map(|strip| strip.matches("<circle").count() + strip.matches("<path").count());
    assert_eq!(points.sum::<usize>(), 2 * DRAWN);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("4,000 of 16,400 documents are drawn as points"), "the page does not say it");
    assert!(page.contains("全 16,400 件から無作為に選んだ 4,000 件"), "the page does not say it in Japanese");
}

fn has_the_quantiles_of_all(out: &Path, record: &RunRecord) {
    let source = Source::read(RunTables::new(out, &record.tables), record).unwrap();
    let table = fs::read_to_string(out.join("documents.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let column = rows.headers().unwrap().iter().position(|name| name == "hedge_per_1000_tokens").unwrap();
    let mut rates: Vec<f64> = rows.records().map(|row| row.unwrap()[column].parse().unwrap()).collect();
    rates.sort_by(f64::total_cmp);
    let at = |share: f64| rates[((rates.len() as f64 * share) as usize).saturating_sub(1)];
    let [hedge, _] = source.documents.quantiles.unwrap();
    assert_eq!(hedge, [rates[0], at(0.25), at(0.5), at(0.75), at(1.0)]);
    assert!(hedge[0] < hedge[4] && hedge[2] < hedge[4]);
}
