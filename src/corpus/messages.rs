//! The keys and values of the messages.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::opening::some;
use super::{CorpusError, Damage, HtmlPart, Kind, NoText, TableProblem};
use crate::messages::Message;

/// The environment variable that names the folder for temporary files.
const TEMPORARY_FOLDER: &str = if cfg!(windows) { "TMP" } else { "TMPDIR" };

impl CorpusError {
    /// What the error says, by key of the catalogue of messages.
    pub fn message(&self) -> Message {
        match self {
            CorpusError::Path { path, source } => {
                Message::new("corpus.path", &[("path", &path.display()), ("source", source)])
            }
            CorpusError::Unreadable { document, source } => {
                Message::new("corpus.unreadable", &[("document", document), ("source", source)])
            }
            CorpusError::TemporaryFile { folder, source } => Message::new(
                "corpus.temporary_file",
                &[("folder", &folder.display()), ("source", source), ("variable", &TEMPORARY_FOLDER)],
            ),
            CorpusError::NotAFile { document } => {
                Message::new("corpus.not_a_file", &[("document", document)])
            }
            CorpusError::PathToNoFile { path } => {
                Message::new("corpus.path_to_no_file", &[("path", &path.display())])
            }
            CorpusError::TooLarge { document, size: Some(size), limit } => {
                Message::new("corpus.too_large", &[("document", document), ("size", size), ("limit", limit)])
            }
            CorpusError::TooLarge { document, size: None, limit } => {
                Message::new("corpus.too_large_unpacked", &[("document", document), ("limit", limit)])
            }
            CorpusError::Panicked { document, message } => {
                Message::new("corpus.panicked", &[("document", document), ("message", message)])
            }
            CorpusError::Escape { document, encoding, offset, line } => Message::new(
                "corpus.escape",
                &[("document", document), ("encoding", encoding), ("offset", offset), ("line", line)],
            ),
            CorpusError::Malformed { document, encoding, malformed, offset, line } => Message::new(
                "corpus.malformed",
                &[
                    ("document", document),
                    ("encoding", encoding),
                    ("count", malformed),
                    ("offset", offset),
                    ("line", line),
                ],
            ),
            CorpusError::Ambiguous { document, encodings: [one, other] } => {
                Message::new("corpus.ambiguous", &[("document", document), ("one", one), ("other", other)])
            }
            CorpusError::UnknownEncoding { document } => {
                Message::new("corpus.unknown_encoding", &[("document", document)])
            }
            CorpusError::Changed { document } => Message::new("corpus.changed", &[("document", document)]),
            CorpusError::Nul { document, offset } => {
                Message::new("corpus.nul", &[("document", document), ("offset", offset)])
            }
            CorpusError::NoText { document, what } => no_text(document, what),
            CorpusError::Damaged { document, kind, damage } => {
                let key = match kind {
                    Kind::Xlsx => "corpus.damaged_xlsx",
                    Kind::Docx => "corpus.damaged_docx",
                    Kind::Epub => "corpus.damaged_epub",
                    Kind::Tei => "corpus.damaged_tei",
                    Kind::Pdf => "corpus.damaged_pdf",
                    _ => "corpus.damaged",
                };
                Message::new(key, &[("document", document)]).with("damage", damage.message())
            }
            CorpusError::Row { document, line, problem: TableProblem::NoTextCell(columns) } => Message::new(
                "corpus.row_without_text",
                &[("document", document), ("line", line), ("columns", &quoted(columns))],
            ),
            CorpusError::Row { document, line, problem: problem @ TableProblem::LoneSurrogate(_) } => {
                Message::new("corpus.row_malformed", &[("document", document), ("line", line)])
                    .with("problem", problem.message())
            }
            CorpusError::Row { document, line, problem } => {
                Message::new("corpus.row", &[("document", document), ("line", line)])
                    .with("problem", problem.message())
            }
            CorpusError::NoTextColumn { document, columns } => Message::new(
                "corpus.no_text_column",
                &[("document", document), ("columns", &columns.join(", "))],
            ),
            CorpusError::NoDocument { document } => {
                Message::new("corpus.no_document", &[("document", document)])
            }
            CorpusError::UnknownKind { path, extension } => {
                Message::new("corpus.unknown_kind", &[("path", &path.display()), ("extension", extension)])
            }
            CorpusError::NotUnicode { path } => {
                Message::new("corpus.not_unicode", &[("path", &path.display())])
            }
            CorpusError::DuplicateName { document, first, second } => Message::new(
                "corpus.duplicate_name",
                &[("document", document), ("first", &first.display()), ("second", &second.display())],
            ),
            CorpusError::NoDocuments { paths, passed_over, tables_passed_over } => {
                let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                let key = match (tables_passed_over.is_empty(), passed_over.is_empty()) {
                    (true, true) => "corpus.no_documents",
                    (true, false) => "corpus.other_kinds_only",
                    (false, true) => "corpus.tables_only",
                    (false, false) => "corpus.tables_and_other_kinds",
                };
                let (paths, tables) = (paths.join(", "), some(tables_passed_over));
                Message::new(
                    key,
                    &[("paths", &paths), ("tables", &tables), ("present", &present(passed_over))],
                )
            }
            CorpusError::ReservedColumn { document, column } => {
                Message::new("corpus.reserved_column", &[("document", document), ("column", column)])
            }
            CorpusError::TableUnreadable { path, source } => {
                Message::new("corpus.table_unreadable", &[("path", &path.display()), ("source", source)])
            }
            CorpusError::Variables { path, line, problem } => {
                Message::new("corpus.variables", &[("path", &path.display()), ("line", line)])
                    .with("problem", problem.message())
            }
            CorpusError::Gold { path, line, problem } => {
                // What the caller says of a row is of no wrong form.
                let key = match problem {
                    TableProblem::Other(_) => "corpus.gold",
                    _ => "corpus.gold_form",
                };
                let path = path.display();
                Message::new(key, &[("path", &path), ("line", line)]).with("problem", problem.message())
            }
        }
    }
}

