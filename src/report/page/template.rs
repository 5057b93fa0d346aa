//! The template of the page: whatever is put into it is made printable and escaped.

use std::collections::BTreeMap;
use std::fmt::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::base64::base64;
use crate::messages::{Language, printable};
use crate::report::Words;
use crate::report::source::Source;

/// The script of the page.
pub const SCRIPT: &str = include_str!("report.js");
/// Its style sheet.
pub const STYLE: &str = include_str!("report.css");
const PAGE: &str = include_str!("report.html");
const NAME: &str = "report.html";

/// The SHA-256 of a script or a style sheet, as the page's policy names it.
pub fn digest(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// The words of the script and the names of categories, in each language, as JSON that ends no element of the page.
pub fn words_for_script(source: &Source) -> String {
    let words = Language::ALL.map(|language| {
        let categories: BTreeMap<&str, &str> = source
            .categories
            .iter()
            .filter_map(|category| match language {
                Language::English => None,
                Language::Japanese => Some((category.name.as_str(), category.japanese.as_deref()?)),
            })
            .collect();
        serde_json::json!({
            "code": language.code(),
            "words": Words::new(language).section("lines"),
            "categories": categories,
        })
    });
    serde_json::Value::from(words.to_vec()).to_string().replace('<', "\\u003c")
}

/// The page.
pub fn render(page: &impl Serialize) -> String {
    filled(page).unwrap_or_else(|error| panic!("the template of the page: {error:#}"))
}

fn filled(page: &impl Serialize) -> Result<String, Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if !value.is_safe() => {
            let text = printable(text);
            minijinja::escape_formatter(out, state, &Value::from(text.as_ref()))
        }
        _ => minijinja::escape_formatter(out, state, value),
    });
    environment.add_function("words", words);
    environment.add_function("twins", |texts: Vec<String>| twins(&texts));
    environment.add_function("labels", labels);
    environment.add_filter("number", |number: u64| crate::messages::grouped(number));
    environment.add_filter("safe", |text: String| Value::from_safe_string(text));
    environment.add_template(NAME, PAGE)?;
    environment.get_template(NAME)?.render(Serde(page))
}

/// The words of a key in both languages, of which the style sheet shows one; what is in backquotes is code.
fn words(key: &str, values: Kwargs) -> Result<Value, Error> {
    let twins = twins(&say(key, &values)?).to_string();
    let mut marked = String::with_capacity(twins.len());
    for (index, part) in twins.split('`').enumerate() {
        if index > 0 {
            marked.push_str(if index % 2 == 1 { "<code>" } else { "</code>" });
        }
        marked.push_str(part);
    }
    Ok(Value::from_safe_string(marked))
}

/// The words of a key in both languages as attributes, of which the script makes a label.
fn labels(key: &str, values: Kwargs) -> Result<Value, Error> {
    let mut attributes = String::new();
    for (language, text) in Language::ALL.into_iter().zip(say(key, &values)?) {
        // Writing to a string does not fail.
        let _ = write!(attributes, " data-{}=\"{}\"", language.code(), escaped(&text));
    }
    Ok(Value::from_safe_string(attributes))
}

fn say(key: &str, values: &Kwargs) -> Result<Vec<String>, Error> {
    let mut named: Vec<(&str, String)> = Vec::new();
    for name in values.args() {
        named.push((name, values.get::<Value>(name)?.to_string()));
    }
    let value = |wanted: &str| {
        let found = named.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let filled = Language::ALL.map(|language| Words::new(language).filled(key, value));
    let filled: Option<Vec<String>> = filled.into_iter().collect();
    filled.ok_or_else(|| Error::new(ErrorKind::UndefinedError, format!("no words for {key}")))
}

fn twins(texts: &[String]) -> Value {
    let mut spans = String::new();
    for (language, text) in Language::ALL.into_iter().zip(texts) {
        let _ = write!(spans, "<span class=\"twin\" lang=\"{}\">{}</span>", language.code(), escaped(text));
    }
    Value::from_safe_string(spans)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}
