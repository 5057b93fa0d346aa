//! Web pages: their main text, all of it, or what a selector names, with a line for each block.

mod attributes;
mod bounded_sink;
mod declared;
mod elements;
mod main_text;
mod outline;
mod parsing;
mod xhtml;

use std::str::FromStr;

use dom_query::{Document as Page, Matcher, NodeRef};

use declared::declared;
use main_text::main_lines;
use outline::{Ending, Line, Outline, Scope};
use parsing::parsed;

use super::{Extract, Kind};
use crate::corpus::decoding::decode_whole;
use crate::corpus::limits::Limits;
use crate::corpus::{CorpusError, Damage, NoText, ReadOptionError, ReadOptions};
use crate::messages::Message;
use crate::text::line_breaks;

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

/// What the record of a run says of a page of which the main text was asked for, and next to nothing found.
pub fn next_to_nothing() -> String {
    Message::new("corpus.next_to_nothing", &[]).to_string()
}

/// Extracts the text of a web page.
pub(super) fn extract(
    document: &str,
    bytes: Vec<u8>,
    is_xhtml: bool,
    options: &ReadOptions,
) -> Result<Extract, CorpusError> {
    let declared = declared(&bytes);
    let page = decode_whole(document, bytes, declared, options)?;
    let found = read(&xhtml::as_html(&page.text, is_xhtml), &options.html, Limits::of(options))
        .map_err(|damage| CorpusError::damaged(document, Kind::Html, damage))?;
    if found.text.trim().is_empty() {
        let what = NoText::Page(options.html.clone());
        return Err(CorpusError::NoText { document: document.into(), what });
    }
    Ok(Extract {
        text: found.text,
        format: "html",
        encoding: Some(page.encoding),
        malformed: page.malformed,
        html: Some(found.part),
        read_share: found.share,
        joined: found.joined,
    })
}

/// What was read of a page.
#[derive(Debug, Default, PartialEq)]
struct Found {
    text: String,
    part: String,
    /// How many Japanese characters it has.
    read: usize,
    /// The share of the page's Japanese characters; none if it has none.
    share: Option<f64>,
    /// The offsets of the line ends that end no sentence.
    joined: Vec<usize>,
}

/// Reads a part of a page.
fn read(html: &str, part: &HtmlPart, limits: Limits) -> Result<Found, Damage> {
    let page = parsed(html, limits)?;
    Ok(match part {
        HtmlPart::All => Found::whole(Outline::of(page.body(), Scope::Seen), "all".into()),
        HtmlPart::Css(selector) => selected(&page, selector),
        HtmlPart::Main => main(&page),
    })
}

impl Found {
    fn whole(outline: Outline, part: String) -> Self {
        let read = outline.lines.iter().map(|line| line.japanese).sum();
        let all: Vec<&Line> = outline.lines.iter().collect();
        Found {
            share: share(read, outline.japanese),
            joined: joined(&outline, &all),
            text: outline.text,
            part,
            read,
        }
    }
}

/// To four places: what decides between two runs is no digit behind them.
fn share(read: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| (10_000.0 * read as f64 / all as f64).round() / 10_000.0)
}

fn selected(page: &Page, selector: &str) -> Found {
    let Ok(matcher) = Matcher::new(selector) else { return Found::default() };
    let selected = page.select_matcher(&matcher);
    let outermost = |node: &&NodeRef| !node.ancestors_it(None).any(|above| above.is_match(&matcher));
    let outline = Outline::of(selected.nodes().iter().filter(outermost).copied(), Scope::Seen);
    let all = Outline::of(page.body(), Scope::Seen).japanese;
    let found = Found::whole(outline, "css".into());
    Found { share: share(found.read, all), ..found }
}

fn main(page: &Page) -> Found {
    let outline = Outline::of(page.body(), Scope::Text);
    let is_main = main_lines(&outline);
    let seen = outline.lines.iter().map(|line| line.japanese).sum();
    let main_text =
        || outline.lines.iter().zip(&is_main).filter(|(_, is_main)| **is_main).map(|(line, _)| line);
    let read = main_text().map(|line| line.japanese).sum();
    if is_next_to_nothing(read, seen) {
        return Found::whole(outline, next_to_nothing());
    }
    let lines: Vec<&Line> = main_text().collect();
    let mut text = String::with_capacity(outline.text.len());
    for line in &lines {
        text.push_str(&outline.text[line.span.clone()]);
        text.push('\n');
    }
    Found {
        share: share(read, outline.japanese),
        joined: joined(&outline, &lines),
        text,
        part: "main".into(),
        read,
    }
}

