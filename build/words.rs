//! Leaves out of the dictionary what no count can ask of it.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use csv::ByteRecord;

/// What the first columns of a MeCab-format word list hold.
const FORM: usize = 0;
const LEFT: usize = 1;
const RIGHT: usize = 2;
const COST: usize = 3;

/// Rewrites the word lists of a MeCab-format `source`: with their first `kept` columns, as reading and pronunciation
/// are more than half of it, and with one of the words that are written alike and have the same neighbours, the
/// cheapest: no analysis ever chooses another.
///
/// They are read as bytes: in EUC-JP no part of a Japanese character looks like a comma or a quotation mark.
pub fn reduce(kept: usize, source: &Path) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(source)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "csv"));
    // The order that the builder reads them in.
    paths.sort();
    let lists = paths.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;

    let mut cheapest: HashMap<[&[u8]; 3], (i32, usize)> = HashMap::new();
    for (number, word) in lists.iter().flatten().enumerate() {
        let cost = std::str::from_utf8(&word[COST])?.parse()?;
        let found = cheapest.entry([&word[FORM], &word[LEFT], &word[RIGHT]]).or_insert((cost, number));
        // Of equally cheap ones, an analysis takes the last.
        if cost <= found.0 {
            *found = (cost, number);
        }
    }
    let mut number = 0;
    for (path, list) in paths.iter().zip(&lists) {
        let mut writer = csv::WriterBuilder::new().from_path(path)?;
        for word in list {
            if cheapest[&[&word[FORM], &word[LEFT], &word[RIGHT]]].1 == number {
                writer.write_record(word.iter().take(kept))?;
            }
            number += 1;
        }
        writer.flush()?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<ByteRecord>, csv::Error> {
    csv::ReaderBuilder::new().has_headers(false).from_path(path)?.into_byte_records().collect()
}
