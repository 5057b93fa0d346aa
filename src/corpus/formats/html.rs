//! Web pages: their main text, all of it, or what a selector names, with a line for each block.

use std::str::FromStr;

use dom_query::{Document as Page, Matcher, NodeRef};
use dom_smoothie::{Config, Readability};
use memchr::memmem;

use super::Extract;
use super::lines::Lines;
use crate::corpus::decoding::decode_whole;
use crate::corpus::{CorpusError, Encoding, NoText, ReadOptionError, ReadOptions};
use crate::text::characters::is_japanese;

/// Which part of a web page is read.
///
/// ```
/// use hedgerow::{Document, HtmlPart, ReadOptions};
///
/// let options = ReadOptions { html: "css:p.lead".parse::<HtmlPart>()?, ..ReadOptions::default() };
/// let page = "<p class=lead>効果が期待される。<p>終わり";
/// assert_eq!(Document::from_bytes("a.html", page.into(), &options)?[0].text, "効果が期待される。\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum HtmlPart {
    /// The main text, without navigation, banners and the like.
    #[default]
    Main,
    /// All text.
    All,
    /// The elements that a CSS selector names.
    Css(String),
}

impl FromStr for HtmlPart {
    type Err = ReadOptionError;

    fn from_str(part: &str) -> Result<Self, ReadOptionError> {
        match part {
            "main" => Ok(HtmlPart::Main),
            "all" => Ok(HtmlPart::All),
            _ => match part.strip_prefix("css:") {
                Some(selector) if Matcher::new(selector).is_ok() => Ok(HtmlPart::Css(selector.into())),
                Some(selector) => Err(ReadOptionError::Selector(selector.into())),
                None => Err(ReadOptionError::HtmlPart(part.into())),
            },
        }
    }
}

impl std::fmt::Display for HtmlPart {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            HtmlPart::Main => f.write_str("main"),
            HtmlPart::All => f.write_str("all"),
            HtmlPart::Css(selector) => write!(f, "css:{selector}"),
        }
    }
}

/// In the record of a run: a page of which the main text was asked for, and next to nothing found.
pub const NEXT_TO_NOTHING: &str = "all, as the main text was next to nothing";

