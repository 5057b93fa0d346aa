//! Text in XML.

/// Escapes a text for the content of an element or an attribute in double quotes; what XML can't hold becomes �, one for one,
/// so that offsets stay. Gives how many characters that were.
pub(super) fn escape(text: &str, out: &mut String) -> u64 {
    let mut replaced = 0;
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A reader would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                replaced += 1;
                out.push(char::REPLACEMENT_CHARACTER);
            }
            other => out.push(other),
        }
    }
    replaced
}

/// The same for an attribute, whose line ends and tabs a reader would make blanks of.
pub(super) fn escape_attribute(text: &str, out: &mut String) -> u64 {
    let mut escaped = String::with_capacity(text.len());
    let replaced = escape(text, &mut escaped);
    out.push_str(&escaped.replace('\n', "&#10;").replace('\t', "&#9;"));
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_keeps_its_place() {
        let mut out = String::new();
        assert_eq!(escape("<犬 & \"猫\">\r\n\u{0}\u{b}\u{ffff}]]>", &mut out), 3);
        assert_eq!(out, "&lt;犬 &amp; &quot;猫&quot;&gt;&#13;\n���]]&gt;");
        let mut out = String::new();
        assert_eq!(escape_attribute("a\n\tb", &mut out), 0);
        assert_eq!(out, "a&#10;&#9;b");
    }
}
