//! Compiling a dictionary from a source in MeCab's format.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use lindera::dictionary::{DictionaryBuilder, Metadata};
use serde_json::Value;

use super::dictionary::{SCHEMA, message};
use super::{DictionaryError, Schema};

/// How a known dictionary is compiled and read.
struct Format {
    /// The columns of its words.
    columns: usize,
    metadata: &'static str,
    schema: &'static str,
}

/// The dictionaries that are known, from `dictionaries/`.
const FORMATS: [Format; 2] = [
    Format {
        columns: 13,
        metadata: include_str!("../../dictionaries/ipadic/metadata.json"),
        schema: include_str!("../../dictionaries/ipadic/schema.toml"),
    },
    Format {
        columns: 33,
        metadata: include_str!("../../dictionaries/unidic/metadata.json"),
        schema: include_str!("../../dictionaries/unidic/schema.toml"),
    },
];

/// What a build takes at its peak for each byte of the source, in memory. Measured with UniDic 3.1.1: 9.1 GB for
/// 4.0 GB of tables and words.
const MEMORY: f64 = 2.3;

/// A source that was looked at and can be compiled.
pub struct DictionarySource {
    folder: PathBuf,
    out: PathBuf,
    metadata: Metadata,
    schema: String,
    /// The name of the dictionary.
    pub name: String,
    /// How much memory the compilation will need at its peak, in bytes.
    pub memory: u64,
}

impl DictionarySource {
    /// Looks at a source: a folder with `.csv` files of words, `matrix.def`, `char.def` and `unk.def`. It is known
    /// by the number of its columns, or has a `metadata.json` and a `schema.toml` of its own.
    ///
    /// # Errors
    /// A folder that is no such source, or of a dictionary that is not known; a folder `out` that exists.
    pub fn find(folder: &Path, out: &Path) -> Result<Self, DictionaryError> {
        if out.symlink_metadata().is_ok() {
            let message = "it exists already; name another folder".into();
            return Err(DictionaryError::Source { folder: out.into(), message });
        }
        let fail = |message: String| DictionaryError::Source { folder: folder.into(), message };
        let read = |path: PathBuf| fs::read(&path).map_err(|source| DictionaryError::Read { path, source });
        let mut words = Vec::new();
        let mut bytes = 0;
        let entries =
            fs::read_dir(folder).map_err(|source| DictionaryError::Read { path: folder.into(), source })?;
        for entry in entries.flatten() {
            let path = entry.path();
            let is_words = path.extension().is_some_and(|extension| extension == "csv");
            if is_words || path.ends_with("matrix.def") {
                bytes += entry.metadata().map(|metadata| metadata.len()).unwrap_or_default();
            }
            if is_words {
                words.push(path);
            }
        }
        words.sort();
        let Some(first) = words.first() else {
            return Err(fail("there is no .csv file of words in it; give the folder of the source".into()));
        };
        for name in ["matrix.def", "char.def", "unk.def"] {
            if !folder.join(name).is_file() {
                return Err(fail(format!("there is no {name} in it; give the folder of the source")));
            }
        }
        let columns = columns(first)?;
        let own = [folder.join("metadata.json"), folder.join(SCHEMA)];
        let (metadata, schema) = if own.iter().all(|path| path.is_file()) {
            let [metadata, schema] = own.map(read);
            (metadata?, String::from_utf8_lossy(&schema?).into_owned())
        } else {
            let known = FORMATS.iter().find(|format| format.columns == columns);
            let Some(known) = known else {
                return Err(fail(format!(
                    "its words have {columns} columns, those of IPADIC 13 and of UniDic 33; for another dictionary \
                     put a metadata.json and a schema.toml into it (see docs/dictionaries.md)"
                )));
            };
            (with_columns(known.metadata, columns), known.schema.to_owned())
        };
        let metadata =
            Metadata::load(&metadata).map_err(|error| fail(format!("metadata.json: {}", message(&error))))?;
        Schema::parse(&schema).map_err(|error| fail(format!("{SCHEMA}: {}", error.message())))?;
        let name = metadata.name.clone();
        let memory = (bytes as f64 * MEMORY) as u64;
        Ok(DictionarySource { folder: folder.into(), out: out.into(), metadata, schema, name, memory })
    }

    /// Compiles it into its folder.
    ///
    /// # Errors
    /// A source with mistakes, or a folder that can't be written.
    pub fn build(self) -> Result<(), DictionaryError> {
        let out = self.out.as_path();
        let parent = out.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
        let write = |source| DictionaryError::Write { path: out.into(), source };
        fs::create_dir_all(parent).map_err(write)?;
        let making = tempfile::Builder::new().prefix(".hedgerow-").tempdir_in(parent).map_err(write)?;
        let made = making.path().join("dictionary");
        DictionaryBuilder::new(self.metadata).build_dictionary(&self.folder, &made).map_err(|error| {
            let message = format!("it can't be compiled: {}", message(&error));
            DictionaryError::Source { folder: self.folder.clone(), message }
        })?;
        fs::write(made.join(SCHEMA), self.schema).map_err(write)?;
        fs::rename(made, out).map_err(write)
    }
}

/// The metadata of a known dictionary for words of so many columns: that of the dictionary inside the program names
/// only those that are read.
fn with_columns(metadata: &str, columns: usize) -> Vec<u8> {
    let mut metadata: Value = serde_json::from_str(metadata).expect("the tests build with it");
    if let Some(fields) = metadata["dictionary_schema"]["fields"].as_array_mut() {
        for column in fields.len()..columns {
            fields.push(format!("column_{column}").into());
        }
    }
    metadata.to_string().into_bytes()
}

/// The number of columns of a file of words, which may be in any encoding.
fn columns(path: &Path) -> Result<usize, DictionaryError> {
    let fail = |source| DictionaryError::Read { path: path.into(), source };
    let mut beginning = Vec::new();
    fs::File::open(path).map_err(fail)?.take(1 << 16).read_to_end(&mut beginning).map_err(fail)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&beginning[..]);
    let mut record = csv::ByteRecord::new();
    let _ = reader.read_byte_record(&mut record);
    Ok(record.len())
}
