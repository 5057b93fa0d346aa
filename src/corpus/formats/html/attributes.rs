//! How many attributes the elements of a page have, before it is parsed.

use memchr::{memchr, memchr_iter, memmem};

use crate::corpus::Damage;
use crate::corpus::limits::ATTRIBUTES;

/// Elements whose text may look like tags and has none.
const RAW: [&[u8]; 8] =
    [b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes"];

/// How many attributes there may seem to be in such a text: within a drawing, it has tags after all.
const SEEMING: usize = 4 * ATTRIBUTES;

/// Refuses a page with an element of more attributes than the limit.
pub(super) fn check_attributes(page: &str) -> Result<(), Damage> {
    check(page.as_bytes(), ATTRIBUTES, true)
}

fn check(page: &[u8], limit: usize, has_raw: bool) -> Result<(), Damage> {
    let mut rest = page;
    while let Some((_, behind)) =
        memchr(b'<', rest).and_then(|at| rest.split_at_checked(at.saturating_add(1)))
    {
        rest = behind;
        if let Some(comment) = rest.strip_prefix(b"!--") {
            rest = behind_comment(rest, comment);
            continue;
        }
        let tag = rest.strip_prefix(b"/").unwrap_or(rest);
        if !tag.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let is_start = tag.len() == rest.len();
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let (name, behind) = tag.split_at(tag.iter().position(is_end).unwrap_or(tag.len()));
        let (attributes, behind) = attributes(behind);
        if attributes > limit {
            return Err(Damage::TooManyAttributes { limit: ATTRIBUTES });
        }
        rest = behind;
        if has_raw && is_start && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            let (text, behind) = rest.split_at(raw_end(rest, name));
            check(text, SEEMING, false)?;
            rest = behind;
        }
    }
    Ok(())
}

/// What stands behind a comment. Of `<!-->`, the same dashes open and close it.
fn behind_comment<'a>(opening: &'a [u8], comment: &'a [u8]) -> &'a [u8] {
    let dashes = opening.strip_prefix(b"!").unwrap_or(comment);
    let closes = |end: &usize| {
        dashes.get(..*end).is_some_and(|before| before.ends_with(b"--") || before.ends_with(b"--!"))
    };
    let end = memchr_iter(b'>', dashes).find(closes).unwrap_or(dashes.len());
    dashes.get(end..).unwrap_or_default()
}

/// How many attributes a tag has, read from behind its name, and what stands behind the tag.
fn attributes(mut rest: &[u8]) -> (usize, &[u8]) {
    let mut count = 0_usize;
    loop {
        let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        let (_, behind) = rest.split_at(rest.iter().position(|byte| !is_blank(byte)).unwrap_or(rest.len()));
        let Some((first, name)) = behind.split_first() else { return (count, behind) };
        if *first == b'>' {
            return (count, name);
        }
        count = count.saturating_add(1);
        let is_end = |byte: &u8| is_blank(byte) || matches!(byte, b'>' | b'=');
        let (_, behind) = name.split_at(name.iter().position(is_end).unwrap_or(name.len()));
        let Some(value) = behind.trim_ascii_start().strip_prefix(b"=") else {
            rest = behind;
            continue;
        };
        let value = value.trim_ascii_start();
        rest = match value.split_first() {
            Some((quote @ (b'"' | b'\''), quoted)) => {
                memchr(*quote, quoted).and_then(|end| quoted.get(end.saturating_add(1)..)).unwrap_or_default()
            }
            _ => {
                let is_end = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
                value.split_at(value.iter().position(is_end).unwrap_or(value.len())).1
            }
        };
    }
}

/// Where the text of an element ends that has no tags in it.
pub(super) fn raw_end(text: &[u8], name: &[u8]) -> usize {
    let is_own = |at: &usize| {
        let behind = text.get(*at..).and_then(|tag| tag.strip_prefix(b"</"));
        behind.and_then(|tag| tag.get(..name.len())).is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    memmem::find_iter(text, b"</").find(is_own).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_a_browser_finds_them() {
        for (tag, expected) in [
            (">犬", 0),
            (" />犬", 0),
            (" a>", 1),
            (" a=1 b = '2>' c=\"3\"d>", 4),
            (" =a =b/c>", 1),
            (" a=b/c>", 1),
            (" a='", 1),
            ("\na\n=\n1\tb>", 2),
        ] {
            assert_eq!(attributes(tag.as_bytes()).0, expected, "{tag}");
        }
    }

    #[test]
    fn an_element_has_as_many_as_the_limit() {
        let many = |count: usize| (0..count).map(|number| format!(" a{number}")).collect::<String>();
        let (most, over) = (many(ATTRIBUTES), many(ATTRIBUTES + 1));
        for page in [
            format!("<p{most}>犬"),
            format!("<p{}></p>", many(4)).repeat(3_000),
            format!("<!-- <p{over}> -->犬"),
            format!("<script>if (a<b{over}) x</script>"),
            format!("a < b{over} > c"),
        ] {
            assert_eq!(check_attributes(&page), Ok(()));
        }
        for page in [
            format!("<p{over}>犬"),
            format!("犬</p{over}>"),
            format!("<!--><p{over}>"),
            format!("<!-- --!><p{over}>"),
            format!("<script>x</SCRIPT><p{over}>"),
            format!("<p a='<script>'{over}>"),
            format!("<svg><style><p{}></style>", many(SEEMING + 1)),
        ] {
            assert_eq!(check_attributes(&page), Err(Damage::TooManyAttributes { limit: ATTRIBUTES }));
        }
    }
}
