//! What fuzzing has found worth keeping, run again without a sanitizer.

use std::fs;
use std::path::Path;

use crate::fuzzing::{TARGETS, run};

#[test]
fn every_input_of_the_corpora_keeps_its_promises() {
    for (name, _) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for (number, file) in files.enumerate() {
            let path = file.unwrap().path();
            let kept = std::panic::catch_unwind(|| run(name, &fs::read(&path).unwrap()));
            assert!(kept.is_ok(), "input {number}: {}", path.display());
        }
    }
}
