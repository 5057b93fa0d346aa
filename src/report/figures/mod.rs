//! The figures of a run: drawings as SVG, with the numbers that were drawn as CSV.

mod bars;
mod canvas;
mod changes;
mod correspondence;
mod data;
mod dispersion;
mod documents;
mod fifths;
mod forest;
mod heat_map;
mod keyness;
mod kinds;
mod layout;
mod lettering;
mod links;
mod palette;
mod positions;
mod scale;
mod shares;
mod stacked;
mod strip;
mod trend;

use std::fs;
use std::path::{Path, PathBuf};

pub use self::canvas::Canvas;
pub use self::data::Data;
pub use self::links::Link;
pub use self::scale::signed;

use super::source::Source;
use super::{ReportError, Words};
use crate::messages::Language;
use crate::publishing::PublishError;
use crate::tables::FIGURES;

/// The width of a figure: one column of a page, and legible on a phone.
const WIDTH: f64 = 560.0;
/// The size of text.
const SIZE: f64 = 12.0;
/// The size of what is beside: ticks, figures in a table.
const SMALL: f64 = 11.0;

/// The question of the report that a figure answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Panel {
    /// How much do the texts hedge and assert?
    HowMuch,
    /// Do the groups differ?
    Groups,
    /// In what?
    What,
    /// Where?
    Where,
}

/// Draws, and gives the width and the height that it took.
type Drawing<'a> = Box<dyn Fn(&mut Canvas) -> (f64, f64) + 'a>;

/// A figure.
pub struct Figure<'a> {
    /// The name of its files.
    pub name: &'static str,
    /// The question that it answers.
    pub panel: Panel,
    /// The numbers that are drawn.
    pub data: Data,
    /// By language: what it is called.
    titles: [String; Language::ALL.len()],
    /// By language: what it shows, for those who can't see it.
    descriptions: [String; Language::ALL.len()],
    draw: Drawing<'a>,
}

impl<'a> Figure<'a> {
    /// All figures for which a run has data, by question.
    pub fn all(source: &'a Source) -> Vec<Figure<'a>> {
        let figures = [
            strip::figure(source),
            forest::figure(source),
            trend::figure(source),
            bars::categories(source),
            shares::figure(source),
            heat_map::figure(source),
            correspondence::figure(source),
            keyness::figure(source),
            changes::figure(source),
            bars::markers(source),
            fifths::figure(source),
            kinds::figure(source),
            positions::figure(source),
            dispersion::figure(source),
        ];
        let mut figures: Vec<Figure> = figures.into_iter().flatten().collect();
        figures.sort_by_key(|figure| figure.panel);
        figures
    }

    /// What it is called.
    pub fn title(&self, language: Language) -> &str {
        of_language(&self.titles, language)
    }

    /// What it shows, for those who can't see it.
    pub fn description(&self, language: Language) -> &str {
        of_language(&self.descriptions, language)
    }

    /// The drawing: with links to the lines of the page and in the colour of its text, or for a file of its own.
    pub fn svg(&self, language: Language, links: bool) -> String {
        let words = Words::new(language);
        let mut canvas = Canvas::new(&words, links, self.name);
        let size = (self.draw)(&mut canvas);
        canvas.finish(size, self.title(language), self.description(language))
    }
}

/// A text in each language.
fn in_each(say: impl Fn(&Words) -> String) -> [String; Language::ALL.len()] {
    Language::ALL.map(|language| say(&Words::new(language)))
}

fn of_language(texts: &[String; Language::ALL.len()], language: Language) -> &str {
    let texts = Language::ALL.into_iter().zip(texts);
    texts.into_iter().find(|(known, _)| *known == language).map_or("", |(_, text)| text)
}

/// Writes all figures into `figures/` below a folder, as SVG and CSV; gives their paths below it.
///
/// # Errors
/// A file that can't be written.
pub fn write(folder: &Path, source: &Source, figures: &[Figure]) -> Result<Vec<PathBuf>, ReportError> {
    let below = Path::new(FIGURES);
    let mut written = Vec::new();
    let mut file = |name: String, bytes: Vec<u8>| {
        let path = below.join(name);
        let whole = folder.join(&path);
        fs::write(&whole, bytes).map_err(|error| PublishError::write(&whole, error))?;
        written.push(path);
        Ok::<(), PublishError>(())
    };
    if !figures.is_empty() {
        let whole = folder.join(below);
        fs::create_dir_all(&whole).map_err(|error| PublishError::write(&whole, error))?;
    }
    for figure in figures {
        file(format!("{}.csv", figure.name), figure.data.csv())?;
        file(format!("{}.svg", figure.name), figure.svg(source.language, false).into_bytes())?;
    }
    Ok(written)
}
