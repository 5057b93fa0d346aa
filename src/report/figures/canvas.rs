//! An SVG that is drawn element by element: presentation attributes alone, no style, no script, nothing that is fetched.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::lettering::FONTS;
use super::links::Link;
use crate::messages::printable;
use crate::report::Words;

/// Attributes of an element.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Where a text begins, and how: see [`Canvas::text`].
#[derive(Debug, Clone, Copy)]
pub enum Anchor {
    /// At its left end.
    Start,
    /// At its middle.
    Middle,
    /// At its right end.
    End,
}

/// A drawing.
pub struct Canvas<'w> {
    /// The words of its language.
    pub words: &'w Words,
    /// Whether marks link to the lines that they count.
    pub links: bool,
    /// The name of the figure.
    name: &'static str,
    writer: Writer<Vec<u8>>,
}

impl<'w> Canvas<'w> {
    /// An empty drawing of a figure.
    pub fn new(words: &'w Words, links: bool, name: &'static str) -> Self {
        Canvas { words, links, name, writer: Writer::new(Vec::new()) }
    }

    /// The colour of text and axes: that of the text around it in the page, black in a file.
    pub fn ink(&self) -> &'static str {
        if self.links { "currentColor" } else { "#000" }
    }

    /// A name for something within the drawing that no other drawing of the page has.
    pub fn id(&self, part: &str) -> String {
        let place = if self.links { "page" } else { "file" };
        format!("{}-{}-{place}-{part}", self.name, self.words.language.code())
    }

    /// An element with others in it.
    pub fn group(&mut self, name: &str, attributes: Attributes, inner: impl FnOnce(&mut Self)) {
        self.event(Event::Start(start(name, attributes)));
        inner(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without others in it.
    pub fn element(&mut self, name: &str, attributes: Attributes) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// A mark with what it stands for: a link to its lines in the page.
    pub fn mark(&mut self, link: &Link, title: &str, inner: impl FnOnce(&mut Self)) {
        self.mark_with(link, title, &[], inner);
    }

    /// A mark that the tab key passes over, as there are too many of its kind.
    pub fn small_mark(&mut self, link: &Link, title: &str, inner: impl FnOnce(&mut Self)) {
        self.mark_with(link, title, &[("tabindex", "-1")], inner);
    }

    fn mark_with(&mut self, link: &Link, title: &str, more: Attributes, inner: impl FnOnce(&mut Self)) {
        let within = |canvas: &mut Self| {
            canvas.titled("title", title);
            inner(canvas);
        };
        if self.links {
            let target = link.target();
            self.group("a", &[&[("href", target.as_str())], more].concat(), within);
        } else {
            self.group("g", &[], within);
        }
    }

    /// What is no link and is named when one points at it.
    pub fn named(&mut self, title: &str, inner: impl FnOnce(&mut Self)) {
        self.group("g", &[], |canvas| {
            canvas.titled("title", title);
            inner(canvas);
        });
    }

    fn titled(&mut self, name: &str, text: &str) {
        self.group(name, &[], |canvas| canvas.characters(text));
    }

    /// A line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), attributes: Attributes) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(number);
        let place = [("x1", x1.as_str()), ("y1", &y1), ("x2", &x2), ("y2", &y2)];
        self.element("line", &[&place[..], attributes].concat());
    }

    /// A rectangle by its upper left corner and its size.
    pub fn rectangle(&mut self, corner: (f64, f64), size: (f64, f64), attributes: Attributes) {
        let [x, y, width, height] = [corner.0, corner.1, size.0, size.1].map(number);
        let place = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
        self.element("rect", &[&place[..], attributes].concat());
    }

    /// A circle.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, attributes: Attributes) {
        let [x, y, r] = [centre.0, centre.1, radius].map(number);
        let place = [("cx", x.as_str()), ("cy", &y), ("r", &r)];
        self.element("circle", &[&place[..], attributes].concat());
    }

    /// A line through points, or an area if it is filled.
    pub fn path(&mut self, points: &[(f64, f64)], close: bool, attributes: Attributes) {
        let mut path = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            path.push(if at == 0 { 'M' } else { 'L' });
            path.push_str(&number(*x));
            path.push(' ');
            path.push_str(&number(*y));
        }
        if close {
            path.push('Z');
        }
        self.element("path", &[&[("d", path.as_str())], attributes].concat());
    }

    /// A text whose base line begins, has its middle or ends at a point.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, size: f64, text: &str, attributes: Attributes) {
        let [x, y, size] = [at.0, at.1, size].map(number);
        let mut place = vec![("x", x.as_str()), ("y", &y), ("font-size", &size)];
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => place.push(("text-anchor", "middle")),
            Anchor::End => place.push(("text-anchor", "end")),
        }
        self.group("text", &[&place[..], attributes].concat(), |canvas| canvas.characters(text));
    }

    fn characters(&mut self, text: &str) {
        self.event(Event::Text(BytesText::new(&legal(text))));
    }

    fn event(&mut self, event: Event) {
        self.writer.write_event(event).expect("memory takes every byte");
    }

    /// The SVG, of a size, with its name and what it shows.
    pub fn finish(self, (width, height): (f64, f64), title: &str, description: &str) -> String {
        let Canvas { words, links, name, writer } = self;
        let body = writer.into_inner();
        let mut whole = Canvas::new(words, links, name);
        let [width, height] = [width, height].map(|length| number(length.ceil()));
        let view = format!("0 0 {width} {height}");
        let (title_id, description_id) = (whole.id("title"), whole.id("description"));
        let labelled = [title_id.as_str(), description_id.as_str()].join(" ");
        let (ink, title) = (whole.ink(), legal(title));
        let mut attributes = vec![
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", width.as_str()),
            ("height", height.as_str()),
            ("viewBox", view.as_str()),
            ("lang", words.language.code()),
            ("font-family", FONTS),
            ("fill", ink),
        ];
        // In the page a title of the whole would show wherever one points at.
        if links {
            attributes.extend([
                ("role", "group"),
                ("aria-label", &title),
                ("aria-describedby", &description_id),
            ]);
        } else {
            attributes.extend([("role", "img"), ("aria-labelledby", labelled.as_str())]);
        }
        whole.group("svg", &attributes, |whole| {
            if !links {
                whole.group("title", &[("id", &title_id)], |whole| whole.characters(&title));
            }
            whole.group("desc", &[("id", &description_id)], |whole| whole.characters(description));
            whole.writer.get_mut().extend(body);
        });
        String::from_utf8(whole.writer.into_inner()).expect("all of it was text")
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}

