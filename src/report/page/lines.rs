//! The lines of the concordance as columns, for the script of the page: what recurs is coded once, and all of it is deflated.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde::Serialize;

use super::base64::Base64;
use crate::lexicon::Position;
use crate::publishing::PublishError;
use crate::report::ReportError;
use crate::report::sampling::Sampling;
use crate::report::source::{DocumentRows, Source};
use crate::tables::{RowReader, RunRecord, RunTables};
use crate::text::first_characters;

/// With more lines, the page has a sample of so many.
pub const MOST_LINES: u64 = 100_000;
/// How many lines are printed.
pub const PRINTED_LINES: u64 = 100;
/// The seed of both samples.
pub const SEED: u64 = 1;
/// The most characters of a variable's value, as in the concordance.
const MAX_VALUE: usize = 200;

/// The lines of a run.
#[derive(Debug, Default)]
pub struct Lines {
    /// The columns: JSON, deflated, in Base64.
    pub data: String,
    /// How many lines the run has.
    pub all: u64,
    /// How many of them the columns have.
    pub kept: u64,
    /// Those to be printed.
    pub printed: Vec<PrintedLine>,
}

/// A line of the concordance on paper.
#[derive(Debug, Serialize)]
pub struct PrintedLine {
    document: String,
    left: String,
    node: String,
    right: String,
    stance: &'static str,
    start: u64,
    end: u64,
}

/// Names with their indices, in the order of their first lines.
#[derive(Default)]
struct Codes {
    names: Vec<String>,
    indices: HashMap<String, u32>,
}

impl Codes {
    fn code(&mut self, name: &str) -> u32 {
        if let Some(index) = self.indices.get(name) {
            return *index;
        }
        let index = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.indices.insert(name.to_owned(), index);
        index
    }
}

/// What the script reads beside the texts. Columns of lines have an element for each line.
#[derive(Default, Serialize)]
struct Columns {
    /// The number of the line in the whole concordance, from 1.
    place: Vec<u64>,
    document: Vec<u32>,
    line: Vec<u64>,
    sentence: Vec<u64>,
    start: Vec<u64>,
    end: Vec<u64>,
    /// The index of left context, node and right context as one text.
    whole: Vec<u32>,
    /// The lengths of left context and node, in the code units of JavaScript.
    left: Vec<u32>,
    node: Vec<u32>,
    previous: Vec<u32>,
    next: Vec<u32>,
    marker: Vec<u32>,
    /// Negated 1, interrogative 2, quoted 4.
    flags: Vec<u8>,
    position: Vec<u32>,
    /// From 1; 0 where it is not defined.
    fifth: Vec<u8>,
    /// By marker: stance and category.
    marker_stance: Vec<&'static str>,
    marker_category: Vec<u32>,
    markers: Vec<String>,
    categories: Vec<String>,
    positions: Vec<&'static str>,
    documents: Vec<String>,
    /// By document: its group.
    document_group: Vec<Option<usize>>,
    /// By variable, then by document.
    document_values: Vec<Vec<u32>>,
    variables: Vec<String>,
    /// By variable.
    values: Vec<Vec<String>>,
    by: Option<String>,
    groups: Vec<String>,
    has_texts: bool,
}

/// Texts, written one after the other; a text of the same document is written once.
struct Texts<W: Write> {
    out: W,
    number: u32,
    of_document: HashMap<String, u32>,
}

impl<W: Write> Texts<W> {
    fn code(&mut self, text: &str) -> io::Result<u32> {
        if let Some(index) = self.of_document.get(text) {
            return Ok(*index);
        }
        if self.number > 0 {
            self.out.write_all(b",")?;
        }
        serde_json::to_writer(&mut self.out, text)?;
        let index = self.number;
        self.of_document.insert(text.to_owned(), index);
        self.number = self.number.saturating_add(1);
        Ok(index)
    }
}

/// Where the columns of the table stand.
struct Places {
    document: usize,
    numbers: [usize; 4],
    context: [usize; 5],
    marker: [usize; 3],
    flags: [usize; 3],
    position: usize,
}

