//! Parts of a corpus, put together.

use std::fs;
use std::sync::LazyLock;

use hedgerow::{CountOptions, Counter, MergeOptions, PartialRun, merge};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::documents::check_message;
use super::input::{all_parts, head};

static COUNTER: LazyLock<Counter> = LazyLock::new(|| Counter::new().expect("the embedded dictionary"));

/// The input is the lines between the first and the last of some parts, with the digests that they would have; or, by its first
/// byte, all of a file.
pub fn partial(bytes: &[u8]) {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("a temporary folder");
    }
    FOLDER.with(|folder| {
        let (kind, rest) = head(bytes);
        let mut paths = Vec::new();
        for (number, part) in all_parts(rest).take(3).enumerate() {
            let path = folder.path().join(number.to_string());
            let part = if kind & 1 == 0 { signed(part) } else { part.to_owned() };
            fs::write(&path, part).expect("a file that can be written");
            paths.push(path);
        }
        let options = MergeOptions { replace: true, ..MergeOptions::default() };
        if let Err(error) = merge(&paths, options, &folder.path().join("out"), &|_| ()) {
            check_message(&error.to_string());
        }
    });
}

/// A part with these lines between its first and its last.
fn signed(lines: &[u8]) -> Vec<u8> {
    let mut part = PartialRun::new(&COUNTER, CountOptions::default(), true).begin().into_bytes();
    part.push(b'\n');
    part.extend_from_slice(lines);
    if !part.ends_with(b"\n") {
        part.push(b'\n');
    }
    let documents = lines.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{\"id\":")).count();
    let end = format!("{{\"documents\":{documents},\"inputs\":[],\"skipped\":[]}}");
    let digest = Sha256::new().chain_update(&part).chain_update(&end).chain_update("\n").finalize();
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    part.extend_from_slice(format!("{{\"end\":{end},\"sha256\":\"{digest}\"}}\n").as_bytes());
    part
}
