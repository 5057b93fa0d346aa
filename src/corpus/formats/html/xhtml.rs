//! XHTML for a parser of HTML: elements that close themselves are empty, and CDATA is text.
//!
//! A parser of HTML takes `<script/>`, `<title/>` or `<div/>` for a start tag, and all that follows for what is in it.

use std::borrow::Cow;

use memchr::memmem;

use super::attributes::raw_end;
use crate::corpus::formats::xml::is_well_formed;

/// Where a page says by a doctype or a namespace that it is XHTML, in bytes.
const DECLARATION: usize = 4096;

/// Elements of HTML that are always empty; a parser of HTML needs no end tag to see that.
const VOID: [&str; 20] = [
    "area", "base", "basefont", "bgsound", "br", "col", "command", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr", "isindex",
];

/// A page as HTML, if it is XHTML: by its extension, its XML declaration, or its doctype or namespace where it is
/// well-formed. Others are left as they are.
pub(super) fn as_html(page: &str, is_xhtml_by_name: bool) -> Cow<'_, str> {
    let has_declaration =
        page.trim_start().strip_prefix("<?xml").is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let is_declared = is_xhtml_by_name || has_declaration;
    if !is_declared && !calls_itself_xhtml(page) {
        return Cow::Borrowed(page);
    }
    match rewritten(page) {
        Some(html) if is_declared || is_well_formed(page) => Cow::Owned(html),
        _ => Cow::Borrowed(page),
    }
}

fn calls_itself_xhtml(page: &str) -> bool {
    let page = page.as_bytes();
    let head = page.get(..DECLARATION).unwrap_or(page);
    [&b"http://www.w3.org/1999/xhtml"[..], b"//DTD XHTML"]
        .iter()
        .any(|name| memmem::find(head, name).is_some())
}

/// The page with an end tag behind each element that closes itself, CDATA as text, and without what only XML has; nothing
/// if there is nothing to rewrite.
fn rewritten(page: &str) -> Option<String> {
    let prefix = prefix(page);
    let mut html = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = page[at..].find('<') {
        let start = found.saturating_add(at);
        let (end, replacement) = markup(page, start, prefix);
        if let Some(replacement) = replacement {
            html.push_str(&page[copied..start]);
            html.push_str(&replacement);
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return None;
    }
    html.push_str(&page[copied..]);
    Some(html)
}

/// The end of the markup that starts at a byte, and what to put in its place.
fn markup<'a>(page: &'a str, start: usize, prefix: Option<&str>) -> (usize, Option<Cow<'a, str>>) {
    let rest = &page[start..];
    let behind = |mark: &str| {
        let (_, behind) = rest.split_once(mark)?;
        page.len().checked_sub(behind.len())
    };
    if rest.starts_with("<!--") {
        return (behind("-->").unwrap_or(page.len()), None);
    }
    if let Some(data) = rest.strip_prefix("<![CDATA[") {
        let end = behind("]]>").unwrap_or(page.len());
        let data = data.split("]]>").next().unwrap_or_default();
        let text = data.replace('&', "&amp;").replace('<', "&lt;");
        return (end, Some(text.into()));
    }
    if rest.starts_with("<?") {
        return (behind("?>").unwrap_or(page.len()), Some("".into()));
    }
    if rest.starts_with("<!") {
        return doctype(page, start);
    }
    let Some(end) = tag_end(page, start) else { return (page.len(), None) };
    let tag = &page[start..end];
    let (slash, inner) = match tag.strip_prefix("</") {
        Some(inner) => ("/", inner),
        None => ("", &tag[1..]),
    };
    let whole_name = name_of(inner);
    if whole_name.is_empty() {
        // A `<` that begins no tag.
        return (start.saturating_add(1), None);
    }
    let name = match (whole_name.split_once(':'), prefix) {
        (Some((own, name)), Some(prefix)) if own == prefix => name,
        _ => whole_name,
    };
    let is_void = VOID.iter().any(|void| void.eq_ignore_ascii_case(name));
    if slash == "/" {
        let replacement = match (is_void, name.len() < whole_name.len()) {
            // To a parser of HTML, `<br></br>` is two.
            (true, _) => Some("".into()),
            (_, true) => Some(format!("</{name}>").into()),
            _ => None,
        };
        return (end, replacement);
    }
    let attributes = inner[whole_name.len()..].trim_end_matches('>');
    if let Some(attributes) = attributes.strip_suffix('/') {
        let replacement = match (is_void, name.len() < whole_name.len()) {
            (true, false) => None,
            (true, true) => Some(format!("<{name}{attributes}>")),
            (false, _) => Some(format!("<{name}{attributes}></{name}>")),
        };
        return (end, replacement.map(Cow::Owned));
    }
    let replacement = (name.len() < whole_name.len()).then(|| format!("<{name}{attributes}>").into());
    if replacement.is_none() && ["script", "style"].iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
        let text = page.as_bytes().get(end..).unwrap_or_default();
        return (end.saturating_add(raw_end(text, name.as_bytes())), None);
    }
    (end, replacement)
}

