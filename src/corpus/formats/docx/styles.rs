//! Styles, as far as they hide text.

use std::collections::HashMap;

use super::package::problem_of;
use crate::corpus::Damage;
use crate::corpus::formats::xml::{Element, Node, XmlReader};

/// How many styles may be based on one another; Word itself allows 11.
const CHAIN: usize = 64;

/// Which styles hide text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// Whether text is hidden by default.
    by_default: bool,
    default_paragraph: Option<String>,
    default_character: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    hides: Option<bool>,
}

impl Styles {
    pub fn read(part: &str, xml: &str) -> Result<Self, Damage> {
        let mut styles = Styles::default();
        let mut reader = XmlReader::new(xml);
        // The names of the elements around.
        let mut path: Vec<String> = Vec::new();
        let mut current: Option<(String, Style)> = None;
        while let Some(node) = reader.next().map_err(|problem| problem_of(part, problem))? {
            match node {
                Node::Start(element) => {
                    match (path.last().map(String::as_str), element.name()) {
                        (_, "style") => current = Some((styles.begin(&element), Style::default())),
                        (Some("style"), "basedOn") => {
                            if let Some((_, style)) = &mut current {
                                style.based_on = element.attribute("val");
                            }
                        }
                        (Some("rPr"), "vanish" | "specVanish") => match &mut current {
                            Some((_, style))
                                if path.iter().rev().nth(1).is_some_and(|name| name == "style") =>
                            {
                                style.hides = Some(is_on(&element));
                            }
                            None => styles.by_default = is_on(&element),
                            Some(_) => {}
                        },
                        _ => {}
                    }
                    path.push(element.name().to_owned());
                }
                Node::End => {
                    if path.pop().is_some_and(|name| name == "style")
                        && let Some((id, style)) = current.take()
                    {
                        styles.by_id.insert(id, style);
                    }
                }
                Node::Text(_) => {}
            }
        }
        Ok(styles)
    }

    /// Notes whether a style is the default of its type; gives its id.
    fn begin(&mut self, element: &Element) -> String {
        let id = element.attribute("styleId").unwrap_or_default();
        if element.attribute("default").is_some_and(|value| is_on_value(&value)) {
            match element.attribute("type").as_deref() {
                Some("paragraph") => self.default_paragraph = Some(id.clone()),
                Some("character") => self.default_character = Some(id.clone()),
                _ => {}
            }
        }
        id
    }

    /// Whether a style hides text, by itself or by what it is based on.
    fn hides(&self, id: Option<&str>) -> bool {
        let mut next = id;
        for _ in 0..CHAIN {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            if let Some(hides) = style.hides {
                return hides;
            }
            next = style.based_on.as_deref();
        }
        false
    }

    /// Whether a style of tables hides text.
    pub fn table_hides(&self, id: &str) -> bool {
        self.hides(Some(id))
    }

    /// Whether text is hidden that has these styles and no property of its own. Of the styles of a table, a paragraph
    /// and a run, each that hides turns it over (ECMA-376, part 1, 17.7.3).
    pub fn hide(&self, table_hides: bool, paragraph: Option<&str>, run: Option<&str>) -> bool {
        let paragraph = self.hides(paragraph.or(self.default_paragraph.as_deref()));
        let run = self.hides(run.or(self.default_character.as_deref()));
        self.by_default || (table_hides ^ paragraph ^ run)
    }
}

/// Whether a property that is on or off is on.
pub(super) fn is_on(element: &Element) -> bool {
    element.attribute("val").is_none_or(|value| is_on_value(&value))
}

fn is_on_value(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_hide_by_themselves_and_by_what_they_are_based_on() {
        let style = |kind: &str, id: &str, base: &str, own: &str| {
            format!(
                "<w:style w:type='{kind}' w:styleId='{id}'><w:basedOn w:val='{base}'/><w:rPr>{own}</w:rPr></w:style>"
            )
        };
        let xml = format!(
            "<w:styles>{}{}{}{}{}</w:styles>",
            style("paragraph", "A", "", "<w:vanish/>"),
            style("paragraph", "B", "A", ""),
            style("paragraph", "C", "B", "<w:vanish w:val='0'/>"),
            style("character", "D", "", "<w:vanish w:val='1'/>"),
            style("paragraph", "E", "E", ""),
        );
        let styles = Styles::read("styles", &xml).unwrap();
        let hide = |paragraph, run| styles.hide(false, paragraph, run);
        assert!(hide(Some("A"), None) && hide(Some("B"), None) && hide(None, Some("D")));
        assert!(!hide(Some("C"), None) && !hide(Some("B"), Some("D")) && !hide(None, None));
        assert!(!hide(Some("E"), None) && !hide(Some("x"), None) && styles.hide(true, Some("C"), None));
        let xml = "<styles><docDefaults><rPrDefault><rPr><vanish/></rPr></rPrDefault></docDefaults></styles>";
        assert!(Styles::read("styles", xml).unwrap().hide(false, None, None));
    }
}