impl Lines {
    /// Reads the concordance of a run; none where it has none.
    pub fn read(
        tables: RunTables,
        folder: &Path,
        record: &RunRecord,
        source: &Source,
    ) -> Result<Option<Self>, ReportError> {
        if !tables.has("concordance") {
            return Ok(None);
        }
        let mut reader = tables.open("concordance")?;
        let [document, position] = reader.columns(["document", "position"])?;
        let places = Places {
            document,
            numbers: reader.columns(["line", "sentence", "start", "end"])?,
            context: reader.columns(["left", "node", "right", "previous", "next"])?,
            marker: reader.columns(["marker", "stance", "category"])?,
            flags: reader.columns(["negated", "interrogative", "quoted"])?,
            position,
        };
        let table = record.tables.iter().find(|table| table.name == "concordance.csv");
        let rows = table.map_or(0, |table| table.rows);
        let mut lines = Lines { all: rows, ..Lines::default() };
        let mut kept = Sampling::new(SEED, rows, MOST_LINES);
        let mut printed = Sampling::new(SEED, rows, PRINTED_LINES);
        let unwritten = |error: io::Error| PublishError::write(&folder.join(super::FILE), error);
        let mut out = ZlibEncoder::new(Base64::default(), Compression::default());
        out.write_all(b"{\"texts\":[").map_err(unwritten)?;
        let documents = DocumentRows::open(tables, record.comparison.as_ref())?;
        let mut building = Building {
            texts: Texts { out, number: 0, of_document: HashMap::new() },
            columns: Columns::default(),
            markers: Codes::default(),
            categories: Codes::default(),
            values: documents.variables().map(|_| Codes::default()).collect(),
            documents,
        };
        let mut place = 0;
        while reader.next_row()? {
            place += 1;
            if kept.draw() {
                building.add(&reader, &places, place, unwritten)?;
            }
            if printed.draw() {
                lines.printed.push(printed_line(&reader, &places)?);
            }
        }
        lines.kept = building.columns.place.len() as u64;
        lines.data = building.finish(source).map_err(unwritten)?;
        Ok(Some(lines))
    }
}

fn printed_line(reader: &RowReader, places: &Places) -> Result<PrintedLine, ReportError> {
    let [_, _, start, end] = reader.counts(places.numbers)?;
    let [left, node, right, _, _] = places.context.map(|column| reader.text(column).to_owned());
    let [_, stance, _] = places.marker;
    let document = reader.text(places.document).to_owned();
    Ok(PrintedLine { document, left, node, right, stance: reader.stance(stance)?.name(), start, end })
}

/// The columns while rows are read.
struct Building<'r> {
    texts: Texts<ZlibEncoder<Base64>>,
    columns: Columns,
    markers: Codes,
    categories: Codes,
    /// By variable.
    values: Vec<Codes>,
    /// At the document of the last line.
    documents: DocumentRows<'r>,
}

impl Building<'_> {
    fn add(
        &mut self,
        reader: &RowReader,
        places: &Places,
        place: u64,
        unwritten: impl Fn(io::Error) -> PublishError,
    ) -> Result<(), ReportError> {
        let columns = &mut self.columns;
        let document = self.documents.find(reader, places.document)?;
        if columns.documents.last() != Some(&document.name) {
            columns.documents.push(document.name.clone());
            columns.document_group.push(document.group);
            self.texts.of_document.clear();
            columns.document_values.resize(self.values.len(), Vec::new());
            let coded = self.values.iter_mut().zip(self.documents.values());
            for (values, (codes, value)) in columns.document_values.iter_mut().zip(coded) {
                values.push(codes.code(first_characters(value, MAX_VALUE)));
            }
        }
        columns.document.push(columns.documents.len() as u32 - 1);
        columns.place.push(place);
        let [line, sentence, start, end] = reader.counts(places.numbers)?;
        columns.line.push(line);
        columns.sentence.push(sentence);
        columns.start.push(start);
        columns.end.push(end);
        let [left, node, right, previous, next] = places.context.map(|column| reader.text(column));
        let units = |text: &str| text.encode_utf16().count() as u32;
        columns.left.push(units(left));
        columns.node.push(units(node));
        columns.has_texts |= !node.is_empty();
        let mut code = |text: &str| self.texts.code(text).map_err(&unwritten);
        columns.whole.push(code(&[left, node, right].concat())?);
        columns.previous.push(code(previous)?);
        columns.next.push(code(next)?);
        let [marker, stance, category] = places.marker;
        let marker = self.markers.code(reader.text(marker));
        columns.marker.push(marker);
        if columns.marker_stance.len() <= marker as usize {
            columns.marker_stance.push(reader.stance(stance)?.name());
            columns.marker_category.push(self.categories.code(reader.text(category)));
        }
        let mut flags = 0;
        for (bit, column) in [1, 2, 4].into_iter().zip(places.flags) {
            flags |= if reader.flag(column)? { bit } else { 0 };
        }
        columns.flags.push(flags);
        let position = reader.cell(places.position);
        let position = Position::ALL.iter().position(|known| known.name() == position);
        columns.position.push(position.unwrap_or_default() as u32);
        let fifth = self.documents.document.fifth(start);
        columns.fifth.push(fifth.map_or(0, |fifth| fifth as u8 + 1));
        Ok(())
    }

    fn finish(self, source: &Source) -> io::Result<String> {
        let Building { texts: Texts { mut out, .. }, mut columns, markers, categories, values, documents } =
            self;
        columns.markers = markers.names;
        columns.categories = categories.names;
        columns.positions = Position::ALL.map(Position::name).to_vec();
        columns.variables = documents.variables().map(str::to_owned).collect();
        columns.values = values.into_iter().map(|codes| codes.names).collect();
        if let Some(grouping) = &source.grouping {
            columns.by = Some(grouping.variable.clone());
            columns.groups = grouping.groups.clone();
        }
        out.write_all(b"],\"columns\":")?;
        serde_json::to_writer(&mut out, &columns)?;
        out.write_all(b"}")?;
        Ok(out.finish()?.finish())
    }
}
