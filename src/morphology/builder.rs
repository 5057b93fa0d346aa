//! Compiling a dictionary from a source in MeCab's format.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lindera::dictionary::{DictionaryBuilder, Metadata};
use serde_json::Value;

use super::dictionary::SCHEMA;
use super::error::reason;
use super::{DictionaryError, Schema};
use crate::messages::Message;
use crate::publishing::Publication;

/// How a known dictionary is compiled and read.
struct Format {
    /// The number of columns of its words.
    columns: usize,
    metadata: &'static str,
    schema: &'static str,
}

/// The known dictionaries, from `dictionaries/`.
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

/// The file that says how a source is compiled.
const METADATA: &str = "metadata.json";

/// Peak memory of a build for each byte of words and matrix. Measured with UniDic 3.1.1: 9.1 GB for 4.0 GB.
const MEMORY: f64 = 2.3;

/// Bytes of words and matrix that are compiled in a second. Measured with UniDic 3.1.1: 4.0 GB in half a minute.
const RATE: f64 = 130e6;

/// A source that can be compiled.
pub struct DictionarySource {
    folder: PathBuf,
    publication: Publication,
    metadata: Metadata,
    schema: String,
    /// The name of the dictionary.
    pub name: String,
    /// The estimated peak memory of the compilation, in bytes.
    pub memory: u64,
    /// The estimated time that it takes.
    pub time: Duration,
}

impl DictionarySource {
    /// Inspects a source: a folder with `.csv` files of words, `matrix.def`, `char.def` and `unk.def`. Its format is known
    /// by its number of columns, or it has a `metadata.json` and a `schema.toml` of its own. `out` is the folder to be built.
    ///
    /// # Errors
    /// If the folder is no such source or its format is not known, or if `out` exists.
    pub fn find(folder: &Path, out: &Path) -> Result<Self, DictionaryError> {
        let (words, bytes) = words(folder)?;
        let Some(first) = words.first() else {
            return Err(DictionaryError::NoWords { folder: folder.into() });
        };
        for name in ["matrix.def", "char.def", "unk.def"] {
            if !folder.join(name).is_file() {
                return Err(DictionaryError::NoFile { folder: folder.into(), name });
            }
        }
        let columns = columns(first)?;
        let own = [folder.join(METADATA), folder.join(SCHEMA)];
        let (metadata, schema) = if own.iter().all(|path| path.is_file()) {
            let [metadata, schema] = own.each_ref().map(|path| {
                fs::read(path).map_err(|source| DictionaryError::Read { path: path.clone(), source })
            });
            (metadata?, String::from_utf8_lossy(&schema?).into_owned())
        } else {
            let known = FORMATS.iter().find(|format| format.columns == columns);
            let Some(known) = known else {
                return Err(DictionaryError::Format { folder: folder.into(), columns });
            };
            (with_columns(known.metadata, columns), known.schema.to_owned())
        };
        let [metadata_path, schema_path] = own;
        let metadata = Metadata::load(&metadata)
            .map_err(|error| DictionaryError::Metadata { path: metadata_path, reason: reason(&error) })?;
        Schema::parse(&schema).map_err(|error| DictionaryError::schema(&schema_path, &schema, &error))?;
        let name = metadata.name.clone();
        let publication = Publication::create(out)?;
        let (memory, time) = ((bytes * MEMORY) as u64, Duration::from_secs_f64(bytes / RATE));
        Ok(DictionarySource { folder: folder.into(), publication, metadata, schema, name, memory, time })
    }

    /// Compiles it into its folder, which appears when it is whole. Gives notes for the user.
    ///
    /// # Errors
    /// If the source has mistakes or the folder can't be written.
    pub fn build(self) -> Result<Vec<Message>, DictionaryError> {
        let built = self.publication.path();
        DictionaryBuilder::new(self.metadata).build_dictionary(&self.folder, built).map_err(|error| {
            DictionaryError::Compile { folder: self.folder.clone(), reason: reason(&error) }
        })?;
        self.publication.write(SCHEMA, self.schema)?;
        Ok(self.publication.publish(&[])?)
    }
}

/// The files of words of a source, in the builder's order, and the bytes of these and the matrix.
fn words(folder: &Path) -> Result<(Vec<PathBuf>, f64), DictionaryError> {
    let (mut words, mut bytes) = (Vec::new(), 0);
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
    Ok((words, bytes as f64))
}

/// The metadata of a known dictionary for words of so many columns: those of the embedded one name only the columns that
/// are read.
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
