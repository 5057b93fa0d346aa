//! brat's standoff format: the text, and beside it a line for each annotation.
//!
//! Source of the format: brat.nlplab.org/standoff.html. Offsets are in characters of the text.

use super::marker::attributes;
use super::passage::AnnotatedPassage;
use super::{Head, Out, Writer};
use crate::analysis::Found;
use crate::lexicon::{Labels, Position};
use crate::messages::printable;
use crate::text::is_line_end;

/// The document being written.
#[derive(Default)]
pub(super) struct Brat {
    markers: u64,
    attributes: u64,
}

impl Writer for Brat {
    fn begin(&mut self, _document: &Head, _out: &mut Out) {
        *self = Brat::default();
    }

    fn add(&mut self, passage: &AnnotatedPassage, out: &mut Out) {
        out.main.push_str(passage.text);
        for found in passage.hits {
            self.marker(passage, found, &mut out.beside);
        }
    }

    fn end(&mut self, _out: &mut Out) {}
}

impl Brat {
    fn marker(&mut self, passage: &AnnotatedPassage, found: &Found, out: &mut String) {
        self.markers += 1;
        let number = self.markers;
        let [marker, stance, category, flags @ ..] = attributes(found, &passage.setup.labels);
        let node = &passage.text[found.node.clone()];
        let (offsets, node) = fragments(node, passage.characters_before + found.start);
        out.push_str(&format!("T{number}\t{} {offsets}\t{node}\n", stance.1));
        let mut attribute = |name: &str, value: &str| {
            self.attributes += 1;
            let number_of_attribute = self.attributes;
            out.push_str(&format!("A{number_of_attribute}\t{name} T{number}{value}\n"));
        };
        attribute("Category", &format!(" {}", named(category.1)));
        for (name, value) in flags {
            match (name, value) {
                ("negated", "true") => attribute("Negated", ""),
                ("interrogative", "true") => attribute("Interrogative", ""),
                ("quoted", "true") => attribute("Quoted", ""),
                ("position", value) => attribute("Position", &format!(" {value}")),
                _ => {}
            }
        }
        out.push_str(&format!("#{number}\tAnnotatorNotes T{number}\t{}\n", printable(marker.1)));
    }
}

/// The stretches of a node between line ends, which no annotation may cross, as offsets and as text.
fn fragments(node: &str, start: u64) -> (String, String) {
    let (mut offsets, mut texts) = (Vec::new(), Vec::new());
    let mut at = start;
    for line in node.split_inclusive(is_line_end) {
        let text = line.trim_end_matches(is_line_end);
        let end = at + text.chars().count() as u64;
        if !text.is_empty() {
            offsets.push(format!("{at} {end}"));
            texts.push(text);
        }
        at += line.chars().count() as u64;
    }
    (offsets.join(";"), texts.join(" "))
}

/// A category as brat can name a value: without blanks.
fn named(category: &str) -> String {
    category.chars().map(|c| if c.is_whitespace() || c == '|' { '_' } else { c }).collect()
}

/// What brat must know of the annotations, and in which colours it shows them.
pub(super) fn configuration(labels: &Labels) -> [(&'static str, String); 2] {
    let categories: Vec<String> = labels.categories.iter().map(|category| named(&category.name)).collect();
    let positions = Position::ALL.map(Position::name).join("|");
    let annotation = format!(
        "[entities]\nhedge\nassertive\n\n[relations]\n\n[events]\n\n[attributes]\nCategory\tArg:<ENTITY>, Value:{}\nNegated\tArg:<ENTITY>\n\
         Interrogative\tArg:<ENTITY>\nQuoted\tArg:<ENTITY>\nPosition\tArg:<ENTITY>, Value:{positions}\n",
        categories.join("|")
    );
    let visual =
        "[drawing]\nhedge\tbgColor:#56B4E9\nassertive\tbgColor:#E69F00\nNegated\tbox:crossed\n".to_owned();
    [("annotation.conf", annotation), ("visual.conf", visual)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_over_lines_is_annotated_in_fragments() {
        assert_eq!(fragments("期待さ", 3), ("3 6".into(), "期待さ".into()));
        assert_eq!(fragments("期待\r\nされ", 3), ("3 5;7 9".into(), "期待 され".into()));
        assert_eq!(fragments("𠮷\n野", 0), ("0 1;2 3".into(), "𠮷 野".into()));
    }
}