/// Extracts the text of a web page.
pub(super) fn extract(document: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Extract, CorpusError> {
    let declared = declared(&bytes);
    let page = decode_whole(document, bytes, declared, options)?;
    let (text, part) = text(&page.text, &options.html).ok_or_else(|| CorpusError::NoText {
        document: document.into(),
        what: NoText::Page(options.html.clone()),
    })?;
    Ok(Extract {
        text,
        format: "html",
        encoding: Some(page.encoding),
        malformed: page.malformed,
        html: Some(part),
    })
}

/// The text of a page, and which part of it that is; none if there is none.
fn text(html: &str, part: &HtmlPart) -> Option<(String, &'static str)> {
    let page = Page::from(html);
    let all = || page.body().map(|body| lines_of([body])).unwrap_or_default();
    let (text, part) = match part {
        HtmlPart::All => (all(), "all"),
        HtmlPart::Css(selector) => {
            let matcher = Matcher::new(selector).ok()?;
            let selected = page.select_matcher(&matcher);
            let outermost = |node: &&NodeRef| !node.ancestors_it(None).any(|above| above.is_match(&matcher));
            (lines_of(selected.nodes().iter().filter(outermost).copied()), "css")
        }
        HtmlPart::Main => {
            let all = all();
            match main(page) {
                Some(main) if !is_next_to_nothing(&main, &all) => (main, "main"),
                _ => (all, NEXT_TO_NOTHING),
            }
        }
    };
    (!text.trim().is_empty()).then_some((text, part))
}

/// Readability counts characters of English, and Japanese says as much with fewer.
const LEAST_CHARACTERS: usize = 150;

/// How deep a page may nest for its main text to be looked for. Browsers stop at 512, and the search takes
/// a time that grows with the square of the depth.
const DEEPEST: usize = 512;

fn nests_too_deeply(page: &Page) -> bool {
    let mut stack = vec![(page.root(), 0)];
    while let Some((node, depth)) = stack.pop() {
        if depth > DEEPEST {
            return true;
        }
        stack.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

fn main(page: Page) -> Option<String> {
    if nests_too_deeply(&page) {
        return None;
    }
    // Readability would count what is never read.
    page.select("script, style, noscript, template, rt, rp, rtc").remove();
    let heading = match page.select("h1").nodes() {
        [heading] => lines_of([*heading]),
        _ => String::new(),
    };
    let config = Config { disable_json_ld: true, char_threshold: LEAST_CHARACTERS, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    let text = lines_of([Page::fragment(article.content).root()]);
    // It takes the heading for the title, and leaves it out.
    if text.lines().any(|line| heading.lines().any(|heading| heading == line)) {
        return Some(text);
    }
    Some(heading + &text)
}

/// Whether a main text is too short to be one: less than a tenth of what the page has in Japanese, and no paragraph.
fn is_next_to_nothing(main: &str, all: &str) -> bool {
    let japanese = |text: &str| text.chars().filter(|c| is_japanese(*c)).count();
    let (main, all) = (japanese(main), japanese(all));
    all > 0 && main < 200 && main < all.div_ceil(10)
}

/// Text of these is not read: programs, forms, pictures, navigation, and the reading of ruby.
const LEFT_OUT: [&str; 25] = [
    "script", "style", "noscript", "template", "head", "nav", "svg", "math", "iframe", "object", "canvas",
    "audio", "video", "select", "datalist", "button", "textarea", "dialog", "rt", "rp", "rtc", "frameset",
    "noframes", "map", "applet",
];

/// These begin and end a line.
const BLOCKS: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "label",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "tr",
    "ul",
];

/// The text below some nodes, with a line for each block.
fn lines_of<'a>(nodes: impl IntoIterator<Item = NodeRef<'a>>) -> String {
    let mut lines = Lines::default();
    for top in nodes {
        // A page may nest deeper than the stack is.
        let mut stack = vec![(top, false)];
        while let Some((node, is_done)) = stack.pop() {
            if node.is_text() {
                lines.push(&node.text());
                continue;
            }
            let name = node.node_name().unwrap_or_default();
            let name: &str = &name;
            if name == "br" || BLOCKS.contains(&name) {
                lines.end_line();
            }
            if name == "pre" {
                lines.keep_blanks(!is_done);
            }
            if !is_done && !is_left_out(&node, name) {
                stack.push((node, true));
                stack.extend(node.children_it(true).map(|child| (child, false)));
            }
        }
        lines.end_line();
    }
    lines.finish()
}

/// Whether an element's text is no part of what the page says.
fn is_left_out(node: &NodeRef, name: &str) -> bool {
    if LEFT_OUT.contains(&name) {
        return true;
    }
    let Some(element) = node.element_ref() else { return false };
    element.attrs.iter().any(|attribute| {
        let value: &str = &attribute.value;
        match &*attribute.name.local {
            "hidden" => value != "until-found",
            "role" => {
                matches!(value, "navigation" | "dialog" | "alertdialog" | "search" | "menu" | "menubar")
            }
            "style" => value.replace(' ', "").contains("display:none"),
            "id" | "class" if !matches!(name, "html" | "body" | "main" | "article") => is_consent(value),
            _ => false,
        }
    })
}

/// Whether an id or class is that of a cookie banner.
fn is_consent(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    ["cookie", "consent", "gdpr", "onetrust"].iter().any(|word| value.contains(word))
}

/// How far into a page its encoding is looked for, in bytes. Browsers look at 1,024; pages are not always so tidy.
const DECLARATION: usize = 4096;

/// The encoding that a page says it has, in an XML declaration or a meta element.
pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION)].to_ascii_lowercase();
    if let Some(xml) = head.strip_prefix(b"<?xml") {
        let declaration = &xml[..memmem::find(xml, b"?>")?];
        if let Some(found) = value(declaration, b"encoding") {
            return Encoding::of_label(found);
        }
    }
    let mut rest = &head[..];
    while let Some(at) = memmem::find(rest, b"<meta") {
        rest = &rest[at + 5..];
        let element = &rest[..memmem::find(rest, b">").unwrap_or(rest.len())];
        if let Some(found) = value(element, b"charset").and_then(Encoding::of_label) {
            return Some(found);
        }
    }
    None
}