/// A text as XML may have it, in the order in which it is written.
fn legal(text: &str) -> Cow<'_, str> {
    match printable(text) {
        text if text.contains(['\u{fffe}', '\u{ffff}']) => {
            Cow::Owned(text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
        }
        text => text,
    }
}

/// A coordinate with two decimals at most, so that the last digits of a computation reach no file.
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Language;

    #[test]
    fn coordinates_have_two_decimals() {
        assert_eq!(
            [0.0, -0.001, 1.5, 2.005, -3.25, 1e6].map(number),
            ["0", "0", "1.5", "2", "-3.25", "1000000"]
        );
    }

    #[test]
    fn hostile_text_is_text() {
        let words = Words::new(Language::English);
        let mut canvas = Canvas::new(&words, true, "forest");
        let hostile = "<script>]]>&\"\u{0}\u{202e}\u{ffff}";
        canvas.mark(&Link::new().and("group", hostile), hostile, |canvas| {
            canvas.text((1.0, 2.0), Anchor::End, 12.0, hostile, &[]);
        });
        let svg = canvas.finish((10.0, 10.0), hostile, hostile);
        assert!(!svg.contains("<script") && !svg.contains("]]>"), "{svg}");
        assert!(!svg.contains(['\u{0}', '\u{202e}', '\u{ffff}']), "{svg}");
        assert!(svg.contains("&lt;script&gt;]]&gt;&amp;"), "{svg}");
    }
}
