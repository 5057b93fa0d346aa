//! Links from marks to the lines of the concordance that they count: `#lines?KEY=VALUE&…`, percent-encoded.

use std::fmt::Write;

use crate::lexicon::Stance;

/// Which lines of the concordance a mark counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// All lines.
    pub fn new() -> Self {
        Link::default()
    }

    /// Those that are counted in rates, counts and shares: affirmed ones.
    pub fn affirmed() -> Self {
        Link::new().and("negated", "false")
    }

    /// Those of them that have a value.
    pub fn and(mut self, key: &'static str, value: &str) -> Self {
        let sign = if self.0.is_empty() { '?' } else { '&' };
        self.0.push(sign);
        self.0.push_str(key);
        self.0.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                self.0.push(char::from(byte));
            } else {
                // Writing to a string does not fail.
                let _ = write!(self.0, "%{byte:02X}");
            }
        }
        self
    }

    /// Those of a stance.
    pub fn stance(self, stance: Stance) -> Self {
        self.and("stance", stance.name())
    }

    /// Those of a group of documents.
    pub fn group(self, variable: &str, group: &str) -> Self {
        self.and("by", variable).and("group", group)
    }

    /// The target of the link.
    pub fn target(&self) -> String {
        format!("#lines{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_percent_encoded() {
        let link = Link::affirmed().group("genre", "a&b=<#%>").and("marker", "犬");
        assert_eq!(
            link.target(),
            "#lines?negated=false&by=genre&group=a%26b%3D%3C%23%25%3E&marker=%E7%8A%AC"
        );
        assert_eq!(Link::new().target(), "#lines");
    }
}
