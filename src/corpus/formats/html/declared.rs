//! The encoding that a page says it has.

use memchr::memmem;

use crate::corpus::Encoding;

/// How far into a page its encoding is looked for, in bytes. Browsers look at 1,024; pages are not always so tidy.
const DECLARATION: usize = 4096;

/// The encoding that a page says it has, in an XML declaration or a meta element.
pub(super) fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes).to_ascii_lowercase();
    if let Some(xml) = head.strip_prefix(b"<?xml") {
        let declaration = xml.get(..memmem::find(xml, b"?>")?)?;
        if let Some(found) = value(declaration, b"encoding") {
            return Encoding::of_label(found);
        }
    }
    memmem::find_iter(&head, b"<meta").find_map(|at| {
        let element = head.get(at..)?.split(|byte| *byte == b'>').next()?;
        value(element, b"charset").and_then(Encoding::of_label)
    })
}

/// What stands behind `name=`, without quotation marks.
fn value<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let rest = text.get(memmem::find(text, name)?..)?.strip_prefix(name)?;
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
    rest.split(|byte| b"\"'; />".contains(byte) || byte.is_ascii_whitespace()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
