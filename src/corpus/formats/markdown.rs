//! Markdown: as the page that it stands for, without metadata and blocks of code.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

use super::front_matter;
use super::html::all_of;
use crate::corpus::Damage;
use crate::corpus::limits::Limits;

/// Takes the text from Markdown.
pub(super) fn text(markdown: &str, limits: Limits) -> Result<String, Damage> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    // Code is no prose.
    let mut skipped = false;
    let events = Parser::new_ext(front_matter::behind(markdown), options).filter(|event| {
        match event {
            Event::Start(Tag::CodeBlock(_)) => skipped = true,
            Event::End(TagEnd::CodeBlock) => {
                skipped = false;
                return false;
            }
            Event::FootnoteReference(_) => return false,
            _ => {}
        }
        !skipped
    });
    // A footnote is a paragraph; its number is not.
    let events = events.map(|event| match event {
        Event::Start(Tag::FootnoteDefinition(_)) => Event::Html("<div>".into()),
        Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>".into()),
        event => event,
    });
    let mut html = String::new();
    push_html(&mut html, events);
    all_of(&html, limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_no_text_and_blocks_are_lines() {
        for (markdown, expected) in [
            ("# 題\n\n効果が**期待**され\nる。[店](http://x/?a=b)へ。", "題\n効果が期待される。店へ。\n"),
            ("- 一\n- 二\n  1. 三\n", "一\n二\n三\n"),
            ("| 名 | 効果 |\n|---|---|\n| 甲 | ある |\n", "名\n効果\n甲\nある\n"),
            (
                "---\ntitle: x\n---\n本文。\n\n```python\nx = 1\n```\n\n    y = 2\n\n終わり。",
                "本文。\n終わり。\n",
            ),
            ("+++\ntitle = \"x\"\n+++\n\n本文。\n\n---\n犬: 猫\n\n---\n", "本文。\n犬: 猫\n"),
            ("`lemma` の値。<br>次。<script>x</script>", "lemma の値。\n次。\n"),
            ("注[^1]。\n\n[^1]: 個人差があります。", "注。\n個人差があります。\n"),
            ("> 引用です。\n\n![図](x.png) ~~消し~~", "引用です。\n消し\n"),
        ] {
            assert_eq!(text(markdown, Limits::default()).unwrap(), expected, "{markdown}");
        }
    }
}
