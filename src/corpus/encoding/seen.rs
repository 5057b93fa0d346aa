//! What the bytes of a long text say of its encoding, seen piece by piece.

use memchr::memchr;

use super::iso_2022_jp::{double_byte_escape, has_escapes};
use super::{Doubt, Encoding, arbitrate, begins_wide_character, is_iso_2022_jp, may_be_half_width_kana};

/// What [`detect`](super::detect) asks of all bytes of a text.
#[derive(Default)]
pub(in crate::corpus) struct Seen {
    /// How many there have been.
    length: usize,
    nul: Option<usize>,
    is_no_utf8: bool,
    has_eighth_bits: bool,
    has_escapes: bool,
    has_double_byte_escape: bool,
    has_wide_character: bool,
    /// The last bytes: a character of UTF-8 that is not complete, or ESC.
    rest: Vec<u8>,
}

impl Seen {
    /// Sees the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        if self.nul.is_none() {
            self.nul = memchr(0, bytes).map(|at| self.length.saturating_add(at));
        }
        self.length = self.length.saturating_add(bytes.len());
        self.has_eighth_bits |= !bytes.is_ascii();
        self.has_wide_character |= bytes.iter().any(|byte| begins_wide_character(*byte));
        let mut rest = std::mem::take(&mut self.rest);
        let bytes = if rest.is_empty() {
            bytes
        } else {
            rest.extend_from_slice(bytes);
            &rest
        };
        // Whether a terminal's is told by the next byte.
        let escapes = bytes.strip_suffix(b"\x1b").unwrap_or(bytes);
        self.has_escapes |= has_escapes(escapes);
        self.has_double_byte_escape |= double_byte_escape(bytes).is_some();
        let complete = match simdutf8::compat::from_utf8(bytes) {
            Ok(_) => escapes.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => {
                self.is_no_utf8 = true;
                escapes.len()
            }
        };
        self.rest = bytes.get(complete..).unwrap_or_default().to_vec();
    }

    /// Detects the encoding of a text of which these are the first bytes, as [`detect`](super::detect) would.
    pub fn detect(self, head: &[u8], is_whole: bool) -> Result<Encoding, Doubt> {
        if let Some(offset) = self.nul {
            return Err(Doubt::Nul { offset });
        }
        let is_7_bit = !self.has_eighth_bits;
        if is_7_bit && self.has_escapes || self.has_double_byte_escape && is_iso_2022_jp(head, is_whole) {
            return Ok(Encoding::ISO_2022_JP);
        }
        let is_cut = self.rest.first().is_some_and(|first| !first.is_ascii());
        if self.is_no_utf8 || is_cut {
            return arbitrate(head, None, is_whole);
        }
        // The last character of the head may be cut.
        let text = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        if self.has_wide_character || !may_be_half_width_kana(text) {
            return Ok(Encoding::UTF_8);
        }
        Err(Doubt::Ambiguous([Encoding::UTF_8, Encoding(encoding_rs::SHIFT_JIS)]))
    }
}
