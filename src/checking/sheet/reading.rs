//! Reading a filled sheet back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::cells::{DONE, RIGHT, WRONG};
use super::{CellProblem, SheetError};
use crate::checking::{Coding, Item, ItemKind, Judgement, Marked, Stratum};
use crate::corpus::{CorpusError, NamedTable, ReadOptions, document_name};
use crate::lexicon::CategoryLabel;
use crate::nearest::nearest;
use crate::tables::{ReadBackError, RunTables, SHEET, columns, unprotected};
use crate::text::folded;

/// What the cells of a row must say; readers may delete or add other columns.
const NEEDED: [&str; 12] = [
    "kind",
    "document",
    "start",
    "end",
    "category",
    "negated",
    "stratum",
    "stratum_size",
    "stratum_drawn",
    "hits_in_sentence",
    "judgement",
    "missed",
];

/// The columns behind which the variable stands, and that stands behind it.
const AROUND_VARIABLE: [&str; 2] = ["hits_in_sentence", "judgement"];

/// The categories of a run.
///
/// # Errors
/// A table that can't be read, or is not as it was written.
pub fn categories(tables: RunTables) -> Result<Vec<CategoryLabel>, ReadBackError> {
    let mut rows = tables.open("categories")?;
    let [document, stance, name, term] = rows.columns(["document", "stance", "category", "category_ja"])?;
    let (mut first, mut categories) = (None, Vec::new());
    while rows.next_row()? {
        // Each document has a row for every category.
        if *first.get_or_insert_with(|| rows.text(document).to_owned()) == rows.text(document) {
            categories.push(CategoryLabel {
                name: rows.text(name).into(),
                stance: rows.stance(stance)?,
                term: rows.text(term).into(),
            });
        }
    }
    Ok(categories)
}

/// A sheet that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadSheet {
    /// Its file.
    pub path: PathBuf,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The name of the variable by which its items were drawn; none where there is none.
    pub variable: Option<String>,
    /// Its rows.
    pub items: Vec<Item>,
}

/// Reads a filled sheet: CSV or TSV in any of the encodings, or a workbook, its first sheet that is shown. `categories` are
/// those of the run; readers may write their names or their Japanese terms, in letters of any width or case.
///
/// # Errors
/// A file that can't be read, or the first cell that does not say what it should.
pub fn read(path: &Path, categories: &[CategoryLabel]) -> Result<ReadSheet, SheetError> {
    let table = NamedTable::read_filled_in(path, &ReadOptions::default()).map_err(|error| match error {
        CorpusError::Row { line, problem, .. } => SheetError::Form { path: path.into(), row: line, problem },
        other => SheetError::Unreadable(other),
    })?;
    let sheet = Sheet::of(path, &table.header, categories)?;
    let mut rows = HashMap::new();
    let mut items = Vec::with_capacity(table.rows.len());
    for (row, cells) in &table.rows {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let item = sheet.item(*row, cells)?;
        if let Some(other) = rows.insert((item.kind, item.id()), *row) {
            let problem = CellProblem::Twice { id: item.id(), row: other };
            return Err(SheetError::cell(path, *row, "id", problem));
        }
        items.push(item);
    }
    let variable = sheet.variable.and_then(|index| table.header.get(index));
    let variable = variable.map(|name| unprotected(name.trim()).to_owned());
    Ok(ReadSheet { path: path.into(), variable, items, sha256: table.sha256 })
}

/// Where the columns of a sheet are.
struct Sheet<'a> {
    path: &'a Path,
    columns: HashMap<&'a str, usize>,
    variable: Option<usize>,
    categories: &'a [CategoryLabel],
}

impl<'a> Sheet<'a> {
    fn of(path: &'a Path, header: &'a [String], categories: &'a [CategoryLabel]) -> Result<Self, SheetError> {
        let mut places = HashMap::new();
        for (index, name) in header.iter().enumerate() {
            places.entry(name.trim()).or_insert(index);
        }
        for column in NEEDED {
            if !places.contains_key(column) {
                return Err(SheetError::NoColumn { path: path.into(), column });
            }
        }
        let [behind, before] = AROUND_VARIABLE.map(|column| places.get(column).copied().unwrap_or_default());
        let is_own = |name: &str| columns().iter().any(|own| own.table == SHEET && own.column == name);
        let index = behind.saturating_add(1);
        let variable = header.get(index).filter(|name| index < before && !is_own(name.trim())).map(|_| index);
        Ok(Sheet { path, columns: places, variable, categories })
    }