/// A doctype without its declarations of entities, which a parser of HTML takes for text; another declaration as it is.
fn doctype(page: &str, start: usize) -> (usize, Option<Cow<'_, str>>) {
    let rest = &page[start..];
    let (declaration, behind) = rest.split_once('>').unwrap_or((rest, ""));
    let end = |behind: &str| page.len().saturating_sub(behind.len());
    let Some(open) = declaration.find('[') else { return (end(behind), None) };
    let (_, behind) = rest[open..]
        .split_once("]>")
        .or_else(|| rest[open..].split_once(']')?.1.split_once('>'))
        .unwrap_or((rest, ""));
    (end(behind), Some("<!DOCTYPE html>".into()))
}

/// The offset behind the tag that starts at a byte; a `>` in a quoted value does not end it.
fn tag_end(page: &str, start: usize) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in page.bytes().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'>') => return at.checked_add(1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quotation mark that is not closed.
    let (_, behind) = page[start..].split_once('>')?;
    page.len().checked_sub(behind.len())
}

fn name_of(tag: &str) -> &str {
    if !tag.starts_with(|c: char| c.is_alphabetic()) {
        return "";
    }
    let end = tag.find(|c: char| c.is_whitespace() || c == '/' || c == '>').unwrap_or(tag.len());
    &tag[..end]
}

/// The prefix that elements of XHTML have, where it is not the namespace of those without: `<h:p>`.
fn prefix(page: &str) -> Option<&str> {
    let head = &page[..page.floor_char_boundary(DECLARATION)];
    let at =
        ["=\"http://www.w3.org/1999/xhtml", "='http://www.w3.org/1999/xhtml"].iter().find_map(|value| {
            let mut found = head.match_indices(value).map(|(at, _)| at);
            found.find(|at| {
                head[..*at].rsplit(char::is_whitespace).next().is_some_and(|name| name.starts_with("xmlns:"))
            })
        })?;
    head[..at].rsplit("xmlns:").next()
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn elements_that_close_themselves_are_empty() {
        for (xml, html) in [
            ("<script src='a.js'/>犬", "<script src='a.js'></script>犬"),
            ("<title/>犬", "<title></title>犬"),
            ("<div class=\"a>b\"/>犬", "<div class=\"a>b\"></div>犬"),
            ("<a id='x' />犬<br/>猫<hr />", "<a id='x' ></a>犬<br/>猫<hr />"),
            ("犬<br></br>猫", "犬<br>猫"),
            ("<![CDATA[犬<b>&猫]]>", "犬&lt;b>&amp;猫"),
            ("<!-- <p/> --><p>犬</p>", "<!-- <p/> --><p>犬</p>"),
            ("<script>if (a<b) x('<p/>')</script><p/>", "<script>if (a<b) x('<p/>')</script><p></p>"),
            ("<?php echo '>' ?>犬 < 猫", "犬 < 猫"),
            ("<!DOCTYPE html [<!ENTITY a \"b\">]><p>犬</p>", "<!DOCTYPE html><p>犬</p>"),
            (
                "<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:p>犬</h:p><h:br/>",
                "<html xmlns:h='http://www.w3.org/1999/xhtml'><p>犬</p><br>",
            ),
            ("<p", "<p"),
            ("<p a='/>", "<p a='></p>"),
            ("<script>犬", "<script>犬"),
        ] {
            assert_eq!(as_html(xml, true), html);
        }
    }

    #[test]
    fn what_is_no_xhtml_is_left_as_it_is() {
        let namespace = "<html xmlns='http://www.w3.org/1999/xhtml'>";
        let doctype = "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>";
        for (page, is_xhtml) in [
            ("<html><p/></html>".to_owned(), false),
            (format!("{namespace}<p/></html>"), true),
            (format!("{doctype}<html><p/></html>"), true),
            (format!("{namespace}<p/><p></html>"), false),
            ("<?xml version='1.0'?><html><p/><p></html>".to_owned(), true),
        ] {
            assert_eq!(as_html(&page, false).contains("<p></p>"), is_xhtml, "{page}");
        }
    }
}