fn no_text(document: &str, what: &NoText) -> Message {
    match what {
        NoText::File => Message::new("corpus.no_text", &[("document", &document)]),
        NoText::Page(HtmlPart::Css(selector)) => {
            Message::new("corpus.no_text_selected", &[("document", &document), ("selector", selector)])
        }
        NoText::Page(_) => Message::new("corpus.no_text_in_page", &[("document", &document)]),
        NoText::Word => Message::new("corpus.no_text_in_docx", &[("document", &document)]),
        NoText::Pdf { pages } => {
            Message::new("corpus.no_text_in_pdf", &[("document", &document), ("count", pages)])
        }
    }
}

/// The files of other kinds.
fn present(passed_over: &BTreeMap<String, u64>) -> String {
    let kinds = passed_over.iter().map(|(extension, files)| format!("{files} {extension}"));
    kinds.collect::<Vec<_>>().join(", ")
}

impl Damage {
    pub(super) fn message(&self) -> Message {
        match self {
            Damage::Parser(error) => Message::new("corpus_damage.parser", &[("error", error)]),
            Damage::Compression(error) => Message::new("corpus_damage.compression", &[("error", error)]),
            Damage::Stream(error) => Message::new("corpus_damage.stream", &[("error", error)]),
            Damage::Growth { limit } => Message::new("corpus_damage.growth", &[("limit", limit)]),
            Damage::CellOutside(place) => Message::new("corpus_damage.cell_outside", &[("place", place)]),
            Damage::StringCount { count } => {
                Message::new("corpus_damage.string_count", &[("strings", count)])
            }
            Damage::TooDeep { limit } => Message::new("corpus_damage.too_deep", &[("limit", limit)]),
            Damage::TooManyAttributes { limit } => {
                Message::new("corpus_damage.too_many_attributes", &[("limit", limit)])
            }
            Damage::NoPdf => Message::new("corpus_damage.no_pdf", &[]),
            Damage::PdfPage(page) => Message::new("corpus_damage.pdf_page", &[("page", page)]),
            Damage::PdfPassword => Message::new("corpus_damage.pdf_password", &[]),
            Damage::NoSheet => Message::new("corpus_damage.no_sheet", &[]),
            Damage::MissingMember(member) => {
                Message::new("corpus_damage.missing_member", &[("member", member)])
            }
            Damage::MemberNotXml(member, error) => {
                Message::new("corpus_damage.member_not_xml", &[("member", member), ("error", error)])
            }
            Damage::OpenField(member) => Message::new("corpus_damage.open_field", &[("member", member)]),
            Damage::TextElsewhere(member) => {
                Message::new("corpus_damage.text_elsewhere", &[("member", member)])
            }
            Damage::OtherXml(root) => Message::new("corpus_damage.other_xml", &[("root", root)]),
            Damage::NoTimes => Message::new("corpus_damage.no_times", &[]),
            Damage::OldOffice => Message::new("corpus_damage.old_office", &[]),
            Damage::Archive(error) => Message::new("corpus_damage.archive", &[("error", error)]),
            Damage::Encrypted => Message::new("corpus_damage.encrypted", &[]),
            Damage::UnsupportedMethod(error) => {
                Message::new("corpus_damage.unsupported_method", &[("error", error)])
            }
            Damage::TooManyMembers { members, limit } => {
                Message::new("corpus_damage.too_many_members", &[("members", members), ("limit", limit)])
            }
            Damage::MemberOutside(member) => {
                Message::new("corpus_damage.member_outside", &[("member", member)])
            }
            Damage::EqualNames => Message::new("corpus_damage.equal_names", &[]),
            Damage::OverlappingMembers => Message::new("corpus_damage.overlapping_members", &[]),
            Damage::NestedArchive => Message::new("corpus_damage.nested_archive", &[]),
            Damage::TooLarge { limit, .. } => Message::new("corpus_damage.too_large", &[("limit", limit)]),
            Damage::Member(error) => Message::new("corpus_damage.member", &[("error", error)]),
        }
    }
}