    fn item(&self, row: u64, cells: &[String]) -> Result<Item, SheetError> {
        let row = Row { sheet: self, row, cells };
        let item = Item {
            row: row.row,
            item: row.number_or_0("item")?,
            kind: row.kind()?,
            document: document_name(row.text("document")),
            line: row.number_or_0("line")?,
            sentence: row.number_or_0("sentence")?,
            start: row.number("start")?,
            end: row.number("end")?,
            before: row.text("before").into(),
            left: row.text("left").into(),
            node: row.text("node").into(),
            right: row.text("right").into(),
            after: row.text("after").into(),
            coding: row.coding()?,
            stratum: row.stratum()?,
            hits_in_sentence: row.number("hits_in_sentence")?,
            value: self.variable.map(|index| row.text_at(index).into()),
            judgement: row.judgement()?,
        };
        let id = row.text("id");
        if !id.is_empty() && document_name(id) != item.id() {
            return Err(row.wrong("id", CellProblem::OtherId(item.id())));
        }
        Ok(item)
    }

    /// The category that a reader means.
    fn category(&self, cell: &str) -> Result<String, CellProblem> {
        let form = |name: &str| folded(name.trim()).to_lowercase();
        let is_meant =
            |known: &&CategoryLabel| [&known.name, &known.term].iter().any(|name| form(name) == form(cell));
        if let Some(known) = self.categories.iter().find(is_meant) {
            return Ok(known.name.to_string());
        }
        let names = self.categories.iter().flat_map(|known| [&*known.name, &*known.term]);
        Err(CellProblem::NoCategory {
            cell: cell.trim().into(),
            nearest: nearest(cell, names).map(str::to_owned),
            known: self.categories.iter().map(|known| known.name.to_string()).collect(),
        })
    }
}

