//! Archives: made of the fuzzed bytes, damaged by them, or nothing but them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::documents::read;
use super::input::{all_parts, head, options};

/// The first byte says how documents are read, the second what the others are: an archive, names and contents of its
/// members by turns, or damages and then those.
pub fn zip(bytes: &[u8]) {
    let (byte, rest) = head(bytes);
    let (form, rest) = head(rest);
    let archive = match form % 4 {
        0 => rest.to_vec(),
        1 => archive(&members(rest), CompressionMethod::Stored),
        2 => archive(&members(rest), CompressionMethod::Deflated),
        _ => damaged(rest),
    };
    read("a.zip", &archive, &options(byte));
}

fn members(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let parts: Vec<&[u8]> = all_parts(bytes).take(32).collect();
    let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    parts.chunks(2).map(|pair| (text(pair[0]), pair.get(1).copied().unwrap_or_default())).collect()
}

/// An archive; members that cannot be written, such as a second one of a name, are left out.
pub fn archive(members: &[(String, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, contents) in members {
        if zip.start_file(name.as_str(), options).is_ok() {
            zip.write_all(contents).expect("memory takes everything");
        }
    }
    zip.finish().expect("memory takes everything").into_inner()
}

/// The damages stand before the first zero, three bytes each: an offset from the end, where an archive has its
/// directory, and what stands there.
fn damaged(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (damages, contents) = bytes.split_at(end);
    let mut archive = archive(&members(contents.get(1..).unwrap_or_default()), CompressionMethod::Deflated);
    for damage in damages.chunks_exact(3) {
        let offset = usize::from(damage[0]) << 8 | usize::from(damage[1]);
        if let Some(byte) = archive.iter_mut().rev().nth(offset) {
            *byte = damage[2];
        }
    }
    archive
}