/// What stands behind `name=`, without quotation marks.
fn value<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = text[memmem::find(text, name)? + name.len()..].trim_ascii_start();
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| b"\"'; />".contains(byte) || byte.is_ascii_whitespace());
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// The text of HTML that stands for another format.
pub(super) fn all_of(html: &str) -> String {
    Page::from(html).body().map(|body| lines_of([body])).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(html: &str) -> String {
        text(html, &HtmlPart::All).map(|(text, _)| text).unwrap_or_default()
    }

    #[test]
    fn blocks_are_lines() {
        for (html, expected) in [
            ("<h1>題</h1><p>一。二。</p>三", "題\n一。二。\n三\n"),
            ("<ul><li>一<li>二<ul><li>三</ul></ul>", "一\n二\n三\n"),
            ("<table><tr><td>一<td>二<tr><th>三</table>", "一\n二\n三\n"),
            ("一<br>二<br/><br>三", "一\n二\n三\n"),
            ("<p>効果が<b>期待</b>され<a href=x>ます</a>。", "効果が期待されます。\n"),
            ("<dl><dt>語<dd>意味</dl>", "語\n意味\n"),
            ("<pre>一\n 二</pre>三", "一\n 二\n三\n"),
        ] {
            assert_eq!(all(html), expected, "{html}");
        }
    }

    #[test]
    fn blanks_are_those_that_a_browser_shows() {
        for (html, expected) in [
            ("<p>  効果が\n   期待される  </p>", "効果が期待される\n"),
            ("<p>the  quick\nfox</p>", "the quick fox\n"),
            ("<p>効果 と\nAI の</p>", "効果 と AI の\n"),
            ("<p>　字下げ&nbsp;と&emsp;空白&#x3042;&lt;</p>", "　字下げ と\u{2003}空白あ<\n"),
        ] {
            assert_eq!(all(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_not_read_is_left_out() {
        for html in [
            "<script>x</script>",
            "<style>x</style>",
            "<noscript><p>x</noscript>",
            "<template>x</template>",
            "<nav>x</nav>",
            "<div role=navigation>x</div>",
            "<div id=cookie-banner>x</div>",
            "<div class='js CookieConsent'>x</div>",
            "<p hidden>x</p>",
            "<p style='color:red; display : none'>x</p>",
            "<select><option>x</select>",
            "<button>x</button>",
            "<!-- x -->",
            "<ruby><rp>(</rp><rt>x</rt><rp>)</rp></ruby>",
            "<svg><title>x</title></svg>",
        ] {
            assert_eq!(all(&format!("<title>x</title><body class=has-cookie>あ{html}")), "あ\n", "{html}");
        }
        assert_eq!(all("<p><ruby>期待<rp>（</rp><rt>きたい</rt><rp>）</rp></ruby>される"), "期待される\n");
    }

    #[test]
    fn elements_are_selected_once() {
        let html = "<div class=a>一<div class=a>二</div></div><p class=b>三</p><div class=a>四</div>";
        let selected = |selector: &str| text(html, &HtmlPart::Css(selector.into()));
        assert_eq!(selected(".a").unwrap().0, "一\n二\n四\n");
        assert_eq!(selected("p.b").unwrap().0, "三\n");
        assert_eq!(selected(".c"), None);
    }

    #[test]
    fn the_encoding_is_read_where_pages_declare_it() {
        for page in [
            "<?xml version='1.0' encoding='EUC-JP'?><html>",
            "<html><head><meta charset=\"euc-jp\">",
            "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=x-euc-jp'>",
            "<meta name=x><meta charset = euc-jp />",
        ] {
            assert_eq!(declared(page.as_bytes()).map(Encoding::name), Some("EUC-JP"), "{page}");
        }
        assert_eq!(declared(b"<p>charset=euc-jp</p>"), None);
    }

    #[test]
    fn next_to_nothing_is_less_than_a_tenth_and_no_paragraph() {
        for (main, all, expected) in
            [(99, 1_000, true), (100, 1_000, false), (199, 10_000, true), (200, 10_000, false), (0, 0, false)]
        {
            let found = is_next_to_nothing(&("犬".repeat(main) + "abc"), &"犬".repeat(all));
            assert_eq!(found, expected, "{main} of {all}");
        }
    }

    #[test]
    fn a_page_may_nest_deeply() {
        let html = "<div>".repeat(5_000) + "効果が期待されます。";
        for part in [HtmlPart::All, HtmlPart::Main] {
            assert_eq!(text(&html, &part).unwrap().0, "効果が期待されます。\n");
        }
    }
}