/// A row of a sheet.
struct Row<'a> {
    sheet: &'a Sheet<'a>,
    row: u64,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    fn text_at(&self, index: usize) -> &'a str {
        unprotected(self.cells.get(index).map_or("", String::as_str))
    }

    fn text(&self, column: &'static str) -> &'a str {
        self.sheet.columns.get(column).map_or("", |index| self.text_at(*index))
    }

    /// A cell that was filled in: without blanks around it, in small letters of half width.
    fn filled(&self, column: &'static str) -> String {
        folded(self.text(column).trim()).to_lowercase()
    }

    fn wrong(&self, column: &'static str, problem: CellProblem) -> SheetError {
        SheetError::cell(self.sheet.path, self.row, column, problem)
    }

    fn number(&self, column: &'static str) -> Result<u64, SheetError> {
        let cell = self.text(column);
        cell.trim().parse().map_err(|_| self.wrong(column, CellProblem::NotANumber(cell.into())))
    }

    /// A number that nothing depends on, in a column that may have been deleted.
    fn number_or_0(&self, column: &'static str) -> Result<u64, SheetError> {
        if self.sheet.columns.contains_key(column) { self.number(column) } else { Ok(0) }
    }

    fn truth(&self, column: &'static str) -> Result<Option<bool>, SheetError> {
        // LibreOffice keeps a truth value that it has read from CSV as a number.
        match self.filled(column).as_str() {
            "" => Ok(None),
            "true" | "1" => Ok(Some(true)),
            "false" | "0" => Ok(Some(false)),
            _ => Err(self.wrong(column, CellProblem::NotABoolean(self.text(column).into()))),
        }
    }

    fn kind(&self) -> Result<ItemKind, SheetError> {
        let cell = self.filled("kind");
        let kind = ItemKind::ALL.into_iter().find(|kind| kind.name() == cell);
        kind.ok_or_else(|| self.wrong("kind", CellProblem::NoKind(self.text("kind").into())))
    }

    fn stratum(&self) -> Result<Stratum, SheetError> {
        let (size, drawn) = (self.number("stratum_size")?, self.number("stratum_drawn")?);
        if drawn == 0 || drawn > size {
            return Err(self.wrong("stratum_drawn", CellProblem::Stratum));
        }
        Ok(Stratum { name: self.text("stratum").into(), size, drawn })
    }

    fn coding(&self) -> Result<Option<Coding>, SheetError> {
        if self.kind()? == ItemKind::Sentence {
            return Ok(None);
        }
        let negated = self.truth("negated")?;
        let negated =
            negated.ok_or_else(|| self.wrong("negated", CellProblem::NotABoolean(String::new())))?;
        let category = self.category("category", self.text("category"))?;
        let label = self.sheet.categories.iter().find(|label| *label.name == *category);
        Ok(label.map(|label| Coding {
            marker: self.text("marker").into(),
            stance: label.stance,
            marked: Marked { category, negated },
            term: label.term.to_string(),
        }))
    }

    fn category(&self, column: &'static str, cell: &str) -> Result<String, SheetError> {
        self.sheet.category(cell).map_err(|problem| self.wrong(column, problem))
    }

    fn judgement(&self) -> Result<Judgement, SheetError> {
        let kind = self.kind()?;
        let category = match self.text("correct_category").trim() {
            "" => None,
            cell => Some(self.category("correct_category", cell)?),
        };
        let judgement = Judgement {
            right: self.right(kind)?,
            category,
            negated: self.truth("correct_negated")?,
            missed: self.missed()?,
            note: self.text("note").into(),
        };
        self.checked(kind, judgement)
    }

    fn right(&self, kind: ItemKind) -> Result<Option<bool>, SheetError> {
        let cell = self.text("judgement").trim().to_owned();
        match (kind, self.filled("judgement").as_str()) {
            (_, "") => Ok(None),
            (ItemKind::Hit, RIGHT) | (ItemKind::Sentence, DONE) => Ok(Some(true)),
            (ItemKind::Hit, WRONG) => Ok(Some(false)),
            (ItemKind::Hit, _) => Err(self.wrong("judgement", CellProblem::HitJudgement(cell))),
            (ItemKind::Sentence, _) => Err(self.wrong("judgement", CellProblem::SentenceJudgement(cell))),
        }
    }

    fn missed(&self) -> Result<Vec<Marked>, SheetError> {
        let parts = self.text("missed").split([';', '；', ',', '，', '、', '\n', '\r']).map(str::trim);
        let marked = parts.filter(|part| !part.is_empty()).map(|part| {
            let category = part.trim_start_matches(['!', '！']);
            let negated = category.len() < part.len();
            Ok(Marked { category: self.category("missed", category)?, negated })
        });
        marked.collect()
    }

    /// Refuses what contradicts itself.
    fn checked(&self, kind: ItemKind, judgement: Judgement) -> Result<Judgement, SheetError> {
        let Judgement { right, category, negated, missed, note } = judgement;
        let filled = [
            ("correct_category", category.is_some()),
            ("correct_negated", negated.is_some()),
            ("missed", !missed.is_empty()),
        ];
        if kind == ItemKind::Sentence {
            if let Some((column, _)) = filled.into_iter().take(2).find(|(_, is_filled)| *is_filled) {
                return Err(self.wrong(column, CellProblem::NotForSentence));
            }
            // Whoever has found a marker has read the sentence.
            let right = right.or((!missed.is_empty()).then_some(true));
            return Ok(Judgement { right, category, negated, missed, note });
        }
        let coding = self.coding()?;
        let is_coded = |coding: &Coding| {
            category.as_ref().is_none_or(|category| *category == coding.marked.category)
                && negated.is_none_or(|negated| negated == coding.marked.negated)
        };
        let is_corrected = category.is_some() || negated.is_some();
        let is_same = is_corrected && coding.as_ref().is_some_and(is_coded);
        let column = if category.is_some() { "correct_category" } else { "correct_negated" };
        match right {
            None => {
                if let Some((filled, _)) = filled.into_iter().find(|(_, is_filled)| *is_filled) {
                    return Err(self.wrong("judgement", CellProblem::Open { filled }));
                }
            }
            Some(true) if is_corrected && !is_same => {
                return Err(self.wrong(column, CellProblem::Corrected));
            }
            // What the program says, said again.
            Some(true) => return Ok(Judgement { right, category: None, negated: None, missed, note }),
            Some(false) if is_same => return Err(self.wrong(column, CellProblem::Same)),
            Some(false) => {}
        }
        Ok(Judgement { right, category, negated, missed, note })
    }
}
