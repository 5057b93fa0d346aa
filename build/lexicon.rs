//! Lists the files of the default lexicon, so that a new one needs no line of code, and reads them ahead: a start would
//! else spend a seventh of its time on their syntax.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The constants that hold the files, and where these are.
const PLACES: [(&str, &str); 3] = [
    ("MACROS", "dictionaries/macros.toml"),
    ("MODALITY", "dictionaries/modality"),
    ("CONTEXT", "dictionaries/context"),
];

/// Keys of the texts whose line the program tells of.
const WITH_LINE: [&str; 3] = ["category", "id", "text"];

/// Writes `standard_lexicon.rs` into `out`: of each file, by name, its text and what stands in it as JSON.
pub fn embed(manifest: &Path, out: &Path) -> Result<(), String> {
    let mut code = String::new();
    for (constant, place) in PLACES {
        println!("cargo::rerun-if-changed={place}");
        let _ = writeln!(code, "const {constant}: &[Embedded] = &[");
        for name in names(manifest, place)? {
            let path = manifest.join(&name);
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&name, &error))?;
            let _ = writeln!(
                code,
                "    Embedded {{ name: {name:?}, text: include_str!({path:?}), from_build: {:?} }},",
                read(&name, &text)?
            );
        }
        code.push_str("];\n");
    }
    fs::write(out.join("standard_lexicon.rs"), code)
        .map_err(|error| format!("cannot write the list of the lexicon's files: {error}"))
}

/// A file, or those of a folder, in order.
fn names(manifest: &Path, place: &str) -> Result<Vec<String>, String> {
    if place.ends_with(".toml") {
        return Ok(vec![place.into()]);
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(manifest.join(place)).map_err(|error| unreadable(place, &error))? {
        let name = entry.map_err(|error| unreadable(place, &error))?.file_name().into_string();
        names.extend(name.ok().filter(|name| name.ends_with(".toml")).map(|name| format!("{place}/{name}")));
    }
    names.sort();
    Ok(names)
}

fn unreadable(place: &str, error: &std::io::Error) -> String {
    format!("cannot read {place}: {error}; restore it from the repository")
}

/// What stands in a file, as JSON; some texts stand behind their line.
fn read(name: &str, text: &str) -> Result<String, String> {
    let line = |byte: usize| text[..byte].matches('\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| {
        format!("{name}, line {}: {}", error.span().map_or(1, |span| line(span.start)), error.message())
    })?;
    Ok(of_table(table.get_ref(), &line).to_string())
}

fn of_table(table: &DeTable, line: &impl Fn(usize) -> usize) -> Value {
    let value = |(key, value): (&Spanned<DeString>, &Spanned<DeValue>)| {
        let read = of(value.get_ref(), line);
        let has_line = WITH_LINE.contains(&key.get_ref().as_ref());
        let read = if has_line { json!([line(value.span().start), read]) } else { read };
        (key.get_ref().to_string(), read)
    };
    Value::Object(table.iter().map(value).collect())
}

fn of(value: &DeValue, line: &impl Fn(usize) -> usize) -> Value {
    match value {
        DeValue::String(text) => text.to_string().into(),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Array(values) => values.iter().map(|value| of(value.get_ref(), line)).collect(),
        DeValue::Table(table) => of_table(table, line),
        // No file has any. No field takes an empty object, not even one that may be missing, so the program reads the text,
        // which is right or tells what is wrong.
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => json!({}),
    }
}
