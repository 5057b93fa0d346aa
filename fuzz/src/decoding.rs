//! Decoding: with a byte-order mark, a given, a declared or a detected encoding; of a text that is read whole, and of a
//! table, which is read as a stream.

use super::documents::read;
use super::input::{head, options};

pub fn decoding(bytes: &[u8]) {
    let (byte, file) = head(bytes);
    let options = options(byte);
    for document in read("a.text", file, &options) {
        assert!(document.text.len() <= 3 * file.len(), "{} bytes of {}", document.text.len(), file.len());
    }
    read("a.tsv", &[b"text\n", file].concat(), &options);
}