/// The offsets, in the text of some lines of a page, of the line ends behind which the sentence goes on.
fn joined(page: &Outline, lines: &[&Line]) -> Vec<usize> {
    let mut joined = Vec::new();
    let mut end = 0_usize;
    for run in lines.chunk_by(|line, next| {
        line.ending == Ending::Break && next.span.start == line.span.end.saturating_add(1)
    }) {
        let texts: Vec<&str> = run.iter().map(|line| &page.text[line.span.clone()]).collect();
        let is_heading = run.first().is_some_and(|line| page.is_heading(line));
        let mut goes_on = line_breaks::joined(&texts, is_heading).into_iter();
        for text in texts {
            end = end.saturating_add(text.len());
            if goes_on.next() == Some(true) {
                joined.push(end);
            }
            end = end.saturating_add(1);
        }
    }
    joined
}

/// Whether a main text is too short to be one: less than a tenth of the Japanese characters that are seen, and no paragraph.
fn is_next_to_nothing(main: usize, seen: usize) -> bool {
    main == 0 || main < 200 && main < seen.div_ceil(10)
}

/// All text of a page of XHTML that is a part of another format.
pub(super) fn all_of_xhtml(page: &str, limits: Limits) -> Result<String, Damage> {
    all_of(&xhtml::as_html(page, true), limits)
}

/// The text of HTML that stands for another format.
pub(super) fn all_of(html: &str, limits: Limits) -> Result<String, Damage> {
    Ok(Outline::of(parsed(html, limits)?.body(), Scope::Text).text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str, part: &HtmlPart) -> Found {
        super::read(html, part, Limits::default()).unwrap()
    }

    fn all(html: &str) -> String {
        read(html, &HtmlPart::All).text
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
            ("<p>一<a href=x>&nbsp;</a><a href=y>&nbsp;</a></p>二", "一\n二\n"),
            ("<pre>一<a href=x> </a><a href=y> </a></pre>二", "一\n二\n"),
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
            "<p hidden>x</p>",
            "<p aria-hidden=true>x</p>",
            "<p style='VISIBILITY: hidden !important'>x</p>",
            "<div aria-hidden=true><p>x<br>x</p></div>",
            "<div><dialog>x</dialog></div>",
            "<span class='a sr-only'>x</span>",
            "<span class=visually-hidden>x</span>",
            "<p style='color:red; display : none'>x</p>",
            "<select><option>x</select>",
            "<!-- x -->",
            "<ruby><rp>(</rp><rt>x</rt><rp>)</rp></ruby>",
            "<svg><title>x</title></svg>",
        ] {
            assert_eq!(all(&format!("<title>x</title><body class=has-cookie>あ{html}")), "あ\n", "{html}");
        }
        for html in [
            "<nav>い</nav>",
            "<div role=navigation>い</div>",
            "<div id=cookie-banner>い</div>",
            "<div class='js CookieConsent'>い</div>",
            "<p hidden=until-found>い</p>",
            "<p aria-hidden=false class=not-sr-only style='display:block'>い</p>",
            "<div><dialog open>い</dialog></div>",
            "<div><button>い</button></div>",
            "<details><summary>い</summary></details>",
        ] {
            assert_eq!(all(&format!("<body>あ{html}")), "あ\nい\n", "{html}");
        }
        assert_eq!(all("<p><ruby>期待<rp>（</rp><rt>きたい</rt><rp>）</rp></ruby>される"), "期待される\n");
    }

    #[test]
    fn elements_are_selected_once() {
        let html = "<div class=a>一<div class=a>二</div></div><p class=b>三</p><div class=a>四</div>";
        let selected = |selector: &str| read(html, &HtmlPart::Css(selector.into())).text;
        assert_eq!(selected(".a"), "一\n二\n四\n");
        assert_eq!(selected("p.b"), "三\n");
        assert_eq!(selected(".c"), "");
    }

    #[test]
    fn next_to_nothing_is_less_than_a_tenth_and_no_paragraph() {
        for (main, seen, expected) in
            [(99, 1_000, true), (100, 1_000, false), (199, 10_000, true), (200, 10_000, false), (0, 0, true)]
        {
            assert_eq!(is_next_to_nothing(main, seen), expected, "{main} of {seen}");
        }
    }

    #[test]
    fn a_page_may_nest_deeply() {
        let html = "<div>".repeat(500) + "効果が期待されます。";
        for part in [HtmlPart::All, HtmlPart::Main] {
            assert_eq!(read(&html, &part).text, "効果が期待されます。\n");
        }
    }
}
