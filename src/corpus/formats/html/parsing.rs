//! Parsing a page, unless it was made to take time or memory without end.
//!
//! Of an element, the parser looks at all that it stands within, and of an attribute, at all before it.

use dom_query::Document as Page;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

use super::attributes::check_attributes;
use super::bounded_sink::BoundedSink;
use crate::corpus::Damage;
use crate::corpus::limits::{ATTRIBUTES, Limits, NESTING};

/// How much is parsed before it is looked at again, in bytes. What it nests beyond the limit takes no time to speak of.
const CHUNK: usize = 1 << 12;

/// What a node of a page takes in memory, in bytes, divided by how many times its size a document may take.
const NODE: u64 = 32;

/// How many nodes any page may have.
const NODES: u64 = 10_000;

/// Parses a page.
pub(super) fn parsed(html: &str, limits: Limits) -> Result<Page, Damage> {
    check_attributes(html)?;
    let most = usize::try_from((limits.document / NODE).max(NODES)).unwrap_or(usize::MAX);
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let opts = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = parse_document(BoundedSink::default(), opts);
    let mut rest = html;
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(rest.floor_char_boundary(CHUNK));
        parser.process(chunk.into());
        rest = behind;
        let sink = &parser.tokenizer.sink.sink;
        if sink.depth_of_newest() > NESTING {
            return Err(Damage::TooDeep { limit: NESTING });
        }
        if sink.has_too_many_attributes() {
            return Err(Damage::TooManyAttributes { limit: ATTRIBUTES });
        }
        if sink.page.tree.len() > most {
            return Err(Damage::TooLarge { size: None, limit: limits.document });
        }
    }
    let page = parser.finish();
    if is_too_deep(&page) { Err(Damage::TooDeep { limit: NESTING }) } else { Ok(page) }
}

/// Whether more elements than the limit stand within one another.
fn is_too_deep(page: &Page) -> bool {
    let (mut node, mut depth) = (page.root(), 0_usize);
    loop {
        if let Some(child) = node.first_child() {
            depth = depth.saturating_add(child.is_element().into());
            node = child;
            if depth > NESTING {
                return true;
            }
            continue;
        }
        loop {
            depth = depth.saturating_sub(node.is_element().into());
            if let Some(sibling) = node.next_sibling() {
                depth = depth.saturating_add(sibling.is_element().into());
                node = sibling;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(html: &str) -> Result<Page, Damage> {
        parsed(html, Limits::default())
    }

    #[test]
    fn a_page_nests_as_deep_as_the_limit() {
        // In <html> and <body>.
        let nested = |depth: usize| format!("{}犬{}", "<div>".repeat(depth), "</div>".repeat(depth));
        assert!(parse(&nested(510)).is_ok());
        assert_eq!(parse(&nested(511)).err(), Some(Damage::TooDeep { limit: 512 }));
        assert!(parse(&nested(5).repeat(5_000)).is_ok());
        for element in ["<div>", "<b>", "<span>", "<ul><li>", "<table><tr><td>", "<svg>"] {
            assert!(matches!(parse(&element.repeat(100_000)), Err(Damage::TooDeep { .. })), "{element}");
        }
    }

    #[test]
    fn tags_that_add_attributes_are_no_more_than_one_with_all() {
        let tags: String = (0..ATTRIBUTES + 2).map(|number| format!("<body a{number}>")).collect();
        assert_eq!(parse(&tags).err(), Some(Damage::TooManyAttributes { limit: ATTRIBUTES }));
        assert!(parse(&"<body a>".repeat(1_000)).is_ok());
    }

    #[test]
    fn elements_that_are_opened_again_in_every_paragraph_take_no_memory() {
        let bold: String = (0..400).map(|number| format!("<b id={number}>")).collect();
        let page = format!("<p>{bold}</p>{}", "<p>犬</p>".repeat(100_000));
        assert!(matches!(parse(&page), Err(Damage::TooLarge { .. })));
    }

    #[test]
    fn a_page_in_pieces_is_the_page() {
        let element = "<p class='犬 猫'>犬が&amp;走る。<!-- x --><br>\r\n<b>猫<i>も</b>走る。</i><table>鳥<td>魚</table>";
        let page = element.repeat(3 * CHUNK / element.len());
        assert_eq!(parse(&page).unwrap().html(), Page::from(page.as_str()).html());
        assert_eq!(parse("").unwrap().html(), Page::from("").html());
    }
}
