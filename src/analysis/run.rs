//! Counts a corpus and writes the tables of a run.

use std::mem;
use std::path::Path;

use super::begun::begun;
use super::intake::Intake;
use super::long::Holding;
use super::parallel;
use super::resuming::{Beginning, Resumable, ResumeError, interrupted, take_interrupted};
use super::windows::{Window, Windows};
use super::writer::{Files, Writer};
use super::{AnalysisError, CountOptions, Progress, Summary};
use crate::corpus::{Corpus, Input, Variables, unmatched};
use crate::counter::Counter;
use crate::counts::{Design, DesignColumns, GroupingError, check_groups};
use crate::messages::Message;
use crate::tables::{ReadBackError, TablesFolder};
use crate::text::Wrapping;

/// Counts the markers of a corpus and writes the tables to `destination`: all of them, or nothing.
///
/// `progress` is called as work is done, from any thread.
///
/// ```
/// use hedgerow::{Corpus, CountOptions, Counter, ReadOptions, count};
///
/// # let folder = tempfile::tempdir()?;
/// # let (texts, stats) = (folder.path().join("texts"), folder.path().join("stats"));
/// # std::fs::create_dir(&texts)?;
/// std::fs::write(texts.join("a.txt"), "効果が期待される。")?;
/// let corpus = Corpus::open(&[texts], &ReadOptions::default()).map_err(|errors| errors[0].to_string())?;
/// let summary = count(&Counter::new()?, corpus, CountOptions::default(), &stats, &|_| ())?;
/// assert_eq!((summary.documents, summary.tally.sentences), (1, 1));
/// assert!(stats.join("concordance.csv").exists());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Documents that can't be read or can't be compared, or a table that can't be written.
pub fn count(
    counter: &Counter,
    corpus: Corpus,
    options: CountOptions,
    destination: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Summary, AnalysisError> {
    count_holding(counter, corpus, options, destination, progress, Holding::default())
}

fn count_holding(
    counter: &Counter,
    mut corpus: Corpus,
    options: CountOptions,
    destination: &Path,
    progress: &(dyn Fn(Progress) + Sync),
    holding: Holding,
) -> Result<Summary, AnalysisError> {
    let variables = mem::take(&mut corpus.variables);
    if let Some((design, _)) = &options.compare {
        check_design(&corpus, &variables, design)?;
    }
    let read = |bytes| progress(Progress::Text(bytes));
    let mut windows =
        Windows::new(counter, &corpus.inputs, mem::take(&mut corpus.unreadable), &options, &read);
    windows.holding = holding;
    windows.intake = Some(Intake::new(&options));
    let (mut resumable, mut replaced) = (None, None);
    if options.resume {
        let comparison = options.compare.as_ref().map(|compare| format!("{compare:?}"));
        let record = begun(counter, &variables, &options);
        let beginning = Beginning::new(&record, comparison, &corpus.inputs);
        let (opened, earlier) = Resumable::open(destination, &beginning, options.replace)?;
        windows.earlier = Some(earlier);
        resumable = Some(opened);
    } else if options.replace {
        replaced = take_interrupted(destination)?;
    } else if let Some(path) = interrupted(destination) {
        // One that is at work is said to be.
        take_interrupted(destination)?;
        return Err(ResumeError::Interrupted(path).into());
    }
    // What a run has published that was killed before it could remove its journal is its own.
    let is_own = resumable.as_ref().is_some_and(|resumable| resumable.has_published(destination));
    let folder = TablesFolder::create(destination, options.replace || is_own)?;
    let mut writer = Writer::create(&counter.setup().labels, &variables, folder, true, options.without_text)?;
    writer.summary.resumed = resumable.as_ref().map(|_| 0);
    let mut coded = windows.next()?;
    while let Some(window) = coded {
        // One window is written while the next is coded: no thread waits for the other's files.
        let (written, next) =
            parallel::join(|| write(&mut writer, resumable.as_mut(), &window), || windows.next());
        written?;
        coded = next?;
    }
    let Windows { unreadable, is_broken, records, intake, .. } = windows;
    let intake = intake.unwrap_or_else(|| Intake::new(&options));
    writer.add_duplicates(&intake.duplicates)?;
    writer.summary.beyond_comparison = intake.index.beyond;
    let is_whole = options.skip_unreadable && !is_broken && writer.summary.documents > 0;
    if !unreadable.is_empty() && !is_whole {
        return Err(AnalysisError::Unreadable(unreadable));
    }
    if writer.summary.documents == 0 && !intake.left_out.is_empty() {
        return Err(AnalysisError::OtherLanguages(intake.left_out.len() as u64));
    }
    let hits_of =
        |sentence: &str| counter.with_coder(|coder| coder.code(sentence, Wrapping::NONE)).hits.len() as u64;
    let mut finished = writer.finish(|sentence| Some(hits_of(sentence)))?;
    if let Some((design, plan)) = &options.compare {
        finished.compare(design, *plan, options.language, progress)?;
    }
    let skipped = unreadable.iter().map(|error| error.message().in_language(options.language)).collect();
    let files = Files { inputs: records, corpus: &corpus, intake, skipped };
    let (mut summary, folder, record) = finished.describe(begun(counter, &variables, &options), files)?;
    #[cfg(feature = "report")]
    let record = options.outputs.with(folder.path(), record, progress)?;
    record.write(folder.path())?;
    if let Some(resumable) = &mut resumable {
        resumable.complete(folder.path())?;
    }
    summary.notes = folder.publish()?;
    if let Some(folder) = resumable.and_then(Resumable::into_folder).or(replaced) {
        summary.notes.extend(
            folder
                .remove()
                .err()
                .map(|path| Message::new("publishing.not_removed", &[("path", &path.display())])),
        );
    }
    Ok(summary)
}

/// Writes what a window adds, and keeps what has been coded.
fn write(
    writer: &mut Writer,
    mut resumable: Option<&mut Resumable>,
    window: &Window,
) -> Result<(), AnalysisError> {
    if let Some(resumable) = &mut resumable {
        for coded in &window.passages {
            let Some(journaled) = &coded.journaled else { continue };
            if resumable.add(journaled, &coded.passage, coded.span.len())? {
                *writer.summary.resumed.get_or_insert_default() += coded.span.len() as u64;
            }
        }
        resumable.write()?;
    }
    Ok(writer.add(window)?)
}

/// The size of files in bytes, all together; each is asked for on one of the cores.
pub fn bytes(inputs: &[Input]) -> u64 {
    parallel::map(inputs.iter().collect(), Input::bytes).into_iter().sum()
}

/// Checks a comparison before any text is read: nobody should wait for a mistyped name.
fn check_design(corpus: &Corpus, variables: &Variables, design: &Design) -> Result<(), AnalysisError> {
    let columns = DesignColumns::new(design, &variables.names).map_err(ReadBackError::from)?;
    // The values in the rows of tables come with the documents.
    if !corpus.inputs.iter().any(|input| input.form.holds_many()) {
        let group = |input: &Input| {
            let cells: Vec<&str> = variables.of_name(&input.document).collect();
            columns.group(|column| cells.get(column).copied().unwrap_or_default())
        };
        let cells: Vec<String> = corpus.inputs.iter().map(group).collect();
        let found = check_groups(design, cells.iter().map(String::as_str));
        let documents = corpus.inputs.iter().map(|input| input.document.as_str());
        let has_row = |document| variables.contains(document);
        if matches!(found, Err(GroupingError::NoValue(_))) && !documents.clone().any(has_row) {
            let rows = unmatched(variables.documents(), documents.clone());
            let documents = documents.take(rows.len().max(1)).map(str::to_owned).collect();
            return Err(AnalysisError::NoRow { variable: design.by.clone(), rows, documents });
        }
        found.map_err(ReadBackError::from)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::corpus::ReadOptions;

    /// Writes the tables of texts of which those of more than `most` bytes are not held; gives them, and the progress.
    fn tables(paths: &[PathBuf], holding: Holding) -> (Vec<(String, String)>, u64) {
        let folder = tempfile::tempdir().unwrap();
        let counter = Counter::new().unwrap();
        let corpus = Corpus::open(paths, &ReadOptions::default()).unwrap();
        let stats = folder.path().join("stats");
        let done = AtomicU64::new(0);
        let progress = |progress| {
            if let Progress::Text(bytes) = progress {
                done.fetch_add(bytes, Ordering::Relaxed);
            }
        };
        count_holding(&counter, corpus, CountOptions::default(), &stats, &progress, holding).unwrap();
        let mut tables: Vec<(String, String)> = fs::read_dir(stats)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
            .map(|(path, table)| (path.rsplit('/').next().unwrap_or_default().to_owned(), table))
            .collect();
        tables.sort();
        (tables, done.into_inner())
    }

    #[test]
    fn a_text_that_is_not_held_has_the_tables_of_one_that_is() {
        let folder = tempfile::tempdir().unwrap();
        let sentences = "　効果が期待される。「きっと効く。」と言う。必ずしもｶﾞﾝに\u{200b}効くとは限らない";
        // Words that are quickly cut, as several stretches are needed.
        let filler = "アイスクリームコーヒーゼリー".repeat(9);
        let text = |line_end: &str| {
            let lines = (0..4_000).map(|number| match number % 40 {
                39 => format!("{sentences}{number}{line_end}"),
                _ => format!("{filler}{number}{line_end}"),
            });
            lines.collect::<String>()
        };
        let page = |text: String| {
            // All of one width.
            let is_wide = |c: &char| !c.is_ascii() && !"ｶﾞ\u{200b}".contains(*c);
            let characters: Vec<char> = text.chars().filter(is_wide).collect();
            let lines = characters.chunks(30).map(|line| line.iter().collect::<String>() + "\r\n");
            lines.collect::<String>()
        };
        fs::write(folder.path().join("lines.txt"), text("\n")).unwrap();
        fs::write(folder.path().join("one-line.txt"), text("、")).unwrap();
        fs::write(folder.path().join("page.txt"), page(text("。"))).unwrap();
        let short = page(text("。").chars().take(9_000).collect());
        let utf16 = std::iter::once(0xfeff).chain(short.encode_utf16()).flat_map(u16::to_le_bytes);
        fs::write(folder.path().join("utf-16.txt"), utf16.collect::<Vec<u8>>()).unwrap();
        for (name, text) in [("again", sentences), ("at-last", sentences), ("short", "必ず")] {
            fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
        }
        let paths = [folder.path().to_owned()];
        let (held, done) = tables(&paths, Holding { most: u64::MAX, ..Holding::default() });
        let (pieces, in_pieces) = tables(&paths, Holding { most: 0, stretch: 1 });
        assert_eq!(held.len(), pieces.len());
        for ((name, held), (_, pieces)) in held.iter().zip(&pieces) {
            let differs = held.lines().zip(pieces.lines()).find(|(one, other)| one != other);
            assert!(held == pieces, "{name}: {differs:?}");
        }
        assert!(in_pieces <= done && in_pieces + 200 > done, "{in_pieces} of {done}");
        let lines = |table: &str| {
            held.iter().find(|(name, _)| name == table).map_or(0, |(_, table)| table.lines().count())
        };
        assert!(lines("duplicates.csv") > 1 && lines("concordance.csv") > 900);
        let run = held.iter().find(|(name, _)| name == "run.json").unwrap();
        let run: serde_json::Value = serde_json::from_str(&run.1).unwrap();
        assert_eq!(run["wrapped"], serde_json::json!(["page.txt", "utf-16.txt"]));
    }

    #[test]
    fn the_size_of_files_is_the_sum_of_theirs() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "犬").unwrap();
        std::fs::write(folder.path().join("b.txt"), "犬が走る。").unwrap();
        let corpus =
            Corpus::open(&[folder.path().to_owned()], &crate::corpus::ReadOptions::default()).unwrap();
        assert_eq!(bytes(&corpus.inputs), 3 + 15);
    }
}
