//! `hedgerow texts`: the text of each document, as the offsets of the concordance count in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use hedgerow::corpus::{Document, DocumentReader};

use super::{Outcome, Result, complain};

/// Write the text of each document as it is counted, so that offsets can be looked up in it
#[derive(clap::Args)]
pub struct Arguments {
    /// Files or folders, as for count
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write the texts to; it must not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    reading: super::read_options::ReadArguments,
}

pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome> {
    let folder = &arguments.out;
    if folder.symlink_metadata().is_ok() {
        bail!("{}: it exists already; name another folder", folder.display());
    }
    let corpus = match arguments.reading.find(&arguments.paths) {
        Ok(corpus) => corpus,
        Err(errors) => return Ok(complain(errors)),
    };
    let reading = arguments.reading.reading();
    let parent = folder.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let fail = || format!("{}: check that the disk has room and that you may write there", folder.display());
    fs::create_dir_all(parent).with_context(fail)?;
    let making = tempfile::Builder::new().prefix(".hedgerow-").tempdir_in(parent).with_context(fail)?;
    let texts = making.path().join("texts");
    let (mut written, mut unreadable) = (0_u64, corpus.unreadable);
    for document in corpus.inputs.iter().flat_map(|input| DocumentReader::open(input, &reading)) {
        match document {
            Ok(document) => {
                write(&texts, &document).with_context(fail)?;
                written += 1;
            }
            Err(error) => unreadable.push(error),
        }
    }
    if !unreadable.is_empty() {
        return Ok(complain(unreadable));
    }
    fs::create_dir_all(&texts).with_context(fail)?;
    fs::rename(&texts, folder).with_context(fail)?;
    writeln!(out, "{written} texts: {}", folder.display())?;
    Ok(Outcome::Done)
}

/// Writes a text under the name of its document.
fn write(folder: &Path, document: &Document) -> std::io::Result<()> {
    let mut path = folder.to_path_buf();
    path.extend(document.name.split('/').map(file_name));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".txt");
    path.set_file_name(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &document.text)
}

/// A part of a document's name as one of a file: the id of a row may hold what no file's name may.
fn file_name(part: &str) -> String {
    let is_name = |c: char| !(c.is_control() || r#"\:*?"<>|%"#.contains(c));
    let encoded = |c: char| if is_name(c) { c.to_string() } else { format!("%{:02X}", u32::from(c)) };
    match part {
        "" | "." | ".." => format!("%{part}"),
        part => part.chars().map(encoded).collect(),
    }
}
