//! Metadata above the text of a Markdown file: YAML between `---`, TOML between `+++`, an object of JSON.

use serde_json::{Deserializer, Map, Value};

/// What stands behind the metadata, or the text itself if it has none.
pub(super) fn behind(markdown: &str) -> &str {
    let text = markdown.trim_start_matches('\u{feff}');
    fenced(text).or_else(|| json(text)).unwrap_or(markdown)
}

/// Behind YAML or TOML. A thematic break that other text follows begins none.
fn fenced(text: &str) -> Option<&str> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let mut end = first.len();
    let (closing, is_line): (&[&str], fn(&str) -> bool) = match first.trim_end() {
        "---" | "---yaml" | "--- yaml" => (&["---", "..."], is_yaml),
        "+++" => (&["+++"], is_toml),
        "---toml" | "--- toml" => (&["+++", "---"], is_toml),
        _ => return None,
    };
    let (mut has_keys, mut is_blank) = (false, true);
    for line in lines {
        end = end.saturating_add(line.len());
        let line = line.trim_end();
        if closing.contains(&line) {
            // Empty metadata are two rules, one below the other.
            return (has_keys || is_blank).then(|| &text[end..]);
        }
        // Lists, continued values and comments belong to a key.
        let continues = line.is_empty() || line.starts_with([' ', '\t', '#', '-', ']', '}', '"', '\'', '[']);
        has_keys |= is_line(line);
        is_blank &= line.is_empty();
        if !(is_line(line) || continues) {
            return None;
        }
    }
    None
}

/// `key: value`, `key:`.
fn is_yaml(line: &str) -> bool {
    let key = line.trim_start_matches(['"', '\'']);
    key.split_once(':').is_some_and(|(key, value)| {
        !key.trim().is_empty()
            && !key.contains(['。', '、'])
            && (value.is_empty() || value.starts_with([' ', '\t']))
    })
}

/// `key = value`, `[table]`.
fn is_toml(line: &str) -> bool {
    let is_key = |key: &str| {
        let key = key.trim().trim_matches(['"', '\'']);
        !key.is_empty() && !key.contains(['。', '、'])
    };
    line.starts_with('[') && line.ends_with(']') || line.split_once('=').is_some_and(|(key, _)| is_key(key))
}

/// Behind an object of JSON, if lines of text follow it.
fn json(text: &str) -> Option<&str> {
    text.starts_with('{').then_some(())?;
    let mut objects = Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    let object = objects.next()?.ok()?;
    let behind = &text[objects.byte_offset()..];
    let line_end = behind.trim_start_matches([' ', '\t', '\r']);
    (!object.is_empty() && line_end.starts_with('\n') && !behind.trim().is_empty()).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn metadata_at_the_top_are_no_text() {
        for metadata in [
            "---\ntitle: 犬\ntags:\n  - a\n- b\n# c\n---\n",
            "---\r\ntitle: 犬\r\n---\r\n",
            "---\n\ntitle: \"犬：猫\"\n...\n",
            "---\n---\n",
            "---\r\n---\r\n",
            "---\n\n---\n",
            "---\r\ntitle: 犬\r\n\r\ntags:\r\n- a\r\n---\r\n",
            "+++\r\n+++\r\n",
            "+++\ntitle = \"犬\"\n\n[extra]\ntags = [\n  \"a\",\n]\n+++\n",
            "\u{feff}+++\ntitle = '犬'\n+++\n",
            "---toml\ntitle = '犬'\n---\n",
            "{\n  \"title\": \"犬 }\",\n  \"tags\": [\"a\"]\n}\n",
            "{\"title\": {\"a\": 1}}\n",
        ] {
            assert_eq!(behind(&format!("{metadata}\n本文。\n")).trim(), "本文。", "{metadata}");
        }
    }

    #[test]
    fn what_only_looks_like_metadata_is_text() {
        for text in [
            "---\n\n本文。\n\n---\n\n犬だ。\n",
            "---\n本文。\n---\n",
            "---\ntitle: 犬\n\n本文。\n",
            "+++\n本文だ。\n+++\n犬\n",
            "+++\ntitle = '犬'\n本文。\n",
            "本文。\n\n---\ntitle: 犬\n---\n",
            "{犬|いぬ}が走る。\n",
            "{\"犬\": 1}",
            "{\"犬\": 1}は値です。\n",
            "{}\n本文。\n",
            "[1]\n本文。\n",
        ] {
            assert_eq!(behind(text), text);
        }
    }
}