impl TableProblem {
    pub(crate) fn message(&self) -> Message {
        match self {
            TableProblem::Unreadable(error) => Message::new("corpus_table.unreadable", &[("error", error)]),
            TableProblem::NotUtf8 => Message::new("corpus_table.not_utf8", &[]),
            TableProblem::CellCount { cells, header } => {
                Message::new("corpus_table.cell_count", &[("count", cells), ("header", header)])
            }
            TableProblem::DuplicateColumn(column) => {
                Message::new("corpus_table.duplicate_column", &[("column", column)])
            }
            TableProblem::MissingColumn { column, columns } => Message::new(
                "corpus_table.missing_column",
                &[("column", column), ("columns", &columns.join(", "))],
            ),
            TableProblem::MissingSheet { sheet, sheets } => Message::new(
                "corpus_table.missing_sheet",
                &[("sheet", sheet), ("sheets", &sheets.join(", "))],
            ),
            TableProblem::NoDocumentColumn(columns) => {
                Message::new("corpus_table.no_document_column", &[("columns", &columns.join(", "))])
            }
            TableProblem::NoGoldColumn(column) => {
                Message::new("corpus_table.no_gold_column", &[("column", column)])
            }
            TableProblem::UnnamedColumn(index) => {
                Message::new("corpus_table.unnamed_column", &[("column", &index.saturating_add(1))])
            }
            TableProblem::UnnamedCell(cell) => {
                Message::new("corpus_table.unnamed_cell", &[("cell", &cell.escape_debug())])
            }
            TableProblem::ReservedColumn(column) => {
                Message::new("corpus_table.reserved_column", &[("column", column)])
            }
            TableProblem::NoTextCell(columns) => {
                Message::new("corpus_table.no_text_cell", &[("columns", &quoted(columns))])
            }
            TableProblem::MissingCell(column) => {
                Message::new("corpus_table.missing_cell", &[("column", column)])
            }
            TableProblem::EmptyId(column) => Message::new("corpus_table.empty_id", &[("column", column)]),
            TableProblem::DuplicateId { column, id } => {
                Message::new("corpus_table.duplicate_id", &[("column", column), ("id", &id.escape_debug())])
            }
            TableProblem::Nul => Message::new("corpus_table.nul", &[]),
            TableProblem::NotAnObject(error) => {
                Message::new("corpus_table.not_an_object", &[("error", error)])
            }
            TableProblem::LoneSurrogate(escape) => {
                Message::new("corpus_table.lone_surrogate", &[("escape", escape)])
            }
            TableProblem::UnclosedQuote => Message::new("corpus_table.unclosed_quote", &[]),
            TableProblem::OpenQuote => Message::new("corpus_table.open_quote", &[]),
            TableProblem::ErrorCell { place, error } => {
                Message::new("corpus_table.error_cell", &[("place", place), ("error", error)])
            }
            TableProblem::DuplicateDocument(document) => {
                Message::new("corpus_table.duplicate_document", &[("document", document)])
            }
            TableProblem::DuplicateValue { document, variable } => Message::new(
                "corpus_table.duplicate_value",
                &[("document", document), ("variable", variable)],
            ),
            TableProblem::NotANumber { column, cell } => {
                Message::new("corpus_table.not_a_number", &[("column", column), ("cell", cell)])
            }
            TableProblem::NotABoolean { column, cell } => {
                Message::new("corpus_table.not_a_boolean", &[("column", column), ("cell", cell)])
            }
            TableProblem::Other(message) => message.clone(),
        }
    }
}

fn quoted(names: &[impl Display]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_counted_by_kind() {
        let passed_over = BTreeMap::from([(".gif".to_owned(), 1), (".jpg".to_owned(), 12)]);
        let error = CorpusError::NoDocuments {
            paths: vec!["pages".into()],
            passed_over,
            tables_passed_over: Vec::new(),
        };
        assert!(error.to_string().ends_with("(there: 1 .gif, 12 .jpg)"), "{error}");
    }
}
