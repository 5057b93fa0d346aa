//! The page: one file in both languages that needs no network, with the figures, the lines and what the run was made with.

mod accuracy;
mod base64;
mod checked;
mod facts;
mod findings;
mod lines;
mod template;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use self::facts::Facts;
use self::findings::findings;
use self::lines::Lines;
use super::figures::{Figure, Panel};
use super::methods::Methods;
use super::source::Source;
use super::{ReportError, Words};
use crate::messages::Language;
use crate::publishing::PublishError;
use crate::tables::{RunRecord, RunTables};

/// The file of the page.
const FILE: &str = "report.html";

/// A text in each language, in the order of [`Language::ALL`].
type Both = [String; Language::ALL.len()];

/// What the template names.
#[derive(Serialize)]
struct Page {
    facts: Facts,
    /// By question: its figures.
    questions: Vec<Vec<PageFigure>>,
    findings: Vec<Both>,
    lines: Option<PageLines>,
    methods: PageMethods,
    accuracy: accuracy::Accuracy,
    checked: Option<checked::CheckedRun>,
    script: &'static str,
    script_digest: String,
    style: &'static str,
    style_digest: String,
    words_json: String,
}

#[derive(Serialize)]
struct PageFigure {
    name: &'static str,
    title: Both,
    description: Both,
    svg: Both,
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct PageLines {
    kept: u64,
    all: u64,
    seed: u64,
    data: String,
    printed: Vec<lines::PrintedLine>,
}

#[derive(Serialize)]
struct PageMethods {
    paragraphs: Vec<String>,
    /// By reference: its lines.
    bibtex: Vec<Vec<String>>,
}

/// Writes `report.html` into a folder, and gives the paths of what it has written, below the folder.
///
/// # Errors
/// A table that can't be read, a file that can't be written.
pub fn write(
    folder: &Path,
    tables: RunTables,
    record: &RunRecord,
    source: &Source,
    figures: &[Figure],
) -> Result<Vec<PathBuf>, ReportError> {
    let methods = Methods::read(folder, record)?;
    let lines = Lines::read(tables, folder, record, source)?;
    let page = Page {
        facts: Facts::of(record, source, lines.as_ref()),
        questions: [Panel::HowMuch, Panel::Groups, Panel::What, Panel::Where]
            .map(|panel| figures.iter().filter(|figure| figure.panel == panel).map(drawn).collect())
            .into(),
        findings: findings(tables, record)?,
        lines: lines.map(|lines| PageLines {
            kept: lines.kept,
            all: lines.all,
            seed: lines::SEED,
            data: lines.data,
            printed: lines.printed,
        }),
        methods: PageMethods {
            paragraphs: methods.paragraphs.into_iter().map(|(_, paragraph)| paragraph).collect(),
            bibtex: methods
                .bibtex
                .iter()
                .map(|reference| reference.lines().map(str::to_owned).collect())
                .collect(),
        },
        accuracy: accuracy::Accuracy::standard(),
        checked: checked::CheckedRun::read(tables, record)?,
        script: template::SCRIPT,
        script_digest: template::digest(template::SCRIPT),
        style: template::STYLE,
        style_digest: template::digest(template::STYLE),
        words_json: template::words_for_script(source),
    };
    let path = folder.join(FILE);
    let html = template::render(&page);
    fs::write(&path, html).map_err(|error| PublishError::write(&path, error))?;
    Ok(vec![PathBuf::from(FILE)])
}

fn drawn(figure: &Figure) -> PageFigure {
    PageFigure {
        name: figure.name,
        title: Language::ALL.map(|language| figure.title(language).to_owned()),
        description: Language::ALL.map(|language| figure.description(language).to_owned()),
        svg: Language::ALL.map(|language| figure.svg(language, true)),
        header: figure.data.header.clone(),
        rows: figure.data.rows.clone(),
    }
}

/// A text in each language.
fn in_each(say: impl Fn(&Words) -> String) -> Both {
    Language::ALL.map(|language| say(&Words::new(language)))
}
