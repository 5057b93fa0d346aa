//! TEI P5: the text with its sentences and words, and behind it a span for each marker.
//!
//! Source of the elements: TEI Consortium, *TEI P5: Guidelines*, chapters 16 (stand-off markup) and 17 (simple analytic
//! mechanisms).

use std::mem;

use super::marker::attributes;
use super::passage::AnnotatedPassage;
use super::xml::{escape, escape_attribute};
use super::{Head, Out, Writer};
use crate::lexicon::{Labels, Stance};

/// The document being written.
pub(super) struct Tei {
    /// The categories of markers.
    taxonomy: String,
    /// The spans so far.
    spans: String,
    words: u64,
}

impl Tei {
    pub fn new(labels: &Labels) -> Self {
        let mut taxonomy = String::from("<taxonomy xml:id=\"modality\">\n");
        for stance in Stance::ALL {
            taxonomy.push_str(&format!("<category xml:id=\"{stance}\"><catDesc>{stance}</catDesc>\n"));
            for category in labels.categories.iter().filter(|category| category.stance == stance) {
                taxonomy.push_str("<category><catDesc>");
                escape(&category.name, &mut taxonomy);
                taxonomy.push_str("</catDesc></category>\n");
            }
            taxonomy.push_str("</category>\n");
        }
        taxonomy.push_str("</taxonomy>\n");
        Tei { taxonomy, spans: String::new(), words: 0 }
    }
}

impl Writer for Tei {
    fn begin(&mut self, document: &Head, out: &mut Out) {
        let Out { main, replaced, .. } = out;
        main.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n");
        main.push_str("<fileDesc><titleStmt><title>");
        *replaced += escape(document.name, main);
        main.push_str("</title></titleStmt>\n<publicationStmt><p>An annotated document of a corpus.</p></publicationStmt>\n");
        if !document.variables.is_empty() {
            main.push_str("<notesStmt>\n");
            for (name, value) in &document.variables {
                main.push_str("<note n=\"");
                *replaced += escape_attribute(name, main);
                main.push_str("\">");
                *replaced += escape(value, main);
                main.push_str("</note>\n");
            }
            main.push_str("</notesStmt>\n");
        }
        main.push_str("<sourceDesc><p>");
        *replaced += escape(document.name, main);
        main.push_str(
            "</p></sourceDesc></fileDesc>\n<encodingDesc><appInfo><application ident=\"hedgerow\" version=\"",
        );
        main.push_str(env!("CARGO_PKG_VERSION"));
        main.push_str("\"><label>Hedgerow</label></application></appInfo>\n<classDecl>");
        main.push_str(&self.taxonomy);
        main.push_str("</classDecl></encodingDesc>\n</teiHeader>\n<text><body><ab xml:lang=\"ja\" xml:space=\"preserve\">");
    }

    fn add(&mut self, passage: &AnnotatedPassage, out: &mut Out) {
        let Out { main, replaced, .. } = out;
        let mut at = 0;
        for sentence in passage.sentences() {
            let mut is_open = false;
            for token in &sentence.tokens {
                *replaced += escape(passage.text.get(at..token.span.start).unwrap_or_default(), main);
                if !mem::replace(&mut is_open, true) {
                    main.push_str(&format!("<s n=\"{}\">", sentence.number));
                }
                at = token.span.end;
                self.words += 1;
                main.push_str(&format!("<w xml:id=\"w{}\" lemma=\"", self.words));
                escape_attribute(&token.lemma, main);
                main.push_str("\" pos=\"");
                escape_attribute(&token.pos, main);
                main.push_str("\">");
                *replaced += escape(&passage.text[token.span.clone()], main);
                main.push_str("</w>");
                if let Some((found, true)) = token.hit {
                    let length = (sentence.tokens.iter())
                        .filter(|other| other.hit.is_some_and(|(hit, _)| hit.start == found.start))
                        .count() as u64;
                    let last = self.words + length - 1;
                    self.spans.push_str(&format!("<span from=\"#w{}\" to=\"#w{last}\"", self.words));
                    self.spans
                        .push_str(&format!(" ana=\"#{}\">", attributes(found, &passage.setup.labels)[1].1));
                    for (name, value) in attributes(found, &passage.setup.labels) {
                        self.spans.push_str(&format!("<note type=\"{name}\">"));
                        escape(value, &mut self.spans);
                        self.spans.push_str("</note>");
                    }
                    self.spans.push_str("</span>\n");
                }
            }
            if is_open {
                main.push_str("</s>");
            }
        }
        *replaced += escape(passage.text.get(at..).unwrap_or_default(), main);
    }

    fn end(&mut self, out: &mut Out) {
        out.main.push_str("</ab></body></text>\n<standOff>\n<spanGrp type=\"modality\">\n");
        out.main.push_str(&mem::take(&mut self.spans));
        out.main.push_str("</spanGrp>\n</standOff>\n</TEI>\n");
        self.words = 0;
    }
}
