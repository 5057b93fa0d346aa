//! Which tables of a run are not as they were written.

use std::fs::File;
use std::io;
use std::path::Path;

use super::super::TableRecord;
use super::super::digesting::Digesting;

/// A table that is not as it was written.
#[derive(Debug)]
pub struct DifferingTable {
    /// The name of its file.
    pub name: String,
    /// Why it could not be read, `NotFound` where it is gone; none where it was read and its bytes differ.
    pub source: Option<io::Error>,
}

/// The tables of a folder that are not as the record of its run says, in the order of the record.
pub fn differing_tables(folder: &Path, tables: &[TableRecord]) -> Vec<DifferingTable> {
    let differing = |table: &TableRecord| {
        let source = match digest(&folder.join(&table.name)) {
            Ok(digest) if digest == table.sha256 => return None,
            Ok(_) => None,
            Err(source) => Some(source),
        };
        Some(DifferingTable { name: table.name.clone(), source })
    };
    tables.iter().filter_map(differing).collect()
}

/// The digest of a file.
pub(super) fn digest(path: &Path) -> io::Result<String> {
    let mut file = Digesting::new(open_file(path)?);
    io::copy(&mut file, &mut io::sink())?;
    Ok(file.digest())
}

/// Opens what is a file: to open a FIFO would wait for somebody to write to it.
pub(in super::super) fn open_file(path: &Path) -> io::Result<File> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    File::open(path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::digest::sha256;

    #[test]
    fn tables_that_differ_are_named_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let record = |name: &str| TableRecord { name: name.into(), sha256: sha256("a"), rows: 0 };
        fs::write(folder.path().join("same.csv"), "a").unwrap();
        fs::write(folder.path().join("changed.csv"), "b").unwrap();
        fs::create_dir(folder.path().join("folder.csv")).unwrap();
        let tables = ["same.csv", "changed.csv", "gone.csv", "folder.csv"].map(record);
        let found = differing_tables(folder.path(), &tables);
        let found: Vec<_> = found
            .iter()
            .map(|table| (table.name.as_str(), table.source.as_ref().map(io::Error::kind)))
            .collect();
        let expected = [
            ("changed.csv", None),
            ("gone.csv", Some(io::ErrorKind::NotFound)),
            ("folder.csv", Some(io::ErrorKind::InvalidInput)),
        ];
        assert_eq!(found, expected);
    }
}
